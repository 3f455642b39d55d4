"""What we begin ourselves, as a stranger may see it on a lock screen: that there is something to read, and where.

One cover stands before every push on a messenger whose screen is not marked `neutral`. A tap takes it away, if the
person may still read what is under it; or tells where the page is, for a family that chose to read there only.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol
from zoneinfo import ZoneInfo

from casework.actor import Channel
from casework.ids import AddressId, PersonId
from casework.letters import Button, Letter, LetterKind, Purpose, Say, Screen, ShownAt
from casework.people import Opens, People
from casework.quiet_hours import is_quiet, morning

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

OPEN = "open"
"""The command of a cover's button: "/open 17" for the letter 17. It disturbs no conversation, so it is no script."""


@dataclass(frozen=True, slots=True)
class Push:
    """A push as it was written. `reads` names what must still be allowed to be read, as in its letter."""

    to: PersonId
    screen: Screen
    reads: str | None


@dataclass(frozen=True, slots=True)
class OpenButtons:
    """What a letter's buttons begin, none of which has been pressed yet. `last`: nothing was answered in that chat
    since it came, at `since`."""

    letter: int
    buttons: tuple[Button, ...]
    since: datetime
    last: bool


MAY_WAIT: Final = frozenset({Purpose.APPOINTMENT, Purpose.UPDATE, Purpose.KINSHIP, Purpose.ANSWER, Purpose.ROUTINE})
"""What wakes nobody at night. A guard over the person's own chats, an answer and a cry for help go at any hour."""


def rests_until(now: datetime, comes_by: datetime | None, zone: ZoneInfo) -> datetime | None:
    """When the night ends through which a push that may wait and is due now is held back, by the clock of where the
    person lives, in UTC. None if it goes now: by day, or because at `comes_by` it would be too late."""
    if not is_quiet(now, zone):
        return None
    day = morning(now, zone)
    return day if comes_by is None or day <= comes_by else None


class Outbox(Protocol):
    """What the rules read of the letters that were put into the outbox; they put one in by `work.send`."""

    async def push(self, letter: int) -> Push | None: ...
    async def came(self, reads: str, person: PersonId) -> tuple[ShownAt, datetime] | None:
        """Where and when the newest letter of what `reads` names came to the person; None where none did. Where the
        platform's id of it is known no longer, it is ""."""

    async def drop(self, reads: str) -> None:
        """What waits and would tell of what `reads` names goes to nobody."""

    async def failed(self, reads: str, persons: Collection[PersonId]) -> frozenset[PersonId]:
        """To whom of these persons no letter of what `reads` names has come on any channel."""


def is_covered(kind: LetterKind, purpose: Purpose, screen: Screen) -> bool:
    """Does a messenger show the cover only? Staff's own pushes hold numbers, and dashes for all that is private."""
    return kind is LetterKind.PUSH and purpose not in (Purpose.WORK, Purpose.URGENT) and not screen.neutral


def offered(letter: int, kind: LetterKind, purpose: Purpose, screen: Screen, channel: Channel) -> tuple[Button, ...]:
    """The buttons of a letter that are bound to its recipient, as its channel shows it: a cover has its own."""
    covered = not channel.on_page and is_covered(kind, purpose, screen)
    rows = (cover(letter) if covered else screen).buttons
    return tuple(button for row in rows for button in row if button.id.startswith("/"))


def cover(letter: int) -> Screen:
    """The same for every push, so that no wording gives away what is under it."""
    return Screen((Say("push"),), ((Button(f"/{OPEN} {letter}", Say("push.open")),),), neutral=True)


def notice(page: str) -> Screen:
    """Instead of the cover, for a push that stands on the person's page already."""
    return Screen((Say("push-on-page", {"page": page}),), neutral=True)


async def apart(letter: Letter, people: People) -> Sequence[tuple[Letter, AddressId]]:
    """What goes to the page instead of the messenger, which then only says so: all that is covered, for whoever reads
    on the page only."""
    if not is_covered(letter.kind, letter.purpose, letter.screen):
        return ()
    page, usual = await people.page_only(letter.to), await people.reachable(letter.to, letter.at)
    if page is None or usual is None or usual[1] is Channel.WEB:
        return ()
    return ((letter, page),)


def gone() -> Screen:
    """Under the cover there is nothing any more: moved, called off, or no longer theirs to read."""
    return Screen((Say("push-gone"),), keeps=True)


async def in_place(screen: Screen, actor: Actor, work: Work) -> Screen:
    """The screen itself; for whoever reads on the page only and is on a messenger, it goes to the page, and the answer
    tells where that is."""
    person = await work.people.get(actor.person)
    if actor.channel is Channel.WEB or person.opens is Opens.CHAT:
        return screen
    page = await work.people.on_page(person.id)
    if page is None:
        return Screen((Say("push-page-first", {"page": work.page}),), keeps=True)
    await work.send(Letter(person.id, screen, LetterKind.REPLY, at=page))
    return Screen((Say("push-on-page", {"page": work.page}),), keeps=True)
