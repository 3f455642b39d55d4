"""How a relative asks who looked at the case."""

from functools import reduce

from casework.letters import OnDay, Say, say
from casework.registering import MyReports
from casework.who_looked import LookedIn, WhoLooked
from dialogs.questions import Choice, Option
from dialogs.reports import NUMBER, which_report
from dialogs.routing import Redirect
from dialogs.script import answered, ask, look_up, tell

NEXT = Choice(
    name="looked-next",
    type=str,
    example="menu",
    among=tuple(Option(name, Say(f"looked-next.{name}")) for name in ("human", "menu")),
)


async def looked() -> Redirect:
    """The roles that looked, month by month; whatever is told or held back, the same is asked after it."""
    if not await look_up(MyReports()):
        await tell("reports-none")
        return Redirect("menu")
    number = await ask(NUMBER) if await answered(NUMBER) else await which_report()
    months = await look_up(WhoLooked(number))
    if months is None:
        await tell("looked-held")
    elif not months:
        await tell("looked-none")
    else:
        await tell("looked-begin", number=str(number))
        for one in months:
            await tell("looked-month", month=OnDay(one.month, "month"), who=_who(one))
        await tell("looked-how")
    return Redirect(await ask(NEXT.about(number)))


def _who(one: LookedIn) -> Say:
    roles = [Say(f"role.{role}") for role in one.roles]
    return reduce(lambda said, also: say("looked-also", said=said, also=also), roles)
