"""How a relative says that they are not 18 yet, and how staff mark it from papers or a talk."""

from dataclasses import replace
from datetime import date
from functools import partial

from casework.asked import Asked
from casework.letters import Private, Say
from casework.minors import HowOld, IsUnder18, LiftMinor, MarkMinor, SayUnder18, line
from casework.queries import Today
from casework.values import PartialDate, Unclear
from dialogs import answers as parse
from dialogs.ages import LONGEST_ADULT, greet, under_18
from dialogs.questions import Choice, Option, Question, Typed, YesNo
from dialogs.reports import NUMBER, at_hand
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, perhaps, say_all, tell

UNDER_18 = Choice(name="minor-sure", type=YesNo, example=YesNo.YES)


async def under18() -> SayUnder18 | Redirect:
    """At any moment."""
    if await look_up(IsUnder18()):
        await tell("minor-known")
        return Redirect("human")
    if await ask(UNDER_18) is YesNo.NO:
        return Redirect("")
    await greet()
    return await under_18()


MINOR_WHAT = Choice(name="minor-what", type=str, example="menu")
MINOR_BORN = Typed(
    name=Asked.MINOR_BORN,
    type=PartialDate,
    example=PartialDate(2012, 3),
    unknown=True,
    on_page=True,
    parser=lambda text: Unclear("unclear-day"),
)
TRUSTED = Typed(
    name="minor-trusted",
    type=str,
    example="—",
    unknown=True,
    on_page=True,
    parser=partial(parse.short_text, limit=LONGEST_ADULT),
)


def _born(today: date) -> Question[PartialDate]:
    return replace(MINOR_BORN, parser=lambda text: parse.birth_day(text, today))


async def minor() -> MarkMinor | LiftMinor | Redirect:
    """Staff: a relative is under 18, by when they are of age, whom of the adults they trust; or it is lifted."""
    number = await at_hand(NUMBER)
    shown = await look_up(HowOld(number))
    await tell("minor-of", number=str(number), relative=Private(shown.relative))
    if shown.minor is not None:
        await say_all(line(shown.minor))
    else:
        await tell("minor-means")
    ways = ("write", "lift", "menu") if shown.minor is not None else ("mark", "menu")
    chosen = await ask(MINOR_WHAT.about(number).of(*(Option(way, Say(f"minor-what.{way}")) for way in ways)))
    if chosen == "menu":
        return Redirect(f"opened {number}")
    if chosen == "lift":
        return LiftMinor(number)
    born = await perhaps(_born(await look_up(Today())).about(number))
    return MarkMinor(number, born, await perhaps(TRUSTED.about(number)) or "")
