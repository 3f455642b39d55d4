"""How an update would come to each relative whom it reaches: both who sign see it before they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casework.actor import Channel
from casework.contact.record import ContactWish
from casework.ids import CaseId, PersonId
from casework.kinship import KinshipState
from casework.numbers import ReportNumber
from casework.queries import Query
from casework.registering import Kinship, Report, for_staff
from casework.unreadable import certain
from casework.updates.amending import recipients as received_first
from casework.updates.stages import Amends
from casework.updates.values import Level, UpdateCopy

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.ids import AddressId
    from casework.work import Work


class UpdateWay(StrEnum):
    """How one relative hears of an update."""

    WRITTEN = "written"  # a line in a chat, by SMS or by the gateway's call
    PAGE = "page"  # it stands on the page, which wakes nobody: a human calls, too
    NOWHERE = "nowhere"  # no channel takes anything: a human calls
    HELD = "held"  # news of a release: after a call that reached them
    VOICE = "voice"  # only a human speaks with them of the search
    SILENCE = "silence"  # they asked us not to write: they can open it themselves
    HELD_SILENCE = "held-silence"  # news of a release, and they asked us not to write: it waits
    UNSENT = "unsent"  # no line of what is withdrawn had come to them: nothing is taken back


@dataclass(frozen=True, slots=True)
class ReachedRelative:
    """One relative, by what they are to the missing person; `channel` is the one on which a line comes."""

    person: PersonId
    kinship: Kinship
    way: UpdateWay
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class UpdateReach:
    """Whom an update reaches, and how. Of one that corrects or withdraws another: how many `received` the first and
    `opened` it, for how many it is still held, and how many who received it may not read any more."""

    relatives: tuple[ReachedRelative, ...]
    received: int = 0
    opened: int = 0
    held: int = 0
    left_out: int = 0

    def by(self, *ways: UpdateWay) -> int:
        return sum(one.way in ways for one in self.relatives)


NOBODY: Final = UpdateReach(())

EXAMPLE_REACH: Final = UpdateReach(
    (
        ReachedRelative(PersonId(1), Kinship.MOTHER, UpdateWay.WRITTEN, Channel.TELEGRAM),
        ReachedRelative(PersonId(2), Kinship.WIFE, UpdateWay.PAGE),
    )
)


@dataclass(frozen=True, slots=True)
class HowReached(Query[UpdateReach]):
    """How an update of such a level, which may amend an earlier one, would come to the relatives of a case."""

    number: ReportNumber
    level: Level
    amends: Amends | None = None
    example: ClassVar[UpdateReach] = EXAMPLE_REACH


async def how_reached(query: HowReached, actor: Actor, work: Work) -> UpdateReach:
    report = await for_staff(query.number, actor, work, "update")
    return (await reach(query.level, query.amends, report.case, work))[1]


async def reach(
    level: Level, amends: Amends | None, case: CaseId, work: Work
) -> tuple[tuple[PersonId, ...], UpdateReach]:
    """Whom it would reach now, and how each of them."""
    first: Sequence[UpdateCopy] = ()
    if amends is None:
        recipients, left_out = tuple(await work.kinships.verified(case)), 0
    else:
        recipients, left_out = await received_first(amends, case, work)
        first = await work.updates.copies(amends.update)
    told = {copy.person for copy in first if not copy.held}
    tied = [one for one in await work.reports.in_case(case) if one.person in recipients]
    verified = {
        one.person: one
        for one in sorted(tied, key=lambda one: one.id, reverse=True)
        if await work.kinships.state(one.id) is KinshipState.VERIFIED
    }
    relatives = []
    for person in recipients:
        if person in verified:
            held = level is Level.RELEASED and person not in told
            relatives.append(await _reached(verified[person], held, amends, work))
    opened = sum(copy.opened_at is not None for copy in first)
    return recipients, UpdateReach(tuple(relatives), len(told), opened, len(first) - len(told), left_out)


async def _reached(report: Report, held: bool, amends: Amends | None, work: Work) -> ReachedRelative:
    person, kinship = report.person, certain(report.claim).kinship
    silent = await work.contacts.wish(report.id) is ContactWish.SILENCE
    place: AddressId | None = None
    if amends is not None:
        came = await work.outbox.came(f"update:{amends.update}", person)
        if came is None and amends.withdraws:
            return ReachedRelative(person, kinship, UpdateWay.UNSENT)
        place = came[0].address if came is not None else None
    if await work.voices.of(report.id) is not None:
        return ReachedRelative(person, kinship, UpdateWay.VOICE)
    if held:
        return ReachedRelative(person, kinship, UpdateWay.HELD_SILENCE if silent else UpdateWay.HELD)
    if silent:
        return ReachedRelative(person, kinship, UpdateWay.SILENCE)
    to = await work.people.reachable(person, place)
    if to is None:
        return ReachedRelative(person, kinship, UpdateWay.NOWHERE)
    if not to[1].calls_out:
        return ReachedRelative(person, kinship, UpdateWay.PAGE)
    return ReachedRelative(person, kinship, UpdateWay.WRITTEN, to[1])


QUERIES: dict[type, Any] = {HowReached: how_reached}
