"""Centers and telephone lines: data that an administrator keeps, never a constant in code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import TYPE_CHECKING, Any, ClassVar

from casework.board import Row, Section
from casework.centers import KYIV, Center, Disclosure
from casework.ids import CenterId
from casework.letters import OnDay, Say, say
from casework.places import ABROAD
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result
from casework.staff.access import listed
from casework.staff.relations import Facts

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class ChangeCenter:
    """Something of a center changed; what is None stays. `place` is in degrees; `region` moves here, from the day
    `since` in Kyiv on, today at the earliest."""

    center: CenterId
    phone: str | None = None
    address: str | None = None
    place: tuple[float, float] | None = None
    hours: tuple[time, time] | None = None
    confirmed: tuple[str, ...] | None = None
    region: str | None = None
    since: date | None = None


async def change_center(command: ChangeCenter, actor: Actor, work: Work) -> Result:
    before = center = await work.centers.get(command.center)
    if command.phone is not None:
        center = replace(center, phone=command.phone)
    if command.address is not None:
        center = replace(center, address=command.address)
    if command.place is not None:
        if center.disclosure is not Disclosure.PUBLIC:
            raise Refusal("center-place-not-public")
        center = replace(center, latitude=command.place[0], longitude=command.place[1], marked=True)
    if command.hours is not None:
        center = replace(center, opens=command.hours[0], closes=command.hours[1])
    if command.confirmed is not None:
        await work.centers.confirm(center.id, command.confirmed)
    moved: tuple[Say, ...] = ()
    if command.region is not None:
        today = work.now.astimezone(KYIV).date()
        since = max(command.since or today, today)
        await work.centers.answers(center.id, command.region, since)
        moved = (say("center-changed.region", region=Say(f"region-{command.region}"), since=OnDay(since)),)
    await work.audit.acted(actor, "center")
    await work.centers.keep(center)
    after = await work.centers.get(center.id)
    confirmed = [say("center-changed.confirmed", region=Say(f"region-{one}")) for one in command.confirmed or ()]
    changes = (*_changes(before, after), *confirmed, *moved)
    return Result((Say("center-done", {"center": Say(f"center-{command.center}")}), *changes))


def _changes(before: Center, after: Center) -> list[Say]:
    """What is other than it was, each with both; an unpublished address is not repeated."""
    unknown = Say("common.unknown")
    pairs: list[tuple[str, Say | str, Say | str]] = [
        ("phone", before.phone or unknown, after.phone or unknown),
        ("hours", _hours(before), _hours(after)),
        ("regions", _count(before.regions), _count(after.regions)),
        ("proposed", _count(before.proposed), _count(after.proposed)),
    ]
    says = [Say(f"center-changed.{name}", {"before": was, "after": now}) for name, was, now in pairs if was != now]
    says += [Say("center-changed.address")] if before.address != after.address else []
    place = (before.latitude, before.longitude) != (after.latitude, after.longitude)
    return [*says, Say("center-changed.place")] if place else says


def _count(regions: Sequence[str]) -> str:
    """How many; abroad is no region."""
    return str(len([region for region in regions if region != ABROAD]))


def _hours(center: Center) -> str:
    return f"{center.opens:%H:%M}–{center.closes:%H:%M}"


@dataclass(frozen=True, slots=True)
class ProposedPhone:
    """A number that waits for a second person, of a center or of a line; `own`: the acting member has named it."""

    center: CenterId | None
    phone: str
    own: bool
    line: str | None = None

    @property
    def whose(self) -> Say:
        return Say(f"which-line.{self.line}") if self.line else Say(f"center-{self.center}")


@dataclass(frozen=True, slots=True)
class ProposedPhones(Query[tuple[ProposedPhone, ...]]):
    """The numbers that wait: of the acting member's center, or, for an administrator, of all, and of lines."""

    example: ClassVar[tuple[ProposedPhone, ...]] = (ProposedPhone(CenterId("lviv"), "0 800 000 000", False),)


async def proposed_phones(query: ProposedPhones, actor: Actor, work: Work) -> tuple[ProposedPhone, ...]:
    staff = actor.acting
    centers = (
        ProposedPhone(center.id, center.phone_proposed, center.phone_proposed_by == staff.id)
        for center in await work.centers.all()
        if center.phone_proposed and listed("ProposedPhones", Facts.of(actor, work.now, desk=center.id))
    )
    lines = (
        ProposedPhone(None, line.phone_proposed, line.phone_proposed_by == staff.id, line.name)
        for line in await work.centers.lines()
        if line.phone_proposed and listed("ProposedPhones", Facts.of(actor, work.now))
    )
    return (*centers, *lines)


@dataclass(frozen=True, slots=True)
class ProposePhone:
    """The head names the own center's number. Families see it once a second person has confirmed it."""

    phone: str


async def propose_phone(command: ProposePhone, actor: Actor, work: Work) -> Result:
    staff = actor.acting
    if staff.center is None:
        raise Refusal("staff-not-allowed")
    center = await work.centers.get(staff.center)
    await work.audit.acted(actor, "phone-proposed")
    await work.centers.keep(replace(center, phone_proposed=command.phone, phone_proposed_by=staff.id))
    return Result((Say("phone-proposed", {"center": Say(f"center-{center.id}"), "phone": command.phone}),))


@dataclass(frozen=True, slots=True)
class ConfirmPhone:
    """A second person has called the number and somebody of the center answered; or refuses it. `phone` is the number
    that was shown: another one named meanwhile is not confirmed by it."""

    center: CenterId
    phone: str
    right: bool


async def confirm_phone(command: ConfirmPhone, actor: Actor, work: Work) -> Result:
    center = await work.centers.get(command.center)
    if center.phone_proposed != command.phone:
        raise Refusal("phone-changed")
    phone = command.phone if command.right else center.phone
    await work.audit.acted(actor, "phone-confirmed" if command.right else "phone-refused")
    await work.centers.keep(replace(center, phone=phone, phone_proposed=None, phone_proposed_by=None))
    done = "phone-confirmed" if command.right else "phone-refused"
    return Result((Say(done, {"center": Say(f"center-{center.id}"), "phone": command.phone}),))


@dataclass(frozen=True, slots=True)
class ConfirmLine:
    """A second administrator has called a line's first number and those answered whose it is; or refuses it."""

    line: str
    phone: str
    right: bool


async def confirm_line(command: ConfirmLine, actor: Actor, work: Work) -> Result:
    line = next(line for line in await work.centers.lines() if line.name == command.line)
    if line.phone_proposed != command.phone:
        raise Refusal("phone-changed")
    phone = command.phone if command.right else line.phone
    done = "line-confirmed" if command.right else "line-refused"
    await work.audit.acted(actor, done)
    await work.centers.keep_line(replace(line, phone=phone, phone_proposed=None, phone_proposed_by=None))
    return Result((Say(done, {"line": Say(f"which-line.{line.name}"), "phone": command.phone}),))


async def proposed_phones_section(actor: Actor, work: Work) -> Section | None:
    """For the board: numbers that the acting member can confirm."""
    rows = tuple(
        Row((one.whose, one.phone), ((Say("phone-board.look"), "/phone"),))
        for one in await proposed_phones(ProposedPhones(), actor, work)
        if not one.own
    )
    return Section(Say("phone-board"), rows) if rows else None


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A line's new number."""

    name: str
    phone: str


async def change_line(command: ChangeLine, actor: Actor, work: Work) -> Result:
    line = next(line for line in await work.centers.lines() if line.name == command.name)
    await work.audit.acted(actor, "line")
    await work.centers.keep_line(replace(line, phone=command.phone))
    return Result((Say("line-done"), Say(f"line-{command.name}", {"phone": command.phone})))


COMMANDS: dict[type, Any] = {
    ChangeCenter: change_center,
    ProposePhone: propose_phone,
    ConfirmPhone: confirm_phone,
    ConfirmLine: confirm_line,
    ChangeLine: change_line,
}
QUERIES: dict[type, Any] = {ProposedPhones: proposed_phones}
