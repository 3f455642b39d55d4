"""How updates are talked about: staff write and approve them, relatives read and check them; and invitations."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial, reduce
from typing import Any

from casework.asked import Asked
from casework.ids import UpdateId
from casework.letters import AtTime, OnDay, Private, Say, private_day, say
from casework.numbers import ReportNumber, make_number, parse_number
from casework.queries import Today
from casework.reference import Structures
from casework.registering import Kinship
from casework.updates.codes import grouped, read_code
from casework.updates.forbidden_words import excused_in, stopped_by
from casework.updates.inviting import Invitation, InviteFamily, SendInvitation, Stage
from casework.updates.reading import CheckCode, MyUpdates, ReadUpdate
from casework.updates.values import LONGEST_UPDATE, Level, Manner, Office, Source, Statement, signature
from casework.updates.writing import (
    Approve,
    AskToSign,
    BeginUpdate,
    SendBack,
    Sign,
    Signing,
    ToSign,
    WaitingUpdates,
    WriteUpdate,
)
from casework.values import PartialDate, Precision, Unclear
from dialogs import answers as parse
from dialogs.questions import Choice, Option, Question, Review, Spellings, Took, Typed, YesNo
from dialogs.reports import NUMBER, ReportByNumber, at_hand
from dialogs.routing import Redirect
from dialogs.said import Press, Said
from dialogs.script import ask, look_up, tell

INVITE = "/invitation"
"""Chosen instead of a text. No text begins so: what begins with a slash is a command."""

WITHOUT = ""
"""No English text."""


@dataclass(frozen=True, kw_only=True)
class _Words(Typed[str]):
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
class _Signing(Choice[str]):
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

    def seeing(self, seen: str, *options: str) -> "_Signing":
        return self.of(*(Option(f"{name}-{seen[:16]}", Say(f"{self.message}.{name}")) for name in options))


@dataclass(frozen=True, kw_only=True)
class _Day(Typed[date]):
    """A whole day, not after today."""

    def show(self, value: date) -> Say | str:
        return say("write-day", on=OnDay(value))


def _whole_day(text: str, today: date) -> date | Unclear:
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


LEVEL = Choice(name="update-level", type=Level, example=Level.NIB)
BODY = Choice(name="update-source", type=str, example="nib")
MANNER = Choice(name="update-manner", type=Manner, example=Manner.DOCUMENT)
ON = _Day(name="write-on", type=date, example=date(2026, 11, 20), parser=lambda text: Unclear("unclear-day"))
TEXT = _Words(
    name=Asked.UPDATE_TEXT,
    type=str,
    example="Ім’я внесено до реєстру.",
    parser=lambda text: Unclear("unclear-text-wanted"),
    among=(Option("invite", Say("write-text.invite")),),
)
ENGLISH = _Words(
    name=Asked.UPDATE_ENGLISH,
    type=str,
    example="The name is in the register.",
    parser=lambda text: Unclear("unclear-text-wanted"),
    among=(Option("without", Say("write-english.without")),),
)
REVIEW = Review(name=Asked.UPDATE_REVIEW, fixed=("number",), on_page=True)
SIGNING = _Signing(name=Asked.SIGN)


def _about(question: _Words, number: ReportNumber) -> Question[str]:
    return replace(question, parser=partial(statement_text, number=str(number))).about(number)


def _on(today: date) -> Question[date]:
    return replace(ON, parser=lambda text: _whole_day(text, today))


async def update() -> WriteUpdate | Redirect:
    """Level, source, words; then the author signs what they see, and whom it would reach."""
    number = await at_hand(NUMBER)
    begun = await look_up(BeginUpdate(number))
    today = await look_up(Today())
    recipients = len(begun.recipients)
    if not recipients:
        await tell("write-nobody", number=str(number))
        return Redirect("menu")
    await tell("write-begin", number=str(number), name=Private(begun.name), recipients=recipients)
    await _tell_readers(begun.readers)
    if begun.former is not None:
        await tell("write-former", reason=Private(begun.reason), text=Private(begun.former.uk))
    level = await ask(LEVEL.about(number))
    bodies = (*Office, *await look_up(Structures()))
    body = await ask(BODY.about(number).of(*(Option(one, Say(f"update-source.{one}")) for one in bodies)))
    manner = await ask(MANNER.about(number))
    on = await ask(_on(today).about(number))
    text = await ask(_about(TEXT, number))
    if text == INVITE:
        return Redirect(f"invitation {number}")
    english = await ask(_about(ENGLISH, number))
    await ask(REVIEW.about(number))
    statement = Statement(level, Source(body, manner, on), text, english)
    seen = signature(begun.case, statement, begun.recipients)
    await tell("write-reach", recipients=recipients)
    await _tell_readers(begun.readers)
    await ask(SIGNING.about(number).seeing(seen, "sign"))
    return WriteUpdate(number, statement, seen)


UPDATE = Typed(
    name="read-which",
    type=UpdateId,
    example=UpdateId(1),
    parser=lambda text: UpdateId(int(text)) if text.isdecimal() and len(text) < 19 else Unclear("unclear-choice"),
)
WAITING = ReportByNumber[ReportNumber](
    name="approve-number", type=ReportNumber, example=make_number(1234567), parser=parse_number
)
WHICH_UPDATE = Choice(name="approve-which", type=str, example="")
DECISION = _Signing(name=Asked.DECIDE)
REASON = Typed(name="approve-reason", type=str, example="—", on_page=True, parser=partial(parse.free_text, limit=1000))


async def _tell_readers(readers: Sequence[Kinship]) -> None:
    """Who will read it: "your son" is not for a wife."""
    if readers:
        lines = [Say(f"kinship.{kinship}") for kinship in dict.fromkeys(readers)]
        kinships = reduce(lambda said, also: say("common.and-also", said=said, also=also), lines)
        await tell("write-readers", kinships=kinships)


async def _show(update: UpdateId) -> Signing:
    """The whole of what is to be signed."""
    signing = await look_up(ToSign(update))
    statement, source = signing.statement, signing.statement.source
    await tell(
        "approve-show",
        number=str(signing.number),
        at=AtTime(signing.written_at),
        level=Say(f"update-level.{statement.level}"),
        body=Say(f"update-source.{source.body}"),
        manner=Say(f"update-manner.{source.manner}"),
        on=OnDay(source.on),
        recipients=signing.recipients,
    )
    if signing.name:
        await tell("approve-whose", name=Private(signing.name), born=private_day(signing.born))
    await _tell_readers(signing.readers)
    await tell("approve-text", text=Private(statement.uk))
    if statement.en:
        await tell("approve-english", text=Private(statement.en))
    else:
        await tell("approve-no-english")
    written = f"{statement.uk}\n{statement.en}"
    if stopped := stopped_by(written):
        await tell("approve-rule-stops", words=Private(", ".join(stopped)))
    elif excused := excused_in(written):
        await tell("approve-rule-excuses", words=Private(", ".join(excused)))
    else:
        await tell("approve-rule-finds-nothing")
    return signing


async def approve() -> Approve | SendBack | AskToSign | Redirect:
    """The second person: sees all of it and how many it reaches, then signs, or sends it back."""
    waiting = await look_up(WaitingUpdates())
    if not waiting:
        await tell("approve-none")
        return Redirect("menu")
    numbers = {
        one.number.digits: Option(one.number.digits, Say("approve-number.one", {"number": str(one.number)}))
        for one in waiting
    }
    number = await ask(replace(WAITING, among=tuple(numbers.values())))
    here = [one for one in waiting if one.about(number)]
    if not here:
        await tell("approve-none-of", number=str(number))
        return Redirect("menu")
    update = here[0].id
    if len(here) > 1:
        lines = (Option(str(one.id), say("approve-which.one", at=AtTime(one.written_at, style="slot"))) for one in here)
        chosen = await ask(WHICH_UPDATE.about(number).of(*lines))
        update = UpdateId(int(chosen))
    signing = await _show(update)
    if signing.own:
        await tell("approve-own")
        return Redirect("menu")
    if not signing.current:
        await tell("approve-changed")
    options = ("approve", "back") if signing.current else ("again", "back")
    decision = await ask(DECISION.about(update).seeing(signing.seen, *options))
    match decision.partition("-")[0]:
        case "approve":
            return Approve(update, signing.seen)
        case "again":
            return AskToSign(update)
        case _:
            return SendBack(update, await ask(REASON.about(update)))


async def sign() -> Sign:
    """The author signs again what has changed since: other recipients, for one."""
    update = await ask(UPDATE)
    signing = await _show(update)
    await ask(SIGNING.about(update).seeing(signing.seen, "sign"))
    return Sign(update, signing.seen)


INVITING = Choice(name="inviting", type=YesNo, example=YesNo.YES)
LETTER = Choice(name="inviting-send", type=YesNo, example=YesNo.YES)


async def invitation() -> InviteFamily | SendInvitation | Redirect:
    """Invite a family: first somebody calls, then the one neutral letter may follow. Nobody is asked why."""
    number = await at_hand(NUMBER)
    invited = await look_up(Invitation(number))
    await tell("inviting-begin", number=str(number), relative=Private(invited.relative))
    if invited.stage is Stage.CALL:
        await tell("inviting-call-first", number=str(number))
        return Redirect("menu")
    if invited.stage is Stage.REACHED:
        await tell("inviting-letter-is")
        await tell("invitation-letter")
        send = await ask(LETTER.about(number))
        return SendInvitation(number) if send is YesNo.YES else Redirect("menu")
    if invited.stage is Stage.SENT:
        await tell("inviting-before")
    return InviteFamily(number) if await ask(INVITING.about(number)) is YesNo.YES else Redirect("menu")


async def read() -> ReadUpdate:
    """Behind the button of the neutral line."""
    return ReadUpdate(await ask(UPDATE))


MINE = Choice(name="updates", type=str, example="menu")
MOST_UPDATES = 10


async def updates() -> Redirect:
    """What was released to me: a list, and one of it opened."""
    mine = await look_up(MyUpdates())
    if not mine:
        await tell("updates-none")
        return Redirect("menu")
    lines = [
        Option(
            str(one.id),
            say("updates.one", number=one.number, level=Say(f"update-level.{one.level}"), on=OnDay(one.released_on)),
        )
        for one in mine[:MOST_UPDATES]
    ]
    chosen = await ask(MINE.of(*lines, Option("menu", Say("updates.menu"))))
    return Redirect("menu" if chosen == "menu" else f"read {chosen}")


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
