"""Drives a turn over the database: replies to each of its needs within the desk's transaction."""

from typing import Any, Protocol

from casework import rulebook
from casework.ids import PersonId
from casework.refusal import Refusal
from casework.work import Work
from dialogs.needs import Asks, Call, Carried, CarryOut, Ended, Fetch, Need


class TurnWork(Work, Protocol):
    """A unit of work with what only a turn needs: see `storage/work.py`."""

    def use_draft(self, key: int | None) -> None:
        """The key of the draft that a command comes from: what it files is sealed under the same."""


async def drive(turn: Asks[Ended], person: PersonId, work: TurnWork) -> Ended:
    """Give the turn of a person what it asks for, until it ends."""
    try:
        need = next(turn)
        while True:
            try:
                reply = await _fulfil(need, person, work)
            except Refusal as refusal:
                need = turn.throw(refusal)
            else:
                need = turn.send(reply)
    except StopIteration as end:
        ended: Ended = end.value
        return ended


async def _fulfil(need: Need[Any], person: PersonId, work: TurnWork) -> Any:
    match need:
        case Fetch(query, actor):
            return await rulebook.answer(query, actor, work)
        case CarryOut(command, actor, draft):
            work.use_draft(draft)
            try:
                async with work.savepoint():
                    done = await rulebook.carry_out(command, actor, work)
            finally:
                work.use_draft(None)
            return Carried(done, await work.people.get(person))
        case Call(rule):
            return await rule(work)
    raise LookupError(f"nobody can reply to {need!r}; add it to _fulfil, and to bot/talk.py")
