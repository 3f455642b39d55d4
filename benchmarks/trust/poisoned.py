"""Updates that nothing can handle, among others: each is kept, confirmed, and holds up nobody's next message.

Telegram's webhook, its long polling and Viber's webhook take turns. Whatever is sent is sent once: what would be
answered so that the platform repeats it counts as held up, with all that waits behind it.
"""

import asyncio
import json
import os
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final
from unittest import mock

from aiohttp import web
from sqlalchemy import func, select

from benchmarks.row import Measured, Row, Run
from benchmarks.trust.edges import Delivery, Edges, Writer, edges, telegram_delivery, viber_delivery
from benchmarks.webhooks import TELEGRAM_TOKEN
from casework.actor import Channel
from dialogs.said import Said
from handlers import desk
from handlers.desk import Desk
from handlers.incoming import Incoming, Receipt
from handlers.telegram import listening as telegram
from storage.arrivals import arrivals
from storage.quarantine import quarantine

UPDATES, POISON = 50_000, 1_000
FEW, FEW_POISON = 120, 30
CHATS: Final = 200
BATCH: Final = 40
BUG: Final = "Слово, на якому спіткнеться програма"
"""A text at which the planted bug of a handler raises."""

HUGE: Final = "я" * 150_000
"""As large as the webhook takes: what is larger no platform sends, and it is refused unread."""

Poison = Callable[[dict[str, Any]], object]

TELEGRAMS: Final[dict[str, Poison]] = {
    "a bug of ours": lambda update: {**update, "message": {**update["message"], "text": BUG}},
    "no date": lambda update: {**update, "message": _without(update["message"], "date")},
    "a text that is a number": lambda update: {**update, "message": {**update["message"], "text": 5}},
    "a text that is a list": lambda update: {**update, "message": {**update["message"], "text": [{}]}},
    "an id that is text": lambda update: {**update, "message": {**update["message"], "message_id": "?"}},
    "a chat of no kind": lambda update: {**update, "message": {**update["message"], "chat": {"id": 5}}},
    "no chat": lambda update: {**update, "message": _without(update["message"], "chat")},
    "a sender that is text": lambda update: {**update, "message": {**update["message"], "from": "Олена"}},
    "a photo without sizes": lambda update: {
        **update,
        "message": {**_without(update["message"], "text"), "photo": [{"width": "x"}]},
    },
    "a message that is text": lambda update: {**update, "message": "Добрий день"},
    "a press that is nothing": lambda update: {**_without(update, "message"), "callback_query": {}},
    "no number": lambda update: {**_without(update, "update_id"), "message": {**update["message"], "date": None}},
    "a number that is text": lambda update: {**update, "update_id": "x", "message": 5},
    "huge": lambda update: {**update, "message": {**update["message"], "message_id": HUGE}},
    "deep": lambda update: {**update, "message": {**update["message"], "reply_to_message": _deep(200)}},
}
VIBERS: Final[dict[str, Poison]] = {
    "a bug of ours": lambda event: {**event, "message": {**event["message"], "text": BUG}},
    "no message": lambda event: _without(event, "message"),
    "no sender": lambda event: _without(event, "sender"),
    "a message that is a number": lambda event: {**event, "message": 5},
    "a type that is a list": lambda event: {**event, "message": {"type": []}},
    "a token that is text": lambda event: {**event, "message_token": "x"},
    "a place nowhere": lambda event: {**event, "message": {"type": "location", "location": {"lat": 500, "lon": 0}}},
    "a size below nothing": lambda event: {**event, "message": {"type": "file", "media": "https://x", "size": -1}},
    "huge": lambda event: {**event, "message": {"type": 5, "text": HUGE[:40_000]}},
}


def _without(given: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key != name}


def _deep(many: int) -> object:
    made: object = 5
    for _ in range(many):
        made = {"message_id": 1, "reply_to_message": made}
    return made


@dataclass
class Platform:
    """Telegram as long polling sees it: what is not confirmed comes again. `asked` counts how often each came."""

    waiting: deque[dict[str, Any]] = field(default_factory=deque)
    asked: Counter[str] = field(default_factory=Counter)
    numbers: int = 10**9

    def puts(self, update: object) -> None:
        """It gets a number of the platform's own: an update without one never comes from `getUpdates`."""
        self.numbers += 1
        given = update if isinstance(update, dict) else {}
        self.waiting.append({**given, "update_id": self.numbers})

    async def answer(self, request: web.Request) -> web.Response:
        if not request.path.endswith("/getUpdates"):
            return web.json_response({"ok": True, "result": True})
        offset = int((await request.post()).get("offset", 0) or 0)  # type: ignore[arg-type]
        while self.waiting and self.waiting[0]["update_id"] < offset:
            self.waiting.popleft()
        batch = list(self.waiting)[:BATCH]
        self.asked.update(str(update["update_id"]) for update in batch)
        return web.json_response({"ok": True, "result": batch})


@asynccontextmanager
async def platform() -> AsyncIterator[tuple[Platform, str]]:
    made, app = Platform(), web.Application()
    app.router.add_route("*", "/{path:.*}", made.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield made, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@dataclass
class Seen:
    """What was sent, and what was wrong."""

    sent: int = 0
    poison: int = 0
    held: Counter[str] = field(default_factory=Counter)


async def _posted(at: Edges, delivery: Delivery, what: str, seen: Seen) -> None:
    status = await at.deliver(delivery)
    if status != 200:
        seen.held[f"{what}: answered with {status}"] += 1


async def _kept(at: Edges) -> tuple[int, int]:
    """How many messages were taken in, and how many of these stand in quarantine."""
    async with at.house.database.engine.connect() as connection:
        taken = await connection.scalar(select(func.count()).select_from(arrivals)) or 0
        return taken, await connection.scalar(select(func.count()).select_from(quarantine)) or 0


async def storm(many: int, poison: int, seed: int, seen: Seen) -> None:
    """All of it. In each chat in order; chats side by side."""
    chance = Random(seed)  # noqa: S311  an order, not a secret
    bad = set(chance.sample(range(many), poison))
    chats = max(6, min(CHATS, many // 20))
    async with edges() as at, platform() as (telegrams, url):
        bot = telegram.connect(TELEGRAM_TOKEN, url)
        reception = telegram.TelegramReception(bot, at.house.desk, at.reception._manners, clock=at.house.clock)
        polling = telegram.Polling(bot, reception)
        writers = [Writer(at, Channel.VIBER if n % 3 == 2 else Channel.TELEGRAM, n) for n in range(chats)]
        before, _ = await _kept(at)
        for start in range(0, many, BATCH):
            at.house.clock.pass_by(seconds=BATCH * 61 / chats)
            waiting: dict[int, list[tuple[Delivery, str]]] = {}
            for n in range(start, min(start + BATCH, many)):
                number = chance.randrange(chats)
                writer, is_bad = writers[number], n in bad
                what, made = _made(writer, n, chance, is_bad=is_bad)
                seen.sent, seen.poison = seen.sent + 1, seen.poison + is_bad
                if number % 3 == 0:
                    telegrams.puts(made)
                elif writer.channel is Channel.TELEGRAM:
                    waiting.setdefault(number, []).append((telegram_delivery(made), what))
                else:
                    body = json.dumps(made).encode()
                    waiting.setdefault(number, []).append((viber_delivery(body), what))
            posts = [_in_order(at, deliveries, seen) for deliveries in waiting.values()]
            await asyncio.gather(*posts, _polled(polling, telegrams, seen))
        taken, aside = await _kept(at)
        if taken - before != seen.sent:
            seen.held["sent, and not taken in"] += seen.sent - (taken - before)
        if aside != seen.poison:
            seen.held["poison that is not in quarantine, or others that are"] += abs(seen.poison - aside)
        for count in telegrams.asked.values():
            if count > 1:
                seen.held["asked for again by polling"] += 1
        await bot.session.close()


async def _in_order(at: Edges, deliveries: list[tuple[Delivery, str]], seen: Seen) -> None:
    for delivery, what in deliveries:
        await _posted(at, delivery, what, seen)


async def _polled(polling: telegram.Polling, telegrams: Platform, seen: Seen) -> None:
    """Two looks take and confirm all that waits, if nothing holds it up."""
    if not telegrams.waiting:
        return
    for _ in range(2):
        try:
            await polling.once()
        except Exception as error:
            seen.held[f"polling: {type(error).__name__}"] += 1
    if telegrams.waiting:
        seen.held["still unconfirmed by polling"] += len(telegrams.waiting)
        telegrams.waiting.clear()


def _made(writer: Writer, n: int, chance: Random, *, is_bad: bool) -> tuple[str, Any]:
    """What is sent, and what it is called."""
    made = json.loads(writer.says(f"Слово {n}").body)
    if not is_bad:
        return "an update", made
    kinds = VIBERS if writer.channel is Channel.VIBER else TELEGRAMS
    what = chance.choice(list(kinds))
    return what, kinds[what](made)


SAID_IN: Final = desk.said_in


def _stumbles(incoming: Incoming) -> Said | None:
    """The bug that is planted in every run: a handler that raises at one text."""
    if getattr(incoming.content, "text", "") == BUG:
        raise RuntimeError("a bug of a handler")
    return SAID_IN(incoming)


async def _gives_up(desk: Desk, incoming: Incoming, why: str) -> Receipt:
    """The fault: what cannot be handled is not confirmed."""
    raise RuntimeError(why)


async def poisoned(run: Run) -> Measured:
    few = run.fast or run.broken
    many = int(os.environ.get("CASES", "0")) or (FEW if few else UPDATES)
    seen = Seen()
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(desk, "said_in", _stumbles))
        if run.broken:
            stack.enter_context(mock.patch.object(Desk, "_apologise", _gives_up))
            stack.enter_context(mock.patch.object(Desk, "quarantine", _gives_up_too))
        await storm(many, FEW_POISON if few else many * POISON // UPDATES, run.seed, seen)
    found = tuple(f"{what}, {times} times" for what, times in seen.held.most_common())
    return Measured(seen.sent, seen.held.total(), found)


async def _gives_up_too(desk: Desk, *what: object) -> Receipt:
    raise RuntimeError("what no library parses")


ROWS: Final = (
    Row("poison", "updates that nothing can handle, among others: not done, or others held up", 0, poisoned),
)
