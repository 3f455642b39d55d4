"""What families wish for most often, known by their words: stems in a file for each wish, kept by people.

It is a guess that a press confirms: at the menu a short wish opens its script, at a question it is only offered there.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from casework.letters import Say
from casework.wordlist import WordList

BRIEF: Final = 12
"""Words; more of them are a story, of which a wish is only a part."""

POLITE: Final = 7
"""Words of thanks or of a greeting that are nothing else."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What leads where. `to` is the script, as a command without its slash; empty where a few words answer it, those of
    `wish-<name>`. `label` is on the button that goes there. `over` are the wishes whose words it takes along: whoever
    cancels an appointment names it, and a fraudster names what the money is for."""

    name: str
    to: str = ""
    label: str = ""
    over: tuple[str, ...] = ()

    @property
    def button(self) -> Say:
        return Say(self.label)


WISHES: Final = (
    Wish("fraud", "fraud", "menu.check", over=("news", "papers", "register", "steps", "phone", "human")),
    Wish("sighting", "sighted", "menu.sighted", over=("news", "human", "register", "papers")),
    Wish("under18", "under18", "settings.under18", over=("news", "human", "register")),
    Wish("told", "told", "report-what.told", over=("news", "papers", "register", "steps", "human")),
    Wish("looked", "looked", "report-what.looked", over=("news", "human")),
    Wish("travel", "book call", "book-center.call"),
    Wish("cancel", "visits", "menu.visits", over=("book", "visits")),
    Wish("move", "visits", "menu.visits", over=("book", "visits")),
    Wish("erase", "erase", "settings.erase"),
    Wish("pause", "pause", "settings.pause"),
    Wish("link", "link", "settings.link"),
    Wish("papers", "reports", "menu.reports"),
    Wish("news", "reports", "menu.reports"),
    Wish("visits", "visits", "menu.visits"),
    Wish("book", "book", "menu.book"),
    Wish("register", "register", "menu.register"),
    Wish("steps", "steps", "menu.steps"),
    Wish("address", "venue", "wish.venue"),
    Wish("language", "language", "settings.language"),
    Wish("settings", "settings", "menu.settings"),
    Wish("phone", "human", "menu.human"),
    Wish("human", "human", "menu.human"),
    Wish("thanks"),
    Wish("greeting"),
)
"""Where two are as likely, the first is meant."""

PASS_ON: Final = Wish("pass-on", "inbox", "wish.pass-on")
"""No wish of theirs: our offer to pass on to the center what they wrote."""

BY_NAME: Final = {wish.name: wish for wish in (*WISHES, PASS_ON)}


LOOKED_AT = 500
"""Characters of a text in which a wish is looked for: twenty lists are read for it, and whoever tells more tells a
story."""


def wished(text: str, *, spelt: bool = False) -> Wish | None:
    """The wish in these words: the one of which most is said. Thanks and greetings only where they say nothing else.
    `spelt`: without a slip of the finger, for where a surname or a village might be meant."""
    said = {wish.name: _said(text[:LOOKED_AT], wish.name, spelt) for wish in WISHES}
    meant = [wish for wish in WISHES if said[wish.name] and (wish.to or len(text.split()) <= POLITE)]
    along = {name for wish in meant for name in wish.over}
    asking = [wish for wish in meant if wish.to and wish.name not in along]
    return max(asking or meant, key=lambda wish: said[wish.name], default=None)


def is_brief(text: str) -> bool:
    return len(text.split()) <= BRIEF


def _said(text: str, name: str, spelt: bool) -> int:
    """How many letters of a text say so."""
    return max((sum(map(str.isalnum, found)) for found in _list(name, spelt).found(text)), default=0)


@cache
def _list(name: str, spelt: bool) -> WordList:
    return WordList(Path(__file__).with_name(f"{name}.txt"), slips=not spelt)
