"""Centers and telephone lines: data that an administrator keeps, never a constant in code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from casework.centers import KYIV, Center, Disclosure
from casework.ids import CenterId
from casework.letters import OnDay, Private, Say, say
from casework.places import ABROAD
from casework.refusal import Refusal
from casework.result import Result
from casework.staff.proposals import About, Act, Prepared

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class ChangeCenter:
    """Something of a center changed that sends nobody anywhere; what is None stays."""

    center: CenterId
    hours: tuple[time, time] | None = None
    confirmed: tuple[str, ...] | None = None


async def change_center(command: ChangeCenter, actor: Actor, work: Work) -> Result:
    before = center = await work.centers.get(command.center)
    if command.hours is not None:
        center = replace(center, opens=command.hours[0], closes=command.hours[1])
    if command.confirmed is not None:
        await work.centers.confirm(center.id, command.confirmed)
    await work.audit.acted(actor, "center")
    await work.centers.keep(center)
    after = await work.centers.get(center.id)
    confirmed = [say("center-changed.confirmed", region=Say(f"region-{one}")) for one in command.confirmed or ()]
    changes = (*_changes(before, after), *confirmed)
    return Result((Say("center-done", {"center": Say(f"center-{command.center}")}), *changes))


def _changes(before: Center, after: Center) -> list[Say]:
    """What is other than it was, each with both."""
    pairs: list[tuple[str, str, str]] = [
        ("hours", _hours(before), _hours(after)),
        ("regions", _count(before.regions), _count(after.regions)),
        ("proposed", _count(before.proposed), _count(after.proposed)),
    ]
    return [Say(f"center-changed.{name}", {"before": was, "after": now}) for name, was, now in pairs if was != now]


def _count(regions: Sequence[str]) -> str:
    """How many; abroad is no region."""
    return str(len([region for region in regions if region != ABROAD]))


def _hours(center: Center) -> str:
    return f"{center.opens:%H:%M}–{center.closes:%H:%M}"


@dataclass(frozen=True, slots=True)
class MoveRegion:
    """A region's families are this center's, from the day `since` in Kyiv on, today at the earliest."""

    center: CenterId
    region: str
    since: date


async def prepare_region(command: MoveRegion, actor: Actor, work: Work) -> Prepared:
    return Prepared(command)


async def show_region(command: MoveRegion, work: Work) -> tuple[Say, ...]:
    before = await work.centers.answering_for(command.region)
    shown = say(
        "proposal-region",
        region=Say(f"region-{command.region}"),
        before=Say(f"center-{before.id}"),
        after=Say(f"center-{command.center}"),
        since=OnDay(command.since),
    )
    return (shown,)


async def move_region(command: MoveRegion, actor: Actor, work: Work) -> Result:
    since = max(command.since, work.now.astimezone(KYIV).date())
    await work.audit.acted(actor, "region-moved")
    await work.centers.answers(command.center, command.region, since)
    moved = say("center-changed.region", region=Say(f"region-{command.region}"), since=OnDay(since))
    return Result((Say("center-done", {"center": Say(f"center-{command.center}")}), moved))


@dataclass(frozen=True, slots=True)
class NewPhone:
    """A center's number, which families call: whoever signs has called it, and somebody of the center answered."""

    center: CenterId
    phone: str


async def prepare_phone(command: NewPhone, actor: Actor, work: Work) -> Prepared:
    return Prepared(command, About(command.center))


async def show_phone(command: NewPhone, work: Work) -> tuple[Say, ...]:
    before = (await work.centers.get(command.center)).phone or Say("common.unknown")
    return (say("proposal-phone", center=Say(f"center-{command.center}"), before=before, after=command.phone),)


async def new_phone(command: NewPhone, actor: Actor, work: Work) -> Result:
    center = await work.centers.get(command.center)
    await work.audit.acted(actor, "phone-confirmed")
    await work.centers.keep(replace(center, phone=command.phone))
    return Result((say("phone-confirmed", center=Say(f"center-{center.id}"), phone=command.phone),))


@dataclass(frozen=True, slots=True)
class NewAddress:
    """Where a center is, which is where families go; `place`, in degrees, only of one that is published."""

    center: CenterId
    address: str | None = None
    place: tuple[float, float] | None = None


async def prepare_address(command: NewAddress, actor: Actor, work: Work) -> Prepared:
    center = await work.centers.get(command.center)
    if command.place is not None and center.disclosure is not Disclosure.PUBLIC:
        raise Refusal("center-place-not-public")
    return Prepared(command, About(command.center))


async def show_address(command: NewAddress, work: Work) -> tuple[Say, ...]:
    center = await work.centers.get(command.center)
    city, before = Say(f"center-{command.center}"), Private(center.address or "—", keeps=True)
    if command.place is None:
        return (say("proposal-address", center=city, before=before, after=Private(command.address or "—", keeps=True)),)
    was, now = (f"{at[0]:.5f}, {at[1]:.5f}" for at in ((center.latitude, center.longitude), command.place))
    return (say("proposal-place", center=city, before=was, after=now),)


async def new_address(command: NewAddress, actor: Actor, work: Work) -> Result:
    center = await work.centers.get(command.center)
    await work.audit.acted(actor, "center")
    if command.address is not None:
        center = replace(center, address=command.address)
    if command.place is not None:
        center = replace(center, latitude=command.place[0], longitude=command.place[1], marked=True)
    await work.centers.keep(center)
    return Result((Say("center-done", {"center": Say(f"center-{command.center}")}),))


class Withheld(StrEnum):
    """What of a center can be taken away from families at once."""

    PHONE = "phone"
    ADDRESS = "address"


SAID_WITHHELD = {Withheld.PHONE: "withheld-phone", Withheld.ADDRESS: "withheld-address"}


@dataclass(frozen=True, slots=True)
class Withhold:
    """A center's number or address is shown to nobody any more, from now on, by one person: a shelled center cannot
    wait. In place of its number families see the line that answers for all centers."""

    center: CenterId
    what: Withheld


async def withhold(command: Withhold, actor: Actor, work: Work) -> Result:
    center = await work.centers.get(command.center)
    await work.audit.acted(actor, f"withheld-{command.what}")
    if command.what is Withheld.PHONE:
        center = replace(center, phone=None)
    else:
        center = replace(center, address=None, marked=False)
    await work.centers.keep(center)
    return Result((Say(SAID_WITHHELD[command.what], {"center": Say(f"center-{command.center}")}),))


@dataclass(frozen=True, slots=True)
class NewNumber:
    """A line's number: whoever signs has called it, and those answered whose it is."""

    line: str
    phone: str


async def prepare_number(command: NewNumber, actor: Actor, work: Work) -> Prepared:
    return Prepared(command)


async def show_number(command: NewNumber, work: Work) -> tuple[Say, ...]:
    before = next(line.phone for line in await work.centers.lines() if line.name == command.line)
    line = Say(f"which-line.{command.line}")
    return (say("proposal-number", line=line, before=before or Say("common.unknown"), after=command.phone),)


async def new_number(command: NewNumber, actor: Actor, work: Work) -> Result:
    line = next(line for line in await work.centers.lines() if line.name == command.line)
    await work.audit.acted(actor, "line-confirmed")
    await work.centers.keep_line(replace(line, phone=command.phone))
    return Result((say("line-done"), Say(f"line-{command.line}", {"phone": command.phone})))


ACTS = (
    Act("region", MoveRegion, prepare_region, show_region),
    Act("phone", NewPhone, prepare_phone, show_phone),
    Act("address", NewAddress, prepare_address, show_address, private=True),
    Act("number", NewNumber, prepare_number, show_number),
)
COMMANDS: dict[type, Any] = {
    ChangeCenter: change_center,
    MoveRegion: move_region,
    NewPhone: new_phone,
    NewAddress: new_address,
    Withhold: withhold,
    NewNumber: new_number,
}
QUERIES: dict[type, Any] = {}
