"""What one answered message costs, from Telegram's update to the commit with its letter, beside four bare statements.

`python -m benchmarks.speed.turn` prints it; `measure` is for others who have a database. The chats go in step: each
says its next answer, all at once, and when all are answered their letters are marked as sent, while nothing is timed.
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any, Final

import asyncpg
import structlog

from benchmarks.speed.wire import Sums, counted
from bot.postgres import Server
from casework.actor import Channel
from casework.people import CONSENT
from dialogs.conversation import Scripts
from dialogs.details import MARKS, MILITARY
from dialogs.questions import Question
from dialogs.routing import Redirect
from dialogs.script import hear
from dialogs.scripts import SCRIPTS
from dialogs.words import Words
from handlers.channel import Message
from handlers.desk import Desk
from handlers.rate_limits import Limits, Rate
from handlers.telegram import listening
from storage.connecting import connect
from storage.database import Database, migrate

CHATS: Final = 8
QUESTIONS: Final = 10
ROUNDS: Final = 5
UNLIMITED: Final = Limits(messages=Rate(10**6, timedelta(minutes=1)))
TOKEN: Final = "7777777:AAFakeTokenOfATelegramThatIsNotThere00"  # noqa: S105  opens nothing

ANSWER: Final = "Немає нічого особливого"
BARE: Final = """
    CREATE TABLE bare_arrivals (channel text, message bytea, at timestamptz NOT NULL, PRIMARY KEY (channel, message));
    CREATE TABLE bare_talks (chat bigint PRIMARY KEY, asked text NOT NULL, answers bytea NOT NULL);
    CREATE TABLE bare_letters (id bigserial PRIMARY KEY, chat bigint NOT NULL, screen bytea NOT NULL);
    CREATE INDEX ON bare_letters (chat);
"""
_numbers: Final = count(1)


@dataclass
class Turns:
    """Rounds, interleaved: ours and the bare statements'."""

    ours: list[Sums] = field(default_factory=list)
    bare: list[Sums] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Turns a second; the median of the rounds."""
        return statistics.median(one.rate for one in self.ours)

    @property
    def bare_rate(self) -> float:
        return statistics.median(one.rate for one in self.bare)

    @property
    def ratios(self) -> list[float]:
        """Our rate by that of the bare statements, round by round."""
        return [ours.rate / bare.rate for ours, bare in zip(self.ours, self.bare, strict=True)]

    @property
    def python_ms(self) -> float:
        """Milliseconds of our process's processor time a turn; the median of the rounds."""
        return statistics.median(one.python / one.turns * 1000 for one in self.ours)

    @property
    def round_trips(self) -> float:
        """Round trips to the database a turn."""
        return sum(one.round_trips for one in self.ours) / sum(one.turns for one in self.ours)

    @property
    def transactions(self) -> float:
        """Transactions a turn."""
        return sum(one.transactions for one in self.ours) / sum(one.turns for one in self.ours)


class Silence:
    """A speaker's manners, unheard."""

    def acknowledge(self, callback: str) -> None:
        pass

    def typing(self, chat: str) -> None:
        pass

    def decline(self, chat: str, message: Message) -> None:
        pass


@cache
def question(place: int) -> Question[Any]:
    """One that is pressed, or one that is typed."""
    return (MARKS if place % 2 else MILITARY).about(place)


def scripts_with(questions: int) -> Scripts:
    """The service's scripts, with one of so many questions, pressed and typed by turns, in the place of `/steps`."""

    asked = [question(place) for place in range(questions)]

    async def quiz() -> Redirect:
        for one in asked:
            await hear(one)
        return Redirect("steps")

    return Scripts(
        replace(script, play=quiz, counts=True) if name == "steps" else script for name, script in SCRIPTS.items()
    )


class Chats:
    """So many chats of persons who have agreed, each at the first question of the script."""

    def __init__(self, database: Database, chats: int, questions: int) -> None:
        self._database, self._questions = database, questions
        words = Words()
        desk = Desk(database.work, words, database.scripts, _now, limits=UNLIMITED)
        self._bot = listening.connect(TOKEN, "http://127.0.0.1:9")
        self._reception = listening.TelegramReception(self._bot, desk, Silence(), clock=_now, words=words)
        first = next(_numbers) * 10_000
        self._chats = range(first, first + chats)
        self._place, self._asked = 10, 0

    async def begin(self) -> None:
        async with self._database.work(_now()) as work:
            for chat in self._chats:
                guest = await work.people.enter(Channel.TELEGRAM, str(chat), "uk")
                await work.people.keep(replace(guest.person, consent=CONSENT))
                await work.people.remember(guest.person.id, guest.address, replace(guest.talk, turn=1), None)
            await work.commit()
        self._marks = await connect(self._database.dsn)
        for line in ("/start", "/steps"):
            await self._said(partial(self._text, text=line), Sums())

    async def answer(self, sums: Sums) -> None:
        """Every chat answers the question that is asked."""
        place = self._asked % self._questions
        if place % 2:
            await self._said(partial(self._text, text=ANSWER), sums)
        else:
            turn = await self._turn()
            await self._said(partial(self._press, data=f"{turn}.yes"), sums)
        self._asked += 1

    async def end(self) -> None:
        await self._marks.close()
        await self._bot.session.close()

    async def answered(self) -> int:
        """How many messages were answered by a next question, and by one letter."""
        row = await self._marks.fetchrow("""
            SELECT (SELECT sum(turn) FROM people) AS turns, (SELECT count(*) FROM letters) AS letters,
                   (SELECT count(*) FROM people WHERE script <> 'steps') AS elsewhere,
                   (SELECT count(*) FROM quarantine) AS failed
        """)
        if row["elsewhere"] or row["failed"] or row["letters"] + len(self._chats) != row["turns"]:
            raise AssertionError(f"not every message was answered by a question: {dict(row)}")
        asked = question(self._asked % self._questions).name
        async with self._database.work(_now()) as work:
            for chat in self._chats:
                talk = (await work.people.enter(Channel.TELEGRAM, str(chat), "uk")).talk
                if talk.asked != asked or len(talk.active.answers) != self._asked % self._questions:
                    raise AssertionError(f"{talk.asked} is asked, and not {asked}")
        return int(row["letters"])

    async def _turn(self) -> int:
        turns = await self._marks.fetch("SELECT DISTINCT turn FROM people")
        [turn] = (row["turn"] for row in turns)
        return int(turn)

    async def _said(self, made: Callable[[int], dict[str, Any]], sums: Sums) -> None:
        self._place += 2
        updates = [{"update_id": next(_numbers)} | made(chat) for chat in self._chats]
        await timed(sums, [partial(self._reception.take_raw, raw) for raw in updates])
        await self._marks.execute(
            "UPDATE letters SET state = 'sent', sent_at = now(), receipt = $1 WHERE state = 'waiting'",
            str(self._place + 1),
        )

    def _text(self, chat: int, text: str) -> dict[str, Any]:
        return {"message": self._message(chat, _person(chat)) | {"text": text}}

    def _press(self, chat: int, data: str) -> dict[str, Any]:
        bot = {"id": 7777777, "is_bot": True, "first_name": "Zviazok"}
        shown = self._message(chat, bot) | {"message_id": self._place - 1, "text": "?"}
        press = {"id": str(next(_numbers)), "from": _person(chat), "chat_instance": "1", "data": data}
        return {"callback_query": press | {"message": shown}}

    def _message(self, chat: int, sender: dict[str, Any]) -> dict[str, Any]:
        at = {"chat": {"id": chat, "type": "private"}, "date": int(time.time())}
        return {"message_id": self._place, "from": sender} | at


def _person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "Олена", "language_code": "uk"}


class Bare:
    """The least that a durable turn asks of a database: note the message, lock the talk, keep it, put the letter in."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", chats: int) -> None:
        self._pool, self._chats = pool, range(chats)

    async def begin(self) -> None:
        await self._pool.execute(f"DROP TABLE IF EXISTS bare_arrivals, bare_talks, bare_letters; {BARE}")
        await self._pool.executemany(
            "INSERT INTO bare_talks VALUES ($1, 'first', $2)", [(chat, b"x" * 500) for chat in self._chats]
        )

    async def answer(self, sums: Sums) -> None:
        await timed(sums, [partial(self._turn, chat) for chat in self._chats])

    async def _turn(self, chat: int) -> None:
        message = os.urandom(32)
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(
                "INSERT INTO bare_arrivals VALUES ('telegram', $1, now()) ON CONFLICT DO NOTHING", message
            )
            await connection.fetchrow("SELECT asked, answers FROM bare_talks WHERE chat = $1 FOR UPDATE", chat)
            await connection.execute("UPDATE bare_talks SET answers = $2 WHERE chat = $1", chat, os.urandom(500))
            await connection.execute("INSERT INTO bare_letters (chat, screen) VALUES ($1, $2)", chat, os.urandom(500))


async def timed(sums: Sums, turns: Sequence[Callable[[], Awaitable[None]]]) -> None:
    """Take turns, all at once, and add what they cost."""
    with counted(sums):
        wall, python = time.perf_counter(), time.process_time()
        await asyncio.gather(*(turn() for turn in turns))
        sums.wall += time.perf_counter() - wall
        sums.python += time.process_time() - python
    sums.turns += len(turns)


async def measure(
    url: str, *, chats: int = CHATS, questions: int = QUESTIONS, rounds: int = ROUNDS, times: int = 3
) -> Turns:
    """Rounds of `times` passes through the script by every chat, and as many turns of bare statements between them.
    `url` is a migrated database; its pool holds as many connections as there are chats."""
    database = Database(url, bytes(range(32)), scripts=scripts_with(questions), pool=chats)
    try:
        async with database.work(_now()) as work:
            await work.seed()
            await work.commit()
        return await _measured(database, chats, questions, rounds, times)
    finally:
        await database.close()


async def _measured(database: Database, chats: int, questions: int, rounds: int, times: int) -> Turns:
    talks, turns = Chats(database, chats, questions), Turns()
    await talks.begin()
    async with asyncpg.create_pool(database.dsn, min_size=chats, max_size=chats) as pool:
        bare = Bare(pool, chats)
        await bare.begin()
        for _ in range(questions):  # what is made at the first time
            await talks.answer(Sums())
            await bare.answer(Sums())
        before = await talks.answered()
        for _ in range(rounds):
            for each, found in ((talks, turns.ours), (bare, turns.bare)):
                found.append(Sums())
                for _ in range(times * questions):
                    await each.answer(found[-1])
        if await talks.answered() - before != sum(one.turns for one in turns.ours):
            raise AssertionError("more was answered than was said: the figures mean nothing")
    await talks.end()
    return turns


def _now() -> datetime:
    return datetime.now(UTC)


def main() -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    questions = int(os.environ.get("QUESTIONS", QUESTIONS))
    with tempfile.TemporaryDirectory(prefix="zviazok-turn-") as folder:
        server = Server(Path(folder))
        try:
            url = server.start()
            asyncio.run(migrate(url))
            turns = asyncio.run(measure(url, questions=questions))
        finally:
            server.stop()
    ratios = sorted(turns.ratios)
    print(
        f"{CHATS} chats, {questions} questions: {turns.rate:.0f} turns a second, bare {turns.bare_rate:.0f};", end=" "
    )
    print(f"ratio {statistics.median(ratios):.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f})")
    print(f"a turn: {turns.python_ms:.2f} ms of Python, {turns.round_trips:.1f} round trips,", end=" ")
    print(f"{turns.transactions:.2f} transactions")
    if os.environ.get("JSON"):
        print(json.dumps({"turn": statistics.median(ratios), "turn-python": turns.python_ms}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
