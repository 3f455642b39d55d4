"""What stands for a kept value that cannot be read: one line says so, and everything else goes on.

A value is sealed (`storage/sealing.py`). One that was altered, or whose key is gone, opens never again. Where it is
only shown, `UNREADABLE` stands in its place, and becomes words where it is rendered. What depends on it is refused:
nothing is decided by it, and it is never kept in the place of what was there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from casework.actor import Role
from casework.letters import Letter, Purpose, Say, Screen, say
from casework.refusal import Refusal

if TYPE_CHECKING:
    from casework.work import Work

UNREADABLE: Final = "\ufdd0"
"""One sign, which nobody can write: Unicode keeps it for use within a program."""

REFUSED: Final = "unreadable-refused"

T = TypeVar("T")


class NotReadable(Refusal):
    """What was asked for depends on a kept value that does not open."""

    def __init__(self) -> None:
        super().__init__(REFUSED)


def can_be_read(value: object) -> bool:
    """Is every part of it what was kept?"""
    return ascii(UNREADABLE)[1:-1] not in ascii(value)


def certain(value: T) -> T:
    """The value, for what is decided by it. Raises `NotReadable`."""
    if not can_be_read(value):
        raise NotReadable
    return value


def tells_of_it(said: Say) -> bool:
    """Does a paragraph hold what cannot be read, or say that something was refused for it?"""
    return said.name == REFUSED or not can_be_read(said)


class BrokenValues(Protocol):
    """Kept values that do not open, and rows that are not whose they say."""

    async def new(self) -> int:
        """How many were found of which nobody was told."""


async def tell(work: Work) -> None:
    """Tell every administrator, once, of what was found. Where it is stands in the log."""
    count = await work.broken.new()
    if not count:
        return
    screen = Screen((say("unreadable-told", count=count),), keeps=True)
    for one in await work.staff.all():
        if one.staff.active and one.staff.role is Role.ADMINISTRATOR:
            await work.send(Letter(one.staff.person, screen, purpose=Purpose.WORK))
