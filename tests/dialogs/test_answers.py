"""What people type, as they really type it: names, phones, words, choices. Days have a file of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fluent.runtime import FluentBundle, FluentResource
from hypothesis import example, given
from hypothesis import strategies as st

from casework.values import PersonName, Phone, Unclear
from dialogs import answers
from dialogs.answers import Doubt, free_text, match_choice, name, phone, short_text, unknown, yes_no

ROOT = Path(__file__).parents[2]

# Half of these letters are what parsers stumble over; random Unicode alone would seldom put two of them together.
TYPED = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="абвіїєґйАБЄЇ'’ʼ-–—. ,()\"*0123456789+№#/:iIoOXxß\u0301\u200d\u202e\x00\n\t😀ǅﬁŉİ", max_size=130),
)

NAMES = {
    "Петренко Іван Миколайович": "Петренко Іван Миколайович",
    "  петренко   іван ": "Петренко Іван",
    "ПЕТРЕНКО ІВАН": "Петренко Іван",
    "ПЕТРЕНКО Іван": "Петренко Іван",
    "МАР`ЯНА ГАНУЩАК-ЄФІМЕНКО": "Мар’яна Ганущак-Єфіменко",
    "o'brien john": "O’Brien John",
    "Нечуй – Левицький Іван": "Нечуй-Левицький Іван",
    "Iван Пeтренко": "Іван Петренко",  # a Latin I and a Latin e
    "Петренко І.В.": "Петренко І. В.",
    "петренко і. в.": "Петренко І. В.",
    "Петренко, Іван.": "Петренко Іван",
    "Ёлкин Пётр": "Ёлкин Пётр",
    "Мене звати Олена Коваль": "Олена Коваль",
    "ПІБ: Коваль (Петренко) Ганна": "Коваль (Петренко) Ганна",
    "Ганс фон Клаус": "Ганс фон Клаус",
    "алієв руслан огли": "Алієв Руслан огли",
    "Мар'яна Коваль": "Мар’яна Коваль",
    'мар"яна коваль': "Мар’яна Коваль",
    "Марʼяна Коваль": "Мар’яна Коваль",
    "Меня зовут Пётр Коваль": "Пётр Коваль",
    "Лі Бо": "Лі Бо",
    "Jean-Luc Łukasz": "Jean-Luc Łukasz",
    "Оле\u200bна Й\u043e\u0438\u0306": "Олена Йой",
}


@pytest.mark.parametrize(("typed", "understood"), NAMES.items())
def test_a_name_is_taken_as_the_family_writes_it(typed: str, understood: str) -> None:
    assert name(typed) == PersonName(understood)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "unclear-name"),
        ("   \n", "unclear-name"),
        ("- - -", "unclear-name"),
        ("не знаю", "unclear-name"),
        ("Так", "unclear-name"),
        ("/start", "unclear-name-command"),
        ("Іван 1985", "unclear-name-digits"),
        ("٣", "unclear-name-digits"),
        ("😀", "unclear-name-letters"),
        ("Іван ❤️", "unclear-name-letters"),
        ("https://t.me/somebody", "unclear-name-letters"),
        ("@somebody", "unclear-name-letters"),
        ("somebody.com", "unclear-name-letters"),
        ("Я", "unclear-name-short"),
        ("Іван " * 30, "unclear-name-long"),
        ("мій син поїхав на схід навесні", "unclear-name-parts"),
    ],
)
def test_what_is_no_name_is_asked_again(typed: str, reason: str) -> None:
    answer = name(typed)
    assert isinstance(answer, Unclear)
    assert answer.reason == reason


@pytest.mark.parametrize(
    "typed",
    [
        "067 123 45 67",
        "0671234567",
        "8 067 123 45 67",
        "8(067)123-45-67",
        "0 67 123 45 67",
        "67 123 45 67",
        "380671234567",
        "38 067 1234567",
        "+380 67 123-45-67",
        "+38 (067) 123 45 67",
        "+380 (0) 67 123 45 67",
        "00380671234567",
        "плюс 380 67 123 45 67",
        "тел. 067.123.45.67, мама",
        "tel:+380671234567",
        "067–123–45–67",
        "＋３８０６７１２３４５６７",
        "٠٦٧١٢٣٤٥٦٧",
        "0671234567 (після 18:00)",
        "067\u00a0123\u202f45 67\n",
    ],
)
def test_one_ukrainian_number_in_the_ways_it_is_written(typed: str) -> None:
    assert phone(typed) == Phone("+380671234567")


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("00 48 600 100 200", "+48600100200"),
        ("48600100200", "+48600100200"),
        ("+49 151 23456789", "+4915123456789"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("+1 202 555 0143", "+12025550143"),
        ("044 287 81 65", "+380442878165"),
    ],
)
def test_families_abroad_have_foreign_numbers(typed: str, understood: str) -> None:
    assert phone(typed) == understood


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "unclear-phone"),
        ("не дам", "unclear-phone"),
        ("😀", "unclear-phone"),
        ("067 123 45", "unclear-phone-short"),
        ("1234567", "unclear-phone-short"),
        ("38067123456", "unclear-phone-short"),
        ("+48 600 100", "unclear-phone-short-abroad"),
        ("+1 202 555", "unclear-phone-short-abroad"),
        ("067 123 45 67 8", "unclear-phone-long"),
        ("+48 600 100 200 300", "unclear-phone-long"),
        ("067 123 45, 050 765 43", "unclear-phone-short"),
        ("067 123 45 6, +48 600 100", "unclear-phone-two"),
        ("8 912 345 67 89", "unclear-phone-plus"),
        ("8 495 123 45 67", "unclear-phone-plus"),
        ("12.03.1990", "unclear-phone"),
        ("+999 123 456 789", "unclear-phone-country"),
        ("012 345 67 89", "unclear-phone-impossible"),
        ("9" * 5000, "unclear-phone-long"),
    ],
)
def test_a_number_that_cannot_be_rung_says_why(typed: str, reason: str) -> None:
    answer = phone(typed)
    assert isinstance(answer, Unclear)
    assert answer.reason == reason


def test_a_story_keeps_its_lines_and_loses_only_what_is_invisible() -> None:
    story = "Ми говорили вранці.\r\n\r\n\r\n\r\nПотім\tзв’язку\x00 не було\u202e."
    assert free_text(story, 100) == "Ми говорили вранці.\n\nПотім зв’язку не було."
    assert free_text("👩‍👦", 10) == "👩‍👦"


def test_a_story_is_refused_whole_and_never_cut() -> None:
    assert free_text("а" * 101, 100) == Unclear("unclear-text-long", {"limit": 100, "length": 101})
    assert free_text(" \n\u200b ", 100) == Unclear("unclear-text-empty")
    assert short_text("…!", 100) == Unclear("unclear-text-words")
    assert short_text(" 72\nОМБр ") == "72 ОМБр"


@pytest.mark.parametrize("typed", ["так", "ТАК!", "Да", "ага", "Yes", "ok 👍", "+", "згодна"])
def test_yes(typed: str) -> None:
    assert yes_no(typed) is True


@pytest.mark.parametrize("typed", ["ні", "Нет.", "не", "no", "Ні, дякую", "не згоден"])
def test_no(typed: str) -> None:
    assert yes_no(typed) is False


@pytest.mark.parametrize("typed", ["", "може", "не знаю", "так не буде", "-", "до побачення"])
def test_neither_yes_nor_no(typed: str) -> None:
    assert yes_no(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "не знаю",
        "Незнаю",
        "я не знаю",
        "не знаю точно",
        "Точно не знаю.",
        "на жаль, не пам'ятаю",
        "не помню",
        "?",
        "??",
        "-",
        "—",
        "невідомо",
        "I don't know",
        "don’t know",
        "not sure",
        "Не впевнена",
        "к сожалению, неизвестно",
    ],
)
def test_not_knowing_is_an_answer(typed: str) -> None:
    assert unknown(typed)


@pytest.mark.parametrize("typed", ["", "знаю", "не знаю, але здається у 2022", "Незнайко", "точно", "?" * 100])
def test_knowing_something_is_not_unknown(typed: str) -> None:
    assert not unknown(typed)


KINSHIP = {
    "mother": ["Мати", "мама", "Mother", "мать"],
    "father": ["Батько", "тато", "Father", "отец"],
    "wife": ["Дружина", "Wife", "жена"],
    "husband": ["Чоловік", "Husband", "муж"],
    "sister": ["Сестра", "Sister"],
    "friend": ["Друг або подруга", "Friend", "друг"],
}


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("Мати", "mother"),
        ("МАМА!", "mother"),
        ("мать", "mother"),
        ("2", "father"),
        ("2.", "father"),
        ("№ 3", "wife"),
        ("дружена", "wife"),
        ("сестр", "sister"),
        ("сест", "sister"),
        ("чоловик", "husband"),
        ("друг", "friend"),
        ("ма", "mother"),
        ("дру", None),  # "дружина" or "друг"
        ("7", None),
        ("0", None),
        ("", None),
        ("?", None),
        ("тітка", None),
        ("99999999999999999999", None),
    ],
)
def test_a_choice_in_words(typed: str, choice: str | None) -> None:
    assert match_choice(typed, KINSHIP) == choice


def test_a_choice_is_never_guessed_between_two() -> None:
    assert match_choice("невійськовий", {"military": ["Військовий"], "civilian": ["Цивільна особа"]}) is None
    slots = {"a": ["10:00"], "b": ["10:30"], "c": ["11:00"]}
    assert match_choice("10:30", slots) == "b"
    assert match_choice("10:3", slots) is None
    assert match_choice("10", slots) is None
    assert match_choice("11", slots) == "c"
    years = {"a": ["2 роки"], "b": ["рік"]}
    assert match_choice("2", years) is None  # the second, or the one called 2?
    assert match_choice("same", {"a": ["same"], "b": ["Same!"]}) is None


@given(TYPED)
@example("Aa-.")
def test_no_text_breaks_a_parser_and_each_reads_its_own_writing(typed: str) -> None:
    parsers: list[Callable[[str], Any]] = [name, phone, short_text, lambda text: free_text(text, 100)]
    for parse in parsers:
        value = parse(typed)
        if isinstance(value, Doubt):
            for reading in value.readings:
                again = parse(str(reading.value))
                assert reading.value in ([r.value for r in again.readings] if isinstance(again, Doubt) else [again])
        elif not isinstance(value, Unclear):
            assert parse(str(value)) == value
    assert unknown(typed) in (True, False)
    assert yes_no(typed) in (True, False, None)
    assert match_choice(typed, KINSHIP) in {*KINSHIP, None}


@given(TYPED)
def test_a_name_is_one_line_of_letters(typed: str) -> None:
    answer = name(typed)
    if isinstance(answer, PersonName):
        assert 2 <= len(answer.full) <= 120
        assert 1 <= len(answer.parts) <= 5
        assert all(c.isalpha() or c in " -.()’" or not c.isascii() for c in answer.full)


@pytest.mark.parametrize("language", ["uk", "en"])
def test_every_reason_has_words(language: str) -> None:
    said = (ROOT / "locales" / language / "unclear.ftl").read_text("utf-8")
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(said))
    sources = [*(ROOT / "dialogs" / "answers").glob("*.py"), ROOT / "casework" / "numbers.py"]
    reasons = {
        reason for file in sources for reason in re.findall(r'"((?:unclear|doubt)-[a-z-]+)"', file.read_text("utf-8"))
    }
    assert reasons == set(re.findall(r"^((?:unclear|doubt)-[a-z-]+) =", said, re.MULTILINE))
    arguments = {
        "limit": 4000,
        "length": 4001,
        "most": 5,
        "digits": 7,
        "earliest": "1900",
        "typed": "Іван",
    }
    for reason in sorted(reasons):
        pattern = bundle.get_message(reason).value
        assert pattern is not None
        text, problems = bundle.format_pattern(pattern, arguments)
        assert not problems
        assert len(str(text)) > 30


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Прага", "Europe/Prague"),
        ("Прага, Чехія", "Europe/Prague"),
        ("у Німеччині", "Europe/Berlin"),
        ("Польша", "Europe/Warsaw"),
        ("Deutschland", "Europe/Berlin"),
        ("Іспанія", "Europe/Madrid"),
        ("Сіетл", "America/Los_Angeles"),
        ("Київ", "Europe/Kyiv"),
        ("UTC+3", "Etc/GMT-3"),
        ("−5", "Etc/GMT+5"),
        ("+5:30", "Asia/Kolkata"),
        ("0", "unclear-zone"),
        ("+15", "unclear-zone"),
        ("США", "unclear-zone-several"),
        ("Австралія", "unclear-zone-several"),
        ("десь", "unclear-zone"),
        ("🙏", "unclear-zone"),
        ("ж" * 500, "unclear-zone"),
    ],
)
def test_a_clock_abroad(typed: str, zone: str) -> None:
    found = answers.zone(typed)
    assert (found.reason if isinstance(found, Unclear) else found) == zone


@pytest.mark.parametrize(
    "place",
    [
        "48.0159, 37.8028",
        "48,0159; 37,8028",
        "48.015 37.802",
        "48.0159° пн. ш., 37.8028° сх. д.",
        "Широта 48.0159 довгота 37.8028",
        "48°00′57″N 37°48′10″E",
        "48° 0' 57\" пн.ш. 37° 48' 10\" сх.д.",
        "48 град 15 хв, 37 град 40 хв",
        "37U DQ 12345 67890",
        "37т ек 123 456",
        "X: 5412345 Y: 7312345",
        "https://maps.app.goo.gl/abc",
        "www.google.com.ua/maps?q=48.1",
        "geo:48.0159,37.8028",
        "///слово.слово.слово",
        "8GXF+2V2",
    ],
)
def test_coordinates_are_found(place: str) -> None:
    left = answers.without_coordinates(f"Був на {place} зранку")
    assert left.endswith("[…] зранку")
    assert not any(char.isdecimal() for char in left)


@pytest.mark.parametrize(
    "words",
    [
        "12.03.2025 о 10.30, температура 38°",
        "Покровський напрямок, біля траси М-30",
        "067 123 45 67",
        "45.000 та 30.000 грн",
        "36 ОБрМП, 37 років, зріст 1,80, вага 80,5",
        "24.02.2023 - 15.05.2023, з 10.30 до 12.45",
        "справа 12024221234567890",
        "А0000, в/ч 3057",
    ],
)
def test_other_numbers_stay(words: str) -> None:
    assert answers.without_coordinates(words) == words


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("коротко", 80, "коротко"),
        ("Дзвонив увечері, казав", 18, "Дзвонив увечері…"),
        ("Дзвонив увечері, казав", 12, "Дзвонив…"),
        ("а" * 20, 10, "а" * 9 + "…"),
    ],
)
def test_a_long_text_is_cut_between_words(text: str, most: int, shown: str) -> None:
    assert answers.shortened(text, most) == shown
    assert len(shown) <= most


def test_several_messages_keep_their_ends() -> None:
    assert (
        answers.one_after_another(("Дзвонив увечері", "Потім тиша.", "І все")) == "Дзвонив увечері. Потім тиша. І все"
    )
    assert answers.one_after_another(()) == ""
