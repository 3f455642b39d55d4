"""Reaching a relative: what we write is followed until somebody was reached.

What a platform does not take goes on the relative's next channel at once; what nobody opens for seven days goes there
then. Where no channel is left that calls out, somebody of the center asks whom the relative has named for it to pass
on "please call the center", and tells them nothing else; then a human calls the relative. Each letter is followed
once, and never goes to a channel that it has been on; at each step it is asked again whether the relative may still be
told. Each step stands on the case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from casework import calls
from casework.actor import Channel
from casework.asked import Asked
from casework.calls import Reason
from casework.costs import call_within
from casework.ids import CorrespondenceId, NoNewsId, PersonId, UpdateId
from casework.letters import AtTime, Private, Purpose, Say, say
from casework.people import GoBetween
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result
from casework.values import Phone

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

UNOPENED: Final = timedelta(days=7)
"""A letter that nobody has opened for so long goes another way."""

FOLLOWED: Final = frozenset({Purpose.UPDATE, Purpose.KINSHIP, Purpose.APPOINTMENT, Purpose.ANSWER})
"""What a letter has to be for, to be followed: what it says cannot wait for good."""

ASKED_ONCE_IN: Final = timedelta(days=30)
"""The one whom a relative has named is not asked more often than this, whatever does not arrive."""

PASSED_ON_WITHIN: Final = 2
"""Working days for which we wait after they have said that they pass it on; then somebody calls the relative."""

AT_ONCE: Final = 100
"""Letters that one tick follows."""


class NextWay(StrEnum):
    """How a relative is reached next."""

    CHANNEL = "channel"  # another messenger, an SMS or a call of the gateway
    GO_BETWEEN = "go-between"  # whoever the relative has named for "please call us"
    CALL = "call"  # a human calls the relative


def next_way(*, channel: bool, named: bool, asked: bool, urgent: bool) -> NextWay:
    """`channel`: one that calls out is left; `named`: the relative has named somebody, who was `asked` already; what is
    `urgent` waits for nobody."""
    if channel:
        return NextWay.CHANNEL
    return NextWay.GO_BETWEEN if named and not asked and not urgent else NextWay.CALL


class ReachKind(StrEnum):
    """What was found, or done, on the way to a relative."""

    NOT_TAKEN = "not-taken"  # the channel took no message
    UNOPENED = "unopened"  # nobody opened it there for seven days
    ASK = "ask"  # whom they named is to be asked
    PASSED_ON = "passed-on"  # who was asked has said that they pass it on
    NOT_PASSED_ON = "not-passed-on"  # who was asked cannot, or was not reached
    CALL = "call"  # a human is to call


@dataclass(frozen=True, slots=True)
class ReachStep:
    """A step on the way to a relative; `channel` the one that it is about."""

    step: ReachKind
    at: datetime
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class UnopenedLetter:
    """A letter to a relative that was sent long ago and not opened where it came. `seen`: they were on the page since,
    for one that came there."""

    id: int
    person: PersonId
    purpose: Purpose
    reads: str | None
    channel: Channel
    seen: bool = False


class Reaching(Protocol):
    """How it is kept who was reached on which way. Steps are only added to, and go with the relative."""

    async def add(self, person: PersonId, step: ReachKind, channel: Channel | None = None) -> None: ...

    async def note(self, failed: Mapping[int, Channel]) -> None:
        """Which letters a channel has not taken: a step for each relative and channel, if they are to be followed."""

    async def of(self, person: PersonId, most: int) -> Sequence[ReachStep]:
        """The last steps towards a relative, the oldest first."""

    async def asked_since(self, person: PersonId, since: datetime) -> bool:
        """Was whom they named to be asked since then?"""

    async def unopened(self, before: datetime, most: int) -> Sequence[UnopenedLetter]:
        """Letters that were sent before then, not opened and not followed yet, the oldest first, locked. Not those to a
        relative with whom somebody has spoken since."""

    async def followed(self, letter: int) -> None:
        """Whatever became of it: it is not looked at again."""

    async def on_next_channel(self, letter: int) -> Channel | None:
        """Write the same to the relative on the next channel that calls out and on which it was not yet; None where
        there is no such."""


async def by_human(person: PersonId, purpose: Purpose, work: Work) -> None:
    """No channel is left: ask whom the relative named, or call. What is due already is enough."""
    within = call_within(purpose)
    open_ones = {task.reason for task in await work.calls.open_of(person, None)}
    if Reason.GO_BETWEEN in open_ones and within is None:
        return
    named = (await work.people.get(person)).profile.go_between is not None
    asked = Reason.GO_BETWEEN in open_ones or await work.reaching.asked_since(person, work.now - ASKED_ONCE_IN)
    if next_way(channel=False, named=named, asked=asked, urgent=within is not None) is NextWay.GO_BETWEEN:
        await calls.plan(Reason.GO_BETWEEN, person, work)
        await work.reaching.add(person, ReachKind.ASK)
        return
    await calls.plan(Reason.UNDELIVERED, person, work, within=within)
    if Reason.UNDELIVERED not in open_ones:
        await work.reaching.add(person, ReachKind.CALL)


async def was_opened(letter: UnopenedLetter, work: Work) -> bool:
    """Was it opened in another place than where it came?"""
    kind, _, id = (letter.reads or "").partition(":")
    if kind == "update":
        reading = await work.updates.reading(UpdateId(int(id)), letter.person)
        return reading is None or reading.opened_at is not None
    if kind == "no-news":
        word = await work.checks.get(NoNewsId(int(id)))
        return word is None or word.opened_at is not None
    if kind == "correspondence":
        answers = await work.correspondences.answers(CorrespondenceId(int(id)))
        return all(one.opened_at is not None for one in answers if not one.note)
    return letter.seen


def line(step: ReachStep) -> Say:
    """A step, for staff."""
    channel = Say(f"channel.{step.channel}") if step.channel else Say("common.unknown")
    return say("reach-line", at=AtTime(step.at, style="short"), step=Say(f"reach-{step.step}", {"channel": channel}))


@dataclass(frozen=True, slots=True)
class MyGoBetween(Query[GoBetween | None]):
    """Whom the acting person has named for "please call us"."""

    example: ClassVar[GoBetween | None] = GoBetween("Олена", Phone("+380501234567"))


async def my_go_between(query: MyGoBetween, actor: Actor, work: Work) -> GoBetween | None:
    return (await work.people.get(actor.person)).profile.go_between


@dataclass(frozen=True, slots=True)
class NameGoBetween:
    """Who may be asked to pass on "please call us", from now on; None: nobody."""

    named: GoBetween | None


async def name_go_between(command: NameGoBetween, actor: Actor, work: Work) -> Result:
    """Nobody is told that they were named; the relative is asked to tell them."""
    person, named = await work.people.get(actor.person), command.named
    if named is not None and named.phone == person.profile.phone:
        raise Refusal("gobetween-own", forget=(Asked.GO_BETWEEN_PHONE,))
    await work.people.keep(replace(person, profile=replace(person.profile, go_between=named)))
    if named is None:
        for task in await work.calls.open_of(actor.person, None):
            if task.reason is Reason.GO_BETWEEN:  # they are not to be asked any more: the relative is called
                await work.calls.close(task.id)
                await calls.plan(Reason.UNDELIVERED, actor.person, work)
        return Result((Say("gobetween-removed"),))
    return Result((say("gobetween-done", name=Private(named.name), phone=Private(named.phone)),))


COMMANDS: dict[type, Any] = {NameGoBetween: name_go_between}
QUERIES: dict[type, Any] = {MyGoBetween: my_go_between}
