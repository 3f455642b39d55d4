"""The questions of booking: a center, a slot among many, a day, an appointment's number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from casework.asked import Asked
from casework.booking.appointments import EXAMPLE, Appointment, Means
from casework.booking.finding import CALL
from casework.booking.slots import AHEAD
from casework.booking.wording import lives_by_another_clock
from casework.centers import KYIV
from casework.ids import StructureId
from casework.letters import AtTime, OnDay, Say, named, say
from casework.numbers import ReportNumber, parse_number
from casework.quiet_hours import is_quiet
from casework.values import PartialDate, Unclear
from dialogs import answers as parse
from dialogs.questions import Answer, Choice, Option, Question, Spellings, Took, YesNo, pick
from dialogs.said import Press, Said, Text

A_SCREEN = 6
"""Slots shown at once."""

A_SCREEN_OF_DAYS = 14
NIGHT = 2
"""The unfinished answer of somebody who asks for the times at which it is night where they live."""

EARLIER = 1
"""The answer of somebody whom none of the times suits: tell me of an earlier one."""

DAYS = 0
"""The unfinished answer of somebody who chooses the day first: no slot is that old."""

OTHER = "other"
NONE = "none"


@dataclass(frozen=True, kw_only=True)
class CenterChoice(Choice[str]):
    """A center, a call, or another city. A link or a command may name any center that there is (`known`)."""

    known: tuple[str, ...] = ()

    def among_centers(self, known: Collection[str], *options: Option) -> Self:
        return replace(self, known=tuple(known), among=options)

    def read(self, said: Said, so_far: str | None, words: Spellings) -> Took[str] | Unclear:
        if not self.among:  # typed after the command, or in a link: what there is, is looked up later
            return Took(said.text.lower()) if isinstance(said, Text) else Unclear("unclear-choice")
        every = (*self.among, *(_center(name) for name in self.known if name not in {o.id for o in self.among}))
        chosen = pick(self.among, said, words) or pick(every, said, words)
        return Took(chosen) if chosen else Unclear("unclear-choice")

    def refused(self, value: str) -> Unclear | None:
        return None if value in (*self.known, CALL, OTHER) else Unclear(self.gone)

    def show(self, value: str) -> Say | str:
        return Say(f"book-center.{value}") if value in (CALL, OTHER) else Say(f"center-{value}")


def _center(name: str) -> Option:
    return Option(name, Say(f"center-{name}"))


CENTER = CenterChoice(name="book-center", type=str, example="lviv", linkable=True)
CITY = Choice(name="book-city", type=str, example="lviv")
MEANS = Choice(
    name="book-means",
    type=Means,
    example=Means.PHONE,
    among=tuple(Option(means, Say(f"book-means.{means}")) for means in (Means.PHONE, Means.VIDEO)),
)
STRUCTURE = Choice(
    name="book-structure",
    type=StructureId,
    example=StructureId("lawyer"),
    gone="unclear-specialist-gone",
)
REPORT = Choice(name="book-report", type=str, example=NONE)
NOBODY = Choice(name="book-nobody", type=str, example="human")
CANCEL = Choice(name="visit-cancel", type=YesNo, example=YesNo.NO)
MOVE = Choice(name="move-sure", type=YesNo, example=YesNo.YES)


@dataclass(frozen=True, kw_only=True)
class SlotChoice(Choice[Any]):
    """One of many free times, six on a screen. An unfinished answer is the second from which the screen begins.

    `zone` is where the person lives: its time stands beside Kyiv's where they differ. Typed after a command a slot is
    its second since 1970; whether it is free is seen when the script is played. `soonest` is from when on times are
    offered: one before it has gone by, and was not taken by anybody.
    """

    type: Any = datetime | int
    example: Any = datetime(2026, 11, 25, 8, tzinfo=UTC)
    free: tuple[datetime, ...] = ()
    zone: str = "Europe/Kyiv"
    gone: str = "unclear-slot-gone"
    soonest: datetime | None = None

    def at(self, free: tuple[datetime, ...], zone: str, now: datetime) -> Self:
        return replace(self, free=free, zone=zone, soonest=now + AHEAD)

    def options(self, so_far: Any) -> tuple[Option, ...]:
        first = 0
        if so_far == DAYS:
            return tuple(Option(f"day{int(at.timestamp())}", self._day(at)) for at in self._days())
        night = self._at_night()
        if so_far == NIGHT:
            return tuple(Option(str(int(at.timestamp())), self.show(at)) for at in [*night][:A_SCREEN_OF_DAYS])
        free = [at for at in self.free if at not in night] or self.free
        if isinstance(so_far, int):
            first = next((i for i, at in enumerate(free) if at.timestamp() >= so_far), 0)
        shown = free[first : first + A_SCREEN]
        turns = []
        if first + A_SCREEN < len(free):
            turns.append(("later", free[first + A_SCREEN]))
        week = next((at for at in free if shown and at >= shown[-1] + timedelta(days=6)), None)
        if week is not None:
            turns.append(("week", week))
        if len(self._days()) > 2:
            turns.append(("days", datetime.fromtimestamp(DAYS, UTC)))
        if first > 0:
            turns.append(("earlier", free[max(first - A_SCREEN, 0)]))
        if night and len(night) < len(self.free):
            turns.append(("night", datetime.fromtimestamp(NIGHT, UTC)))
        return (
            *(Option(str(int(at.timestamp())), self.show(at)) for at in shown),
            *(Option(f"{turn}{int(at.timestamp())}", Say(f"book-slot.{turn}")) for turn, at in turns),
            Option("wait", Say("book-slot.wait")),
        )

    def _at_night(self) -> dict[datetime, None]:
        """The free times at which it is night where the person lives, in their order: offered last, and only to who
        asks."""
        zone = ZoneInfo(self.zone)
        return dict.fromkeys(at for at in self.free if is_quiet(at, zone))

    def _days(self) -> list[datetime]:
        """The first free time of each day in Kyiv, as many as a screen of buttons holds."""
        days: dict[date, datetime] = {}
        for at in self.free:
            days.setdefault(at.astimezone(KYIV).date(), at)
        return list(days.values())[:A_SCREEN_OF_DAYS]

    def _day(self, at: datetime) -> Say:
        return Say("book-slot.day", {"day": AtTime(at, style="day")})

    def read(self, said: Said, so_far: Any, words: Spellings) -> Took[Any] | Unclear:
        chosen = pick(self.options(so_far), said, words)
        if chosen is None and isinstance(said, Text) and said.text.isdecimal() and 9 <= len(said.text) <= 11:
            chosen = said.text
        if chosen is None:
            return self._wished(said.text) if isinstance(said, Text) else Unclear("unclear-choice")
        if chosen == "wait":
            return Took(EARLIER)
        second = int("".join(filter(str.isdecimal, chosen)))
        if not chosen.isdecimal():
            return Took(second, done=False)
        return Took(datetime.fromtimestamp(second, UTC))

    def _wished(self, text: str) -> Took[Any] | Unclear:
        """A time in words, by Kyiv's clock or the family's own; of several the screen begins with the first."""
        if self.soonest is None:
            return Unclear("unclear-choice")
        now = self.soonest - AHEAD
        read = [parse.times_wished(text, self.free, now, zone) for zone in dict.fromkeys((KYIV.key, self.zone))]
        found = sorted({at for times in read for at in times or ()})
        if len(found) == 1:
            return Took(found[0])
        if found:
            return Took(int(found[0].timestamp()), done=False)
        return Unclear("unclear-choice" if all(times is None for times in read) else "unclear-slot-none")

    def recall(self, answer: Answer) -> Any:
        if answer.done and isinstance(answer.value, int) and answer.value != EARLIER:
            return Unclear("unclear-asked-again")
        return super().recall(answer)

    def refused(self, value: Any) -> Unclear | None:
        if isinstance(value, int) or value in self.free:
            return None
        return Unclear("unclear-slot-passed" if self.soonest and value < self.soonest else self.gone)

    def show(self, value: datetime | int) -> Say:
        if isinstance(value, int):
            return Say("book-slot.wait")
        at = AtTime(value, style="slot")
        if lives_by_another_clock(value, self.zone):
            return Say("book-slot.both", {"at": at, "own": AtTime(value, self.zone, "slot")})
        return Say("book-slot.one", {"at": at})

    def rehearsed(self) -> Answer:
        return self.remember(Took(self.free[0] if self.free else self.example), "", self.example)


SLOT = SlotChoice(name=Asked.BOOK_SLOT)
MOVE_TO = SlotChoice(name="move-slot")


@dataclass(frozen=True, kw_only=True)
class VisitNumber(Question[ReportNumber]):
    """An appointment, by its number: typed, or one of those offered."""

    type: Any = ReportNumber
    example: ReportNumber = EXAMPLE.number
    among: tuple[Option, ...] = ()

    def of(self, *options: Option) -> Self:
        return replace(self, among=options)

    def options(self, so_far: ReportNumber | None) -> tuple[Option, ...]:
        return self.among

    def read(self, said: Said, so_far: ReportNumber | None, words: Spellings) -> Took[ReportNumber] | Unclear:
        chosen = pick(self.among, said, words) if self.among else None
        if chosen is None and isinstance(said, Press | Text):
            chosen = said.text if isinstance(said, Text) else said.option
        number = parse_number(chosen or "")
        return Unclear("unclear-visit-number") if isinstance(number, Unclear) else Took(number)


NUMBER = VisitNumber(name="visit-number")


def one_visitor(visit: Appointment, name: str) -> Option:
    """As the center names it: with whoever comes, on the page."""
    at = AtTime(visit.starts_at, style="time")
    return Option(visit.number.digits, say("visit-number.whose", at=at, who=named(name, str(visit.number))))


def one_visit(visit: Appointment) -> Option:
    at = AtTime(visit.starts_at, style="slot")
    return Option(visit.number.digits, Say("visit-number.one", {"number": str(visit.number), "at": at}))


@dataclass(frozen=True, kw_only=True)
class DayChoice(Question[str]):
    """A day of work: a button, or typed ("завтра", "25.11"). Kept as ISO; what is typed after a command, as typed."""

    type: Any = str
    example: str = "2026-11-25"
    offered: tuple[date, ...] = ()
    today: date | None = None

    def on(self, today: date, *offered: date) -> Self:
        return replace(self, today=today, offered=offered)

    def options(self, so_far: str | None) -> tuple[Option, ...]:
        return tuple(Option(str(day), Say("work-day", {"day": OnDay(day)})) for day in self.offered)

    def read(self, said: Said, so_far: str | None, words: Spellings) -> Took[str] | Unclear:
        chosen = pick(self.options(so_far), said, words) if self.offered else None
        if chosen is not None:
            return Took(chosen)
        if not isinstance(said, Text):
            return Unclear("unclear-text-wanted")
        if self.today is None:
            return Took(said.text[:40])
        day = work_day(said.text, self.today)
        return day if isinstance(day, Unclear) else Took(str(day))

    def refused(self, value: str) -> Unclear | None:
        if self.today is None:
            return None
        day = work_day(value, self.today)
        return day if isinstance(day, Unclear) else None

    def show(self, value: str) -> Say | str:
        return Say("work-day", {"day": OnDay(date.fromisoformat(value))})


def work_day(text: str, today: date) -> date | Unclear:
    """A day within a year from today, past or to come; without a year it is the nearest one."""
    limits: dict[str, Any] = {"earliest": today - timedelta(days=365), "latest": today + timedelta(days=365)}
    found = parse.day(text, today, **limits)
    if isinstance(found, Unclear) and found.reason == "unclear-day-year":
        dated = [parse.day(f"{text} {today.year + more}", today, **limits) for more in (0, 1)]
        known = [day for day in dated if isinstance(day, PartialDate)]
        found = min(known, key=lambda day: abs(day.first - today), default=found)
    if isinstance(found, Unclear):
        return found
    return found.first if found.day is not None else Unclear("unclear-day")


def exact_day(answer: str, today: date) -> date:
    """The day of a `DayChoice`'s answer."""
    found = work_day(answer, today)
    return today if isinstance(found, Unclear) else found


DAY = DayChoice(name="day", assumed="today")
ABSENT_FROM = DayChoice(name="absent-from")
ABSENT_TO = DayChoice(name="absent-to")
