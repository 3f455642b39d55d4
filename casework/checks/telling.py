"""Telling a relative that nothing is new: a word that is made of checks, and of nothing else.

The letter names the word and holds no text. Whether it may be read is asked when it is sent and when it is opened: a
case that only a human speaks of since a second ago, a kinship that was revoked, an answer that came meanwhile stop it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from casework import human_voice
from casework.centers import KYIV
from casework.checks.rule import FRESH, still_so, to_tell
from casework.checks.values import NoNews
from casework.contact.coming import coming
from casework.contact.promise import OPENED_WITHIN, Promise, PromiseKind
from casework.contact.record import Contact, ContactKind
from casework.contact.sides import ContactSide
from casework.ids import CaseId, CenterId, NoNewsId, PersonId, ReportId
from casework.letters import AtTime, Button, Letter, OnDay, Purpose, Say, Screen, say
from casework.pushes import in_place
from casework.result import Result
from casework.updates.codes import grouped

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

TOLD_AT_ONCE: Final = 200
"""Relatives whose checks are read in one go; whoever is told in a transaction are hardly more."""


async def tell(sides: Sequence[ContactSide], work: Work) -> list[ReportId]:
    """A word to each of these relatives to whom the checks of their own case allow one. Returns their reports."""
    done = []
    stand = await work.checks.told(sides)
    noted = await work.checks.of_cases({side.case for side in sides})
    for side in sides:
        ground = stand[side.report]
        checks = to_tell(ground, noted.get(side.case, ()), work.now)
        word = await work.checks.tell(side, ground, checks) if checks else None
        if word is not None:
            await work.send(letter(word, side.person))
            done.append(side.report)
    return done


async def tell_in_time(
    center: CenterId, promise: Promise, until: datetime, work: Work
) -> Collection[tuple[PersonId, CaseId]] | None:
    """A word to the relatives of a center whose promise of a written one runs out by a moment, where there is a fresh
    check. Returns to whom one went lately that they may still open: for the others a human is needed. None where so
    many were told in this transaction that the others come in the next."""
    first, told, after = work.now.astimezone(KYIV).date() - FRESH, 0, 0
    while due := await work.checks.due(center, until, first, after, TOLD_AT_ONCE):
        after = due[-1]
        who = await coming(await work.contact_dates.of(center, due), promise, work)
        told += len(await tell([side for next, side in who if next.kind is PromiseKind.WRITTEN], work))
        if told >= TOLD_AT_ONCE:
            return None
    return await work.checks.lately(center, work.now - OPENED_WITHIN)


def letter(word: NoNewsId, person: PersonId) -> Letter:
    """The neutral line, the same whatever was asked."""
    screen = Screen((Say("no-news"),), ((Button(f"/word {word}", Say("no-news.read")),),), neutral=True)
    return Letter(person, screen, reads=f"no-news:{word}", purpose=Purpose.UPDATE)


async def stands(person: PersonId, id: int, work: Work) -> bool:
    """May a word still be read? What was opened stays; of what was not, nothing may have become untrue since."""
    word = await work.checks.get(NoNewsId(id))
    return word is not None and word.person == person and (word.opened_at is not None or await _true(word, work))


async def _true(word: NoNews, work: Work) -> bool:
    side = await work.contacts.side(word.report)
    if side is None:
        return False
    told = (await work.checks.told([side]))[side.report]
    checks = (await work.checks.of_cases([word.case])).get(word.case, ())
    since = [one for one in checks if one.at > word.since]
    return still_so(told, [one for one in checks if one.id in word.checks], since)


@dataclass(frozen=True, slots=True)
class ReadNoNews:
    """The relative opens a word: whom we asked, and that nothing is new."""

    word: NoNewsId


async def read(command: ReadNoNews, actor: Actor, work: Work) -> Result:
    word = await work.checks.get(command.word)
    instead = await human_voice.instead(actor.person, f"no-news:{command.word}", work)
    if instead is not None:
        return Result((instead,), keeps=True)
    if word is None or not await stands(actor.person, word.id, work):
        return Result((say("no-news-over"),), keeps=True)
    if await work.checks.opened(word.id):
        await work.contacts.add(Contact(word.person, word.report, ContactKind.NO_NEWS, work.now, word.by), word.id)
    screen = await in_place(Screen((), opens=f"no-news:{word.id}"), actor, work)
    return Result(screen.says, keeps=True, opens=screen.opens)


async def told(person: PersonId, id: int, language: str, work: Work) -> tuple[Say, ...]:
    """All that is told, made of the checks when it is sent: only of those that are of the relative's own case now."""
    word = await work.checks.get(NoNewsId(id))
    checks = (await work.checks.of_cases([word.case])).get(word.case, ()) if word is not None else ()
    asked = [one for one in checks if word is not None and one.id in word.checks]
    if word is None or not asked:
        return (say("no-news-over"),)
    zone = (await work.people.get(person)).profile.zone
    number = str((await work.reports.get(word.report)).number)
    head = "no-news-first" if word.never else "no-news-since"
    says = [say("no-news-head", number=number), say(head, since=AtTime(word.since, zone, "day"))]
    for one in sorted(asked, key=lambda one: (one.on, one.id)):
        body = Say(f"update-source.{one.body}")
        says.append(say("no-news-asked", body=body, on=OnDay(one.on), answer=Say(f"no-news-answer.{one.answer}")))
        if one.words:
            says.append(say("no-news-words" if language == "uk" else "no-news-words-uk", words=one.words))
    today = work.now.astimezone(KYIV).date()
    days = [one.again for one in asked if one.again is not None and one.again >= today]
    if days:
        says.append(say("no-news-again", on=OnDay(min(days))))
    return (*says, say("update-code", code=grouped(word.code)))


COMMANDS: dict[type, Any] = {ReadNoNews: read}
