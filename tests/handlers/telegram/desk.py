"""A desk that takes notes: what Telegram's side of the seam hands over, without the house behind it."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from casework.actor import Channel
from handlers.incoming import Content, Incoming, Receipt, Unavailable


@dataclass(frozen=True)
class SetAside:
    message: str
    address: str | None
    raw: str


@dataclass
class NotingDesk:
    """Recognises repeats, as the real one does. `away` messages long the database is away; `slow` names an address
    whose messages take a moment; `stumbles_at` is a text on which it fails as only a bug does;
    `ahead` is by how much our own clock is wrong."""

    taken: list[Incoming] = field(default_factory=list)
    repeats: int = 0
    returns: list[str] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    away: int = 0
    slow: str = ""
    stumbles_at: object = None
    ahead: timedelta = timedelta()

    async def receive(self, incoming: Incoming) -> Receipt:
        if incoming.address == self.slow:
            await asyncio.sleep(0.05)
        if self.away:
            self.away -= 1
            raise Unavailable
        if self.stumbles_at is not None and incoming.content == self.stumbles_at:
            raise ZeroDivisionError("a secret stands here")
        if any(each.message == incoming.message for each in self.taken):
            self.repeats += 1
            return Receipt(repeat=True)
        self.taken.append(incoming)
        return Receipt()

    async def quarantine(self, channel: Channel, message: str, address: str | None, raw: str) -> Receipt:
        if self.away:
            self.away -= 1
            raise Unavailable
        if message not in [each.message for each in self.set_aside]:
            self.set_aside.append(SetAside(message, address, raw))
        return Receipt(quarantined=True)

    async def returned(self, channel: Channel, receipt: str) -> None:
        self.returns.append(receipt)

    @property
    def contents(self) -> list[Content]:
        return [each.content for each in self.taken]

    def from_chat(self, chat: int) -> list[Content]:
        return [each.content for each in self.taken if each.address == str(chat)]
