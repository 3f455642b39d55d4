"""An inquiry: asked by consent, printed, sent, answered or not; and each relative hears on the promised day."""

from datetime import date, timedelta
from io import BytesIO

import pypdfium2
import pytest

from casework import rulebook
from casework.account import Account, Body
from casework.actor import Actor, Channel, Role
from casework.calls import Reason
from casework.ids import FileId, InquiryId
from casework.inquiries import follow
from casework.inquiries.answering import AnswerInquiry
from casework.inquiries.asking import AskBody, MarkSent, SetTerm
from casework.inquiries.values import Enclosed, Outcome
from casework.kinship import KinshipState
from casework.refusal import Refusal
from tests.handlers.web_site import Visitor, served
from tests.journeys.test_contact import does
from tests.journeys.test_no_news import PUSH, number_of, verified
from tests.journeys.updating import set_out
from tests.visiting import Guest, House, with_code

TOLD = Account(unit="А0000", rank="солдат", marks="Шрам на лівій руці", share_with=(Body.NIB, Body.UNIT))


async def agrees(house: House, number: str, account: Account = TOLD) -> None:
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(number))
        assert report is not None
        await work.reports.tell_more(report.id, account, None)
        await work.commit()


async def tick(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        await follow(work)
        await work.commit()
    await house.deliver()


async def written(house: House, member: Guest, number: str, due: date = date(2026, 12, 17)) -> InquiryId:
    question = "Чи внесено людину до реєстру?"
    await does(house, member, AskBody(number_of(number), "nib", question, (Enclosed.MARKS,), due))
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(number))
        assert report is not None
        return max(one.id for one in await work.inquiries.at(report.center))


async def opens(house: House, guest: Guest, id: FileId) -> bool:
    async with house.database.work(house.clock()) as work:
        person = await guest.person()
        file = await work.files.get(id)
        assert file is not None
        return await rulebook.may_open(Actor(person, "uk", Channel.WEB, await with_code(person, work)), file, work)


@pytest.mark.parametrize(
    ("channel", "language"),
    [
        (Channel.TELEGRAM, "uk"),
        (Channel.VIBER, "en"),
        (Channel.WEB, "uk"),
        (Channel.TELEGRAM, "en"),
        (Channel.VIBER, "uk"),
        (Channel.WEB, "en"),
    ],
)
async def test_a_family_reads_whom_we_asked_until_when_and_on_the_day_after_what_came(
    house: House, channel: Channel, language: str
) -> None:
    english = language == "en"
    mother = house.guest(channel, language)
    if english:
        await mother.consents()
    number = await verified(house, mother)
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    await operator.says(f"/inquiry {number}")
    assert operator.hears("inquiry-nobody-agreed", number=number), "without consent nobody is asked"
    await agrees(house, number)
    await operator.says(f"/inquiry {number}")
    await operator.presses("Національне інформаційне бюро")
    await operator.says("Чи внесено людину до реєстру?")
    await operator.presses("Прикмети")
    await operator.presses("Готово")
    await operator.says("20.11.2026")
    assert operator.hears("unclear-coming-day", days=365)
    await operator.says("17 грудня")
    assert operator.hears("inquiry-written", number="1/2026")
    heard = len(mother.inbox)
    await operator.presses("Надіслано")
    assert len(mother.inbox) > heard
    await mother.presses("Read" if english else "Прочитати")
    assert mother.sees("24 November 2026" if english else "24 листопада 2026")
    assert mother.sees("We wait for the answer until 17 December" if english else "Відповіді чекаємо до 17 грудня")
    assert mother.sees("On 18 December 2026 we tell you" if english else "18 грудня 2026 скажемо вам")
    assert not mother.sees("The law gives" if english else "За законом"), "no law is invented"
    assert not mother.sees("Шрам")
    house.clock.go_to(house.clock.at + timedelta(days=22))
    await tick(house)
    assert operator.sees("Рідним обіцяно сказати наступного дня"), "the member is reminded before"
    house.clock.pass_by(days=2)
    heard = len(mother.inbox)
    await tick(house)
    assert len(mother.inbox) == heard + 1, "on the 18th they do hear"
    assert any("строк минув" in message.text for message in operator.inbox), "and the member after"
    await mother.presses("Read" if english else "Прочитати")
    assert mother.sees("There is no answer yet" if english else "Відповіді поки немає")
    await tick(house)
    assert not any("Прочитати" in key.label for key in mother.keys), "once"
    await operator.says("/inquiries")
    assert operator.sees("із 1 відповідей запізнилися або не прийшли 1")


async def test_the_letter_is_printed_for_staff_of_the_case_and_declines_no_name(house: House) -> None:
    number = await verified(house, house.guest())
    await agrees(house, number)
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    stranger = await house.staff(Role.OPERATOR, "lviv")
    id = await written(house, operator, number)
    async with served(house) as site:
        answer = await Visitor(site, operator.address).get(f"/inquiries/{id}.pdf")
        assert answer.status == 200
        content = await answer.read()
        assert (await Visitor(site, stranger.address).get(f"/inquiries/{id}.pdf")).status == 404
        await agrees(house, number, Account(share_with=()))
        assert (await Visitor(site, operator.address).get(f"/inquiries/{id}.pdf")).status == 404, "consent taken back"
    with pypdfium2.PdfDocument(BytesIO(content)) as paper:
        text = str(paper[0].get_textpage().get_text_range())
    for line in (
        "Центр підтримки родин: Харків",
        "№ 1/2026, 24 листопада 2026",
        "Кому: Національне інформаційне бюро",
        "Про кого: Петренко Іван",
        "Чи внесено людину до реєстру?",
        "Прикмети: Шрам на лівій руці",
        "Згоду дає: Петренко Марія",
        "до 17 грудня 2026",
    ):
        assert line in text, text
    assert "А0000" not in text, "only what was chosen is enclosed"
    with pytest.raises(Refusal, match="inquiry-no-consent"):
        await does(house, operator, MarkSent(id))


async def test_an_answer_is_a_check_or_the_draft_of_an_update_and_only_once(house: House) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    first = await written(house, scene.head, scene.number)
    with pytest.raises(Refusal, match="inquiry-not-sent"):
        await does(house, scene.head, AnswerInquiry(first, Outcome.NOTHING_NEW, date(2026, 11, 24)))
    await does(house, scene.head, MarkSent(first))
    with pytest.raises(Refusal, match="inquiry-sent-already"):
        await does(house, scene.head, MarkSent(first))
    house.clock.pass_by(days=2)
    with pytest.raises(Refusal, match="unclear-answered-on"):
        await does(house, scene.head, AnswerInquiry(first, Outcome.NOTHING_NEW, date(2026, 11, 23)))
    async with house.database.work(house.clock()) as work:
        file = await work.files.add(await scene.head.person(), type="image/png", content=b"the answer")
        await work.commit()
    await does(house, scene.head, AnswerInquiry(first, Outcome.NOTHING_NEW, date(2026, 11, 26), (file,)))
    assert await opens(house, scene.author, file), "the answer is with the case"
    assert not await opens(house, await house.staff(Role.OPERATOR, "lviv"), file)
    assert not await opens(house, scene.mother, file), "what a body wrote is nobody's to read before two have signed"
    with pytest.raises(Refusal, match="inquiry-answered-already"):
        await does(house, scene.head, AnswerInquiry(first, Outcome.SOMETHING, date(2026, 11, 26)))
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(scene.number))
        assert report is not None
        checks = (await work.checks.of_cases([report.case]))[report.case]
    assert [(one.body, one.on) for one in checks] == [("nib", date(2026, 11, 26))], "from which nothing new is told"
    second = await written(house, scene.head, scene.number)
    await does(house, scene.head, MarkSent(second))
    await house.deliver()
    await does(house, scene.head, AnswerInquiry(second, Outcome.SOMETHING, date(2026, 11, 26)))
    await scene.author.says(f"/update {scene.number}")
    await scene.author.presses("У реєстрі НІБ")
    assert not scene.mother.sees("внесено"), "nothing of the answer is written before two have signed"
    await tick(house)
    house.clock.pass_by(days=23)
    heard = len(scene.mother.inbox)
    await tick(house)
    async with house.database.work(house.clock()) as work:
        calls = await work.calls.open_of(await scene.mother.person(), None)
    assert Reason.INQUIRY in {task.reason for task in calls}, "what came is said by a human on the promised day"
    assert not any(PUSH in message.text for message in scene.mother.inbox[heard:])


async def test_never_where_only_a_human_speaks_nor_to_the_revoked(house: House) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    id = await written(house, scene.head, scene.number)
    heard = len(scene.mother.inbox)
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(scene.number))
        assert report is not None
        await work.voices.begin(report.id, (await work.staff.all())[0].staff.id)
        await work.commit()
    await does(house, scene.head, MarkSent(id))
    await house.deliver()
    assert len(scene.mother.inbox) == heard
    async with house.database.work(house.clock()) as work:
        await work.voices.end(report.id)
        await work.commit()
    other = await written(house, scene.head, scene.number)
    await does(house, scene.head, MarkSent(other))
    await scene.kinship(scene.number, KinshipState.REVOKED)
    await house.deliver()
    assert len(scene.mother.inbox) == heard


async def test_a_law_is_named_only_where_two_have_signed_it(house: House) -> None:
    mother = house.guest()
    number = await verified(house, mother)
    await agrees(house, number)
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    await does(house, administrator, SetTerm("nib", 10, "Закон для проби, стаття 1"))
    async with house.database.work(house.clock()) as work:
        assert await work.inquiries.term("nib") is None
    await house.second()
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    id = await written(house, operator, number)
    await does(house, operator, MarkSent(id))
    await house.deliver()
    await mother.presses("Прочитати")
    assert mother.sees("За законом відповісти мають до 4 грудня 2026. Закон для проби, стаття 1")
    with pytest.raises(Refusal, match="inquiry-body-gone"):
        await does(house, operator, AskBody(number_of(number), "nowhere", "?", (), date(2026, 12, 17)))
    with pytest.raises(Refusal, match="unclear-coming-day"):
        await does(house, operator, AskBody(number_of(number), "unit", "?", (), date(2026, 11, 20)))
