"""Forged, altered, truncated, replayed and unsigned webhooks for both messengers: none accepted, no row written.

The real webhooks, desk and database, over HTTP on loopback. `make prove-webhooks`; FAST=1 is short, JSON=1 ends with a
line of JSON, BREAK=id plants that row's fault. What is replayed was genuine once: it is answered with 200, or the
platform would repeat it, and leaves nothing behind.
"""

import asyncio
import gc
import hmac
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from unittest import mock

import aiohttp
import structlog
from aiohttp import web
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from benchmarks.figures import Figure, end, planted
from bot.postgres import Server
from casework.ids import AddressId
from dialogs.incoming import Incoming
from dialogs.scripts import SCRIPTS
from dialogs.words import Words
from handlers.channel import Message
from handlers.desk import Desk
from handlers.telegram import listening as telegram
from handlers.viber import listening as viber
from storage.arrivals import StoredArrivals
from storage.database import Database, migrate

MANY: Final = 100_000
FEW: Final = 3_000
AT_ONCE: Final = 32
MOST_GROWN: Final = 24.0
"""Megabytes by which the process may grow, measured after its first tenth."""

TELEGRAM_TOKEN: Final = "7777777:AAFakeTokenOfATelegramThatIsNotThere00"  # noqa: S105  opens nothing
SECRET: Final = "a-secret_of-the-webhook"  # noqa: S105
VIBER_TOKEN: Final = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9"  # noqa: S105

ROOT: Final = bytes(range(32))

REFUSED: Final = frozenset({403, 413})
Headers = dict[str, str]


@dataclass(frozen=True)
class Attack:
    """A request, and the statuses that are right for it."""

    kind: str
    body: bytes
    headers: Headers
    right: frozenset[int] = REFUSED


@dataclass
class Proof:
    """What became of one messenger's: how often each kind met each status, and what was left behind."""

    messenger: str
    sent: int
    seconds: float = 0.0
    statuses: dict[str, dict[int, int]] = field(default_factory=dict)
    wrong: int = 0
    rows_written: int = 0
    grown: float = 0.0

    @property
    def figures(self) -> list[Figure]:
        return [
            Figure(f"{self.messenger}-wrong", self.sent, self.wrong, 0),
            Figure(f"{self.messenger}-written", self.sent, self.rows_written, 0),
            Figure(f"{self.messenger}-grown", self.sent, round(self.grown, 1), MOST_GROWN),
        ]

    @property
    def holds(self) -> bool:
        return all(figure.holds for figure in self.figures)


class Silence:
    """A speaker's manners, unheard."""

    def acknowledge(self, callback: str) -> None:
        pass

    def typing(self, chat: str) -> None:
        pass

    def decline(self, chat: str, message: Message) -> None:
        pass


def telegram_attacks(genuine: bytes, chance: random.Random) -> Iterator[Attack]:
    """Telegram's secret signs no body: what is altered here is the secret."""
    right = {telegram.SECRET_HEADER: SECRET}
    while True:
        update = json.loads(genuine) | {"update_id": chance.randrange(1, 10**9)}
        body = json.dumps(update).encode()
        yield Attack("unsigned", body, {})
        yield Attack("forged", body, {telegram.SECRET_HEADER: f"{chance.getrandbits(128):032x}"})
        yield Attack("altered", body, {telegram.SECRET_HEADER: _altered(SECRET, chance)})
        yield Attack("truncated", body, {telegram.SECRET_HEADER: SECRET[: chance.randrange(len(SECRET))]})
        yield Attack("replayed", genuine, right, frozenset({200}))


def viber_attacks(genuine: bytes, chance: random.Random) -> Iterator[Attack]:
    stale = json.loads(genuine)
    stale["timestamp"] -= 86_400_000
    old = json.dumps(stale).encode()
    mine = {viber.SIGNATURE_HEADER: viber.signature(genuine, VIBER_TOKEN)}
    while True:
        fresh = json.loads(genuine) | {"message_token": chance.getrandbits(63)}
        body = json.dumps(fresh).encode()
        stranger = f"{chance.getrandbits(192):048x}".encode()
        yield Attack("unsigned", body, {})
        yield Attack("forged", body, {viber.SIGNATURE_HEADER: hmac.new(stranger, body, sha256).hexdigest()})
        yield Attack("altered", _altered_bytes(genuine, chance), mine)
        yield Attack("truncated", genuine[: chance.randrange(len(genuine))], mine)
        yield Attack("of another body", body, mine)
        yield Attack("replayed", genuine, mine, frozenset({200}))
        days_old = {viber.SIGNATURE_HEADER: viber.signature(old, VIBER_TOKEN)}
        yield Attack("replayed a day later", old, days_old, frozenset({200}))


def _altered(words: str, chance: random.Random) -> str:
    at = chance.randrange(len(words))
    return words[:at] + chance.choice([each for each in "abcXYZ_-" if each != words[at]]) + words[at + 1 :]


def _altered_bytes(body: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body))
    return body[:at] + bytes([body[at] ^ (1 << chance.randrange(8))]) + body[at + 1 :]


def genuine_update() -> bytes:
    person = {"id": 101, "is_bot": False, "first_name": "Олена", "language_code": "uk"}
    message = {"message_id": 11, "from": person, "chat": {"id": 101, "type": "private"}, "date": int(time.time())}
    return json.dumps({"update_id": 500_001, "message": message | {"text": "Добрий день"}}).encode()


def genuine_callback() -> bytes:
    event: dict[str, Any] = {"event": "message", "timestamp": int(time.time() * 1000)}
    event |= {"message_token": 5_741_311_803_571_721_087, "sender": {"id": "01234567890A=", "language": "uk"}}
    return json.dumps(event | {"message": {"type": "text", "text": "Добрий день"}}).encode()


async def prove(database_url: str, many: int, chance: random.Random) -> list[Proof]:
    """`many` to each messenger's webhook, after one message of each that is genuine and taken."""
    engine = create_async_engine(database_url)
    try:
        async with served(database_url) as url:
            return [
                await _bombard(
                    Proof("telegram", many),
                    url + telegram.PATH,
                    Attack("", genuine_update(), {telegram.SECRET_HEADER: SECRET}),
                    telegram_attacks,
                    engine,
                    chance,
                ),
                await _bombard(
                    Proof("viber", many), url + viber.PATH, _signed(genuine_callback()), viber_attacks, engine, chance
                ),
            ]
    finally:
        await engine.dispose()


def _signed(body: bytes) -> Attack:
    return Attack("", body, {viber.SIGNATURE_HEADER: viber.signature(body, VIBER_TOKEN)})


@asynccontextmanager
async def served(database_url: str, *, keyring_url: str | None = None) -> AsyncIterator[str]:
    database = Database(database_url, ROOT, keyring_url=keyring_url)
    clock, words = _now, Words()
    async with database.work(clock()) as work:
        await work.seed()
        await work.commit()
    desk = Desk(database.work, words, SCRIPTS, clock)
    bot = telegram.connect(TELEGRAM_TOKEN, "http://127.0.0.1:9")
    reception = telegram.TelegramReception(bot, desk, Silence(), clock=clock, words=words)
    app = web.Application()
    app.router.add_post(telegram.PATH, telegram.TelegramWebhook(bot, reception, secret=SECRET).handle)
    app.router.add_post(viber.PATH, viber.ViberWebhook(desk, words, token=VIBER_TOKEN, clock=clock).handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
        await database.close()


async def _bombard(
    proof: Proof,
    url: str,
    genuine: Attack,
    attacks: Callable[[bytes, random.Random], Iterator[Attack]],
    engine: AsyncEngine,
    chance: random.Random,
) -> Proof:
    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as client:
        if await _post(client, url, genuine) != 200:
            raise AssertionError(f"{proof.messenger}: what is genuine is not taken; is the database there?")
        before, began = await _rows(engine), time.monotonic()
        waiting = attacks(genuine.body, chance)
        met: Counter[tuple[str, int]] = Counter()
        settled = 0.0
        left = proof.sent
        while left:
            batch = [next(waiting) for _ in range(min(left, 20 * AT_ONCE))]
            left -= len(batch)
            statuses = await asyncio.gather(*(_post(client, url, attack) for attack in batch))
            for attack, status in zip(batch, statuses, strict=True):
                met[attack.kind, status] += 1
                proof.wrong += status not in attack.right
            if not settled and left <= proof.sent * 9 // 10:
                settled = _memory()
        proof.seconds = time.monotonic() - began
        proof.grown = _memory() - settled
        proof.rows_written = await _rows(engine) - before
    for (kind, status), times in sorted(met.items()):
        proof.statuses.setdefault(kind, {})[status] = times
    return proof


async def _post(client: aiohttp.ClientSession, url: str, attack: Attack) -> int:
    async with client.post(url, data=attack.body, headers=attack.headers) as answer:
        return answer.status


async def _rows(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        tables = await connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        counts = [await connection.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in tables.all()]  # noqa: S608
    return sum(count or 0 for count in counts)


def _memory() -> float:
    """Megabytes that this process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _now() -> datetime:
    return datetime.now(UTC)


_LEAK: Final[list[bytes]] = []


@contextmanager
def fault(row: str) -> Iterator[None]:
    """With what a row is there to find: signatures that are not compared, repeats that are not known, a leak."""
    if not row:
        yield
        return
    messenger, _, what = row.partition("-")
    if what == "wrong":
        planting: AbstractContextManager[object] = mock.patch(
            f"handlers.{messenger}.listening.hmac.compare_digest", return_value=True
        )
    elif what == "written":
        planting = mock.patch.object(StoredArrivals, "begin", _noted_again)
    else:
        planting = mock.patch(f"{__name__}._post", _leaking)
    with planting:
        yield


async def _noted_again(
    arrivals: StoredArrivals, incoming: Incoming, address: bytes
) -> tuple[bool, AddressId | None, bool]:
    return await BEGIN(arrivals, replace(incoming, message=f"{incoming.message} {time.monotonic_ns()}"), address)


async def _leaking(client: aiohttp.ClientSession, url: str, attack: Attack) -> int:
    _LEAK.append(os.urandom(40_000))
    return await POST(client, url, attack)


BEGIN: Final = StoredArrivals.begin
POST: Final = _post


def main() -> int:
    broken = planted([figure.id for messenger in ("telegram", "viber") for figure in Proof(messenger, 0).figures])
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    many = FEW if os.environ.get("FAST") else MANY
    chosen = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={chosen}: {many:,} requests to each messenger's webhook")
    with tempfile.TemporaryDirectory(prefix="zviazok-webhooks-") as folder:
        server = Server(Path(folder), fsync=False)
        try:
            url = server.start()
            asyncio.run(migrate(url))
            with fault(broken):
                proofs = asyncio.run(prove(url, many, random.Random(chosen)))  # noqa: S311  no secret hangs on it
        finally:
            server.stop()
    for proof in proofs:
        print(f"\n{proof.messenger}: {proof.sent / proof.seconds:,.0f} a second, {proof.seconds:.0f} s")
        for kind, statuses in proof.statuses.items():
            told = ", ".join(f"{times:,} x {status}" for status, times in statuses.items())
            print(f"  {kind:<22}{told}")
        print(f"  wrong answers {proof.wrong}, rows written {proof.rows_written}, memory {proof.grown:+.1f} MB")
    holds = all(proof.holds for proof in proofs)
    print("\nNone accepted, no row written, memory flat." if holds else "\nIT DOES NOT HOLD.")
    return end([figure for proof in proofs for figure in proof.figures])


if __name__ == "__main__":
    sys.exit(main())
