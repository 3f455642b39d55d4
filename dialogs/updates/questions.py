"""What several scripts about updates ask, and how what is signed is pressed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any, Final

from casework.asked import Asked
from casework.ids import UpdateId
from casework.letters import OnDay, Private, Say, say
from casework.registering import Kinship
from casework.updates.forbidden_words import stopped_by
from casework.updates.reach import UpdateReach
from casework.updates.values import LONGEST_UPDATE, Statement
from casework.values import PartialDate, Precision, Unclear
from dialogs import answers as parse
from dialogs.questions import Choice, Option, Spellings, Took, Typed
from dialogs.said import Press, Said
from dialogs.script import tell

INVITE: Final = "/invitation"
"""Chosen instead of a text. No text begins so: what begins with a slash is a command."""

WITHOUT = ""
"""No English text."""


@dataclass(frozen=True, kw_only=True)
class StatementWords(Typed[str]):
    """A text of an update, or one of its buttons instead; never shown to staff outside the page."""

    on_page: bool = True

    def picked(self, said: Said, words: Spellings) -> str | None:
        return super().picked(said, words) if isinstance(said, Press) else None

    def answer_of(self, option: str) -> str:
        return INVITE if option == "invite" else WITHOUT

    def show(self, value: str) -> Say | str:
        if value == WITHOUT:
            return Say("write-english.without")
        return say("write-words", text=Private(value))


@dataclass(frozen=True, kw_only=True)
class SignedChoice(Choice[str]):
    """A choice that signs what was shown, and only that: each option's id carries the signature. It is pressed, never
    typed: a word does not tell which screen it answers."""

    type: Any = str
    example: str = ""
    gone: str = "unclear-changed-since"
    on_page: bool = True

    def read(self, said: Said, so_far: str | None, words: Spellings) -> Took[str] | Unclear:
        match said:
            case Press(option) if option in {known.id for known in self.among}:
                return Took(option)
            case Press():
                return Unclear(self.gone)
            case _:
                return Unclear("unclear-press")

    def seeing(self, seen: str, *options: str) -> "SignedChoice":
        return self.of(*(Option(f"{name}-{seen[:16]}", Say(f"{self.message}.{name}")) for name in options))


@dataclass(frozen=True, kw_only=True)
class WholeDay(Typed[date]):
    """A whole day, not after today."""

    def show(self, value: date) -> Say | str:
        return say("write-day", on=OnDay(value))


def whole_day(text: str, today: date) -> date | Unclear:
    read = parse.day(text, today, centuries=(2000,))
    if isinstance(read, PartialDate):
        return read.first if read.precision is Precision.DAY else Unclear("unclear-day-whole")
    return read


def statement_text(text: str, number: str) -> str | Unclear:
    """The text of an update, unless the word list stops it: a help to people, not a proof."""
    read = parse.free_text(text, LONGEST_UPDATE)
    if isinstance(read, Unclear):
        return read
    stopped = stopped_by(read)
    return Unclear("write-stopped", {"words": ", ".join(stopped), "number": number}) if stopped else read


NONE = "none"
"""Chosen instead of a subject, or of a stage: the update says neither."""

SIGNING = SignedChoice(name=Asked.SIGN)
UPDATE = Typed(
    name="read-which",
    type=UpdateId,
    example=UpdateId(1),
    parser=lambda text: UpdateId(int(text)) if text.isdecimal() and len(text) < 19 else Unclear("unclear-choice"),
)


async def tell_former(former: Statement, reason: str) -> None:
    """What the author had written: a colleague sent it back and wrote why, or one of the two stopped it."""
    if reason:
        await tell("write-former", reason=Private(reason), text=Private(former.uk))
    else:
        await tell("write-former-stopped", text=Private(former.uk))


async def tell_readers(readers: Sequence[Kinship]) -> None:
    """Who will read it: "your son" is not for a wife."""
    if readers:
        lines = [Say(f"kinship.{kinship}") for kinship in dict.fromkeys(readers)]
        kinships = reduce(lambda said, also: say("common.and-also", said=said, also=also), lines)
        await tell("write-readers", kinships=kinships)


async def tell_reach(reach: UpdateReach) -> None:
    """How it comes to each relative; of what amends another, who had received that."""
    for one in reach.relatives:
        channel = Say(f"channel.{one.channel}") if one.channel is not None else Say("channel.web")
        way = Say(f"approve-way.{one.way}", {"channel": channel})
        await tell("approve-reached", kinship=Say(f"kinship.{one.kinship}"), way=way)


async def tell_amended(reach: UpdateReach, *, withdraws: bool) -> None:
    """What became of the first: who has it, who opened it, who gets nothing now."""
    await tell("amend-first", received=reach.received, opened=reach.opened)
    await tell("amend-reach", recipients=len(reach.relatives))
    if withdraws and reach.held:
        await tell("amend-held", count=reach.held)
    if reach.left_out:
        await tell("amend-left-out", count=reach.left_out)
