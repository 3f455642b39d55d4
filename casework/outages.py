"""Outages: times in which a channel could bring us nothing, and so long that it will not bring it later either.

A platform repeats what it could not deliver, but only for a while. What was written in a longer gap is lost to us, and
nobody knows of it but its writer; so whoever may have written then is asked, once, to write again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final, NewType, Protocol
from zoneinfo import ZoneInfo

from casework.actor import Channel
from casework.ids import PersonId
from casework.letters import AtTime, Button, Letter, Purpose, Say, Screen
from casework.queries import Query
from casework.quiet_hours import is_quiet, morning

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.people import Person
    from casework.work import Work

OutageId = NewType("OutageId", int)

REPEATED: Final[Mapping[Channel, timedelta]] = {
    # It gives up "after about an hour": better to ask one family too many.
    Channel.VIBER: timedelta(minutes=50),
    # It keeps what nobody has fetched, or taken at the webhook, for 24 hours.
    Channel.TELEGRAM: timedelta(hours=24),
}
"""For how long a platform tries again. A longer gap is an outage."""

LATELY = timedelta(hours=24)
"""Whoever wrote so shortly before an outage may have written in it as well."""

UNFINISHED = timedelta(days=30)
"""So may whoever has something under way, if they wrote within this time before: an older draft is seldom returned to,
and a message to everybody who ever left one would frighten more people than it helps."""

BETWEEN_LOOKS = timedelta(minutes=5)
"""An outage is known to begin at the last look before it; who came for the first time after that look, and then was cut
off, is asked too."""

GO_ON = "go-on"
"""The command of the button under the question: it shows the question that the person is at, and changes nothing."""

OVERDUE = timedelta(minutes=5)
"""A channel that has not been heard for so long is worth a look by a human; looks are half a minute apart."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What is known of a channel's hearing: when it was last known to be able to bring us something.

    `probes`: our public address has been reached from here before, so it means something when it is not.
    """

    channel: Channel
    heard_at: datetime
    probes: bool = False


@dataclass(frozen=True, slots=True)
class Signs:
    """What a look at a channel found.

    `heard_at` is when something genuine last came in to this process (a callback, an answered poll). `reached` tells
    whether our public address answers us; None for a channel that we poll. `silent_since` is when it first did not.
    """

    heard_at: datetime | None = None
    reached: bool | None = None
    silent_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outage:
    """A gap in which messages got lost: of `people` who may have written, `asked` have been asked so far."""

    channel: Channel
    began_at: datetime
    ended_at: datetime
    people: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class LastSeen:
    """Somebody on a channel: when they last wrote there, and whether something is under way: a question other than the
    menu's, or a parked draft."""

    person: PersonId
    wrote_at: datetime
    under_way: bool


@dataclass(frozen=True, slots=True)
class OutageQuestion:
    """Somebody who is still to be asked about an outage."""

    id: OutageId
    person: PersonId
    outage: Outage


class Outages(Protocol):
    """How watches and outages are kept."""

    async def watch(self, channel: Channel) -> Watch:
        """Locked until the transaction ends. A channel that was never watched is heard from now on."""

    async def keep(self, watch: Watch) -> None: ...

    async def add(self, outage: Outage) -> OutageId | None:
        """None if it is there already."""

    async def seen(self, channel: Channel, since: datetime, before: datetime) -> Sequence[LastSeen]:
        """Who can be written to, wrote on the channel after `since`, and was known there `before`."""

    async def ask(self, outage: OutageId, people: Sequence[PersonId]) -> None:
        """They are to be asked, from now on."""

    async def due(self) -> Sequence[OutageQuestion]:
        """Some that are due, locked until the transaction ends; those that another process has locked are left."""

    async def still_to_ask(self, person: PersonId) -> Sequence[OutageQuestion]:
        """What one person is still to be asked, due or not."""

    async def postpone(self, asking: OutageQuestion, until: datetime | None) -> None:
        """None: until they write."""

    async def asked(self, asking: OutageQuestion) -> None: ...
    async def last(self, many: int) -> Sequence[Outage]:
        """The newest first."""

    async def watches(self) -> Sequence[Watch]: ...


def watched(watch: Watch, signs: Signs, now: datetime) -> Watch:
    """The watch after a look.

    Where our public address answers, the channel is heard. Where it does not, only what comes in proves it. Some
    networks never let a machine reach its own public address: there its silence means nothing, and that we look at all
    has to do. Somebody else's callback that comes in amid the silence shows such a network too.
    """
    heard_at = max(watch.heard_at, signs.heard_at or watch.heard_at)
    match signs.reached:
        case None:
            return replace(watch, heard_at=heard_at)
        case True:
            return replace(watch, heard_at=max(heard_at, now), probes=True)
        case False if not watch.probes:
            return replace(watch, heard_at=max(heard_at, now))
        case False:
            amid = signs.heard_at is not None and signs.silent_since is not None and signs.heard_at > signs.silent_since
            return replace(watch, heard_at=heard_at, probes=not amid)


def outage_between(before: Watch, after: Watch) -> Outage | None:
    """The outage that lies between two looks at a channel, if it was long enough for messages to get lost."""
    if after.heard_at - before.heard_at <= REPEATED[before.channel]:
        return None
    return Outage(before.channel, before.heard_at, after.heard_at)


def may_have_written(seen: LastSeen, outage: Outage) -> bool:
    """Might they have written while nobody heard? Asked of whoever was in the midst of something, or of a talk."""
    return seen.wrote_at >= outage.began_at - (UNFINISHED if seen.under_way else LATELY)


async def look(channel: Channel, signs: Signs, work: Work) -> tuple[Watch, Outage | None]:
    """Keep that a channel is heard, as far as the signs prove it; and the outage that has just ended, if there was one.

    Under the watch's lock, so that of several processes one finds it; who is to be asked is written down with it.
    """
    before = await work.outages.watch(channel)
    after = watched(before, signs, work.now)
    await work.outages.keep(after)
    outage = outage_between(before, after)
    id = None if outage is None else await work.outages.add(outage)
    if outage is None or id is None:
        return after, None
    seen = await work.outages.seen(channel, outage.began_at - UNFINISHED, outage.began_at + BETWEEN_LOOKS)
    people = [one.person for one in seen if may_have_written(one, outage)]
    await work.outages.ask(id, people)
    return after, replace(outage, people=len(people))


async def ask_again(work: Work) -> None:
    """Ask those who are due. A tick calls this again and again, in as many processes as there are.

    Nothing is paid for it: it goes on another messenger, or waits until they write, and so it does for whoever paused.
    """
    for asking in await work.outages.due():
        person = await work.people.get(asking.person)
        zone = ZoneInfo(person.profile.zone)
        if is_quiet(work.now, zone):
            await work.outages.postpone(asking, morning(work.now, zone))
            continue
        if person.paused_until is not None and work.now < person.paused_until:
            await work.outages.postpone(asking, None)
            continue
        screen = Screen((_says(asking.outage, person),), ((Button(f"/{GO_ON}", Say("outage.go-on")),),), neutral=True)
        await work.send(Letter(person.id, screen, purpose=Purpose.ROUTINE))
        await work.outages.asked(asking)


async def told_at_once(person: Person, work: Work) -> tuple[Say, ...]:
    """What somebody who has just written is told before the answer, instead of being asked later."""
    askings = await work.outages.still_to_ask(person.id)
    for asking in askings:
        await work.outages.asked(asking)
    return tuple(_says(asking.outage, person) for asking in askings)


def _says(outage: Outage, person: Person) -> Say:
    """Neutral: no name, no case, nothing that the person told."""
    zone = person.profile.zone
    clock = ZoneInfo(zone)
    one_day = outage.began_at.astimezone(clock).date() == outage.ended_at.astimezone(clock).date()
    return Say(
        "outage",
        {
            "channel": outage.channel,
            "from": AtTime(outage.began_at, zone, "slot"),
            "to": AtTime(outage.ended_at, zone, "time" if one_day else "slot"),
        },
    )


@dataclass(frozen=True, slots=True)
class Hearing:
    """What staff see: the last outages, and the channels that are not heard just now."""

    outages: tuple[Outage, ...]
    unheard: tuple[Watch, ...]


@dataclass(frozen=True, slots=True)
class LastOutages(Query[Hearing]):
    """How the channels were and are heard."""

    example: ClassVar[Hearing] = Hearing(
        (
            Outage(
                Channel.VIBER,
                datetime.fromisoformat("2026-11-24T08:00Z"),
                datetime.fromisoformat("2026-11-24T10:00Z"),
                12,
                9,
            ),
        ),
        (Watch(Channel.TELEGRAM, datetime.fromisoformat("2026-11-24T08:00Z")),),
    )


async def last_outages(query: LastOutages, actor: Actor, work: Work) -> Hearing:
    unheard = [watch for watch in await work.outages.watches() if work.now - watch.heard_at > OVERDUE]
    return Hearing(tuple(await work.outages.last(20)), tuple(unheard))


COMMANDS: dict[type, Any] = {}
QUERIES: dict[type, Any] = {LastOutages: last_outages}
