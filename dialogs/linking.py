"""How a second chat or browser is joined: a code shown here, typed there, confirmed here."""

from dataclasses import dataclass

from casework.letters import Say
from casework.linking import LENGTH, LETTERS, Answered, ConfirmLink, LinkId, ShowCode, TypeCode
from casework.values import Unclear
from dialogs.questions import Choice, Option, Spellings, Took, Typed, pick
from dialogs.said import Said
from dialogs.script import ask

SHOW = "show"


def code(text: str) -> str | Unclear:
    """Eight characters, with or without a gap, in small letters or capitals."""
    typed = "".join(char for char in text.upper() if char not in " -–—")
    if len(typed) != LENGTH or not set(typed) <= set(LETTERS):
        return Unclear("unclear-link-code")
    return typed


@dataclass(frozen=True, kw_only=True)
class _Link(Typed[str]):
    """A code, or the wish to be shown one."""

    def options(self, so_far: str | None) -> tuple[Option, ...]:
        return (Option(SHOW, Say("link.show")),)

    def read(self, said: Said, so_far: str | None, words: Spellings) -> Took[str] | Unclear:
        return Took(SHOW) if pick(self.options(so_far), said, words) == SHOW else super().read(said, so_far, words)


LINK = _Link(name="link", type=str, example=SHOW, parser=code)


async def link() -> ShowCode | TypeCode:
    chosen = await ask(LINK)
    return ShowCode() if chosen == SHOW else TypeCode(chosen)


def _id(text: str) -> LinkId | Unclear:
    return LinkId(int(text)) if text.isascii() and text.isdecimal() else Unclear("unclear-choice")


WHICH = Typed(name="link-id", type=LinkId, example=LinkId(1), parser=_id)
LINKED = Choice(name="linked", type=Answered, example=Answered.NO)


async def linked() -> ConfirmLink:
    """Comes from the buttons of the question on the old address only."""
    which = await ask(WHICH)
    return ConfirmLink(which, await ask(LINKED))
