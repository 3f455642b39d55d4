"""What a relative wishes of the contact: more than is promised, as far as the center manages; or that we do not write.

"Do not write to me" holds until they take it back: no message about the search goes to them by itself, and nobody is
asked to call. What was released to them they can open whenever they want. Of another relative it changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casework import calls
from casework.calls import Reason
from casework.contact.promise import Promise
from casework.contact.promising import Promising, promising
from casework.contact.record import ContactWish
from casework.ids import InquiryId, NoNewsId, ReportId, UpdateId
from casework.letters import say
from casework.numbers import ReportNumber
from casework.queries import Query
from casework.registering import own_or_staff
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.ids import PersonId
    from casework.registering import Report
    from casework.updates.values import UpdateCopy
    from casework.work import Work

CALL_WITHIN: Final = timedelta(hours=1)
"""Working time within which somebody calls about a release: such news does not wait for the next day."""


@dataclass(frozen=True, slots=True)
class MyWish(Query[ContactWish]):
    """What the acting person wished for one of their reports."""

    number: ReportNumber
    example: ClassVar[ContactWish] = ContactWish.USUAL


async def my_wish(query: MyWish, actor: Actor, work: Work) -> ContactWish:
    return await work.contacts.wish((await own_or_staff(query.number, actor, work)).id)


@dataclass(frozen=True, slots=True)
class WishContact:
    """From now on so, for one report of the acting person's."""

    number: ReportNumber
    wish: ContactWish


async def wish_contact(command: WishContact, actor: Actor, work: Work) -> Result:
    """More than is promised is granted while the center manages it; otherwise it is said what it can do."""
    report = await own_or_staff(command.number, actor, work)
    if command.wish is ContactWish.SOONER:
        here = await promising(report.center, work)
        if here.promise is None:
            return Result((say("wish-cannot-yet"),))
        own = here.promise.at((await work.updates.stages([report.case])).get(report.case))
        already = await work.contacts.wish(report.id) is ContactWish.SOONER
        if not already and not _managed(here, here.promise):
            return Result((say("wish-cannot", days=own.voice),))
        await _wish(report, command.wish, work)
        return Result((say("wish-done-sooner", days=own.sooner),))
    await _wish(report, command.wish, work)
    silence = command.wish is ContactWish.SILENCE
    return Result((say("wish-done-silence" if silence else "wish-done-usual"),), keeps=True)


OF_SEARCH: Final = frozenset({Reason.RELEASE, Reason.INQUIRY, Reason.CONTACT, Reason.VOICE})
"""Calls about the search that we begin: whoever asked for silence gets none."""


async def _wish(report: Report, wish: ContactWish, work: Work) -> None:
    """Whoever wants to hear nothing is not called either, though it is planned already. What was held while they did is
    told to them by voice now, and so is what only a human says."""
    before = await work.contacts.wish(report.id)
    await work.contacts.wish_anew(report.id, wish)
    if wish is ContactWish.SILENCE:
        own = {one.id for one in await work.reports.in_case(report.case) if one.person == report.person}
        for task in await work.calls.open_of(report.person, None):
            if task.report in own and task.reason in OF_SEARCH:
                await work.calls.close(task.id)
        return
    if before is ContactWish.SILENCE and await work.voices.of(report.id) is not None:
        await calls.plan(Reason.VOICE, report.person, work, report=report.id)
    for copy in await work.updates.held(report.person):
        if copy.report == report.id:
            await call_about_release(copy, work)


async def call_about_release(copy: UpdateCopy, work: Work) -> None:
    """Somebody calls the relative for whom it is held; not one who asked us for silence: it waits until they take that
    back, or until the head lets it go."""
    if await work.contacts.wish(copy.report) is not ContactWish.SILENCE:
        await calls.plan(Reason.RELEASE, copy.person, work, report=copy.report, within=CALL_WITHIN)


def _managed(here: Promising, promise: Promise) -> bool:
    """One more who is talked with sooner."""
    costs = here.cost_now(promise, wish=1)
    return here.fits(costs) and costs.a_day <= promise.limit


async def asks_silence(person: PersonId, reads: str, work: Work) -> bool:
    """Is a letter that names `reads` about the search, and goes to somebody who does not want to be written to?"""
    kind, _, id = reads.partition(":")
    report: ReportId | None = None
    if kind == "update":
        reading = await work.updates.reading(UpdateId(int(id)), person)
        report = reading.report if reading is not None else None
    elif kind == "no-news":
        word = await work.checks.get(NoNewsId(int(id)))
        report = word.report if word is not None else None
    elif kind == "inquiry":
        report = await work.inquiries.report_of(InquiryId(int(id)), person)
    elif kind == "kinship":
        report = ReportId(int(id))
    return report is not None and await work.contacts.wish(report) is ContactWish.SILENCE


COMMANDS: dict[type, Any] = {WishContact: wish_contact}
QUERIES: dict[type, Any] = {MyWish: my_wish}
