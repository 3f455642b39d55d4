"""A relative's own reports, and the number by which one is named."""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from casework.cases.at_hand import AtHand
from casework.letters import AtTime, OnDay, Say, named, say
from casework.minors import SayAdult, SayUnder18
from casework.numbers import ReportNumber, make_number, parse_number
from casework.registering import MyReports, Report
from casework.reports import MyStanding, told
from casework.updates.reading import MyUpdates
from dialogs.ages import asked_age
from dialogs.questions import Choice, Option, Typed
from dialogs.routing import Redirect
from dialogs.script import answered, ask, look_up, say_all, tell

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class ReportByNumber(Typed[T]):
    """A report, by its number: typed, or one of the person's own as buttons; for staff, one of those at hand."""

    def answer_of(self, option: str) -> Any:
        return ReportNumber(option)


NUMBER = ReportByNumber[ReportNumber](
    name="number", type=ReportNumber, example=make_number(1234567), parser=parse_number
)
WHICH_REPORT = Choice(name="which-report", type=str, example="", gone="unclear-choice")
WHAT = Choice(
    name="report-what",
    type=str,
    example="details",
    among=tuple(Option(name, Say(f"report-what.{name}")) for name in ("details", "papers", "correct", "menu")),
)


async def numbered() -> ReportNumber:
    """The report that the script is about; nobody is made to write a number that we could show."""
    return await ask(replace(NUMBER, among=tuple(one_line(report) for report in await look_up(MyReports()))))


async def at_hand(question: ReportByNumber[T], *, papers: bool = False) -> T:
    """The report that a member of staff means: as typed, or pressed among those that they opened last or that wait."""
    if await answered(question):
        return await ask(question)
    near = await look_up(AtHand(papers))
    options = (Option(one.number.digits, say("number.one", who=named(one.name, str(one.number)))) for one in near)
    return await ask(replace(question, among=tuple(options)))


async def which_report() -> ReportNumber:
    """One of the person's own reports; not asked where there is only one."""
    reports = await look_up(MyReports())
    if len(reports) == 1:
        return reports[0].number
    chosen = await ask(WHICH_REPORT.of(*(one_line(report) for report in reports)))
    return ReportNumber(chosen)


def one_line(report: Report) -> Option:
    return Option(
        report.number.digits,
        Say("which-report.one", {"number": str(report.number), "name": report.claim.name.full}),
    )


async def reports() -> Redirect | SayAdult | SayUnder18:
    """My reports: what is kept of each, and what can be done with it."""
    age = await asked_age("reports")
    if age is not None:
        return age
    mine = await look_up(MyReports())
    if not mine:
        await tell("reports-none")
        return Redirect("menu")
    number = await which_report()
    report = next(one for one in mine if one.number == number)
    await tell(
        "reports-one",
        number=str(number),
        name=report.claim.name.full,
        on=AtTime(report.filed_at, style="day"),
        told="yes" if report.account else "no",
    )
    updates = [update for update in await look_up(MyUpdates()) if update.number == str(number)]
    known = max((one for one in updates if not one.withdrawn), key=lambda one: one.released_on, default=None)
    standing = await look_up(MyStanding(number))
    if standing.by_voice:
        await tell("standing-minor" if standing.minor else "standing-voice")
    elif known is not None:
        await tell("standing-known", level=Say(f"update-level.{known.level}"), on=OnDay(known.released_on))
    else:
        await tell("standing-unknown")
    await say_all(told(standing))
    what = WHAT.about(number)
    first = [name for name, offered in (("updates", updates), ("human", standing.late)) if offered]
    last = () if standing.by_voice else (Option("told", Say("report-what.told")),)
    last = (
        *last,
        *(
            Option(name, Say(f"report-what.{name}"))
            for name in ("looked", "often", *(("otherlead",) if standing.led else ()))
        ),
    )
    chosen = await ask(what.of(*(Option(name, Say(f"report-what.{name}")) for name in first), *WHAT.among, *last))
    return Redirect(chosen if chosen in ("menu", "human") else f"{chosen} {number}")
