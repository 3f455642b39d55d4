"""Everything answered so far on one page."""

from dataclasses import dataclass
from typing import Any

from casework.letters import Say
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.questions.choices import pick
from dialogs.questions.question import Option, Question, Spellings, Took
from dialogs.said import Said, Text

SEND = "send"
CHANGE = "change"
REST = "rest"


@dataclass(frozen=True, kw_only=True)
class Review(Question[str]):
    """Everything answered so far on one page; any one answer can be changed without walking through the rest.

    The conversation fills in `of` with the questions passed, and `rest` with those of them that were left for later.
    Choosing one asks it alone: the script, played again, comes back here. `fixed` are those that cannot be changed,
    `change` is the message of the button that opens them.
    """

    type: Any = str
    example: str = SEND
    of: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    change: str = "common.change"

    @property
    def pressed(self) -> bool:
        return True

    def options(self, so_far: str | None) -> tuple[Option, ...]:
        if so_far == CHANGE:
            return tuple(Option(name, Say(f"{name.partition(':')[0]}.label")) for name in self.of)
        rest = (Option(REST, Say("common.rest", {"count": len(self.rest)})),) if self.rest else ()
        return (Option(SEND, Say(f"{self.message}.send")), *rest, Option(CHANGE, Say(self.change)))

    def read(self, said: Said, so_far: str | None, words: Spellings) -> Took[str] | Unclear:
        chosen = pick(self.options(so_far), said, words)
        if chosen is None and so_far is None and isinstance(said, Text):
            chosen = {True: SEND, False: CHANGE, None: None}[parse.yes_no(said.text)]
        if chosen is None:
            return Unclear("unclear-choice")
        return Took(chosen, done=chosen == SEND)
