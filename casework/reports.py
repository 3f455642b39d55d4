"""How a report stands, as its own relative may know it: what families ask for most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from casework.cases.kept import Reached
from casework.cases.told import sent
from casework.ids import CenterId
from casework.kinship import KinshipState
from casework.letters import AtTime, Say
from casework.numbers import ReportNumber
from casework.queries import Query
from casework.registering import own_or_staff

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class Standing:
    """`papers` were sent, `looked_at` since the last of them was decided on; `led` by one member of staff. `call` is
    when somebody calls at the latest, `spoken` when the center last spoke with this family; `visit` is the next one."""

    kinship: KinshipState
    papers: int
    looked_at: bool
    center: CenterId
    led: bool
    zone: str = "Europe/Kyiv"
    call: datetime | None = None
    spoken: datetime | None = None
    visit: datetime | None = None


@dataclass(frozen=True, slots=True)
class MyStanding(Query[Standing]):
    """One of the acting person's own reports."""

    number: ReportNumber
    example: ClassVar[Standing] = Standing(
        KinshipState.DECLARED,
        papers=0,
        looked_at=False,
        center=CenterId("lviv"),
        led=False,
        call=datetime(2026, 11, 27, tzinfo=UTC),
    )


async def my_standing(query: MyStanding, actor: Actor, work: Work) -> Standing:
    report = await own_or_staff(query.number, actor, work)
    tie = await work.kinships.get(report.id)
    case = await work.cases.get(report.case)
    calls = [task.due for task in await work.calls.open_of(report.person, report.id)]
    visits = [one.starts_at for one in await work.bookings.of(report.person, work.now) if one.stands]
    spoken = [
        contact.at
        for contact in await work.cases.contacts(report.case)
        if contact.report == report.id and contact.how is Reached.REACHED
    ]
    return Standing(
        kinship=tie.state,
        papers=await sent(tie.documents, work),
        looked_at=tie.state not in (KinshipState.DECLARED, KinshipState.CHANGED),
        center=report.center,
        led=case.taken_by is not None,
        zone=(await work.people.get(report.person)).profile.zone,
        call=min(calls, default=None),
        spoken=max(spoken, default=None),
        visit=min(visits, default=None),
    )


def told(standing: Standing) -> tuple[Say, ...]:
    """It in words, a line for each thing."""

    papers = "looked-at" if standing.looked_at else "waiting"
    lines = [
        Say("standing-kinship", {"state": Say(f"standing-state.{standing.kinship}")}),
        Say("standing-papers", {"count": standing.papers, "looked": papers}),
        Say(
            "standing-center",
            {"center": Say(f"center-{standing.center}"), "led": "yes" if standing.led else "no"},
        ),
    ]
    if standing.call is not None:
        lines.append(Say("standing-call", {"by": AtTime(standing.call, standing.zone, "day")}))
    if standing.spoken is not None:
        lines.append(Say("standing-spoken", {"at": AtTime(standing.spoken, standing.zone, "day")}))
    if standing.visit is not None:
        lines.append(Say("standing-visit", {"at": AtTime(standing.visit, standing.zone)}))
    return tuple(lines)


COMMANDS: dict[type, Any] = {}
QUERIES: dict[type, Any] = {MyStanding: my_standing}
