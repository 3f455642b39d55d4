"""The menu: what one can do here."""

from casework.letters import Say
from casework.people import Me
from casework.registering import MyReports
from casework.staff import Acting
from dialogs.going import Drafts, Go
from dialogs.questions import Choice, Option
from dialogs.script import ask, look_up

MENU = Choice(name="menu", type=str, example="report")
STAFF_MENU = Choice(name="staff-menu", type=str, example="queue")


async def menu() -> Go:
    """For families what families need; staff have their commands instead."""
    role = await look_up(Acting())
    if role is not None:
        return Go(await ask(STAFF_MENU.of(*(Option(name, Say(f"staff-menu.{name}")) for name in role.commands))))
    person = await look_up(Me())
    drafts = await look_up(Drafts())
    reports = await look_up(MyReports())
    offered = [
        *(Option(f"{name}", Say("menu.go-on", {"what": Say(f"script.{name}")})) for name in dict.fromkeys(drafts)),
        *(_option(name) for name in ("register", "reports", "book", "steps", "human", "settings")),
    ]
    if person.erase_at is not None:
        offered.insert(0, _option("keep"))
    if not reports:
        offered = [option for option in offered if option.id != "reports"]
    chosen = {option.id: option for option in reversed(offered)}
    return Go(await ask(MENU.of(*(option for option in offered if chosen[option.id] is option))))


def _option(name: str) -> Option:
    return Option(name, Say(f"menu.{name}"))
