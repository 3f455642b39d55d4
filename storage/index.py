"""Search over sealed names: an index in memory (`storage/names`), nothing searchable on disk.

It is filled from unsealed names and then follows what commits. What changed is noted in the same transaction in
`changes`, with the transaction's id; a look first reads every change whose transaction was not yet over at the look
before (ids alone would miss one that commits late). What a search shows is read and unsealed anew, so that who was
erased is shown to nobody, however far the index has come.
"""

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.cases.search import Hit, Hits
from casework.ids import CaseId, CenterId, PersonId, ReportId
from casework.names import sought
from casework.numbers import ReportNumber, parse_number
from casework.unreadable import can_be_read
from casework.values import PartialDate, Unclear
from casework.work import Unavailable
from dialogs import answers
from storage.changes import changes
from storage.names.asking import Entry, LocalNames, NameService, NamesLost
from storage.people import people
from storage.registering import known_numbers, reports, written_as
from storage.schema import among
from storage.sealing import Seals

SINCE = text(
    """
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS id, NULL AS kind
    UNION ALL
    (SELECT id, kind FROM changes WHERE id > :after AND transaction >= :seen AND (
        :seen = 0 OR transaction < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
        OR transaction = pg_current_xact_id_if_assigned()::text::bigint
    ) ORDER BY id LIMIT :page)
    """
)
"""From where the next look goes on, then a page of what changed since the last. Data that were restored bring
transaction ids of another server, which may lie far ahead: they are read at the first look and not at each."""

PAGE: Final = 100
AT_ONCE: Final = 10
"""So many values are unsealed before everybody else has a turn: about a millisecond."""
PATIENCE: Final = 3.0
"""Seconds that a search waits for names that are still being read."""
FEW: Final = 4
"""So many digits are the last ones of a report's number or of a telephone."""
ALIKE: Final = 62.0
"""From here on, of 100, a person is shown to whoever looks for one: they judge by themselves."""
MOST_ALIKE: Final = 50
_PHONE: Final = re.compile(r"\+?\d[\d\s()-]{7,}\d")


@dataclass
class NameIndex:
    """One process's index, and how far it has come. A relative's id is negative there, a report's is not."""

    holder: NameService = field(default_factory=LocalNames)
    generation: int = 0
    seen: int = 0
    """Every transaction below this one is in the index."""
    upto: int | None = None
    """What `seen` will be when the look that is under way has read its last page; None between two looks."""
    after: int = -1
    """The last id of the page before."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def begin_anew(self, generation: int) -> None:
        self.generation, self.seen, self.upto, self.after = generation, 0, None, -1

    async def ask(self, what: str, *about: Any) -> Any:
        """What the index answers. Raises `NamesLost`, also where another index stands in its place by now."""
        if self.generation != self.holder.generation:
            raise NamesLost
        return await self.holder.ask(what, *about)


class StoredSearch:
    """`casework.cases.search.Search`, within one transaction."""

    def __init__(self, connection: AsyncConnection, seals: Seals, index: NameIndex) -> None:
        self._connection, self._seals, self._index = connection, seals, index

    async def catch_up(self, patience: float | None = None) -> bool:
        """Read what has committed since the last look, for at most so many seconds; whether that was all of it. Others
        have their turn between two pages, and go on where this one was."""
        until = None if patience is None else time.monotonic() + patience
        while not await self._read_page():
            if until is not None and time.monotonic() > until:
                return False
        return True

    async def _read_page(self) -> bool:
        """Read the next page of changes; whether it was the last."""
        index = self._index
        async with index.lock:
            generation = await index.holder.begin()
            if index.generation != generation:
                index.begin_anew(generation)
            asked = {"seen": index.seen, "after": index.after, "page": PAGE}
            moment, *found = (await self._connection.execute(SINCE, asked)).all()
            index.upto = moment.id if index.upto is None else index.upto
            await self._put([row.id for row in found if row.kind == "report"], reports.c.claim)
            await self._put([row.id for row in found if row.kind == "person"], people.c.profile)
            if len(found) == PAGE:
                index.after = found[-1].id
                return False
            index.seen, index.upto, index.after = index.upto, None, -1
            return True

    async def _put(self, ids: Sequence[int], column: Any) -> None:
        """Put what the rows say into the index anew, or out of it where they say nothing any more. One whose value does
        not open is found by its number alone."""
        if not ids:
            return
        is_report = column is reports.c.claim
        also = [reports.c.number] if is_report else []
        found = await self._connection.execute(
            select(column.table.c.id, column.label("said"), *also).where(among(column.table.c.id, ids))
        )
        rows = [row for row in found if row.said is not None]
        await self._seals.learn(row.said for row in rows)
        entries: list[Entry] = []
        async for row, said in self._unsealed(rows, column):
            entries.append(_of_report(row.id, said, row.number) if is_report else _of_person(row.id, said))
        gone = set(ids) - {row.id for row in rows}
        if gone:
            await self._index.ask("drop", [id if is_report else -id for id in gone])
        if entries:
            await self._index.ask("put", entries)

    async def _unsealed(self, rows: Sequence[Any], column: Any) -> Any:
        """Each row with what it says; after some of them everybody else has a turn."""
        for at, row in enumerate(rows, 1):
            yield row, await self._seals.unseal(column, row.id, row.said)
            if not at % AT_ONCE:
                await asyncio.sleep(0)

    async def find(self, text: str, limit: int) -> Hits:
        try:
            return await self._find(text, limit)
        except NamesLost:
            pass  # they are read again
        try:
            return await self._find(text, limit)
        except NamesLost:
            raise Unavailable from None

    async def _find(self, text: str, limit: int) -> Hits:
        whole = await self.catch_up(PATIENCE)
        number = parse_number(text)
        if isinstance(number, ReportNumber):
            return Hits(await self._hits({}, limit, reports.c.number == number.digits))
        if text.isascii() and text.isdecimal() and len(text) == FEW:
            return Hits(await self._hits(dict.fromkeys(await self._ask("tagged", text), 100.0), limit), whole)
        if any(map(str.isdecimal, text)) and (known := await self._known_as(text)):
            return Hits(await self._hits(dict.fromkeys(known, 100.0), limit))
        scores = dict.fromkeys(await self._with_phone(text), 100.0)
        line = sought(text)
        if line.words or line.born is not None:
            for id, score in await self._ask("find", line.words, line.born, 2 * limit, ALIKE):
                scores[id] = max(score, scores.get(id, 0.0))
        return Hits(await self._hits(scores, limit), whole)

    async def _ask(self, what: str, *about: Any) -> Any:
        return await self._index.ask(what, *about)

    async def _with_phone(self, text: str) -> Sequence[int]:
        """Who has the telephone that stands in a line."""
        for run in _PHONE.findall(text):
            phone = answers.phone(run)
            if not isinstance(phone, Unclear):
                found: Sequence[int] = await self._ask("tagged", phone)
                return found
        return ()

    async def _known_as(self, number: str) -> list[int]:
        """Reports to which another body has given this number."""
        hashes = [self._seals.vault.lookup("number", written) for written in written_as(number)]
        found = await self._connection.scalars(
            select(known_numbers.c.report_id).where(known_numbers.c.hash.in_(hashes)).distinct()
        )
        return sorted(found)

    async def like(self, report: ReportId, at_least: int) -> Sequence[Hit]:
        try:
            await self.catch_up()
            found = await self._ask("like", report, MOST_ALIKE, at_least)
        except NamesLost:
            raise Unavailable from None  # the errand looks again
        return await self._hits({int(report): 100.0} | dict(found), MOST_ALIKE + 1)

    async def _hits(
        self, scores: dict[int, float], limit: int, these: ColumnElement[bool] | None = None
    ) -> Sequence[Hit]:
        """The likeliest reports as they stand now, in a case to which they belong now."""
        if not scores and these is None:
            return []
        if these is None:
            relatives = [-id for id in scores if id < 0]
            these = or_(among(reports.c.id, scores), among(reports.c.person_id, relatives))
        columns = reports.c.id, reports.c.number, reports.c.case_id, reports.c.person_id, reports.c.center
        rows = (await self._connection.execute(select(*columns, reports.c.claim.label("said")).where(these))).all()
        found = {row.id: max(scores.get(row.id, 0.0), scores.get(-row.person_id, 0.0)) or 100.0 for row in rows}
        best = sorted(rows, key=lambda row: (-found[row.id], row.id))[:limit]
        relative = await self._relatives({row.person_id for row in best})
        await self._seals.learn(row.said for row in best)
        return [
            Hit(
                ReportId(row.id),
                ReportNumber(row.number),
                CaseId(row.case_id),
                PersonId(row.person_id),
                CenterId(row.center),
                claim.name.full,
                claim.born,
                relative.get(row.person_id, ""),
                round(found[row.id]),
            )
            async for row, claim in self._unsealed(best, reports.c.claim)
        ]

    async def _relatives(self, ids: set[int]) -> dict[int, str]:
        found = await self._connection.execute(
            select(people.c.id, people.c.profile.label("said")).where(
                among(people.c.id, ids), people.c.profile.is_not(None)
            )
        )
        rows = found.all()
        await self._seals.learn(row.said for row in rows)
        return {
            row.id: profile.name.full if profile.name else ""
            async for row, profile in self._unsealed(rows, people.c.profile)
        }

    async def unmatched(self) -> Sequence[ReportId]:
        found = await self._connection.execute(
            select(changes.c.id)
            .where(changes.c.kind == "report", changes.c.matched.is_(False))
            .order_by(changes.c.id)
            .limit(20)
            .with_for_update(skip_locked=True)
        )
        return [ReportId(id) for id in found.scalars()]

    async def matched(self, report: ReportId) -> None:
        await self._connection.execute(update(changes).where(changes.c.id == report).values(matched=True))


def _of_report(id: int, claim: Any, number: str) -> Entry:
    if not can_be_read(claim):
        return id, "", None, [number[-FEW:]]
    born: PartialDate | None = claim.born
    day = (born.year, born.month or 0, born.day or 0) if born is not None else None
    return id, claim.name.full, day, [number[-FEW:]]


def _of_person(id: int, profile: Any) -> Entry:
    if not can_be_read(profile):
        return -id, "", None, []
    phone = [profile.phone, profile.phone[-FEW:]] if profile.phone else []
    return -id, profile.name.full if profile.name else "", None, phone
