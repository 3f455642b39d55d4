"""What is the terminal's own: how lines are read, how screens are written, who is served."""

import asyncio
import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from demo.patience import until
from dialogs.said import Location, Text
from dialogs.words import Words
from handlers.channel import Enclosure, Key, Message, Postponed
from handlers.incoming import ButtonPress, Opened, Sent
from handlers.terminal.composing import compose
from handlers.terminal.incoming import LONGEST_LINE, Paper, Unreadable, read
from handlers.terminal.listening import LineReader, TerminalReception
from handlers.terminal.speaking import TerminalSpeaker
from tests.handlers.ears import nothing_due, photo
from tests.handlers.lines import Screen
from tests.handlers.telegram.desk import NotingDesk

KEYS = (Key("3.mother", "Мати"), Key("3.~back", "Назад"), Key("go.signed.move 12", "Перенести"))
PAGE = "https://zviazok.example"


def speaker(screen: Screen, language: str = "uk") -> TerminalSpeaker:
    return TerminalSpeaker("olena", screen, Words(), page=PAGE, language=language)


def reception(desk: NotingDesk, manners: TerminalSpeaker) -> TerminalReception:
    return TerminalReception(desk, manners, name="olena", language="uk", session="s", clock=lambda: datetime.now(UTC))


@pytest.mark.parametrize(
    ("line", "content"),
    [
        ("Петренко Іван\n", Text("Петренко Іван")),
        ("  2\n", Text("2")),
        ("мати", ButtonPress("3.mother")),
        ("НАЗАД\r\n", ButtonPress("3.~back")),
        ("Перенести", ButtonPress("go.signed.move 12")),
        ("/menu", Text("/menu")),
        ("/start", Opened()),
        ("/start book_lviv", Opened("book_lviv")),
        ("file ~/наказ.pdf", Paper("~/наказ.pdf")),
        ("файл '/tmp/a photo.jpg'", Paper("/tmp/a photo.jpg")),  # noqa: S108  no file is opened
        ("place 49.99 36.23", Location(49.99, 36.23)),
        ("місце 49.99, 36.23", Location(49.99, 36.23)),
        ("place 91 36", Text("place 91 36")),
        ("місце невідоме", Text("місце невідоме")),
        ("Ів\x1b[Dан\x07", Text("Іван")),
        ("\n", None),
        ("\x1b[A\n", None),
        ("ж" * LONGEST_LINE, Unreadable()),
    ],
)
def test_lines_are_read(line: str, content: object) -> None:
    assert read(line.encode(), KEYS) == content


def test_bytes_that_are_no_text_are_not_read() -> None:
    assert read(b"\xff\xfe\n", KEYS) == Unreadable()


def test_a_screen_has_numbers_for_choices_and_brackets_for_the_rest() -> None:
    message = Message(("Хто ви?",), ((KEYS[0],), (Key("3.father", "Батько"),), (KEYS[1],), (KEYS[2],)))
    assert compose(message, ["Нотатка."]) == "Хто ви?\n\nНотатка.\n\n1. Мати\n2. Батько\n\n[Назад] [Перенести]"


def test_a_human_s_words_have_a_bar_beside_them() -> None:
    assert compose(Message(("Добрий день.", "Чекаємо."), staff_voice=True)) == "┃ Добрий день.\n┃\n┃ Чекаємо."


def test_nothing_that_somebody_wrote_steers_the_terminal() -> None:
    message = Message(("\x1b[2JІван\x9b31m \u202eйіртсіП\a",), ((Key("1.x", "\x1b]0;Так"),),))
    assert compose(message) == "[2JІван31m йіртсіП\n\n1. ]0;Так"


async def test_files_are_on_the_page_and_a_place_is_asked_for_in_words() -> None:
    screen = Screen()
    file = Enclosure("calendar.ics", "text/calendar", b"BEGIN")
    await speaker(screen, "en").send("olena", Message(("Booked.",), enclosures=(file,), location="x", language="en"))
    assert PAGE in screen.written[0]
    assert "BEGIN" not in screen.written[0]
    assert "place 49.99 36.23" in screen.written[0]


async def test_another_person_s_letters_wait_until_their_terminal_is_opened() -> None:
    screen = Screen()
    with pytest.raises(Postponed):
        await speaker(screen).send("petro", Message(("Для Петра",)))
    assert screen.written == []


async def test_keys_of_pushes_stand_beside_those_of_the_question() -> None:
    own = speaker(Screen())
    await own.send("olena", Message(("?",), ((KEYS[0],),)))
    await own.send("olena", Message(("Нагадуємо",), ((KEYS[2],),)))
    assert own.keys == [KEYS[0], KEYS[2]]
    await own.send("olena", Message(("?",), ((KEYS[1],),)))
    assert own.keys == [KEYS[2], KEYS[1]], "a push's keys work for as long as it stands there; an old question's do not"


async def test_a_file_that_is_not_there_or_not_taken_is_told_of_and_not_handed_over(tmp_path: Path) -> None:
    desk, screen = NotingDesk(), Screen()
    listening = reception(desk, speaker(screen))
    (tmp_path / "virus.exe").write_bytes(b"MZ")
    for path in ("nowhere.pdf", "virus.exe", "", "~nobody-of-that-name/x"):
        await listening.take(path, f"file {tmp_path}/{path}".encode() if path[:1] != "~" else f"file {path}".encode())
    assert desk.taken == []
    assert len(screen.written) == 4
    assert "virus.exe" not in screen.written[1]  # a reason, in words of ours


async def test_a_line_under_way_is_gone_on_with_when_it_begins_anew() -> None:
    desk, screen = NotingDesk(), Screen()
    desk.away = 1_000
    listening = reception(desk, speaker(screen))
    lines: asyncio.Queue[bytes | None] = asyncio.Queue()
    for line in (b"one\n", b"two\n", None):
        lines.put_nowait(line)
    running = asyncio.create_task(listening.run(lines.get, nothing_due))
    await until(lambda: screen.written)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    desk.away = 0
    await listening.run(lines.get, nothing_due)
    assert [(each.message, each.content) for each in desk.taken] == [("s-1", Text("one")), ("s-2", Text("two"))]
    assert len(screen.written) == 1  # that we try again is told once


async def test_lines_come_from_any_stream_and_end_with_it() -> None:
    reader, writer = os.pipe()
    os.write(writer, "перша\nдруга".encode())
    os.close(writer)
    with io.FileIO(reader) as source:
        lines = LineReader(source)
        assert [await lines(), await lines(), await lines()] == ["перша\n".encode(), "друга".encode(), None]


async def test_a_photo_is_handed_over_clean(tmp_path: Path) -> None:
    desk = NotingDesk()
    (tmp_path / "тато.jpg").write_bytes(photo() + b"<script>")
    await reception(desk, speaker(Screen())).take("1", f"file {tmp_path}/тато.jpg".encode())
    (sent,) = desk.contents
    assert isinstance(sent, Sent)
    assert sent.files[0].name == "тато.jpg"
    assert b"<script>" not in (sent.files[0].content or b"<script>")
