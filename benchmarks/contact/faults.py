"""The fault of each row, planted in the product of this process: a year with it has to turn that row red."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from unittest import mock

from sqlalchemy import select

from casework import rulebook
from casework.checks import telling
from casework.checks.values import CaseCheck, WordGround
from casework.contact import keeping
from casework.contact.record import Contact
from casework.contact.sides import ContactSide
from casework.correspondence.record import Correspondence
from casework.ids import CenterId, PersonId, ReportId
from casework.letters import DueLetter
from casework.reaching import UnopenedLetter
from casework.work import Work
from storage.contact import StoredContacts, sides
from storage.contact_dates import StoredContactDates
from storage.correspondence import StoredCorrespondences
from storage.outbox import StoredOutbox
from storage.reaching import StoredReaching
from storage.registering import reports

ADD, UNCALLED, SEND = StoredContacts.add, StoredContactDates.uncalled, StoredOutbox.add
WAITING = StoredCorrespondences.waiting


async def _nobody_called(
    dates: StoredContactDates, center: CenterId, until: datetime, most: int | None = None
) -> Sequence[ContactSide]:
    """Nobody is found who is due."""
    return ()


async def _only_ahead(
    dates: StoredContactDates, center: CenterId, until: datetime, most: int | None = None
) -> Sequence[ContactSide]:
    """What has run out is forgotten, and of those who are due soon every second."""
    return [side for side in await UNCALLED(dates, center, until, most) if until > dates._now and side.report % 2]


async def _for_both(contacts: StoredContacts, contact: Contact, about: int) -> None:
    """A contact of one relative counts for the other of the case as well."""
    await ADD(contacts, contact, about)
    if contact.report is None:
        return
    mine = select(reports.c.case_id).where(reports.c.id == contact.report).scalar_subquery()
    others = select(reports.c.id, reports.c.person_id).where(reports.c.case_id == mine, reports.c.id != contact.report)
    for at, row in enumerate((await contacts._connection.execute(others)).all(), 1):
        also = replace(contact, person=PersonId(row.person_id), report=ReportId(row.id))
        await ADD(contacts, also, -about * 10 - at)


def _always(told: WordGround, checks: Iterable[CaseCheck], now: datetime) -> tuple[CaseCheck, ...]:
    """Whatever was ever asked is told."""
    return tuple(checks)[-1:] if told.entitled else ()


async def _nothing_unopened(reaching: StoredReaching, before: datetime, most: int) -> Sequence[UnopenedLetter]:
    """Nobody looks whether what was sent was opened."""
    return ()


async def _late_only(correspondences: StoredCorrespondences, center: CenterId) -> Sequence[Correspondence]:
    """Members see only what is late already."""
    return [one for one in await WAITING(correspondences, center) if one.late(correspondences._now)]


async def _hides_some(correspondences: StoredCorrespondences, center: CenterId) -> Sequence[Correspondence]:
    """Every third is seen by nobody."""
    return [one for one in await WAITING(correspondences, center) if one.id % 3]


async def _goes(letter: DueLetter, person: PersonId, work: Work) -> bool:
    """Whatever is written goes."""
    return True


async def _loses(outbox: StoredOutbox, *said: Any, **more: Any) -> int:
    """Some letters are marked as sent and never were, some are set aside and nobody is asked to call, some are dropped
    that could be read."""
    id = await SEND(outbox, *said, **more)
    state = ("sent", "set-aside", "dropped")[id // 3 % 3]
    if id % 3 == 0:
        await outbox._connection.exec_driver_sql("UPDATE letters SET state = $1 WHERE id = $2", (state, id))
    return id


async def _reads_all(dates: StoredContactDates, center: CenterId, most: int) -> Sequence[ContactSide]:
    """Everybody is looked at in every tick, and for each fifth of them everybody once more."""
    here = reports.c.center == center
    found = await sides(here, dates._connection, dates._now)
    for _ in found[::5]:
        await sides(here, dates._connection, dates._now)
    return found


FAULTS: Final[dict[str, tuple[Any, str, Any]]] = {
    "silent": (StoredContactDates, "uncalled", _nobody_called),
    "silent-untold": (StoredContactDates, "uncalled", _only_ahead),
    "early": (keeping, "AHEAD", timedelta(days=21)),
    "entitled": (rulebook, "may_go", _goes),
    "lost": (StoredOutbox, "add", _loses),
    "other": (StoredContacts, "add", _for_both),
    "pretended": (telling, "to_tell", _always),
    "stuck": (StoredReaching, "unopened", _nothing_unopened),
    "answer-median": (StoredCorrespondences, "waiting", _late_only),
    "answer-late": (StoredCorrespondences, "waiting", _hides_some),
    "growth": (StoredContactDates, "to_look_at", _reads_all),
}
"""What takes the place of what, for each row."""


def planted(row: str) -> AbstractContextManager[object]:
    """The fault of a row while the block lasts; none for ""."""
    if row not in FAULTS:
        return nullcontext()
    where, name, what = FAULTS[row]
    return mock.patch.object(where, name, what)
