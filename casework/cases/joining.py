"""Reports of the same person are joined by staff, and can be parted again. Relatives see nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from casework.letters import Say, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.refusal import Refusal
from casework.registering import Kinship, Report, for_staff
from casework.result import Result
from casework.staff.proposals import About, Act, Prepared
from casework.unreadable import certain
from casework.values import PartialDate

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class Side:
    """One of two reports: who is missing, when born, by whom, and how far that relative's kinship is shown."""

    number: ReportNumber
    name: str
    born: PartialDate | None
    relative: str
    kinship: Kinship
    state: str

    @property
    def changed(self) -> bool:
        """Was who is missing changed after the kinship had been verified? Then perhaps it is somebody else's name."""
        return self.state == "changed"


@dataclass(frozen=True, slots=True)
class TwoClaims:
    """Two reports side by side."""

    number: ReportNumber
    other: ReportNumber
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class SideBySide(Query[TwoClaims]):
    """Two reports of perhaps one person."""

    number: ReportNumber
    other: ReportNumber
    example: ClassVar[TwoClaims] = TwoClaims(
        make_number(1234567),
        make_number(1234568),
        (
            Side(
                make_number(1234567),
                "Петренко Іван",
                PartialDate(1990),
                "Петренко Марія",
                Kinship.MOTHER,
                "changed",
            ),
        ),
    )


async def side_by_side(query: SideBySide, actor: Actor, work: Work) -> TwoClaims:
    sides = []
    for number in (query.number, query.other):
        report = await for_staff(number, actor, work, "join")
        profile = (await work.people.get(report.person)).profile
        name = profile.name.full if profile.name else ""
        claim, state = report.claim, await work.kinships.state(report.id)
        sides.append(Side(number, claim.name.full, claim.born, name, claim.kinship, state))
    return TwoClaims(query.number, query.other, tuple(sides))


@dataclass(frozen=True, slots=True)
class Alike:
    """Numbers of reports that may be of the same person; `joined`: this one was joined to others and can be parted."""

    numbers: tuple[ReportNumber, ...] = ()
    joined: bool = False


@dataclass(frozen=True, slots=True)
class AlikeTo(Query[Alike]):
    """What a report's case may be joined with."""

    number: ReportNumber
    example: ClassVar[Alike] = Alike()


async def alike_to(query: AlikeTo, actor: Actor, work: Work) -> Alike:
    report = await for_staff(query.number, actor, work)
    own = tuple(one.id for one in await work.reports.in_case(report.case))
    pairs = await work.cases.likely(own)
    numbers = await work.reports.numbers([pair.other if pair.report in own else pair.report for pair in pairs])
    return Alike(tuple(numbers.values()), await work.cases.was_joined(report.id))


@dataclass(frozen=True, slots=True)
class Join:
    """The two reports are of one person. It decides who receives updates, so it takes two."""

    number: ReportNumber
    other: ReportNumber


async def prepare_join(command: Join, actor: Actor, work: Work) -> Prepared:
    first, _ = await _two_cases(command, actor, work)
    return Prepared(command, About(case=first.case, report=first.id))


async def show_join(command: Join, work: Work) -> tuple[Say, ...]:
    """Numbers only: whoever signs compares the two as they are shown side by side."""
    return (say("proposal-join", number=str(command.number), other=str(command.other)),)


async def join(command: Join, actor: Actor, work: Work) -> Result:
    first, second = await _two_cases(command, actor, work)
    await work.audit.acted(actor, "joined", case=first.case, report=second.id)
    await work.cases.join(second.case, first.case, actor.acting.id)
    return Result((say("join-done", number=str(command.number), other=str(command.other)),))


@dataclass(frozen=True, slots=True)
class KeepApart:
    """The two reports are of two persons. Nobody learns anything by it."""

    number: ReportNumber
    other: ReportNumber


async def keep_apart(command: KeepApart, actor: Actor, work: Work) -> Result:
    first, second = await _two_cases(command, actor, work)
    await work.audit.acted(actor, "kept-apart", case=first.case, report=second.id)
    await work.cases.apart(first.id, second.id)
    return Result((say("join-apart", number=str(command.number), other=str(command.other)),))


async def _two_cases(command: Join | KeepApart, actor: Actor, work: Work) -> tuple[Report, Report]:
    first = await for_staff(command.number, actor, work, "join")
    second = await for_staff(command.other, actor, work, "join")
    if first.case == second.case:
        raise Refusal("join-already", number=str(command.number), other=str(command.other))
    certain((first.claim, second.claim))
    return first, second


@dataclass(frozen=True, slots=True)
class Part:
    """A report goes back to the case that it came from. One person is enough: what was joined wrongly tells one family
    of another's person, and cannot wait."""

    number: ReportNumber


async def part(command: Part, actor: Actor, work: Work) -> Result:
    staff = actor.acting
    report = await for_staff(command.number, actor, work, "part")
    others = [other for other in await work.reports.in_case(report.case) if other.id != report.id]
    if not await work.cases.part(report.id, staff.id):
        raise Refusal("part-never-joined", number=str(command.number))
    await work.audit.acted(actor, "parted", case=report.case, report=report.id)
    for other in others:
        await work.cases.apart(report.id, other.id)
    return Result((Say("part-done", {"number": str(command.number)}),), then=f"case {command.number}")


ACTS = (Act("join", Join, prepare_join, show_join),)
COMMANDS: dict[type, Any] = {Join: join, KeepApart: keep_apart, Part: part}
QUERIES: dict[type, Any] = {SideBySide: side_by_side, AlikeTo: alike_to}
