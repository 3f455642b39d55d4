"""How a report stands, as its own relative may know it: what families ask for most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from casework import leads
from casework.calls import can_be_kept
from casework.contact.keeping import promised_to
from casework.contact.promise import NextContact
from casework.contact.record import ContactKind, ContactWish
from casework.ids import CenterId, StructureId
from casework.kinship import KinshipState
from casework.leads import Answering
from casework.letters import AtTime, OnDay, Private, Say, say
from casework.numbers import ReportNumber
from casework.queries import Query
from casework.registering import own_or_staff
from casework.updates.reading import reach

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads a case, as they agreed to be named to its family: by the first name, and where they come from."""

    name: str
    structure: StructureId | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Of the `papers` that were sent, `not_looked_at` wait. `led` by one member of staff, who is the `lead` if they
    agreed to be named. `call` is when somebody calls at the latest; `late` if that can no longer be kept: then `reach`
    is how to call the center. `spoken` is when the center last spoke with this family; `visit` is the next one.
    `by_voice`: only a human speaks with them about the search, `minor`: since they are under 18. `contact` is when and
    how they and the center were last in contact, `coming` by when somebody writes or calls, where the center promises
    it. `quiet`: they asked not to be written to. `answering` tells the hours, who answers while the lead is away, and
    who leads soon."""

    kinship: KinshipState
    papers: int
    not_looked_at: int
    center: CenterId
    led: bool
    zone: str = "Europe/Kyiv"
    call: datetime | None = None
    spoken: datetime | None = None
    visit: datetime | None = None
    lead: Lead | None = None
    late: bool = False
    reach: tuple[Say, ...] = ()
    by_voice: bool = False
    minor: bool = False
    contact: tuple[datetime, ContactKind] | None = None
    coming: NextContact | None = None
    quiet: bool = False
    answering: Answering | None = None


@dataclass(frozen=True, slots=True)
class MyStanding(Query[Standing]):
    """One of the acting person's own reports."""

    number: ReportNumber
    example: ClassVar[Standing] = Standing(
        KinshipState.DECLARED,
        papers=0,
        not_looked_at=0,
        center=CenterId("lviv"),
        led=False,
        call=datetime(2026, 11, 27, tzinfo=UTC),
    )


async def my_standing(query: MyStanding, actor: Actor, work: Work) -> Standing:
    report = await own_or_staff(query.number, actor, work)
    tie = await work.kinships.get(report.id)
    center = await work.centers.get(report.center)
    zone = (await work.people.get(report.person)).profile.zone
    calls = [task.due for task in await work.calls.open_of(report.person, report.id)]
    visits = [one.starts_at for one in await work.bookings.of(report.person, work.now) if one.stands]
    late = bool(calls) and not can_be_kept(min(calls), center, zone, work.now)
    answering = await leads.answers_to(report, work)
    touched = [one for one in await work.contacts.of(report.person) if one.report in (None, report.id)]
    voice = await work.voices.of(report.id)
    return Standing(
        kinship=tie.state,
        papers=len(tie.documents),
        not_looked_at=tie.not_looked_at,
        center=report.center,
        led=answering is not None,
        zone=zone,
        call=min(calls, default=None),
        spoken=next((one.at for one in touched if one.kind is ContactKind.CALL), None),
        visit=min(visits, default=None),
        lead=Lead(*answering.named) if answering is not None and answering.named is not None else None,
        answering=answering,
        late=late,
        reach=await reach(center, work) if late else (),
        by_voice=voice is not None,
        minor=voice is not None and voice.minor,
        contact=(touched[0].at, touched[0].kind) if touched else None,
        quiet=await work.contacts.wish(report.id) is ContactWish.SILENCE,
        coming=None if calls else await promised_to(report.id, center, work),
    )


def told(standing: Standing) -> tuple[Say, ...]:
    """It in words, a line for each thing."""
    waiting = standing.not_looked_at
    looked = "looked-at" if not waiting else "waiting" if waiting == standing.papers else "partly"
    lines = [
        Say("standing-kinship", {"state": Say(f"standing-state.{standing.kinship}")}),
        Say("standing-papers", {"count": standing.papers, "looked": looked, "waiting": waiting}),
        Say("standing-center", {"center": Say(f"center-{standing.center}"), "led": _led(standing)}),
    ]
    if standing.lead is not None:
        name, structure = Private(standing.lead.name), standing.lead.structure
        if structure is None:
            lines.append(Say("standing-lead", {"name": name}))
        else:
            lines.append(Say("standing-lead-of", {"name": name, "structure": Say(f"structure.{structure}")}))
    lines += _answering(standing)
    if standing.late:
        lines += [Say("standing-call-late"), *standing.reach]
    elif standing.call is not None:
        lines.append(Say("standing-call", {"by": AtTime(standing.call, standing.zone, "day")}))
    if standing.spoken is not None:
        lines.append(Say("standing-spoken", {"at": AtTime(standing.spoken, standing.zone, "day")}))
    if standing.contact is not None and standing.contact[1] is not ContactKind.CALL:
        at, kind = AtTime(standing.contact[0], standing.zone, "day"), standing.contact[1]
        lines.append(Say("standing-contact", {"at": at, "kind": str(kind)}))
    if standing.quiet:
        lines.append(Say("standing-quiet"))
    if standing.coming is not None:
        by = AtTime(standing.coming.at, standing.zone, "day")
        lines.append(Say("standing-coming", {"by": by, "kind": str(standing.coming.kind)}))
    if standing.visit is not None:
        lines.append(Say("standing-visit", {"at": AtTime(standing.visit, standing.zone)}))
    return tuple(lines)


def _answering(standing: Standing) -> list[Say]:
    """The hours of whoever answers, who does while they are away, and who does from when on."""
    one = standing.answering
    if one is None:
        return []
    lines = [say("standing-hours", opens=one.opens, closes=one.closes)]
    if one.until is not None and one.instead is not None:
        lines.append(say("standing-away", until=OnDay(one.until), instead=one.instead))
    elif one.until is not None:
        lines.append(say("standing-away-anybody", until=OnDay(one.until)))
    if one.coming is not None:
        since = AtTime(one.coming[1], standing.zone, "day")
        lines.append(say("standing-lead-coming", who=one.coming[0], since=since))
    return lines


def _led(standing: Standing) -> str:
    if standing.lead is not None:
        return "named"
    return "yes" if standing.led else "no"


COMMANDS: dict[type, Any] = {}
QUERIES: dict[type, Any] = {MyStanding: my_standing}
