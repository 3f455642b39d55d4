"""How an update is signed: by a second person, and by its author again when something has changed."""

from dataclasses import replace
from functools import partial

from casework.asked import Asked
from casework.ids import UpdateId
from casework.letters import AtTime, OnDay, Private, Say, private_day, say
from casework.numbers import ReportNumber, make_number, parse_number
from casework.updates.forbidden_words import excused_in, stopped_by
from casework.updates.values import Statement
from casework.updates.writing import (
    Approve,
    AskToSign,
    SendBack,
    Sign,
    Signing,
    ToSign,
    WaitingUpdates,
)
from dialogs import answers as parse
from dialogs.questions import Choice, Option, Typed
from dialogs.reports import ReportByNumber
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, tell
from dialogs.updates.questions import SIGNING, UPDATE, SignedChoice, tell_amended, tell_reach

WAITING = ReportByNumber[ReportNumber](
    name="approve-number", type=ReportNumber, example=make_number(1234567), parser=parse_number
)
WHICH_UPDATE = Choice(name="approve-which", type=str, example="")
DECISION = SignedChoice(name=Asked.DECIDE)
REASON = Typed(name="approve-reason", type=str, example="—", on_page=True, parser=partial(parse.free_text, limit=1000))


async def show_update(update: UpdateId) -> Signing:
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
    )
    if signing.name:
        await tell("approve-whose", name=Private(signing.name), born=private_day(signing.born))
    if statement.amends is not None:
        await tell("approve-amends", how=str(statement.amends.how))
        await tell_amended(signing.reach, withdraws=statement.withdraws)
    else:
        await tell("approve-reach", recipients=signing.recipients)
    await tell_reach(signing.reach)
    if signing.minors:
        await tell("approve-minors", count=signing.minors)
    await _tell_stage(statement, signing)
    await tell("approve-text", text=Private(statement.uk))
    if statement.en:
        await tell("approve-english", text=Private(statement.en))
    else:
        await tell("approve-no-english")
    if statement.withdraws:
        return signing  # no relative reads it any more
    written = f"{statement.uk}\n{statement.en}"
    if stopped := stopped_by(written):
        await tell("approve-rule-stops", words=Private(", ".join(stopped)))
    elif excused := excused_in(written):
        await tell("approve-rule-excuses", words=Private(", ".join(excused)))
    else:
        await tell("approve-rule-finds-nothing")
    return signing


async def _tell_stage(statement: Statement, signing: Signing) -> None:
    """What it is about, and where it moves the case: from where, and why, if that is back."""
    if statement.subject is not None:
        await tell("approve-subject", subject=Say(f"update-subject.{statement.subject}"))
    change, before = statement.stage, signing.standing
    if change is None:
        return
    await tell("approve-stage", stage=Say(f"update-stage.{change.stage}"))
    if change.capacity is not None:
        await tell("approve-capacity", capacity=Say(f"update-capacity.{change.capacity}"))
    if before is not None:
        await tell("write-standing", stage=Say(f"update-stage.{before.change.stage}"), on=OnDay(before.sourced))
    if change.reason:
        await tell("approve-goes-back", reason=Private(change.reason))


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
    signing = await show_update(update)
    if signing.own:
        await tell("approve-own")
        return Redirect("menu")
    if signing.moved:
        await tell("approve-moved")
    elif not signing.current:
        await tell("approve-changed")
    options = ("back",) if signing.moved else ("approve", "back") if signing.current else ("again", "back")
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
    signing = await show_update(update)
    await ask(SIGNING.about(update).seeing(signing.seen, "sign"))
    return Sign(update, signing.seen)
