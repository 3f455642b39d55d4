"""The page's speaker: what is sent is appended to the person's thread, which every browser of theirs shows."""

from collections.abc import Callable, Sequence
from datetime import datetime

from casework.actor import Channel
from casework.ids import PersonId
from handlers.channel import Gone, Message
from handlers.web.composing import in_place, shown
from handlers.web.ports import Begin

LOOKED_BACK = 20
"""Messages among which the question that was asked last is."""


class WebSpeaker:
    """A `Speaker` that needs no network: every process may have one."""

    channel = Channel.WEB

    def __init__(self, begin: Begin, clock: Callable[[], datetime]) -> None:
        self._begin, self._clock = begin, clock

    async def send(self, address: str, message: Message) -> str:
        """The address of a session is the id of its person. A letter sent again after a crash stands there once."""
        if not address.isdecimal():
            return "over"  # the session ended while its last message was under way: nobody is there to read it
        letter = int(message.ref)
        async with self._begin(self._clock()) as work:
            try:
                person, new = PersonId(int(address)), shown(message)
                if message.same:
                    new = in_place(new, await work.threads.latest(person, LOOKED_BACK))
                number = await work.threads.add(person, new, letter)
            except LookupError:
                raise Gone("the person was erased") from None
            await work.outbox.shown(letter)
            await work.commit()
        return str(number)

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        """A thread is read in every browser of the person's; one that was left shows it no more."""
