"""Call tasks: a human of the center calls a family. Where a message cannot reach, or must not, a person does.

Every task is one center's, so that nobody is called twice and nobody falls between two; and every promise of a call is
counted in that center's working days and hours, so that it can be kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol
from zoneinfo import ZoneInfo

from casework.centers import KYIV, Center
from casework.ids import AppointmentId, CallId, CenterId, PersonId, ReportId
from casework.letters import AtTime, Private, Say
from casework.queries import Query
from casework.result import Result
from casework.values import Phone

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.booking.appointments import Appointment
    from casework.people import Person
    from casework.work import Work

CALL_WITHIN = 1
"""Working days within which somebody calls."""

NOON = time(13)
"""Where the morning ends and the afternoon begins, in Kyiv."""


class Window(StrEnum):
    """When a family would like to be called."""

    MORNING = "morning"  # from the center's opening to 13:00
    AFTERNOON = "afternoon"  # from 13:00 until it closes
    ANY = "any"


class Reason(StrEnum):
    """Why a call is due."""

    NEW_REPORT = "new-report"  # the first word from a human after a report
    ASKED = "asked"  # the family asks for a human
    UNDELIVERED = "undelivered"  # no channel took a message
    REMINDER = "reminder"  # an appointment tomorrow, and no channel to remind on
    CONFIRM = "confirm"  # a visit where the address is not published: speak to the family, then confirm it
    REBOOK = "rebook"  # we called an appointment off, and no channel tells them
    INVITATION = "invitation"  # invite the family to come; never says why
    NUMBER = "number"  # wants notices by telephone: is the number theirs?
    CORRECTED = "corrected"  # who is meant, or the kinship, was changed by the relative after it was verified
    SILENT = "silent"  # somebody writes from an address that was silent for long: is it the family?
    UNREADABLE = "unreadable"  # a message that the program could not handle
    WROTE = "wrote"  # the family wrote or sent something that answers no question: see `casework/inbox.py`
    DOUBTFUL = "doubtful"  # a report filed long ago looks misread: see `casework/cases/doubtful.py`
    VOICE = "voice"  # only a human speaks with this family about the search: see `casework/human_voice.py`
    SPOKEN = "spoken"  # an invitation, or the answer to a sign of life, said by voice: see `casework/human_voice.py`
    RELEASE = "release"  # news of a release, told by voice before anything is written: see `casework/releasing.py`
    CONTACT = "contact"  # the promise of contact runs out soon: see `casework/contact/keeping.py`
    GO_BETWEEN = "go-between"  # nothing reaches the relative: ask whom they named, see `casework/reaching.py`
    MINOR = "minor"  # a relative under 18: speak with them, and with an adult whom they trust: see `casework/minors.py`
    OF_AGE = "of-age"  # a relative is 18 by now: ask how they want to hear, before anything is written to them
    INQUIRY = "inquiry"  # a body has answered what was promised to be told by today: see `casework/inquiries`
    SIGHTING = "sighting"  # a sign of life waits for its answer: see `casework/sightings.py`
    CRISIS = "crisis"  # words of despair: somebody calls at once


@dataclass(frozen=True, slots=True)
class CallTask:
    """A call that is due from a center. `note` is the staff's or the family's words about it, sealed under the person's
    key; `appointment` the one that it is about; `wished` when the family would like it."""

    id: CallId
    person: PersonId
    center: CenterId
    report: ReportId | None
    reason: Reason
    due: datetime
    note: str = ""
    done_at: datetime | None = None
    appointment: AppointmentId | None = None
    wished: Window | None = None

    def is_urgent(self, now: datetime) -> bool:
        """Does it wait for nobody in particular any more?"""
        return self.due < now or self.reason is Reason.CRISIS


class Calls(Protocol):
    """How call tasks are kept. What was to be said before an appointment is no longer open once it is over."""

    async def add_task(
        self,
        reason: Reason,
        *,
        person: PersonId,
        center: CenterId,
        due: datetime,
        report: ReportId | None = None,
        appointment: AppointmentId | None = None,
        wished: Window | None = None,
        note: str = "",
    ) -> CallId:
        """A new task; where one of that reason is open about the same appointment, it gets the new date instead."""

    async def get(self, task: CallId) -> CallTask | None: ...

    async def waiting(self, center: CenterId) -> Sequence[CallTask]:
        """Every open task of the center: whoever is in despair first, then by due date."""

    async def open_of(self, person: PersonId, report: ReportId | None) -> Sequence[CallTask]:
        """What is open for a person; with a report, only what concerns it or the person as such."""

    async def planned(self, reason: Reason, center: CenterId) -> frozenset[ReportId]:
        """The reports about which the center has, or had, a task for this reason."""

    async def counted(self, center: CenterId, since: datetime) -> Mapping[Reason, int]:
        """How many tasks were made at a center since then, for each reason."""

    async def close(self, task: CallId) -> None: ...
    async def close_about(self, appointment: AppointmentId, *reasons: Reason) -> None:
        """Nobody needs to call about an appointment any more: for these reasons, or for none at all."""

    async def hand_over(self, task: CallId, to: CenterId) -> None:
        """From now on another center calls."""

    async def postpone(self, task: CallId, until: datetime) -> None: ...


def why(reason: Reason, wished: Window | None) -> Say:
    """Why a call is due, and when the family would like it; for staff."""
    return Say("call-why", {"reason": Say(f"call-reason.{reason}"), "wished": str(wished or Window.ANY)})


def promised(center: Center, now: datetime, days: int = CALL_WITHIN, wished: Window | None = None) -> datetime:
    """By when somebody of the center will have called; on the last day within the wished window."""
    by = center.after(now, days)
    day = by.astimezone(KYIV).date()
    match wished:
        case Window.MORNING:
            return center.at(day, min(NOON, center.closes))
        case Window.AFTERNOON:
            return center.at(day, center.closes)
        case _:
            return by


def can_be_kept(promise: datetime, center: Center, zone: str, now: datetime) -> bool:
    """Can somebody of the center still call by the day that a family in the zone was told?"""
    clock = ZoneInfo(zone)
    return center.working(now).astimezone(clock).date() <= promise.astimezone(clock).date()


def said_anew(task: CallTask, center: Center, now: datetime, days: int = CALL_WITHIN) -> CallTask:
    """A call that is due already, as it is spoken of now: what was promised by a time that has passed is promised
    anew. In the queue it stays as late as it is."""
    return replace(task, due=promised(center, now, days)) if task.due < now else task


async def plan(
    reason: Reason,
    person: PersonId,
    work: Work,
    *,
    report: ReportId | None = None,
    appointment: Appointment | None = None,
    days: int = CALL_WITHIN,
    within: timedelta | None = None,
    before: datetime | None = None,
    wished: Window | None = None,
    note: str = "",
) -> CallTask:
    """Put a call into the queue of the one center whose it is: within so many of its working days, or as soon as
    `within` says while it is open, and `before` a moment if one is given. A call that is to be made for the same reason
    already stands, unless this one is needed sooner or there are new words. What comes back is due when it can be
    promised, though an older call may be late."""
    if appointment is not None:
        report = appointment.report
    center = await whose(person, work, report, appointment)
    due = promised(center, work.now, days, wished) if within is None else center.working(work.now + within)
    if before is not None:
        due = max(min(due, center.by(before)), work.now)
    if appointment is None and not note and wished is None:
        for task in await work.calls.open_of(person, report):
            if task.reason is reason and task.report == report and task.due <= due:
                return said_anew(task, center, work.now, days)
    visit = appointment.id if appointment else None
    id = await work.calls.add_task(
        reason,
        person=person,
        center=center.id,
        due=due,
        report=report,
        appointment=visit,
        wished=wished,
        note=note,
    )
    return CallTask(id, person, center.id, report, reason, due, note, None, visit, wished)


async def whose(
    person: PersonId, work: Work, report: ReportId | None = None, appointment: Appointment | None = None
) -> Center:
    """Where the appointment is; else that of the report, or of the person's last one; else the one that answers for
    their region; else where they are expected next; else the first of all."""
    if appointment is not None:
        return await work.centers.get(appointment.center)
    reports = [await work.reports.get(report)] if report is not None else await work.reports.of(person)
    if reports:
        return await work.centers.get(reports[-1].center)
    region = (await work.people.get(person)).profile.region
    ahead = await work.bookings.of(person, work.now) if region is None else ()
    return await work.centers.get(ahead[0].center) if ahead else await work.centers.answering_for(region)


async def phone_of(person: Person, work: Work) -> Phone | None:
    """Where to call: the number that we know; else one that the person has typed for something not sent yet."""
    return person.profile.phone or await work.people.typed_phone(person.id)


async def with_phone(person: Person, phone: Phone, work: Work) -> Person:
    """Where to call from now on. While a stranger may hold one of the person's chats, the number of before stands: it
    is the one on which somebody finds out who is who."""
    if await work.proposals.frozen(person.id):
        return person
    changed = replace(person, profile=replace(person.profile, phone=phone))
    await work.people.keep(changed)
    return changed


def by_typed_phone(person: Person, phone: Phone | None) -> tuple[Say, ...]:
    return (Say("call-typed-phone", {"phone": Private(phone)}),) if phone and person.profile.phone is None else ()


@dataclass(frozen=True, slots=True)
class HasPhone(Query[bool]):
    """Do we know where to call the acting person?"""

    example: ClassVar[bool] = True


async def has_phone(query: HasPhone, actor: Actor, work: Work) -> bool:
    return await phone_of(await work.people.get(actor.person), work) is not None


@dataclass(frozen=True, slots=True)
class TypedPhone(Query[Phone | None]):
    """A number that the acting person has typed for something not sent yet, so that it is not asked for twice."""

    example: ClassVar[Phone | None] = None


async def own_typed_phone(query: TypedPhone, actor: Actor, work: Work) -> Phone | None:
    return await work.people.typed_phone(actor.person)


@dataclass(frozen=True, slots=True)
class AskForCall:
    """The family asks to be called, in a part of the day, about what they say in their own words; `phone` is where to
    call, if that is new."""

    when: Window
    about: str
    phone: Phone | None = None


async def ask_for_call(command: AskForCall, actor: Actor, work: Work) -> Result:
    """Without any number a human reads what it is about; that nobody can call is said, and where to call."""
    person, note = await work.people.get(actor.person), command.about
    if command.phone is not None:
        person = await with_phone(person, command.phone, work)
        note = note if person.profile.phone == command.phone else f"{note}\n{command.phone}"
    task = await plan(Reason.ASKED, actor.person, work, wished=command.when, note=note)
    by = AtTime(task.due, person.profile.zone, "day")
    phone = await phone_of(person, work)
    if phone is None:
        return Result((Say("human-done-no-phone", {"by": by}),))
    return Result((Say("human-done", {"by": by, "when": str(command.when)}), *by_typed_phone(person, phone)))


COMMANDS: dict[type, Any] = {AskForCall: ask_for_call}
QUERIES: dict[type, Any] = {HasPhone: has_phone, TypedPhone: own_typed_phone}
