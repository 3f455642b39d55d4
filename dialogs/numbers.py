"""Numbers that other bodies have given a family: a press says whose it is, then it is written; or both at once."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

from casework.account import KnownAs, Registry
from casework.letters import Say
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.answers.writing import plain
from dialogs.questions import DONE, Option, Question, Spellings, Took, pick
from dialogs.said import Press, Said, Text

LONGEST_ENTRY: Final = 60
MOST_ENTRIES: Final = 20
_BEGINNINGS: Final = {
    Registry.RECRUITMENT: ("тцк", "військкомат", "военкомат", "сповіщен"),
    Registry.INVESTIGATION: ("єрдр", "ердр", "кримінал", "уголовн", "слідч", "витяг"),
    Registry.NIB: ("ніб", "ниб", "nib", "національн"),
    Registry.HEADQUARTERS: ("кш", "штаб", "координац", "headquarters"),
    Registry.ICRC: ("червон", "красн", "мкчх", "мккк", "icrc", "red"),
}
"""How the words begin by which people say whose number it is."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers told so far; `of` is the body whose number is written next."""

    known: tuple[KnownAs, ...] = ()
    of: Registry | None = None


def _as_told(value: Any) -> Any:
    """Before numbers were told one by one, they were a line of words."""
    return {"known": [{"registry": Registry.OTHER, "number": value}]} if isinstance(value, str) else value


@dataclass(frozen=True, kw_only=True)
class KnownNumbers(Question[Numbers]):
    """Any number of numbers, each under its body; `before` were told earlier and stay."""

    type: Any = Annotated[Numbers, BeforeValidator(_as_told)]
    example: Numbers = Numbers((KnownAs(Registry.INVESTIGATION, "12024000000000001"),))
    before: tuple[KnownAs, ...] = ()

    @property
    def gathers(self) -> bool:
        return True

    def options(self, so_far: Numbers | None) -> tuple[Option, ...]:
        known = {one.registry for one in so_far.known} if so_far else set()
        bodies = (one for one in Registry if one is not Registry.OTHER)
        each = (
            Option(one, Say("common.marked" if one in known else "common.unmarked", {"what": self._body(one)}))
            for one in bodies
        )
        return (*each, Option(DONE, Say("common.done"))) if known else tuple(each)

    def _body(self, one: Registry) -> Say:
        return Say(f"{self.message}.{one}")

    def gathered(self, so_far: Numbers) -> Say | None:
        if so_far.of is not None:
            return Say("numbers-write", {"of": self._body(so_far.of)})
        return Say("numbers-more", {"count": len(so_far.known)}) if so_far.known else None

    def read(self, said: Said, so_far: Numbers | None, words: Spellings) -> Took[Numbers] | Unclear:
        now = so_far or Numbers()
        match said:
            case Text(text) if any(map(str.isdecimal, text)) and not (text.isdecimal() and len(text) == 1):
                return self._written(text, now)
            case Press() | Text():
                plainly = (*(Option(one, self._body(one)) for one in Registry if one is not Registry.OTHER), *self.done)
                chosen = pick(plainly, said, words)
                if chosen == DONE and now.known:
                    return Took(replace(now, of=None))
                if chosen is None or chosen == DONE:
                    return Unclear("unclear-numbers")
                return Took(replace(now, of=Registry(chosen)), done=False)
            case _:
                return Unclear("unclear-text-wanted")

    @property
    def done(self) -> tuple[Option, ...]:
        return (Option(DONE, Say("common.done")),)

    def _written(self, text: str, now: Numbers) -> Took[Numbers] | Unclear:
        """One number of the body that was chosen, or several in a line, each with its body's name."""
        found = []
        for part in re.split(r"[,;\n]+", text):
            number = parse.short_text(part, LONGEST_ENTRY)
            if isinstance(number, Unclear):
                return number
            found.append(KnownAs(now.of or _whose(number), number))
        if len(now.known) + len(found) > MOST_ENTRIES:
            return Unclear("unclear-numbers-enough", {"most": MOST_ENTRIES})
        return Took(Numbers((*now.known, *found)), done=False)

    def show(self, value: Numbers) -> Say | str:
        return ", ".join(one.number for one in (*self.before, *value.known))


def _whose(number: str) -> Registry:
    said: Collection[str] = plain(number).split()
    for registry, beginnings in _BEGINNINGS.items():
        if any(word.startswith(beginnings) for word in said):
            return registry
    return Registry.OTHER
