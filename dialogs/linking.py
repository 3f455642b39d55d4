"""How a second chat or browser is joined: a code shown here, typed there, confirmed here; or by staff."""

from re import fullmatch

from casework.letters import Say
from casework.linking import (
    LETTERS,
    LINK_CODE_LENGTH,
    ConfirmLink,
    LinkId,
    OwnerAnswer,
    Rejoin,
    ShowAgain,
    ShowClaimCode,
    ShowCode,
    ShowWay,
    Thaw,
    TypeCode,
)
from casework.values import Unclear
from dialogs.booking.questions import NUMBER as VISIT
from dialogs.questions import Choice, Option, Typed, YesNo
from dialogs.reports import NUMBER, at_hand
from dialogs.script import ask

SHOW, LOST = "show", "lost"


def code(text: str) -> str | Unclear:
    """Eight characters, with or without a gap, in small letters or capitals."""
    typed = "".join(char for char in text.upper() if char not in " -–—")
    if len(typed) != LINK_CODE_LENGTH or not set(typed) <= set(LETTERS):
        return Unclear("unclear-link-code")
    return typed


def bare_code(text: str) -> str | None:
    """A code that comes without a word, as it was shown on another device; None for what may be a word."""
    looks = fullmatch(r"\s*[A-Za-z0-9]{4}[\s–—-]?[A-Za-z0-9]{4}\s*", text)
    typed = code(text) if looks and (text.isupper() or not text.strip().isalpha()) else None
    return typed if isinstance(typed, str) else None


LINK = Typed(
    name="link",
    type=str,
    example=SHOW,
    parser=code,
    among=tuple(Option(name, Say(f"link.{name}")) for name in (SHOW, LOST)),
    secret=True,
)
"""A code, the wish to be shown one, or that nothing is left to show one."""


async def link() -> ShowCode | TypeCode | ShowClaimCode:
    match await ask(LINK):
        case "show":
            return ShowCode()
        case "lost":
            return ShowClaimCode()
        case typed:
            return TypeCode(typed)


async def way() -> ShowWay:
    """Comes after the wish for an address, on a messenger."""
    return ShowWay(await ask(VISIT))


def _id(text: str) -> LinkId | Unclear:
    return LinkId(int(text)) if text.isascii() and text.isdecimal() else Unclear("unclear-choice")


WHICH_LINK = Typed(name="link-id", type=LinkId, example=LinkId(1), parser=_id)
LINKED = Choice(name="linked", type=OwnerAnswer, example=OwnerAnswer.NO)


async def linked() -> ConfirmLink:
    """Comes from the buttons of the question on the old address only."""
    which = await ask(WHICH_LINK)
    return ConfirmLink(which, await ask(LINKED))


CLAIM = Typed(name="rejoin-code", type=str, example="ABCD2345", parser=code, secret=True)
CLOSE = Choice(name="rejoin-close", type=YesNo, example=YesNo.NO)


async def rejoin() -> Rejoin:
    """For a family that has lost its chat, and with whom staff have spoken."""
    number = await at_hand(NUMBER)
    claim = await ask(CLAIM)
    return Rejoin(number, claim, close=await ask(CLOSE.about(number)) is YesNo.YES)


async def thaw() -> Thaw:
    """For a family that has stopped somebody, once a human has spoken with them."""
    return Thaw(await at_hand(NUMBER))


async def here() -> ShowAgain:
    """Comes from a button under what says that a chat is joined."""
    return ShowAgain()
