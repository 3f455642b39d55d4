"""How relatives read what was released to them, and check what somebody else shows them."""

from casework.letters import OnDay, Say, say
from casework.minors import SayAdult, SayUnder18
from casework.updates.codes import grouped, read_code
from casework.updates.reading import CheckCode, MyUpdate, MyUpdates, ReadUpdate
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.ages import asked_age
from dialogs.questions import Choice, Option, Typed
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, tell
from dialogs.updates.questions import UPDATE


async def read() -> ReadUpdate | SayAdult | SayUnder18:
    """Behind the button of the neutral line."""
    update = await ask(UPDATE)
    return await asked_age(f"read {update}") or ReadUpdate(update)


MINE = Choice(name="updates", type=str, example="menu")
MOST_UPDATES = 10


async def updates() -> Redirect | SayAdult | SayUnder18:
    """What was released to me: a list, and one of it opened."""
    age = await asked_age("updates")
    if age is not None:
        return age
    mine = await look_up(MyUpdates())
    if not mine:
        await tell("updates-none")
        return Redirect("menu")
    lines = [Option(str(one.id), _line(one)) for one in mine[:MOST_UPDATES]]
    chosen = await ask(MINE.of(*lines, Option("menu", Say("updates.menu"))))
    return Redirect("menu" if chosen == "menu" else f"read {chosen}")


def _line(one: MyUpdate) -> Say:
    on = OnDay(one.released_on)
    if one.withdrawn:
        return say("updates.withdrawn", number=one.number, on=on)
    return say("updates.one", number=one.number, level=Say(f"update-level.{one.level}"), on=on)


def asked_code(text: str) -> str | Unclear:
    """A code however it is typed; what cannot be one is asked about all the same: it is not from us."""
    return read_code(text) or parse.short_text(text, 100)


class _Code(Typed[str]):
    def show(self, value: str) -> Say | str:
        return grouped(value)


CODE = _Code(name="check-code", type=str, example="A3C4K7MX", parser=asked_code, secret=True)


async def check() -> CheckCode:
    """Is this message from you? What is under the code is shown again."""
    return CheckCode(await ask(CODE))
