"""How staff correct or withdraw what a family was told; the second person signs it as any other update."""

from dataclasses import replace

from casework.ids import UpdateId
from casework.letters import AtTime, Private, Say, say
from casework.numbers import ReportNumber
from casework.updates.amending import Amendable, ReleasedUpdates
from casework.updates.reach import HowReached
from casework.updates.stages import Amending, Amends
from casework.updates.values import Statement, signature
from casework.updates.writing import WriteUpdate
from dialogs.questions import Choice, Option
from dialogs.reports import NUMBER, at_hand
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, tell
from dialogs.updates.questions import INVITE, SIGNING, tell_amended, tell_former, tell_reach
from dialogs.updates.writing import ENGLISH, TEXT, statement_words

WHICH_AMENDED = Choice(name="amend-which", type=str, example="1")
AMENDING_HOW = Choice(name="amend-how", type=Amending, example=Amending.CORRECTED)
MOST_AMENDABLE = 10


async def amend() -> WriteUpdate | Redirect:
    """Which one, and how; other words for it, or none; then the author signs, seeing whom it reaches and whom not."""
    number = await at_hand(NUMBER)
    released = await look_up(ReleasedUpdates(number))
    told = {str(one.id): one for one in released.updates[:MOST_AMENDABLE] if one.recipients}
    if not told:
        await tell("amend-none", number=str(number))
        return Redirect("menu")
    lines = [Option(id, _line(one)) for id, one in told.items()]
    first = told[await ask(WHICH_AMENDED.about(number).of(*lines))]
    await tell("amend-text", name=Private(released.name), text=Private(first.statement.uk))
    if released.former is not None:
        await tell_former(released.former, released.reason)
    statement = await _statement(first, number)
    if statement is None:
        return Redirect(f"invitation {number}")
    recipients = first.told if statement.withdraws else first.recipients
    seen = signature(released.case, statement, recipients)
    reach = await look_up(HowReached(number, statement.level, statement.amends))
    await tell_amended(reach, withdraws=statement.withdraws)
    await tell_reach(reach)
    await ask(SIGNING.about(first.id).seeing(seen, "sign"))
    return WriteUpdate(number, statement, seen)


def _line(one: Amendable) -> Say:
    level = Say(f"update-level.{one.statement.level}")
    return say("amend-which.one", at=AtTime(one.released_at, style="slot"), level=level)


async def _statement(first: Amendable, number: ReportNumber) -> Statement | None:
    """None where the family is to be invited instead."""
    id: UpdateId = first.id
    how: Amending = await ask(AMENDING_HOW.about(id))
    if how is Amending.WITHDRAWN:
        await tell("amend-withdraws")
        return replace(first.statement, stage=None, amends=Amends(id, how))
    text: str = await ask(statement_words(TEXT, id, number))
    if text == INVITE:
        return None
    english: str = await ask(statement_words(ENGLISH, id, number))
    return replace(first.statement, uk=text, en=english, amends=Amends(id, how))
