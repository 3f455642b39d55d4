"""A released update in a relative's hands: read, read again, checked by its code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from casework import human_voice
from casework.attempts import Guess
from casework.centers import Center, answering
from casework.contact.record import Contact, ContactKind
from casework.ids import PersonId, UpdateId
from casework.letters import AtTime, OnDay, Say, Screen, say
from casework.numbers import make_number, parse_number
from casework.pushes import in_place
from casework.queries import Query
from casework.refusal import Refusal
from casework.releasing import goes_at
from casework.result import Result
from casework.staff.access import listed
from casework.staff.relations import Facts
from casework.updates.codes import grouped
from casework.updates.values import Level, Statement, UpdateCopy, UpdateState
from casework.values import Unclear

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class MyUpdate:
    """A line of the relative's list; `withdrawn`: it takes an earlier one back, and says nothing of a level."""

    id: UpdateId
    number: str
    level: Level
    released_on: date
    opened: bool
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class MyUpdates(Query[tuple[MyUpdate, ...]]):
    """What was released to the acting person and may be read by now, the newest first."""

    example: ClassVar[tuple[MyUpdate, ...]] = (
        MyUpdate(UpdateId(1), str(make_number(1234567)), Level.NIB, date(2026, 11, 23), opened=False),
    )


async def my_updates(query: MyUpdates, actor: Actor, work: Work) -> tuple[MyUpdate, ...]:
    found = []
    zone = ZoneInfo((await work.people.get(actor.person)).profile.zone)
    for reading in await work.updates.readings(actor.person):
        if await human_voice.instead_of(actor.person, f"update:{reading.update}", work) is not None:
            continue
        verified = frozenset(await work.kinships.verified(await work.updates.current_case(reading.update)))
        if listed("MyUpdates", Facts.of(actor, work.now, verified=verified)):
            statement = await _statement(reading, work)
            number = await _number(reading, work)
            opened = reading.opened_at is not None
            day = reading.readable_from.astimezone(zone).date()
            found.append(MyUpdate(reading.update, number, statement.level, day, opened, statement.withdraws))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ReadUpdate:
    """The relative opens an update."""

    update: UpdateId


async def read(command: ReadUpdate, actor: Actor, work: Work) -> Result:
    instead = await human_voice.held(command.update, actor.person, work)
    if instead is not None:
        return Result((instead,), keeps=True)
    copy = await work.updates.opened(command.update, actor.person)
    if copy is not None:
        await _heard(command.update, copy, actor.person, work)
    return await _opening(f"update:{command.update}", actor, work)


async def _heard(id: UpdateId, copy: int, person: PersonId, work: Work) -> None:
    """Opened for the first time: the relative and the center were in contact."""
    update, reading = await work.updates.get(id), await work.updates.reading(id, person)
    if update is None or reading is None:
        return
    amends = update.statement.amends
    if amends is None or not amends.withdraws:  # what takes back a word is none
        await work.contacts.add(Contact(person, reading.report, ContactKind.UPDATE, work.now, update.author), copy)


async def _opening(opens: str, actor: Actor, work: Work, *says: Say) -> Result:
    """What is opened after `says`, in the chat or only on the page, as the person chose."""
    screen = await in_place(Screen(says, opens=opens), actor, work)
    return Result(screen.says, keeps=True, opens=screen.opens)


async def told(person: PersonId, update: int, language: str, work: Work) -> tuple[Say, ...]:
    """All that is told of an update, fetched when it is sent: the letter names it only."""
    reading = await work.updates.reading(UpdateId(update), person)
    if reading is None:
        return (say("update-not-available"),)
    return await _told(reading, language, work)


async def _told(reading: UpdateCopy, language: str, work: Work) -> tuple[Say, ...]:
    statement = await _statement(reading, work)
    amends = statement.amends
    text, written_in = statement.told_in(language)
    source = statement.source
    zone = (await work.people.get(reading.person)).profile.zone
    says = [
        say("update-head", number=await _number(reading, work), at=AtTime(reading.readable_from, zone)),
    ]
    if amends is not None:
        before = await work.updates.get(amends.update)
        at = AtTime(goes_at(before) if before is not None else reading.readable_from, zone, "day")
        says.append(say(f"update-{amends.how}", at=at))
        if amends.withdraws:
            return (*says, say("update-code", code=grouped(reading.code)))
    says.append(say(f"update-means-{statement.level}"))
    if written_in != language:
        says.append(say("update-only-in-ukrainian"))
    if statement.subject is not None:
        says.append(say("update-about", subject=Say(f"update-subject.{statement.subject}")))
    if (change := statement.stage) is not None:
        as_what = {"capacity": str(change.capacity)} if change.capacity is not None else {}
        says.append(Say(f"update-stands-{change.stage}", as_what))
    says.append(say("update-told", text=text))
    says.append(
        say(
            "update-from",
            body=Say(f"update-source.{source.body}"),
            manner=Say(f"update-manner.{source.manner}"),
            on=OnDay(source.on),
        )
    )
    says.append(say("update-code", code=grouped(reading.code)))
    return tuple(says)


async def _statement(reading: UpdateCopy, work: Work) -> Statement:
    update = await work.updates.get(reading.update)
    if update is None:
        raise LookupError(f"update {reading.update} was released and is gone; releases are never deleted")
    return update.statement


async def _number(reading: UpdateCopy, work: Work) -> str:
    """The relative's own number of the report, whatever case it is joined to."""
    return str((await work.reports.get(reading.report)).number)


async def is_theirs(person: PersonId, update: int, work: Work) -> bool:
    """Was it released to somebody who may still read it, though perhaps not before its five minutes are over? What is
    held for them has its own call."""
    copy = await work.updates.copy(UpdateId(update), person)
    if copy is None or copy.held:
        return False
    return person in await work.kinships.verified(await work.updates.current_case(copy.update))


@dataclass(frozen=True, slots=True)
class CheckCode:
    """Is it from us, and what did we truly write? Anybody may ask."""

    code: str


async def check(command: CheckCode, actor: Actor, work: Work) -> Result:
    """The code is looked for among this person's only, so a stranger's answers as one that nobody has: in the same
    words, after the same look-up."""
    person = await work.people.get(actor.person)
    center = await work.centers.answering_for(person.profile.region)
    police = next(line.phone for line in await work.centers.lines() if line.name == "police")
    if not await work.attempts.may(person.id, Guess.CODE):
        raise Refusal("check-too-often", police=police)
    reading = await work.updates.by_code(person.id, command.code)
    if reading is None and (found := await _made_of_others(command.code, actor, work)) is not None:
        return found
    if reading is None and (known := await _own_number(command.code, actor, work)) is not None:
        return Result((known,), keeps=True)
    if reading is None:
        says = say("check-not-ours"), say("check-what-to-do", police=police), *await reach(center, work)
        return Result(says, keeps=True)
    zone = person.profile.zone
    at = AtTime(reading.readable_from, zone)
    update = await work.updates.get(reading.update)
    if update is not None and update.state is UpdateState.REPLACED:
        return Result((say("check-amended", at=at),), keeps=True, then="updates")
    return await _opening(f"update:{reading.update}", actor, work, say("check-ours", at=at))


async def _made_of_others(code: str, actor: Actor, work: Work) -> Result | None:
    """The same of what has no text of its own: that nothing is new, and whom we asked. None where the code is of none
    of them."""
    zone = (await work.people.get(actor.person)).profile.zone
    word, inquiry = await work.checks.by_code(actor.person, code), None
    if word is not None:
        opens, sent = f"no-news:{word.id}", word.sent_at
    elif (inquiry := await work.inquiries.by_code(actor.person, code)) is not None and inquiry.sent_at is not None:
        opens, sent = f"inquiry:{inquiry.id}", inquiry.sent_at
    else:
        return None
    instead = await human_voice.instead(actor.person, opens, work)
    if instead is not None:
        return Result((say("check-by-voice", at=AtTime(sent, zone)), instead), keeps=True)
    return await _opening(opens, actor, work, say("check-ours", at=AtTime(sent, zone)))


async def _own_number(code: str, actor: Actor, work: Work) -> Say | None:
    """What a number of the person's own is, where it was taken for a code; None for everything else."""
    number = parse_number(code)
    if isinstance(number, Unclear):
        return None
    if any(report.number == number for report in await work.reports.of(actor.person)):
        return say("check-own-report", number=str(number))
    appointment = await work.bookings.by_number(number)
    if appointment is not None and appointment.person == actor.person:
        return say("check-own-visit", number=str(number))
    return None


async def reach(center: Center, work: Work) -> tuple[Say, ...]:
    """How to call the center, as `dialogs/calls.py` says it; where it has no phone, who answers instead."""
    city, opens, closes = Say(f"center-{center.id}"), f"{center.opens:%H:%M}", f"{center.closes:%H:%M}"
    if center.phone is None:
        instead = say("line-headquarters", phone=await answering(center, work))
        return say("human-center-no-phone", city=city, opens=opens, closes=closes), instead
    return (say("human-center", city=city, phone=center.phone, opens=opens, closes=closes),)


COMMANDS: dict[type, Any] = {ReadUpdate: read, CheckCode: check}
QUERIES: dict[type, Any] = {MyUpdates: my_updates}
