"""Our own look at our public address: whether platforms can reach us."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web

from bot.liveness import Heartbeat, LivenessProbe, reached
from casework.actor import Channel
from tests.visiting import House


class Door:
    """A proxy before the service: it answers as told."""

    def __init__(self) -> None:
        self.status, self.body, self.url = 200, {"live": True}, ""

    async def handle(self, request: web.Request) -> web.Response:
        return web.json_response(self.body, status=self.status)


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    door = Door()
    app = web.Application()
    app.router.add_get("/health/live", door.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    door.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield door
    await runner.cleanup()


async def test_only_the_service_itself_counts_as_an_answer(door: Door) -> None:
    assert await reached(door.url)
    door.body = {"parked": True}
    assert not await reached(door.url)
    door.body, door.status = {"live": True}, 502
    assert not await reached(door.url)
    assert not await reached("http://127.0.0.1:9")


async def test_a_dead_proxy_is_an_outage_although_all_is_well_here(house: House, door: Door) -> None:
    viber = Heartbeat(Channel.VIBER, house.clock, posted=True)
    telegram = Heartbeat(Channel.TELEGRAM, house.clock, posted=False)
    watching = LivenessProbe(house.database, house.clock, [viber, telegram], door.url, every=30)
    began = house.clock()
    await watching.look()
    door.status = 502
    for _ in range(8):
        house.clock.pass_by(minutes=10)
        telegram()
        await watching.look()
    async with house.database.work(house.clock()) as work:
        heard = {watch.channel: watch.heard_at for watch in await work.outages.watches()}
        assert heard[Channel.VIBER] - began < timedelta(seconds=1)
        assert house.clock() - heard[Channel.TELEGRAM] < timedelta(seconds=1)
        assert await work.outages.last(5) == []
    door.status = 200
    await watching.look()
    async with house.database.work(house.clock()) as work:
        (outage,) = await work.outages.last(5)
    assert (outage.channel, outage.ended_at - outage.began_at > timedelta(minutes=80)) == (Channel.VIBER, True)


async def test_a_callback_amid_the_silence_counts_more_than_our_look(house: House, door: Door) -> None:
    viber = Heartbeat(Channel.VIBER, house.clock, posted=True)
    watching = LivenessProbe(house.database, house.clock, [viber], door.url, every=30)
    await watching.look()
    door.status = 502
    for _ in range(8):
        house.clock.pass_by(minutes=10)
        await watching.look()
        viber()
    async with house.database.work(house.clock()) as work:
        assert await work.outages.last(5) == []
