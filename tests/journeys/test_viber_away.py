"""Viber itself is away, or has forgotten where to post: our own door answers all the time, and nothing comes in."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import RunningService, serving
from bot.joining.viber import CHECK_EVERY
from casework.actor import Channel
from demo.fakes.hurried import Clock
from demo.fakes.viber import FakeViber
from demo.patience import until
from tests.journeys.test_viber import consents, hears, settings
from tests.visiting import MORNING

pytestmark = pytest.mark.asyncio(loop_factories=["hurried"])


@pytest.fixture
async def clock() -> Clock:
    return Clock(MORNING, asyncio.get_running_loop().time)


@pytest.fixture
async def viber(clock: Clock) -> AsyncIterator[FakeViber]:
    async with FakeViber(clock=lambda: clock().timestamp()) as fake:
        yield fake
    assert fake.faults == []


@pytest.fixture
async def service(tmp_path: Path, database_url: str, viber: FakeViber, clock: Clock) -> AsyncIterator[RunningService]:
    async with serving(settings(tmp_path, database_url, viber), clock=clock, tick_every=1) as service:
        await until(lambda: viber.delivery.url)
        yield service


async def test_viber_is_away_for_two_hours_and_whoever_was_writing_is_asked(
    service: RunningService, viber: FakeViber, clock: Clock
) -> None:
    mother = viber.user(4242, "Марія")
    await consents(mother)
    await mother.presses("Повідомити про зниклу людину")
    await hears(mother, "kinship")
    viber.goes()
    lost = await mother.says("1")
    await asyncio.sleep(CHECK_EVERY)
    for _ in range(12):
        await asyncio.sleep(3)
        clock.pass_by(minutes=10)
    assert viber.delivery.given_up == [lost]
    async with service.database.work(clock()) as work:
        (watch,) = [one for one in await work.outages.watches() if one.channel is Channel.VIBER]
        assert (clock() - watch.heard_at).total_seconds() > 3600, "nobody says that all is well meanwhile"
    viber.comes_back()
    await mother.waits_for("ми не отримували повідомлень у Viber")
    await mother.presses("Продовжити")
    await hears(mother, "kinship")


async def test_a_webhook_that_viber_has_forgotten_is_set_anew_within_minutes(
    service: RunningService, viber: FakeViber, clock: Clock
) -> None:
    mother = viber.user(4242, "Марія")
    await consents(mother)
    viber.delivery.url = ""
    await until(lambda: viber.delivery.url)
    await mother.says("/register")
    await hears(mother, "kinship")
    async with service.database.work(clock()) as work:
        assert await work.connection.scalar(text("SELECT count(*) FROM outages")) == 0
