"""One answer on Telegram, followed from the update to the commit: which files one reads, and how often one climbs.

`make follow`; JSON=1 ends with a line of JSON. The real calls are watched (`sys.setprofile`) while real answers go
through the real listener, desk, scripts and database. What is counted:

- A step is a coroutine, or a generator that is driven (one that is only iterated says `Iterator`), in the moment in
  which control first enters it: one reads it once. Only these can wait, fetch, write, or hand the turn on. A plain
  function computes a value from its arguments; one reads its name and goes on. It is no step, but its file is in
  "entered".
- Only files of the five floors (`FLOORS`) are counted. `storage` is followed to its door: the function of it that is
  called from another floor. What it does behind that is SQL and sealing, of which no other floor knows; the files
  there are told apart.
- A file counts when a step is in it. A climb is a step in a file that had been left for another one before: control has
  come back and enters what has not been read. Where a caller only goes on with a value, nothing new is read, and no
  climb is counted.
"""

import ast
import asyncio
import inspect
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count, groupby
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final

import structlog

from benchmarks.figures import Figure, end
from bot.postgres import Server
from casework.actor import Channel
from dialogs.scripts import SCRIPTS
from dialogs.words import Words
from handlers.channel import Message
from handlers.courier import Courier
from handlers.desk import Desk
from handlers.telegram import listening
from storage.database import Database, migrate

ROOT: Final = Path(__file__).resolve().parent.parent
FLOORS: Final = ("bot", "handlers", "storage", "dialogs", "casework")
TOKEN: Final = "7777777:AAFakeTokenOfATelegramThatIsNotThere00"  # noqa: S105  opens nothing
MOST_FILES: Final = 8
MOST_CLIMBS: Final = 5

BEFORE: Final = ("/start", "так", "/register")
"""What is said before the answers that are followed."""

ANSWERS: Final = {
    "kinship": "Мати",
    "name": "Петренко Іван Миколайович",
    "born": "12.03.1990",
    "own-name": "Петренко Марія",
    "phone": "067 123 45 67",
    "region": "Харків",
}
"""What is answered, by what it tells."""

LAST: Final = "Так, усе правильно"
"""The press that files the report: a command is carried out as well."""


@dataclass
class Way:
    """Where control went. `steps` are (file, function) in their order, `behind` the files behind the door of storage,
    `entered` all files of ours in which any function ran."""

    steps: list[tuple[str, str]] = field(default_factory=list)
    behind: set[str] = field(default_factory=set)
    entered: set[str] = field(default_factory=set)

    @property
    def visits(self) -> list[tuple[str, list[str]]]:
        """The files in their order, each with the functions of one stay."""
        return [(file, [name for _, name in stay]) for file, stay in groupby(self.steps, lambda step: step[0])]

    @property
    def files(self) -> list[str]:
        return list(dict.fromkeys(file for file, _ in self.steps))

    @property
    def climbs(self) -> int:
        return len(self.visits) - len(self.files)


@contextmanager
def watched() -> Iterator[Way]:
    """Watch what the present task calls, until the block ends."""
    way, task, known = Way(), asyncio.current_task(), set[CodeType]()

    def see(frame: FrameType, event: str, arg: Any) -> None:
        code = frame.f_code
        if event != "call" or code in known or asyncio.current_task() is not task:
            return
        known.add(code)
        file = _ours(code)
        if file is None:
            return
        way.entered.add(file)
        if any(_floor(above) == "storage" for above in _callers(frame)):
            way.behind.add(file)
        elif _is_step(code, file):
            way.steps.append((file, code.co_qualname))

    sys.setprofile(see)
    try:
        yield way
    finally:
        sys.setprofile(None)


def _callers(frame: FrameType) -> Iterator[CodeType]:
    while (above := frame.f_back) is not None:
        frame = above
        yield frame.f_code


@cache
def _ours(code: CodeType) -> str | None:
    """The file that the code stands in, if it is one of the five floors."""
    path = Path(code.co_filename)
    if not path.is_relative_to(ROOT):
        return None
    file = path.relative_to(ROOT)
    return file.as_posix() if file.parts[0] in FLOORS else None


def _floor(code: CodeType) -> str:
    return (_ours(code) or "").partition("/")[0]


def _is_step(code: CodeType, file: str) -> bool:
    if code.co_flags & inspect.CO_COROUTINE:
        return True
    return bool(code.co_flags & inspect.CO_GENERATOR) and code.co_name in _driven(file)


@cache
def _driven(file: str) -> frozenset[str]:
    """The functions of a file that are not annotated as iterators."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.returns is not None]
    return frozenset(one.name for one in functions if one.returns and "Iterator[" not in ast.unparse(one.returns))


class _Clock:
    """Tuesday morning; it goes on by a millisecond at each look."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


class _Chat:
    """Telegram, as far as a chat with one person goes: both sides' messages are numbered together."""

    channel = Channel.TELEGRAM

    def __init__(self) -> None:
        self.places = count(11)
        self.last = Message(())

    async def send(self, address: str, message: Message) -> str:
        self.last = message
        return str(next(self.places))

    async def retract(self, address: str, ids: Sequence[str]) -> None: ...

    def acknowledge(self, callback: str) -> None: ...

    def typing(self, chat: str) -> None: ...

    def decline(self, chat: str, message: Message) -> None: ...


@dataclass
class Visitor:
    """Somebody with a chat: what is said goes through all of the house, and is answered."""

    reception: listening.TelegramReception
    courier: Courier
    chat: _Chat
    clock: _Clock
    updates: Iterator[int] = field(default_factory=lambda: count(1))

    async def says(self, words: str) -> Way:
        return await self._sends("message", self._message(words, next(self.chat.places)))

    async def presses(self, label: str) -> Way:
        key = next(key for row in self.chat.last.keys for key in row if key.label == label)
        message = {**self._message("…", 10), "from": {"id": 7777777, "is_bot": True, "first_name": "Зв'язок"}}
        person = self._message("", 0)["from"]
        return await self._sends(
            "callback_query", {"id": "1", "from": person, "chat_instance": "1", "data": key.id, "message": message}
        )

    def _message(self, words: str, place: int) -> dict[str, Any]:
        person = {"id": 101, "first_name": "Марія"}
        chat = {**person, "type": "private"}
        who = {**person, "is_bot": False, "language_code": "uk"}
        return {"message_id": place, "date": int(self.clock().timestamp()), "chat": chat, "from": who, "text": words}

    async def _sends(self, kind: str, event: dict[str, Any]) -> Way:
        update = {"update_id": next(self.updates), kind: event}
        with watched() as way:
            await self.reception.take_raw(update)
        self.clock.at += timedelta(seconds=2)
        while await self.courier.deliver_due():
            pass
        self.clock.at += timedelta(seconds=2)
        return way


@asynccontextmanager
async def visitor(url: str) -> AsyncIterator[Visitor]:
    """The house on Telegram's side, over a database."""
    database, words, clock, chat = Database(url, bytes(range(32)), pool=2), Words(), _Clock(), _Chat()
    bot = listening.connect(TOKEN)
    try:
        async with database.work(clock()) as work:
            await work.seed()
            await work.commit()
        desk = Desk(database.work, words, SCRIPTS, clock)
        reception = listening.TelegramReception(bot, desk, chat, clock=clock, words=words)
        yield Visitor(reception, Courier(database.work, words, chat, clock), chat, clock)
    finally:
        await bot.session.close()
        await database.close()


async def followed(url: str) -> dict[str, Way]:
    """Where control went at each answer, and at the press that files the report."""
    async with visitor(url) as mother:
        for words in BEFORE:
            await mother.says(words)
        ways = {name: await mother.says(words) for name, words in ANSWERS.items()}
        ways["filed"] = await mother.presses(LAST)
        return ways


def figures(ways: dict[str, Way]) -> list[Figure]:
    """The answer with the longest way decides."""
    answers = [way for name, way in ways.items() if name in ANSWERS]
    return [
        Figure("follow-files", len(answers), max(len(way.files) for way in answers), MOST_FILES),
        Figure("follow-climbs", len(answers), max(way.climbs for way in answers), MOST_CLIMBS),
    ]


def _drawn(way: Way) -> str:
    lines, left = [], set[str]()
    for file, names in way.visits:
        mark = "^" if file in left else " "
        left.add(file)
        lines.append(f"  {mark} {file:<34}{', '.join(names)}")
    return "\n".join(lines)


async def _measure(url: str) -> dict[str, Way]:
    await migrate(url)
    return await followed(url)


def main() -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with tempfile.TemporaryDirectory(prefix="zviazok-follow-") as folder:
        server = Server(Path(folder), fsync=False)
        try:
            ways = asyncio.run(_measure(server.start()))
        finally:
            server.stop()
    shown = os.environ.get("ANSWER", "born")
    print(f"The answer {shown!r}, from the update to the commit (^ is a climb back):")
    print(_drawn(ways[shown]))
    print(f"\n{'answer':<12}{'steps':>7}{'files':>7}{'climbs':>8}{'behind storage':>16}{'entered at all':>16}")
    for name, way in ways.items():
        told = (len(way.steps), len(way.files), way.climbs, len(way.behind), len(way.entered))
        print("{:<12}{:>7}{:>7}{:>8}{:>16}{:>16}".format(name, *told))
    print(f"\nAn answer may take {MOST_FILES} files and {MOST_CLIMBS} climbs. The last row carries out a command too.")
    return end(figures(ways))


if __name__ == "__main__":
    sys.exit(main())
