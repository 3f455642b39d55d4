"""The messengers of the town: they take every message and show it to nobody, unless they are down or blocked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from casework.actor import Channel
from handlers.channel import Away, Gone, Message


class Killed(BaseException):
    """The process dies: nothing of ours can hold that up."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that a messenger took: to which address, the letter's number, its words."""

    address: str
    letter: int
    text: str


@dataclass
class Messenger:
    """`down` are the channels that take nothing now, `blocked` the addresses. `dies_after`: so many messages more, then
    the process is killed when the next was taken and is not marked yet. `times` is how often each letter was taken;
    `excused` are letters that a dying process had taken."""

    down: set[Channel] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)
    heard: list[Heard] = field(default_factory=list)
    times: Counter[int] = field(default_factory=Counter)
    excused: set[int] = field(default_factory=set)
    on_its_way: set[int] = field(default_factory=set)
    dies_after: int | None = None

    def on(self, channel: Channel) -> MessengerSpeaker:
        return MessengerSpeaker(self, channel)


@dataclass
class MessengerSpeaker:
    """One channel of it, as the courier speaks to it."""

    messenger: Messenger
    channel: Channel

    async def send(self, address: str, message: Message) -> str:
        of = self.messenger
        if self.channel in of.down:
            raise Away(timedelta(minutes=30), "the platform is down")
        if address in of.blocked:
            raise Gone("blocked")
        letter = int(message.ref)
        of.heard.append(Heard(address, letter, message.text))
        of.times[letter] += 1
        if of.dies_after is not None:
            of.on_its_way.add(letter)
            of.dies_after -= 1
            if of.dies_after < 0:
                of.excused |= of.on_its_way
                raise Killed
        return str(len(of.heard))

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        """Nothing is taken back here."""
