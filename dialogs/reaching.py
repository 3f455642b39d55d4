"""Whom a relative names for "please call us", for when nothing that we write reaches them."""

from dataclasses import dataclass
from typing import Any

from casework.asked import Asked
from casework.letters import Private, Say, Wants
from casework.people import GoBetween
from casework.reaching import MyGoBetween, NameGoBetween
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.questions import Choice, Option, PhoneNumber, Spellings, Took, Typed
from dialogs.routing import Redirect
from dialogs.said import Said, SharedPhone
from dialogs.script import ask, look_up, tell

LONGEST_NAME = 60


def called(text: str) -> str | Unclear:
    """How somebody is called: a line with letters in it."""
    line = parse.short_text(text, LONGEST_NAME)
    return line if isinstance(line, Unclear) or any(map(str.isalpha, line)) else Unclear("unclear-text-words")


@dataclass(frozen=True, kw_only=True)
class _OthersPhone(PhoneNumber):
    """Somebody else's number: typed, or a contact that is sent."""

    wants: Wants | None = None

    def read(self, said: Said, so_far: Any, words: Spellings) -> Took[Any] | Unclear:
        if isinstance(said, SharedPhone):
            value = parse.international(said.phone)
            return value if isinstance(value, Unclear) else Took(value)
        return super().read(said, so_far, words)


GO_BETWEEN = Choice(name="gobetween", type=str, example="menu")
NAME = Typed(name="gobetween-name", type=str, example="Олена", parser=called)
PHONE = _OthersPhone(name=Asked.GO_BETWEEN_PHONE)


async def gobetween() -> NameGoBetween | Redirect:
    """Who is named now; somebody else, or nobody."""
    named = await look_up(MyGoBetween())
    if named is None:
        await tell("gobetween-none")
    else:
        await tell("gobetween-now", name=Private(named.name), phone=Private(named.phone))
    ways = ("name", "menu") if named is None else ("change", "remove", "menu")
    match await ask(GO_BETWEEN.of(*(Option(way, Say(f"gobetween.{way}")) for way in ways))):
        case "menu":
            return Redirect("")
        case "remove":
            return NameGoBetween(None)
        case _:
            name = await ask(NAME)
            return NameGoBetween(GoBetween(name, await ask(PHONE)))
