"""How long what is kept: one table, run by a tick, told in docs/privacy.md, and tested over every sealed column.

What is sealed under somebody's key ends at the latest when they are erased (`storage/erasing.py`): by their own wish
after seven days, or by us three years after the last that we heard of a person who has no search with us. As long as a
search lasts, what the family told of it is kept, as the notice says.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    ColumnElement,
    TextClause,
    and_,
    delete,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    text,
    union_all,
    update,
)

from casework.actor import FACTOR_LASTS
from casework.ids import PersonId, ReportId
from casework.inbox import KEPT_FOR as OWN_WORDS
from casework.letters import LetterKind
from casework.sessions import INVITE_LASTS
from storage import arrivals, outages, quarantine
from storage.addresses import addresses
from storage.calls import calls
from storage.correspondence import answers, correspondences
from storage.ending import held
from storage.files import files
from storage.inbox import inbox
from storage.kinship import documents
from storage.outbox import letters
from storage.people import people
from storage.registering import cases, reports
from storage.schema import among
from storage.sessions import TOUCH_EVERY
from storage.staff import staff
from storage.threads import thread

if TYPE_CHECKING:
    from storage.work import StoredWork

OURS: Final = "our rule, to be confirmed by a lawyer"
NOTICE: Final = "our notice and the consent"

SEARCH: Final = timedelta(days=3 * 365 + 1)
"""Three years: after the search, or where there is none after the last word."""
SENT: Final = timedelta(days=365)
ANSWER: Final = timedelta(days=30)
"""Nearly all letters are answers; what they showed is asked still, or stands in the thread of the page."""
TASK: Final = timedelta(days=365)
CALL_WORD: Final = timedelta(days=30)
"""So long it is known which words a relative has had, so that none comes again."""
RECEIPT: Final = timedelta(days=14)
"""Viber says for some days that it could not deliver; Telegram lets nothing be taken back after two."""
SEARCH_SCRIPT: Final = "find"
"""In whose draft a member's search stands, also one that was typed as `/case NAME`."""
AT_ONCE: Final = 50
"""Persons that one tick erases, and correspondences whose files it deletes."""
ROWS_AT_ONCE: Final = 20_000
"""Letters that one tick ends: half a million a day."""

Run = Callable[["StoredWork"], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`what` is kept from `since` for as long as `lasts` (None: as long as whoever it is sealed for). `columns` are
    what the rule answers for. `law` is where it stands; `run` ends it, or None where the end of its holder does."""

    what: str
    columns: tuple[str, ...]
    since: str
    lasts: timedelta | None
    law: str
    run: Run | None = None


async def _silent(work: "StoredWork") -> None:
    """Erase whoever agreed once, has no search with us, is not of the staff, and was not heard of for three years."""
    heard = select(func.max(addresses.c.seen_at)).where(addresses.c.person_id == people.c.id).scalar_subquery()
    silent = (
        select(people.c.id)
        .where(
            people.c.consent.is_not(None),
            func.coalesce(heard, people.c.made_at) < work.now - SEARCH,
            ~exists().where(reports.c.person_id == people.c.id),
            ~exists().where(staff.c.person_id == people.c.id),
        )
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    for person in (await work.connection.scalars(silent)).all():
        await work.erasing.erase(PersonId(person))


async def _over(work: "StoredWork") -> None:
    """Erase what was told of a search that ended three years ago, and whoever has no other with us."""
    over = func.coalesce(cases.c.search_ended_at < work.now - SEARCH, false()), ~held(cases.c.id)
    query = (
        select(reports.c.id, reports.c.person_id)
        .join(cases, cases.c.id == reports.c.case_id)
        .where(*over)
        .order_by(reports.c.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True, of=reports)
    )
    for row in (await work.connection.execute(query)).all():
        own = reports.c.person_id == row.person_id
        others = select(reports.c.id).join(cases, cases.c.id == reports.c.case_id).where(own, not_(and_(*over)))
        works = select(staff.c.id).where(staff.c.person_id == row.person_id)
        if await work.connection.scalar(select(others.exists() | works.exists())):
            await _report(ReportId(row.id), work)
        else:
            await work.erasing.erase(PersonId(row.person_id))


async def _report(report: ReportId, work: "StoredWork") -> None:
    """One search of several is over; the files that were told with it go too."""
    account = (await work.reports.get(report)).account
    if account is not None:
        told_with = among(files.c.id, (*account.files, *account.photo))
        await work.connection.execute(delete(files).where(told_with))
    await work.erasing.erase_report(report)


_ASKED: Final = exists().where(people.c.id == letters.c.person_id, people.c.asked_letter == letters.c.id)
"""It carries the question that is asked now."""


async def _answers(work: "StoredWork") -> None:
    """What was said is in the draft, what the page shows in the thread."""
    await _end(work, ANSWER, letters.c.kind.in_((LetterKind.REPLY, LetterKind.RETRACT)))


async def _begun(work: "StoredWork") -> None:
    """A cover is pressed however long ago it came."""
    await _end(work, SENT, text("letters.kind = 'push'"), letters.c.reads.is_(None))


async def _end(work: "StoredWork", lasts: timedelta, *which: ColumnElement[bool] | TextClause) -> None:
    """Two indexes are made for it. Their conditions are in words: a plan is made before a value is known."""
    over = text("letters.state IN ('sent', 'returned', 'dropped')")
    old = func.coalesce(letters.c.sent_at, letters.c.due_at) < work.now - lasts
    some = select(letters.c.id).where(*which, over, old, ~_ASKED).limit(ROWS_AT_ONCE)
    await work.connection.execute(delete(letters).where(letters.c.id.in_(some)))


async def _receipts(work: "StoredWork") -> None:
    """A messenger's own numbers of what it took, by which a chat could be found there."""
    old = letters.c.receipt.is_not(None), letters.c.sent_at < work.now - RECEIPT
    some = select(letters.c.id).where(*old, ~_ASKED).limit(ROWS_AT_ONCE)
    await work.connection.execute(update(letters).where(letters.c.id.in_(some)).values(receipt=None))


async def _notes(work: "StoredWork") -> None:
    """The words of a call that is done; that it was due, why, and when it was done, stays with the person."""
    old = select(calls.c.id).where(calls.c.note.is_not(None), calls.c.done_at < work.now - TASK).limit(ROWS_AT_ONCE)
    await work.connection.execute(update(calls).where(calls.c.id.in_(old)).values(note=None))


async def _call_words(work: "StoredWork") -> None:
    """Words that callers said."""
    await work.call_words.forget_old(work.now - CALL_WORD)


async def _sought(work: "StoredWork") -> None:
    """What a member looked for by name is begun anew when nobody is in front of it any more."""
    here = exists().where(addresses.c.person_id == people.c.id, addresses.c.seen_at > work.now - FACTOR_LASTS)
    members = people.c.id.in_(select(staff.c.person_id))
    await work.connection.execute(
        update(people).where(people.c.script == SEARCH_SCRIPT, members, ~here).values(script="menu", active=None)
    )


async def _thread(work: "StoredWork") -> None:
    """The conversation on the page, from its oldest end."""
    old = select(thread.c.id).where(thread.c.at < work.now - SEARCH).limit(ROWS_AT_ONCE)
    await work.connection.execute(delete(thread).where(thread.c.id.in_(old)))


async def _correspondences(work: "StoredWork") -> None:
    """What a relative and the center wrote to each other, with the files of it, when nobody has written for so long."""
    old, of = work.now - SEARCH, correspondences.c.id
    lately = or_(
        exists().where(inbox.c.correspondence_id == of, inbox.c.at > old),
        exists().where(answers.c.correspondence_id == of, answers.c.at > old),
    )
    silent = select(of).where(correspondences.c.began_at < old, ~lately).limit(AT_ONCE)
    over = list(await work.connection.scalars(silent))
    sent = union_all(
        select(inbox.c.file_id).where(among(inbox.c.correspondence_id, over)),
        select(answers.c.file_id).where(among(answers.c.correspondence_id, over)),
    )
    paper = exists().where(documents.c.file_id == files.c.id)
    await work.connection.execute(delete(files).where(files.c.id.in_(sent), ~paper))
    await work.connection.execute(delete(correspondences).where(among(of, over)))


RULES: Final = (
    Rule(
        "what a person says of themselves, with addresses, files, drafts",
        (
            "people.profile",
            "minors.details",
            "people.active",
            "addresses.address",
            "drafts.answers",
            "files.source",
            "files.name",
            "files.drawing",
            "chunks.content",
            "readings.code",
            "readings.let_go_why",
        ),
        "the last word of a person without a search",
        SEARCH,
        NOTICE,
        _silent,
    ),
    Rule(
        "what is told of the missing person, papers, kinship",
        (
            "reports.claim",
            "reports.account",
            "tellings.account",
            "kinships.reason",
            "kinships.seen",
            "kinship_documents.words",
            "sightings.seen",
        ),
        "the end of the search, as two members set it; the relative's erasure ends it at once",
        SEARCH,
        NOTICE,
        _over,
    ),
    Rule(
        "what the center writes of a case: notes, updates, what it asked",
        ("notes.text", "updates.statement", "updates.signed", "updates.reason", "checks.words", "inquiries.question"),
        "the same, for the last relative of the case",
        None,
        NOTICE,
    ),
    Rule(
        "by which paper a case is under a legal hold: while it lasts, nothing of the case is erased",
        ("legal_holds.ground",),
        "as long as the case",
        None,
        OURS,
    ),
    Rule("an answer of ours that went, or never will", (), "its end", ANSWER, OURS, _answers),
    Rule(
        "a message that we began; one about a case opens as long as the relative is with us",
        ("letters.screen",),
        "its end",
        SENT,
        OURS,
        _begun,
    ),
    Rule("a messenger's receipt of a letter", (), "its sending", RECEIPT, OURS, _receipts),
    Rule("the conversation on the page", ("thread.body",), "each message", SEARCH, NOTICE, _thread),
    Rule(
        "on which ways we tried to reach the relative; no words",
        (),
        "as long as the relative",
        None,
        NOTICE,
    ),
    Rule(
        "when the relative and the center were in contact, and how; no words",
        (),
        "as long as the relative",
        None,
        NOTICE,
    ),
    Rule("what a member of staff looked for", (), "their last word", FACTOR_LASTS, OURS, _sought),
    Rule("the word that a caller says", ("call_words.word",), "its end", CALL_WORD, OURS, _call_words),
    Rule("the words of a call task", ("calls.note",), "the call", TASK, OURS, _notes),
    Rule(
        "what a relative and the center wrote to each other",
        ("answers.words",),
        "the last words of either",
        SEARCH,
        NOTICE,
        _correspondences,
    ),
    Rule(
        "own words that were not passed on",
        ("inbox.words",),
        "their coming",
        OWN_WORDS,
        NOTICE,
        lambda work: work.inbox.forget_old(),
    ),
    Rule(
        "a message that the program could not handle",
        ("quarantine.asked", "quarantine.raw"),
        "its coming",
        quarantine.KEPT_FOR,
        NOTICE,
        lambda work: work.quarantine.forget_old(),
    ),
    Rule("a message that came too fast", ("deferred.raw",), "its coming, until its turn", None, NOTICE),
    Rule(
        "the number of a message in its chat",
        (),
        "its coming",
        arrivals.KEPT_FOR,
        NOTICE,
        lambda work: work.arrivals.forget_old(),
    ),
    Rule(
        "whoever is owed a word after an outage",
        (),
        "its end",
        outages.KEPT_FOR,
        OURS,
        lambda work: work.outages.forget_old(),
    ),
    Rule(
        "who waits in line for a day that is over",
        (),
        "that day",
        None,
        OURS,
        lambda work: work.waiting.forget_over(),
    ),
    Rule(
        "browsers that have ended, and persons who never agreed and have no way left to us",
        ("enrolments.totp",),
        "the end of an invitation or a session",
        max(INVITE_LASTS, TOUCH_EVERY),
        NOTICE,
        lambda work: work.sessions.forget_ended(),
    ),
    Rule(
        "members of staff: name, second factor, what they propose",
        ("staff.name", "staff.shown_as", "staff.totp", "proposals.command"),
        "their work here; what they did stays without a name",
        None,
        OURS,
    ),
    Rule("the address of a center that is not published", ("centers.address",), "as long as the center", None, OURS),
)


async def retain(work: "StoredWork", apart: Callable[[], AbstractAsyncContextManager[None]] = nullcontext) -> None:
    """End what has lasted long enough: by each rule within an `apart` of its own."""
    for rule in RULES:
        if rule.run is not None:
            async with apart():
                await rule.run(work)


def told() -> str:
    """The table for docs/privacy.md."""
    rows = ["| what | from | how long | where it stands |", "| --- | --- | --- | --- |"]
    rows += [f"| {rule.what} | {rule.since} | {_long(rule.lasts)} | {rule.law} |" for rule in RULES]
    return "\n".join(rows)


def _long(lasts: timedelta | None) -> str:
    if lasts is None:
        return "as long as that"
    if lasts >= SEARCH:
        return "three years"
    if lasts.days >= 365:
        return "one year"
    return f"{lasts.days} days" if lasts.days else f"{lasts.seconds // 3600} h"
