"""A family on Viber, with the whole service behind its webhook."""

import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import serving
from bot.settings import Settings
from bot.settings import load as load_settings
from casework.actor import Channel
from casework.calls import CallTask
from casework.costs import month_of
from casework.ids import PersonId
from casework.letters import Letter, Purpose, Say, Screen
from demo.fakes.road import free_port
from demo.fakes.viber import TOKEN, FakeUser, FakeViber, sign
from demo.patience import until
from handlers.viber.listening import PATH
from storage.database import Database
from tests.visiting import MORNING, WORDS


@pytest.fixture
def clock() -> "Clock":
    return Clock()


@pytest.fixture
async def viber(clock: "Clock") -> AsyncIterator[FakeViber]:
    async with FakeViber(repeat_after=0.1, hour=60, clock=clock.seconds) as fake:
        yield fake
    assert fake.faults == []


def settings(folder: Path, database_url: str, viber: FakeViber) -> Settings:
    port = free_port()
    return load_settings(
        data_dir=folder / "data",
        root_key_file=folder / "root.key",
        database_url=database_url,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        viber_token=TOKEN,
        viber_api_url=viber.url,
    )


@asynccontextmanager
async def served(chosen: Settings, viber: FakeViber) -> AsyncIterator[str]:
    """The service at Viber's webhook; its address."""
    async with serving(chosen, clock=lambda: datetime.fromtimestamp(viber.clock(), UTC)) as service:
        await until(lambda: viber.delivery.url)
        yield service.url


class Clock:
    """One clock for the service and for Viber, which can be put on. It begins in the morning of a working day: at night
    nothing is sent by ourselves."""

    def __init__(self) -> None:
        self.ahead, self._began = timedelta(0), time.monotonic()

    def now(self) -> datetime:
        return MORNING + timedelta(seconds=time.monotonic() - self._began) + self.ahead

    def seconds(self) -> float:
        return self.now().timestamp()


async def hears(person: FakeUser, name: str) -> None:
    await person.waits_for(max(WORDS.say("uk", Say(name)).split("\n"), key=len))


async def consents(mother: FakeUser) -> None:
    await mother.starts()
    await mother.presses("Почати")
    await hears(mother, "consent")
    await mother.presses("Погоджуюся")
    await hears(mother, "menu")


def photo() -> bytes:
    content = BytesIO()
    Image.new("RGB", (40, 30), "gray").save(content, format="JPEG")
    return content.getvalue()


async def test_a_mother_registers(tmp_path: Path, database_url: str, viber: FakeViber, engine: AsyncEngine) -> None:
    mother = viber.user(4242, "Марія")
    mother.phone = "380671234567"
    async with served(settings(tmp_path, database_url, viber), viber):
        await consents(mother)
        await mother.presses("Повідомити про зниклу людину")
        await mother.waits_for("1. ")
        await mother.says("1")
        await hears(mother, "missing-name")
        await mother.says("Петренко Іван Миколайович")
        await hears(mother, "born")
        await mother.says("12.03.1990")  # a day, though a key's id could look so
        await hears(mother, "own-name")
        await mother.says("Петренко Марія")
        await hears(mother, "phone")
        await mother.presses("Надіслати мій номер")
        await hears(mother, "region")
        await mother.says("Харьков")
        await hears(mother, "register-review")
        await mother.presses("Так, усе правильно")
        await mother.waits_for("Звернення зареєстровано")
        await mother.says("/menu")
        await hears(mother, "menu")
        await mother.sends_picture(photo(), "тато")
        async with engine.connect() as connection:
            assert await connection.scalar(text("SELECT count(*) FROM addresses WHERE channel = 'viber'")) == 1
            await mother.unsubscribes()
            assert await connection.scalar(text("SELECT active FROM addresses")) is False
        lost = viber.event("unsubscribed", user_id=mother.id)
        lost["timestamp"] -= 60_000  # it got lost on its way: Viber repeats it, and keeps no order
        await mother.says("/menu")  # writing subscribes again, and nothing tells of it
        await hears(mother, "menu")
        async with engine.connect() as connection:
            await viber.delivery.deliver(lost)
            assert await connection.scalar(text("SELECT active FROM addresses")) is True


async def test_viber_out_of_reach_loses_nothing(tmp_path: Path, database_url: str, viber: FakeViber) -> None:
    mother = viber.user(4242, "Марія")
    chosen = settings(tmp_path, database_url, viber)
    async with served(chosen, viber):
        await consents(mother)
    event = await mother.says("/register")  # nobody is at home; Viber repeats
    async with served(chosen, viber):
        await mother.waits_for("1. ")
        await viber.send_again(event, 3)
        before = len(mother.sees)
        await mother.says("1")
        await hears(mother, "missing-name")
        assert len(mother.sees) == before + 1


async def test_what_viber_took_and_could_not_show_comes_in_plain_words(
    tmp_path: Path, database_url: str, viber: FakeViber, engine: AsyncEngine
) -> None:
    mother = viber.user(4242, "Марія")
    async with served(settings(tmp_path, database_url, viber), viber):
        await consents(mother)
        mother.fails = 1
        await mother.says("/register")
        await hears(mother, "kinship")
        shown = mother.sees[-1]
        assert "1. " in shown.text
        assert [key.label for key in mother.keyboard] == ["Меню"]  # the keys that could not be shown would fail again
        await mother.says("1")  # the numbers are all that is needed
        await hears(mother, "missing-name")
        async with engine.connect() as connection:
            states = text("SELECT array_agg(state) FROM letters WHERE state <> 'sent'")
            await until(lambda: connection.scalar(states), ["returned"])


async def test_what_cannot_be_shown_at_all_is_told_on_the_phone(
    tmp_path: Path, database_url: str, viber: FakeViber, engine: AsyncEngine
) -> None:
    mother = viber.user(4242, "Марія")
    async with served(settings(tmp_path, database_url, viber), viber):
        await consents(mother)
        mother.fails = 2
        event = await mother.says("/register")
        async with engine.connect() as connection:
            calls = text("SELECT count(*) FROM calls WHERE reason = 'undelivered'")
            await until(lambda: connection.scalar(calls))
            failed = [post.event for post in viber.posts if post.event["event"] == "failed"]
            await viber.send_again(failed[-1], 3)
            assert await connection.scalar(calls) == 1
        await viber.send_again(event)
        await mother.says("/menu")  # whoever writes is answered
        await hears(mother, "menu")


async def test_a_stranger_writes_no_row(
    tmp_path: Path, database_url: str, viber: FakeViber, engine: AsyncEngine
) -> None:
    somebody = viber.user(1, "Хтось")
    async with served(settings(tmp_path, database_url, viber), viber) as url:
        event = viber.event("message", sender=somebody.account(), message={"type": "text", "text": "?"})
        body = json.dumps(event).encode()
        async with aiohttp.ClientSession() as client:
            for headers in ({}, {"X-Viber-Content-Signature": sign(body, "another-token-of-somebody")}):
                async with client.post(url + PATH, data=body, headers=headers) as answer:
                    assert answer.status == 403
        await somebody.starts("book")
        assert somebody.keyboard
        async with engine.connect() as connection:
            for table in ("people", "addresses", "arrivals", "quarantine"):
                assert await connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0  # noqa: S608  of four


async def test_what_we_begin_after_a_day_is_paid_for_within_the_budget(tmp_path: Path, database_url: str) -> None:
    clock = Clock()
    async with FakeViber(repeat_after=0.1, hour=60, clock=clock.seconds) as viber:
        mother = viber.user(4242, "Марія")
        chosen = settings(tmp_path, database_url, viber).model_copy(update={"viber_budget": Decimal("0.04")})
        async with serving(chosen, clock=clock.now) as service:
            await until(lambda: viber.delivery.url)
            await consents(mother)
            async with service.database.work(clock.now()) as work:
                person = PersonId(await work.connection.scalar(text("SELECT id FROM people")) or 0)

            async def push(*purposes: Purpose) -> None:
                async with service.database.work(clock.now()) as work:
                    for purpose in purposes:
                        await work.send(Letter(person, Screen((Say("welcome-done"),)), purpose=purpose))
                    await work.commit()

            def covers() -> int:
                return [shown.text for shown in mother.sees].count(WORDS.say("uk", Say("push")))

            await push(Purpose.UPDATE)
            await until(lambda: covers() == 1)
            assert viber.paid == []
            await _none_waits(service.database, clock)  # marked as sent, before time leaps past its lease
            clock.ahead = timedelta(hours=25)
            await push(Purpose.ROUTINE, Purpose.UPDATE, Purpose.APPOINTMENT, Purpose.UPDATE)
            await until(lambda: covers() == 3)
            await _called(service.database, clock, person)
            assert len(viber.paid) == 2
            await mother.presses("Прочитати")
            await hears(mother, "welcome-done")
            await until(lambda: covers() == 5)  # the one that waited, and the one for which there was no money
            assert len(viber.paid) == 2, "they came with the session that the tap began"
            async with service.database.work(clock.now()) as work:
                spent = await work.costs.spent(Channel.VIBER, month_of(work.now))
            assert sum(one.messages for one in spent) == len(viber.paid)
            assert sum(one.amount for one in spent) == Decimal("0.04")
    assert viber.faults == []


async def _none_waits(database: Database, clock: Clock) -> None:
    async def waiting() -> Any:
        async with database.work(clock.now()) as work:
            return await work.connection.scalar(text("SELECT count(*) FROM letters WHERE state = 'waiting'"))

    await until(waiting, 0)


async def _called(database: Database, clock: Clock, person: PersonId) -> None:
    """Wait until a human is to call."""

    async def planned() -> Sequence[CallTask]:
        async with database.work(clock.now()) as work:
            return await work.calls.open_of(person, None)

    await until(planned)


async def test_a_cover_that_could_not_be_shown_tells_in_words_how_to_open_it(
    tmp_path: Path, database_url: str, viber: FakeViber, clock: Clock, engine: AsyncEngine
) -> None:
    mother = viber.user(4242, "Марія")
    async with serving(settings(tmp_path, database_url, viber), clock=clock.now) as service:
        await until(lambda: viber.delivery.url)
        await consents(mother)
        mother.fails = 1
        async with service.database.work(clock.now()) as work:
            person = PersonId(await work.connection.scalar(text("SELECT id FROM people")) or 0)
            await work.send(Letter(person, Screen((Say("welcome-done"),)), purpose=Purpose.UPDATE))
            await work.commit()
        await mother.waits_for("напишіть: Прочитати", anywhen=True)
        async with engine.connect() as connection:
            waiting = text("SELECT count(*) FROM letters WHERE state = 'waiting'")
            await until(lambda: connection.scalar(waiting), 0)
        await mother.says("Прочитати")
        await hears(mother, "welcome-done")


@pytest.mark.parametrize("leaves", ["забудь мене", "/leave"])
async def test_no_name_stays_on_the_keyboard_of_a_chat_that_was_left(
    tmp_path: Path, database_url: str, viber: FakeViber, leaves: str
) -> None:
    mother = viber.user(4242, "Марія")
    async with served(settings(tmp_path, database_url, viber), viber):
        await consents(mother)
        await mother.says("/register")
        await mother.waits_for("1. ")
        await mother.says("1")
        await hears(mother, "missing-name")
        await mother.says("Петренко Степан Іванович")
        await hears(mother, "born")
        await mother.says("назад")
        await until(lambda: any("Петренко" in key.label for key in mother.keyboard))
        await mother.says(leaves)
        if leaves == "/leave":
            await until(lambda: any(key.label.startswith("Так") for key in mother.keyboard))
            await mother.says("так")
        await until(lambda: len(mother.keyboard) == 1)
        broken = viber.event("message", sender=mother.account(), message={"type": 7, "text": {}})
        await viber.delivery.deliver(broken)
        await hears(mother, "desk-not-read")
        assert [key.label for key in mother.keyboard] == ["Меню"]


async def test_a_deep_link_leads_on_whatever_is_said_first(tmp_path: Path, database_url: str, viber: FakeViber) -> None:
    newcomer, mother = viber.user(4242, "Марія"), viber.user(4243, "Олена")
    async with served(settings(tmp_path, database_url, viber), viber):
        await newcomer.starts("book_lviv")
        await newcomer.says("Добрий день")
        await hears(newcomer, "consent")
        await newcomer.presses("Погоджуюся")
        await hears(newcomer, "region")
        await consents(mother)
        await mother.says("/register")
        await mother.waits_for("1. ")
        await mother.starts("book_lviv")
        await mother.says("1")  # she is at a question, and answers it
        await hears(mother, "missing-name")
