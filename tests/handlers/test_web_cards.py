"""The card for printing: what is on it, what is not, who gets it; and that its number works through staff."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from casework.actor import Role
from casework.ids import CenterId
from dialogs.words import LANGUAGES, Words
from handlers.rate_limits import Limits, Rate
from handlers.web.printing import CODE, HEIGHT, MARGIN, WIDTH, Card, draw
from tests.handlers.web_site import Site, Visitor, served
from tests.reading_codes import BORDER, SCALE, SIZE, read_code
from tests.visiting import MORNING, House

PAGE = "https://zviazok.example.gov.ua"
"""Long enough for a code of the version that `read_code` reads."""

CARD = Card("8898-6204", "(096) 123-45-67, (099) 123-45-67", ("10:00", "17:00"), PAGE)


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as paper:
        assert len(paper) == 1
        return str(paper[0].get_textpage().get_text_range()).replace("\r\n", "\n")


async def registers(visitor: Visitor) -> str:
    """From the door to a report's number."""
    await visitor.consents()
    await visitor.says("/register")
    said = ""
    for answer in ("1", "Петренко Іван Миколайович", "12.03.1990", "Петренко Марія", "067 123 45 67", "Харків", "так"):
        said = await visitor.says(answer)
    found = re.search(r"\d{4}-\d{4}", said)
    assert found, said
    return found[0]


async def card_of(site: Site, visitor: Visitor, number: str) -> tuple[int, bytes]:
    answer = await visitor.get(f"/cards/{number.replace('-', '')}")
    return answer.status, await answer.read()


def test_it_says_this_and_nothing_else() -> None:
    assert text_of(draw(CARD, Words(), "uk", MORNING)).split("\n") == [
        "Номер звернення",
        "8898-6204",
        "Подзвонити",
        "(096) 123-45-67, (099) 123-45-67",
        "Пн–пт, 10:00–17:00 за Києвом",
        "Наша сторінка",
        "zviazok.example.gov.ua",
        "Подзвоніть і назвіть цей номер: у центрі знайдуть ваше",
        "звернення, переконаються, що це ви, і допоможуть без",
        "інтернету.",
    ]


def found_code(picture: Image.Image) -> bytes:
    """The code as a phone finds it on the paper: the dark square on the right, drawn anew as clean modules."""
    side = round(CODE / WIDTH * picture.width)
    right = picture.crop((picture.width - round(MARGIN / WIDTH * picture.width) - side, 0, picture.width, side * 3))
    dark = right.point(lambda grey: 255 * (grey < 128))
    whole = dark.getbbox()
    assert whole
    top = whole[1]
    box = dark.crop((0, top, dark.width, top + side * 9 // 10)).getbbox()
    assert box
    modules = (
        right.crop((box[0], top, box[2], top + box[3]))
        .resize((SIZE, SIZE), Image.Resampling.BOX)
        .point(lambda grey: 255 * (grey >= 128))
    )
    clean = Image.new("L", ((SIZE + 2 * BORDER) * SCALE,) * 2, 255)
    clean.paste(modules.resize((SIZE * SCALE,) * 2, Image.Resampling.NEAREST), (BORDER * SCALE, BORDER * SCALE))
    png = BytesIO()
    clean.save(png, format="PNG")
    return png.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_a_quarter_of_a_sheet_and_its_code_leads_to_the_page(language: str) -> None:
    with pypdfium2.PdfDocument(draw(CARD, Words(), language, MORNING)) as paper:
        width, height = paper[0].get_size()
        picture = paper[0].render(scale=6, grayscale=True).to_pil()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (WIDTH, HEIGHT)
    assert read_code(found_code(picture)) == PAGE


def test_nothing_runs_off_the_paper() -> None:
    """With all that staff may have written, and the longest address that a page may sensibly have."""
    long = Card("8898-6204", ", ".join(["(096) 123-45-67"] * 3), ("10:00", "17:00"), f"https://{'zviazok-' * 7}gov.ua")
    for language in LANGUAGES:
        with pypdfium2.PdfDocument(draw(long, Words(), language, MORNING)) as paper:
            page = paper[0].get_textpage()
            boxes = [page.get_charbox(at) for at in range(page.count_chars())]
            assert min(bottom for _, bottom, _, _ in boxes) > 10
            assert max(right for _, _, right, _ in boxes) < paper[0].get_size()[0] - 10


async def test_a_mother_prints_the_number_and_it_works_through_staff(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        number = await registers(mother)
        listed = await (await mother.get("/cards")).text()
        assert f'href="/cards/{number.replace("-", "")}"' in listed
        status, content = await card_of(site, mother, number)
        assert status == 200
        text = text_of(content)
        assert number in text
        for secret in ("Петренко", "Іван", "Марія", "12.03.1990", "067", "Харків", "поло", "зник"):
            assert secret not in text
    operator = await house.staff(Role.OPERATOR)
    printed = re.search(r"\d{4}-\d{4}", text)
    assert printed
    await operator.says(f"/case {printed[0]}")
    assert operator.sees("Петренко Іван Миколайович")
    await operator.says("/find 067 123 45 67")
    assert operator.sees(number)


async def test_the_center_s_number_and_hours_are_those_that_staff_set(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        number = await registers(mother)
        _, content = await card_of(site, mother, number)
        without = text_of(content)
        assert "Пн–пт" not in without
        assert "0 800" not in without, "the line that answers for all does not know the report's number"
        assert "Подзвоніть" not in without
        assert "Назвіть цей номер у центрі" in without
        async with house.database.work(house.clock()) as work:
            center = await work.centers.get(CenterId("kharkiv"))
            await work.centers.keep(replace(center, phone="0 57 000 00 00"))
            await work.commit()
        _, content = await card_of(site, mother, number)
        assert "0 57 000 00 00\nПн–пт, 10:00–17:00 за Києвом" in text_of(content)


async def test_nobody_gets_another_s_card(house: House) -> None:
    async with served(house) as site:
        mother, stranger = await site.begins(), await site.begins()
        number = await registers(mother)
        await stranger.consents()
        assert (await card_of(site, stranger, number))[0] == 404
        assert (await stranger.get("/cards/0000")).status == 404
        assert (await stranger.get("/cards/12345678")).status == 404, "a number that nobody has is nobody else's either"
        assert (await stranger.get("/cards/..%2F..%2Fetc")).status == 404
        assert number not in await (await stranger.get("/cards")).text()
        answer = await site.get(f"/cards/{number.replace('-', '')}")
        assert answer.status == 303  # without a session: to the door


async def test_drawing_is_not_for_nothing(house: House) -> None:
    async with served(house, limits=Limits(messages=Rate(9, timedelta(hours=1)))) as site:
        mother = await site.begins()
        number = await registers(mother)
        assert [(await card_of(site, mother, number))[0] for _ in range(3)][-1] == 429


async def test_the_receipt_of_an_erasure_is_printed_until_it_is_done(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        await registers(mother)
        assert (await mother.get("/receipt.pdf")).status == 404
        for words in ("/erase", "так"):
            await mother.says(words)
        said = await mother.says("так")
        number = re.search(r"\d{4}-\d{4}-\d{4}", said)
        assert number, said
        answer = await mother.get("/receipt.pdf")
        assert answer.status == 200
        printed = text_of(await answer.read())
        assert number[0] in printed
        assert "стерто" in printed
        assert "Петренко" not in printed
