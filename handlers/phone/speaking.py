"""Notices by telephone: the letter itself goes onto the person's page, the telephone says that it is there."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from casework.actor import Channel
from casework.centers import answering
from casework.ids import PersonId
from casework.people import Profile
from casework.quiet_hours import is_quiet
from casework.work import Work
from dialogs.words import Words
from handlers.channel import Gone, Message, Postponed, Speaker
from handlers.phone.composing import compose
from handlers.phone.gateway import Gateway

SOON: Final = timedelta(minutes=30)
"""When to look again whether it is morning: no telephone rings at night."""

ONCE: Final = timedelta(hours=1)
"""Several letters in this time are one notice: it says no more when it is heard twice."""

_REMEMBERED: Final = 20_000


class NoticeSpeaker:
    """A `Speaker` for SMS or for voice. `page` is the page's own speaker; the address is "person:number".

    Where one at a time speaks for a gateway, this object is that one.
    """

    def __init__(
        self,
        channel: Channel,
        gateway: Gateway,
        page: Speaker,
        begin: Callable[[datetime], AbstractAsyncContextManager[Work]],
        words: Words,
        clock: Callable[[], datetime],
    ) -> None:
        self.channel = channel
        self._gateway, self._page, self._begin, self._words, self._clock = gateway, page, begin, words, clock
        self._told: dict[str, datetime] = {}

    async def send(self, address: str, message: Message) -> str:
        person, _, phone = address.partition(":")
        receipt = await self._page.send(person, message)
        profile, number = await self._whom(PersonId(int(person)))
        if str(profile.phone) != phone:
            raise Gone("the person has another number now")
        now = self._clock()
        if now - self._told.get(address, now - ONCE) < ONCE:
            return receipt
        if self.channel is Channel.VOICE and is_quiet(now, ZoneInfo(profile.zone)):
            raise Postponed(SOON, "it is night there")
        notice = compose(self.channel, message.language, self._words, number)
        receipt = await self._gateway.carry(phone, notice, language=message.language, ref=message.ref)
        self._remember(address, now)
        return receipt

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        """A notice says nothing that has to be taken back."""

    async def _whom(self, person: PersonId) -> tuple[Profile, str]:
        """Who is told, and where they can call: their center, or the line that answers for all."""
        async with self._begin(self._clock()) as work:
            try:
                profile = (await work.people.get(person)).profile
            except LookupError:
                raise Gone("the person was erased") from None
            center = await work.centers.answering_for(profile.region)
            return profile, await answering(center, work)

    def _remember(self, address: str, now: datetime) -> None:
        self._told.pop(address, None)
        self._told[address] = now
        if len(self._told) > _REMEMBERED:
            del self._told[next(iter(self._told))]
