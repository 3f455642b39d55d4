"""Before we call: the word by which a family knows that it is the center, sent to their chat and said by the caller.

It is good once, for that relative and that call, within a quarter of an hour. Only the caller says it: nobody is told
it by telephone, whoever asks. Written texts have their code (`casework/updates/codes.py`), calls their word, and
nothing else proves anything. The words are data: `call_words.txt`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol
from zoneinfo import ZoneInfo

from casework.cases.calling import Whom, to_call
from casework.ids import PersonId, StaffId
from casework.letters import AtTime, Letter, Private, Purpose, Screen, say
from casework.quiet_hours import is_quiet
from casework.refusal import Refusal
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

WINDOW: Final = timedelta(minutes=15)
"""For so long after it was sent the word is good."""

NOT_AGAIN: Final = 20
"""So many last words of a relative are not drawn for them again."""


@cache
def words() -> tuple[str, ...]:
    """All that can be drawn."""
    lines = Path(__file__).with_name("call_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@dataclass(frozen=True, slots=True)
class CallWord:
    """A word, until when it is good, and for whose call."""

    id: int
    word: str
    until: datetime
    by: StaffId


class CallWords(Protocol):
    """How they are kept."""

    async def draw(self, person: PersonId, by: StaffId, until: datetime) -> CallWord:
        """By chance one that the relative has not had lately. Any that was good for them is good no more."""

    async def of(self, person: PersonId) -> CallWord | None:
        """The one that is good now."""

    async def used(self, person: PersonId) -> None:
        """They were called: it is good no more."""

    async def stands(self, word: int, person: PersonId) -> bool:
        """Is it good still?"""


@dataclass(frozen=True, slots=True)
class AnnounceCall:
    """Tell the relative that a call comes within a quarter of an hour, and the word."""

    whom: Whom


async def announce(command: AnnounceCall, actor: Actor, work: Work) -> Result:
    """Not at night where they live, and only to a chat that makes itself noticed; the caller reads the word here."""
    person, report, _ = await to_call(command.whom, actor, work)
    zone = (await work.people.get(person)).profile.zone
    if is_quiet(work.now, ZoneInfo(zone)):
        raise Refusal("call-word-night")
    to = await work.people.reachable(person)
    if to is None or not to[1].calls_out:
        raise Refusal("call-word-no-chat")
    about, case = (report.id, report.case) if report else (None, None)
    await work.audit.acted(actor, "call-announced", person=person, report=about, case=case)
    drawn = await work.call_words.draw(person, actor.acting.id, work.now + WINDOW)
    told = say("call-word-told", word=drawn.word, until=AtTime(drawn.until, zone, "time"))
    await work.send(Letter(person, Screen((told,)), reads=f"callword:{drawn.id}", purpose=Purpose.CALL))
    done = say("call-word-done", word=Private(drawn.word), until=AtTime(drawn.until, style="time"))
    return Result((done,), then=f"call {command.whom}")


async def stands(person: PersonId, word: int, work: Work) -> bool:
    """What came too late, or was used, is told nobody."""
    return await work.call_words.stands(word, person)


COMMANDS: dict[type, Any] = {AnnounceCall: announce}
QUERIES: dict[type, Any] = {}
READS: dict[str, Any] = {"callword": stands}
