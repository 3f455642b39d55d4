"""Every command and every query, and the function that carries it out: the one table to look a rule up in."""

from collections.abc import Collection
from typing import Any

from casework import (
    addresses,
    booking,
    calls,
    cases,
    centers,
    costs,
    crisis,
    details,
    files,
    inbox,
    kinship,
    linking,
    notices,
    outages,
    people,
    pushes,
    reference,
    registering,
    reports,
    staff,
    updates,
    visitors,
)
from casework.actor import Actor
from casework.board import Section, View
from casework.calls import Reason
from casework.done import Done
from casework.ids import PersonId
from casework.letters import Purpose, Say, Screen
from casework.queries import Query
from casework.work import Work

COLUMNS = (
    people,
    registering,
    details,
    files,
    centers,
    reference,
    calls,
    inbox,
    staff,
    cases,
    kinship,
    reports,
    linking,
    addresses,
    updates,
    booking,
    costs,
    notices,
    outages,
    visitors,
)

COMMANDS = {command: rule for column in COLUMNS for command, rule in column.COMMANDS.items()}
QUERIES = {query: rule for column in COLUMNS for query, rule in column.QUERIES.items()}


async def carry_out(command: Any, actor: Actor, work: Work) -> Done:
    """Do what the person decided on; raises `Refusal` where a rule says no."""
    try:
        rule = COMMANDS[type(command)]
    except KeyError:
        raise LookupError(f"no rule carries out {command!r}; add it to COMMANDS of its column") from None
    await visitors.may_act(actor, type(command), work)
    done: Done = await rule(command, actor, work)
    return done


async def answer(query: Query[Any], actor: Actor, work: Work) -> Any:
    """A fact, for the acting person; fetching checks the right to know."""
    try:
        rule = QUERIES[type(query)]
    except KeyError:
        raise LookupError(f"no rule answers {query!r}; add it to QUERIES of its column") from None
    await visitors.may_look(actor, type(query), work)
    return await rule(query, actor, work)


WHOLE = View()
READS: dict[str, Any] = {"update": updates.may_read, **crisis.READS, **booking.READS}
"""Who may read what a letter tells of: a function (person, id, work) for each kind, as "update" in "update:17"."""


async def may_read(person: PersonId, reads: str, work: Work) -> bool:
    """May the person, at this moment, still read what `reads` names? Asked when a letter is about to be sent. What no
    rule knows any more nobody may read."""
    kind, _, id = reads.partition(":")
    if kind not in READS:
        return False
    allowed: bool = await READS[kind](person, int(id), work)
    return allowed


OPENS: dict[str, Any] = {"update": updates.told, **booking.OPENS}
"""What stands behind a reference in a letter: a function (person, id, language, work) for each kind, as "update"."""


async def opened(person: PersonId, opens: str, language: str, work: Work) -> tuple[Say, ...]:
    """What `opens` names, as the person may read it at this moment, in the language that they have now."""
    kind, _, id = opens.partition(":")
    says: tuple[Say, ...] = await OPENS[kind](person, int(id), language, work)
    return says


CALLS: dict[str, Any] = {**booking.CALLS}
"""What has a call of its own instead: a function (id, work) for each kind, as "reminder"."""

SAID_BY: dict[Purpose, Collection[Reason]] = {Purpose.CALL: tuple(Reason), Purpose.APPOINTMENT: (Reason.REBOOK,)}
"""Which calls, where one is due already, tell what a letter of a purpose was to tell."""


async def call_instead(person: PersonId, purpose: Purpose, reads: str | None, work: Work) -> None:
    """A letter wakes nobody: it stands on the page only, or has no way at all. A human calls, once for all such, unless
    it can wait; staff work on the page."""
    if purpose is Purpose.ROUTINE or await work.staff.was(person):
        return
    kind, _, id = (reads or "").partition(":")
    if kind in CALLS:
        await CALLS[kind](int(id), work)
        return
    if kind in READS and not await may_read(person, str(reads), work):
        return
    said_by = SAID_BY.get(purpose, ())
    if any(task.reason in said_by for task in await work.calls.open_of(person, None)):
        return
    await calls.plan(Reason.UNDELIVERED, person, work, within=costs.call_within(purpose))


async def uncover(letter: int, actor: Actor, work: Work) -> Screen:
    """What a push holds, on the person's tap: theirs, still allowed to be read, in the place that they chose."""
    push = await work.pushes.push(letter)
    if push is None or push.to != actor.person:
        return pushes.gone()
    if push.reads is not None and not await may_read(actor.person, push.reads, work):
        return pushes.gone()
    return await pushes.in_place(push.screen, actor, work)


SECTIONS: tuple[Any, ...] = (
    crisis.crisis_section,
    *booking.SECTIONS,
    updates.approvals_section,
    *staff.SECTIONS,
    costs.costs_section,
)
"""What the board beside the staff's chat shows, from top to bottom, above the queue, which may be long: functions of
(actor, work) to a section or None."""


async def board(actor: Actor, work: Work, view: View = WHOLE) -> list[Section]:
    """The board of a member of staff, as their role may see it."""
    sections = [await section(actor, work) for section in SECTIONS]
    sections.append(await cases.queue_section(actor, work, view))
    return [section for section in sections if section is not None]
