"""The menu: what one can do here."""

from dataclasses import dataclass

from casework.actor import Role
from casework.booking.families import MyVisits
from casework.inbox import Waits
from casework.letters import Say
from casework.offers import MyWaiting
from casework.people import Me
from casework.registering import MyReports
from casework.staff import Acting, commands_of
from casework.updates.codes import read_code
from casework.values import Unclear
from dialogs.cases import Finds
from dialogs.questions import Choice, Option, Spellings, Took
from dialogs.routing import Drafts, Redirect, Serving
from dialogs.said import Said, Text
from dialogs.script import ask, look_up


@dataclass(frozen=True, kw_only=True)
class _Menu(Choice[str]):
    """What is offered; a check code may be sent just so, as it was copied from under a message."""

    def read(self, said: Said, so_far: str | None, words: Spellings) -> Took[str] | Unclear:
        code = read_code(said.text) if isinstance(said, Text) else None
        return super().read(said, so_far, words) if code is None else Took(f"check {code}")

    def refused(self, value: str) -> Unclear | None:
        return None if value.startswith("check ") else super().refused(value)


MENU = _Menu(name="menu", type=str, example="report")
FAMILY = ("menu", "register", "book", "reports", "steps", "write", "human", "settings")
STAFF_MENU = Finds(name="staff-menu", type=str, example="queue")


def commands(role: Role | None) -> tuple[tuple[str, Say], ...]:
    """The commands that a messenger lists, each with what it does: those of a role, or of whoever has none."""
    if role is None:
        return tuple((name, Say(f"command.{name}")) for name in FAMILY)
    return (("menu", Say("command.menu")), *((name, Say(f"staff-menu.{name}")) for name in commands_of(role)))


async def menu() -> Redirect:
    """For families what families need; staff have their commands instead."""
    role = await look_up(Acting())
    if role is not None:
        served = ("visitor",) if await look_up(Serving()) else ()
        ways = (Option(name, Say(f"staff-menu.{name}")) for name in (*served, *role.commands))
        return Redirect(await ask(STAFF_MENU.of(*ways)))
    person = await look_up(Me())
    drafts = await look_up(Drafts())
    reports = await look_up(MyReports())
    visits = await look_up(MyVisits())
    offered = [
        *(Option(f"{name}", Say("menu.go-on", {"what": Say(f"script.{name}")})) for name in dict.fromkeys(drafts)),
        *(_option(name) for name in ("register", "reports", "visits", "book", "steps", "write", "human", "settings")),
    ]
    if person.erase_at is not None:
        offered.insert(0, _option("keep"))
    if waits := await look_up(Waits()):
        offered.insert(0, Option("inbox", Say("menu.inbox", {"count": waits})))
    if reports:
        offered.insert(-1, _option("sighted"))
        offered.insert(-1, _option("check"))
    else:
        offered = [option for option in offered if option.id != "reports"]
    if not visits and not await look_up(MyWaiting()):
        offered = [option for option in offered if option.id != "visits"]
    chosen = {option.id: option for option in reversed(offered)}
    return Redirect(await ask(MENU.of(*(option for option in offered if chosen[option.id] is option))))


def _option(name: str) -> Option:
    return Option(name, Say(f"menu.{name}"))
