"""Centers and telephone lines: data that an administrator keeps, never a constant in code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import TYPE_CHECKING, Any

from casework.centers import Disclosure
from casework.done import Done
from casework.ids import CenterId
from casework.letters import Say
from casework.refusal import Refusal
from casework.staff.access import ADMINISTRATORS

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class ChangeCenter:
    """Something of a center changed; what is None stays. `place` is in degrees; `region` moves here."""

    center: CenterId
    phone: str | None = None
    address: str | None = None
    place: tuple[float, float] | None = None
    hours: tuple[time, time] | None = None
    confirmed: tuple[str, ...] | None = None
    region: str | None = None


async def change_center(command: ChangeCenter, actor: Actor, work: Work) -> Done:
    actor.must_decide(work.now, *ADMINISTRATORS)
    center = await work.centers.get(command.center)
    if command.phone is not None:
        center = replace(center, phone=command.phone)
    if command.address is not None:
        center = replace(center, address=command.address)
    if command.place is not None:
        if center.disclosure is not Disclosure.PUBLIC:
            raise Refusal("center-place-not-public")
        center = replace(center, latitude=command.place[0], longitude=command.place[1])
    if command.hours is not None:
        center = replace(center, opens=command.hours[0], closes=command.hours[1])
    if command.confirmed is not None:
        center = replace(center, proposed=tuple(r for r in center.proposed if r not in command.confirmed))
    if command.region is not None:
        for other in await work.centers.all():
            if other.id != center.id and command.region in other.regions:
                await work.centers.keep(
                    replace(
                        other,
                        regions=tuple(r for r in other.regions if r != command.region),
                        proposed=tuple(r for r in other.proposed if r != command.region),
                    )
                )
        center = replace(
            center,
            regions=tuple(dict.fromkeys((*center.regions, command.region))),
            proposed=tuple(r for r in center.proposed if r != command.region),
        )
    await work.audit.acted(actor, "center")
    await work.centers.keep(center)
    return Done((Say("center-done", {"center": Say(f"center-{command.center}")}),))


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A line's new number."""

    name: str
    phone: str


async def change_line(command: ChangeLine, actor: Actor, work: Work) -> Done:
    actor.must_decide(work.now, *ADMINISTRATORS)
    line = next(line for line in await work.centers.lines() if line.name == command.name)
    await work.audit.acted(actor, "line")
    await work.centers.keep_line(replace(line, phone=command.phone))
    return Done((Say("line-done"), Say(f"line-{command.name}", {"phone": command.phone})))


COMMANDS: dict[type, Any] = {ChangeCenter: change_center, ChangeLine: change_line}
