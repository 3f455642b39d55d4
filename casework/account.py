"""What is told of a missing person in the second part of registering: every answer, by whom, when.

Nothing that was told is ever taken away: the account is made of all that was told, and what no longer stands is shown
to staff as told before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from casework.ids import FileId, StaffId
from casework.values import PartialDate


class Sex(StrEnum):
    WOMAN = "woman"
    MAN = "man"


class Service(StrEnum):
    ARMED_FORCES = "armed-forces"
    NATIONAL_GUARD = "national-guard"
    BORDER_GUARD = "border-guard"
    POLICE = "police"
    EMERGENCY = "emergency"
    SBU = "sbu"
    OTHER = "other"


class Body(StrEnum):
    """Bodies to which the data may be given, if the relative agrees."""

    HEADQUARTERS = "headquarters"  # Coordination Headquarters
    NIB = "nib"
    COMMISSIONER = "commissioner"
    ICRC = "icrc"
    OMBUDSMAN = "ombudsman"
    UNIT = "unit"


class Registry(StrEnum):
    """Whose number a family may have already."""

    RECRUITMENT = "recruitment"  # the notice of the ТЦК та СП
    INVESTIGATION = "investigation"  # the extract from the ЄРДР
    NIB = "nib"
    HEADQUARTERS = "headquarters"
    ICRC = "icrc"
    OTHER = "other"  # as the family wrote it


@dataclass(frozen=True, slots=True)
class KnownAs:
    """A number under which another body knows the case."""

    registry: Registry
    number: str


@dataclass(frozen=True, slots=True)
class Account:
    """The second part, or some of it, all of it optional, in the words of the relative. Files are sealed apart.

    None (for what grows, nothing) is what was not told; `unknown` names what the relative does not know ("lost-on").
    `numbers` is a line of words from before numbers were told one by one.
    """

    sex: Sex | None = None
    military: bool | None = None
    service: Service | None = None
    unit: str | None = None
    rank: str | None = None
    lost_on: PartialDate | None = None
    lost_where: str | None = None
    circumstances: tuple[str, ...] = ()
    captivity: str | None = None
    marks: str | None = None
    numbers: str | None = None
    files: tuple[FileId, ...] = ()
    photo: tuple[FileId, ...] = ()
    known_as: tuple[KnownAs, ...] = ()
    share_with: tuple[Body, ...] | None = None
    unknown: tuple[str, ...] = ()

    def then(self, told: Account) -> Account:
        """This and what was told after it: a newer answer stands, a story and photos grow."""
        now: dict[str, Any] = {name: getattr(self, name) + getattr(told, name) for name in GROWING}
        for name in STANDING:
            said = getattr(told, name) is not None or question(name) in told.unknown
            now[name] = getattr(told if said else self, name)
        answered = {question(name) for name, value in now.items() if value not in (None, ())}
        answered |= {"numbers"} if now["known_as"] else set()
        unknown = dict.fromkeys((*self.unknown, *told.unknown))
        return Account(**now, unknown=tuple(name for name in unknown if name not in answered))

    def news(self, told: Account) -> Account:
        """What is new of `told`, where this stands already."""
        same: dict[str, Any] = {name: None for name in STANDING if getattr(told, name) == getattr(self, name)}
        known = tuple(one for one in told.known_as if one not in self.known_as)
        return replace(
            told, **same, known_as=known, unknown=tuple(name for name in told.unknown if name not in self.unknown)
        )


GROWING = ("circumstances", "files", "photo", "known_as")
"""What is added to."""

STANDING = tuple(each.name for each in fields(Account) if each.name not in (*GROWING, "unknown"))
"""What has one answer at a time, by its field."""


def question(name: str) -> str:
    """A field's question."""
    return name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Telling:
    """What was told at one time, and by whom: the relative, or (`by`) a member of staff who wrote it down for them."""

    at: datetime
    account: Account
    by: StaffId | None = None


def account_of(tellings: Sequence[Telling]) -> Account | None:
    """All that was told, as it stands; None where nothing was."""
    account = None
    for telling in tellings:
        account = (account or Account()).then(telling.account)
    return account


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """An answer of one time. `value` None: said to be unknown. `stands`: nothing newer was said."""

    value: Any
    telling: Telling
    stands: bool


def answers(tellings: Sequence[Telling], name: str) -> Iterator[PastAnswer]:
    """Every answer to what has one at a time, the standing one first, then what was told before, newest first."""
    told = [
        (getattr(telling.account, name), telling)
        for telling in tellings
        if getattr(telling.account, name) is not None or question(name) in telling.account.unknown
    ]
    for position, (value, telling) in enumerate(reversed(told)):
        yield PastAnswer(value, telling, stands=position == 0)
