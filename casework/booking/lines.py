"""The line of those who wait for a specialist: what it is called, and how it follows what they book themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casework.booking.finding import place_of
from casework.ids import StructureId

if TYPE_CHECKING:
    from casework.booking.appointments import Appointment
    from casework.work import Work

SLOT: Final = "slot"


def line_of(place: str, structure: StructureId) -> str:
    """As `casework/waiting_list.py` keeps it: "slot:kharkiv.lawyer", "slot:call.psychologist"."""
    return f"{SLOT}:{place}.{structure}"


def read_line(what: str) -> tuple[str, StructureId]:
    place, _, structure = what.removeprefix(f"{SLOT}:").rpartition(".")
    return place, StructureId(structure)


async def follows(changed: Appointment, work: Work) -> None:
    """Whoever has booked, moved or cancelled waits from now on for what is earlier than their nearest appointment of
    the same line; without one they wait no more, unless something is offered to them just now."""
    what = line_of(place_of(changed), changed.structure)
    mine = next((one for one in await work.waiting.of(changed.person) if one.what == what), None)
    if mine is None:
        return
    ahead = [
        one.starts_at
        for one in await work.bookings.of(changed.person, work.now)
        if one.stands and line_of(place_of(one), one.structure) == what
    ]
    if ahead:
        await work.waiting.waits_before(changed.person, what, min(ahead))
    elif mine.offer is None:
        await work.waiting.leave(changed.person, what)
