"""Ours: an update as Telegram posts it, through aiogram's types, the desk, the turn and the database, to the commit.

The same file runs over this tree and over a former release's: what has another name there is asked for by both.
"""

import asyncio
import shutil
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import structlog
from sqlalchemy import text

from benchmarks.speed.contestants import survey
from casework.actor import Channel
from dialogs import answers as parse
from dialogs.conversation import Script
from dialogs.questions import Typed
from dialogs.script import ask
from dialogs.scripts import SCRIPTS
from dialogs.words import LANGUAGES, LOCALES, Words
from handlers.desk import Desk
from handlers.telegram import listening
from storage.database import Database, migrate

TOKEN: Final = "7777777:AAFakeTokenOfATelegramThatIsNotThere00"  # noqa: S105  opens nothing
ROOT: Final = bytes(range(32))

SENT_AT_ONCE: Final = """
    CREATE OR REPLACE FUNCTION speed_sent() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.state := 'sent'; NEW.sent_at := NEW.due_at - interval '5 s'; RETURN NEW; END $$;
"""
"""Instead of a courier: each letter is there as soon as it is written, at no cost to the program."""


def first_of(module: str, *names: str) -> Any:
    """What has one of these names in a module, by the release."""
    found = import_module(module)
    return next(getattr(found, name) for name in names if hasattr(found, name))


def by_release(*places: str) -> Any:
    """The first of these modules that this release has."""
    for place in places:
        try:
            return import_module(place)
        except ModuleNotFoundError:
            continue
    raise LookupError(f"no release has {places}")


class Silence:
    """A speaker's manners, unheard."""

    def acknowledge(self, callback: str) -> None:
        pass

    def typing(self, chat: str) -> None:
        pass

    def decline(self, chat: str, message: object) -> None:
        pass


def scripts_with(questions: int, *, counts: bool) -> Any:
    """The product's scripts and the survey, "steps" under another play: so that everybody may begin it."""
    asked = [
        Typed(name=f"speed-{at}", type=str, example="—", parser=partial(parse.free_text, limit=1000))
        for at in range(1, questions + 1)
    ]
    again = first_of("dialogs.routing" if _has("dialogs.routing") else "dialogs.going", "Redirect", "Go")

    async def play() -> Any:
        for question in asked:
            await ask(question)
        return again("steps")

    ours = Script("steps", play, keeps_draft=True, counts=counts, about_case=False)
    named = dict(SCRIPTS) | {"steps": ours}
    kept: Any = type(SCRIPTS)  # a plain dict, in former releases
    return named if kept is dict else kept(named.values())


def _has(module: str) -> bool:
    try:
        import_module(module)
    except ModuleNotFoundError:
        return False
    return True


def words_with(questions: int) -> Words:
    """The product's words and the survey's."""
    folder = Path(tempfile.mkdtemp(prefix="zviazok-speed-words-"))
    lines = "\n".join(f"speed-{at} = And number {at}?" for at in range(1, questions + 1))
    for language in LANGUAGES:
        shutil.copytree(LOCALES / language, folder / language)
        (folder / language / "speed.ftl").write_text(f"{lines}\n", encoding="utf-8")
    words = Words(folder)
    shutil.rmtree(folder)
    return words


class Ours:
    """Its `wanted`: `url` of the database, which it `migrates` where it is empty; `chats`, `questions`, `counts`;
    `courier` where letters are really sent; `slow` and `again` for planted faults."""

    async def open(self, wanted: dict[str, Any]) -> None:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
        if wanted.get("migrates"):
            await migrate(wanted["url"])
        self.questions = int(wanted.get("questions", survey.QUESTIONS))
        self.database = Database(wanted["url"], ROOT)
        self._hearing = asyncio.create_task(self.database.listen())  # as every service does
        limits = first_of("handlers.rate_limits" if _has("handlers.rate_limits") else "handlers.limits", "Limits")
        rate = first_of("handlers.rate_limits" if _has("handlers.rate_limits") else "handlers.limits", "Rate")
        scripts = scripts_with(self.questions, counts=bool(wanted.get("counts")))
        if hasattr(self.database, "scripts"):
            self.database.scripts = scripts
        self.words = words_with(self.questions)
        plenty = limits(messages=rate(10**6, timedelta(minutes=1)))
        self.desk = Desk(self.database.work, self.words, scripts, _now, plenty)
        bot = listening.connect(TOKEN, "http://127.0.0.1:9")
        reception = first_of("handlers.telegram.listening", "TelegramReception", "Reception")
        self.reception = reception(bot, self.desk, Silence(), clock=_now, words=self.words)
        self._message = 0
        if wanted.get("again"):
            _walk_again()
        if wanted["me"] == 0:
            await self._furnish(wanted["chats"], sent=not wanted.get("courier"))
        if wanted.get("slow"):
            self.reception._desk = Slowed(self.desk)
        if _has("storage.memory"):
            first_of("storage.memory", "settle")()  # as the service does before its page opens

    async def _furnish(self, chats: int, *, sent: bool) -> None:
        """Everybody has agreed, and has the first question before them."""
        async with self.database.engine.begin() as connection:
            self.stored = {table: await _rows(table, connection) for table in ("arrivals", "letters")}
            await connection.execute(text(SENT_AT_ONCE))
            await connection.execute(
                text("CREATE OR REPLACE TRIGGER speed_sent BEFORE INSERT ON letters"
                     " FOR EACH ROW EXECUTE FUNCTION speed_sent()")
            )  # fmt: skip
        async with self.database.work(_now()) as work:
            if hasattr(work, "seed"):
                await work.seed()
            else:
                seed: Any = import_module("casework.seed")
                await work.centers.seed(seed.centers(), seed.LINES)
            await work.commit()
        for chat in range(chats):
            for said in ("/start", "Погоджуюся", "/steps"):
                await self._hears(chat, said)
        if not sent:
            async with self.database.engine.begin() as connection:
                await connection.execute(text("DROP TRIGGER speed_sent ON letters"))

    async def _hears(self, chat: int, said: str) -> None:
        self._message -= 1
        raw = survey.update(chat, self._message, said, int(time.time()))
        await self.reception.take_raw(raw | {"update_id": 10**9 - self._message})

    async def prepare(self, many: int) -> None:
        pass

    async def take(self, chat: int, step: int) -> None:
        raw = survey.update(chat, step, survey.answer(chat, step), int(time.time()))
        await self.reception.take_raw(raw)

    async def check(self, chats: int, steps: int) -> list[str]:
        found = []
        for chat in range(chats):
            async with self.database.work(_now()) as work:
                people: Any = getattr(work, "conversations", None) or work.people
                guest = await people.enter(Channel.TELEGRAM, str(1000 + chat), "uk")
            answers = guest.talk.active.answers
            wanted = {
                f"speed-{step % self.questions + 1}": survey.answer(chat, step)
                for step in range(steps - steps % self.questions, steps)
            }
            kept = {name: given.value for name, given in answers.items()}
            if kept != wanted:
                found.append(f"chat {chat}: {len(kept)} answers stored, {len(wanted)} given")
        async with self.database.engine.connect() as connection:
            for table, before in self.stored.items():
                kept_rows = await _rows(table, connection) - before
                if kept_rows != chats * (steps + 3):
                    found.append(f"{table}: {kept_rows} rows more, not {chats * (steps + 3)}")
        return found

    async def close(self) -> None:
        await self.reception._bot.session.close()
        self._hearing.cancel()
        await asyncio.gather(self._hearing, return_exceptions=True)
        await self.database.close()


async def _rows(table: str, connection: Any) -> int:
    return int(await connection.scalar(text(f"SELECT count(*) FROM {table}")))  # noqa: S608  our own names


def _walk_again() -> None:
    """The planted fault: what is left is counted by walking the way once more for every fifth answer that was given."""
    turn: Any = import_module("dialogs.turn")
    rehearse = turn.rehearse

    def again(script: Any, answers: Any, facts: Any) -> Any:
        for _ in range(0, len(answers), 5):
            rehearse(script, answers, facts)
        return rehearse(script, answers, facts)

    turn.rehearse = again


class Slowed:
    """The planted fault: a desk that does the work of twenty, once everybody is there. With more of it, others' open
    transactions stand still on a busy machine for so long that the server undoes them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def receive(self, incoming: Any) -> Any:
        until = time.process_time() + 0.02
        while time.process_time() < until:
            pass
        return await self._desk.receive(incoming)

    async def quarantine(self, *args: Any) -> Any:
        return await self._desk.quarantine(*args)

    async def returned(self, *args: Any) -> None:
        await self._desk.returned(*args)


def _now() -> datetime:
    return datetime.now(UTC)


CONTESTANT = Ours
