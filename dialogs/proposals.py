"""How what takes two is talked about: the second person reads what changes, then signs or refuses; anybody stops it."""

from casework.letters import AtTime, Private, Say, say
from casework.staff.proposals import (
    AnswerProposal,
    OpenProposal,
    ProposalId,
    StopProposal,
    WaitingProposals,
)
from casework.values import Unclear
from dialogs.questions import Choice, Option, Typed, YesNo
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, say_all, tell


def _id(text: str) -> ProposalId | Unclear:
    typed = text.strip()
    return (
        ProposalId(int(typed))
        if typed.isascii() and typed.isdecimal() and len(typed) < 19
        else Unclear("unclear-choice")
    )


WHICH = Choice(name="proposal", type=str, example="1", gone="unclear-choice-gone")
DECISION = Choice(name="proposal-decision", type=str, example="later")
NO = ("stop", "refuse")
STOPPED = Typed(name="stopped-proposal", type=ProposalId, example=ProposalId(1), parser=_id)
SURE = Choice(name="stop-sure", type=YesNo, example=YesNo.NO)


async def proposals() -> AnswerProposal | StopProposal | Redirect:
    """One proposal, whole: who proposes it, what changes, how far the two are two."""
    waiting = await look_up(WaitingProposals())
    if not waiting:
        await tell("proposals-none")
        return Redirect("menu")
    lines = (
        Option(
            str(one.id),
            say("proposal.one", what=one.what, by=Private(one.by, keeps=True)),
        )
        for one in waiting
    )
    chosen = await ask(WHICH.of(*lines))
    here = next(one for one in waiting if str(one.id) == chosen)
    shown = await look_up(OpenProposal(here.id))
    await tell("proposal-shown", what=here.what, by=Private(shown.line.by, keeps=True), at=AtTime(shown.line.at))
    await say_all(shown.changes)
    await say_all(shown.trust)
    if shown.line.delayed:
        await tell("proposal-by-itself")
    if shown.why_not is not None:
        await say_all((shown.why_not,))
    ways = ("stop", "later") if shown.why_not is not None else ("sign", "refuse", "later")
    options = (Option(way, Say(f"proposal-decision.{way}")) for way in ways if not (shown.stays and way in NO))
    match await ask(DECISION.about(here.id).of(*options)):
        case "sign":
            return AnswerProposal(here.id, agreed=True)
        case "refuse":
            return AnswerProposal(here.id, agreed=False)
        case "stop":
            return StopProposal(here.id)
        case _:
            return Redirect("menu")


async def stop() -> StopProposal | Redirect:
    """Comes from a button of whoever was told."""
    which = await ask(STOPPED)
    return StopProposal(which) if await ask(SURE.about(which)) is YesNo.YES else Redirect("menu")
