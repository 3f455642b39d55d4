"""How a head sees what the work of the center takes in a week, and says how long one of an activity takes there."""

from datetime import timedelta

from casework.asked import Asked
from casework.contact.promising import HowPromised
from casework.letters import OnDay, Say
from casework.minutes import ACTIVITIES, MOST_MINUTES, ActivityWeek, MyCenterWeek, SetMinutes
from casework.queries import Today
from casework.values import Unclear
from dialogs.booking.questions import DayChoice, exact_day
from dialogs.questions import Choice, Option, Typed
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, tell


def of_one(text: str) -> int | Unclear:
    """Minutes: "25", "25 хв"."""
    said = text.strip().removesuffix("min").removesuffix("хв").strip()
    if not (said.isascii() and said.isdecimal() and len(said) < 5 and 1 <= int(said) <= MOST_MINUTES):
        return Unclear("unclear-minutes", {"most": MOST_MINUTES})
    return int(said)


def called(activity: str) -> Say:
    """How an activity is called."""
    return Say(f"minutes-activity.{activity}")


WHICH = Choice(
    name="minutes-which",
    type=str,
    example="menu",
    among=(Option("menu", Say("minutes-which.menu")), *(Option(str(one), called(one)) for one in ACTIVITIES)),
)
OF_ONE = Typed(name=Asked.MINUTES, type=int, example=25, parser=of_one)
SINCE = DayChoice(name=Asked.MINUTES_SINCE)


async def minutes() -> SetMinutes | Redirect:
    """Each activity that came in the last weeks, what all of it takes, and what the members have."""
    week, here = await look_up(MyCenterWeek()), await look_up(HowPromised())
    if week is None or here is None:
        return Redirect("menu")
    for one in week.activities:
        if one.many:
            await _told(one)
    promised = here.cost_now(here.promise).minutes if here.promise else 0
    total = week.others + promised
    fits = "yes" if total <= week.managed else "no"
    await tell("minutes-sum", others=week.others, promised=promised, total=total, managed=week.managed, fits=fits)
    which = await ask(WHICH)
    if which == "menu":
        return Redirect("menu")
    today = await look_up(Today())
    each = await ask(OF_ONE.about(which).told(activity=called(which)))
    since = await ask(SINCE.about(which).on(today, today, today + timedelta(days=1)))
    return SetMinutes(here.center, which, each, exact_day(since, today))


async def _told(one: ActivityWeek) -> None:
    set = one.set
    await tell(
        "minutes-line",
        activity=called(one.activity),
        many=one.many,
        minutes=one.minutes,
        weekly=one.weekly,
        own="yes" if set else "no",
        since=OnDay(set.since) if set else "",
    )
