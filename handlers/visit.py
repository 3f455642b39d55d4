"""Drives a turn over the database: replies to each of its needs within the desk's transaction."""

from typing import Any, Protocol, TypeVar

from casework import rulebook
from casework.ids import PersonId
from casework.refusal import Refusal
from casework.work import Work
from dialogs.needs import Asks, Call, Carried, CarryOut, Fetch, Need


class TurnWork(Work, Protocol):
    """A unit of work with what only a turn needs: see `storage/work.py`."""

    def use_draft(self, key: int | None) -> None:
        """The key of the draft that a command comes from: what it files is sealed under the same."""


T = TypeVar("T")


class Acts(Exception):  # noqa: N818
    """What was only to be shown would change something."""


async def drive(turn: Asks[T], person: PersonId, work: TurnWork, *, acts: bool = True) -> T:
    """Give the turn of a person what it asks for, until it ends. Where it may not act, a command raises `Acts`."""
    try:
        need = next(turn)
        while True:
            if isinstance(need, CarryOut) and not acts:
                raise Acts
            try:
                reply = await _fulfil(need, person, work)
            except Refusal as refusal:
                need = turn.throw(refusal)
            else:
                need = turn.send(reply)
    except StopIteration as end:
        ended: T = end.value
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
