"""A screen within Telegram's limits."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.channel import Enclosure, Key, Message, Rejected
from handlers.splitting import split, units
from handlers.telegram.composing import DONE, Asks, MessagePart, compose

BACK = ((Key("back", "Назад"),),)
QR = Enclosure("qr.png", "image/png", b"png")
CALENDAR = Enclosure("visit.ics", "text/calendar", b"BEGIN:VCALENDAR")


@given(st.lists(st.text(alphabet="абв. \n🕊<", max_size=40)), st.integers(4, 30))
def test_no_piece_is_too_long_and_no_letter_is_lost(paragraphs: list[str], limit: int) -> None:
    text = "\n\n".join(paragraphs)
    pieces = split(text, limit)
    assert all(0 < units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("один\n\nдва\n\nтри", 10, ["один\n\nдва", "три"]),
        ("рядок\nдругий рядок", 14, ["рядок", "другий рядок"]),
        ("Речення. Друге речення.", 16, ["Речення.", "Друге речення."]),
        ("слово за словом", 10, ["слово за", "словом"]),
        ("довжелезне", 4, ["довж", "елез", "не"]),
        ("🕊🕊🕊", 4, ["🕊🕊", "🕊"]),
        ("  ", 4, []),
    ],
)
def test_where_a_text_is_cut(text: str, limit: int, pieces: list[str]) -> None:
    assert split(text, limit) == pieces


def shape(parts: Sequence[MessagePart]) -> list[tuple[str, str]]:
    """Each part as what it carries and what keys it has."""

    def carries(part: MessagePart) -> str:
        file = part.enclosure.name if part.enclosure else ""
        return "+".join(filter(None, [file, part.text[:12]]))

    def keys(part: MessagePart) -> str:
        return "clears" if part.clears else "asks" if part.asks else "keys" if part.keys else ""

    return [(carries(part), keys(part)) for part in parts]


def test_files_come_first_so_that_the_buttons_stay_at_the_end() -> None:
    parts = compose(Message(("Вас чекають.",), BACK, (QR, CALENDAR)), keyboard_shown=False)
    assert shape(parts) == [("qr.png", ""), ("visit.ics", ""), ("Вас чекають.", "keys")]


def test_one_file_carries_a_short_text() -> None:
    assert shape(compose(Message(("Ваш код.",), BACK, (QR,)), keyboard_shown=False)) == [("qr.png+Ваш код.", "keys")]
    long = Message(("я" * 1025,), BACK, (QR,))
    assert shape(compose(long, keyboard_shown=False)) == [("qr.png", ""), ("я" * 12, "keys")]


def test_markup_does_not_count_and_is_escaped() -> None:
    (part,) = compose(Message(("<" * 4096,)), keyboard_shown=False)
    assert part.text == "&lt;" * 4096


def test_what_a_human_said_is_shown_as_their_words() -> None:
    (part,) = compose(Message(("Зателефоную о 15 < 16",), staff_voice=True), keyboard_shown=False)
    assert part.text == "<blockquote>Зателефоную о 15 &lt; 16</blockquote>"


def test_the_number_is_asked_for_below_the_questions_own_buttons() -> None:
    asking = Message(("Ваш номер?",), BACK, contact="Надіслати мій номер")
    parts = compose(asking, keyboard_shown=False)
    assert shape(parts) == [("Ваш номер?", "keys"), ("Надіслати мі", "asks")], "never before its question"
    assert parts[1].asks == ((Asks.CONTACT, "Надіслати мій номер"),)
    assert shape(compose(asking, keyboard_shown=True)) == shape(parts)


def test_a_question_without_buttons_asks_in_the_same_message() -> None:
    (part,) = compose(Message(("Де ви?",), location="Тут"), keyboard_shown=False)
    assert part.asks == ((Asks.LOCATION, "Тут"),)


def test_the_keyboard_goes_with_the_first_message_that_has_room() -> None:
    assert shape(compose(Message(("Дякуємо.",)), keyboard_shown=True)) == [("Дякуємо.", "clears")]
    assert shape(compose(Message(("Далі?",), BACK), keyboard_shown=True)) == [(DONE, "clears"), ("Далі?", "keys")]
    with_files = compose(Message(("Ось.",), BACK, (QR, CALENDAR)), keyboard_shown=True)
    assert shape(with_files) == [("qr.png", "clears"), ("visit.ics", ""), ("Ось.", "keys")]


@pytest.mark.parametrize("id", ["", "x" * 65, "ї" * 33])
def test_a_button_that_telegram_would_refuse(id: str) -> None:
    with pytest.raises(Rejected):
        compose(Message(("?",), ((Key(id, "Так"),),)), keyboard_shown=False)
