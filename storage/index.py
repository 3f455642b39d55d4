"""Search over sealed names: an index in memory, nothing searchable on disk.

It is filled at the first look from unsealed names and then follows what commits. What changed is noted in the same
transaction in `changes`, with the transaction's id; a look first reads every change whose transaction was not yet over
at the look before (ids alone would miss one that commits late).
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from rapidfuzz import fuzz, process
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.cases.search import Hit
from casework.ids import CaseId, CenterId, PersonId, ReportId
from casework.numbers import ReportNumber, parse_number
from casework.places.spelling import skeleton
from casework.unreadable import can_be_read
from casework.values import PartialDate, Phone
from dialogs import answers
from dialogs.answers.writing import plain
from storage.changes import changes
from storage.people import people
from storage.registering import known_numbers, reports, written_as
from storage.schema import among
from storage.sealing import Seals

Id = TypeVar("Id", bound=int)

BATCH = 500
SINCE = text(
    """
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS id, NULL AS kind
    UNION ALL
    SELECT id, kind FROM changes WHERE transaction >= :seen AND (
        :seen = 0 OR transaction < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
        OR transaction = pg_current_xact_id_if_assigned()::text::bigint
    )
    """
)
"""From where the next look goes on, then what changed since the last. Data that were restored bring transaction ids of
another server, which may lie far ahead: they are read at the first look and not at each."""
FEW = 4
"""So many digits are the last ones of a report's number or of a telephone."""
ROUGH = 55.0
"""From here on a name is looked at carefully."""
ALIKE = 74.0
"""From here on, of 100, a name is shown to whoever looks for it: they judge by themselves."""


@dataclass(frozen=True, slots=True)
class _Report:
    """A report as the index knows it."""

    id: ReportId
    number: ReportNumber
    case: CaseId
    person: PersonId
    center: CenterId
    name: str
    born: PartialDate | None

    def hit(self, score: float, relative: str) -> Hit:
        return Hit(
            self.id, self.number, self.case, self.person, self.center, self.name, self.born, relative, round(score)
        )


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    phone: Phone | None


def spelling(name: str) -> str:
    """A name's words in one spelling for Ukrainian, Russian and Latin letters, in one order: Ґудзь is Гудзь."""
    words = (skeleton(word) for word in plain(name).replace("ґ", "г").split())
    return " ".join(sorted(word for word in words if word))


@dataclass
class NameIndex:
    """One process's index: what it knows, and the names in its spelling, of the missing and of their relatives."""

    reports: dict[ReportId, _Report] = field(default_factory=dict)
    people: dict[PersonId, _Person] = field(default_factory=dict)
    missing: dict[ReportId, str] = field(default_factory=dict)
    relatives: dict[PersonId, str] = field(default_factory=dict)
    seen: int = 0
    """Every transaction below this one is in the index."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class StoredSearch:
    """`casework.cases.search.Search`, within one transaction."""

    def __init__(self, connection: AsyncConnection, seals: Seals, index: NameIndex) -> None:
        self._connection, self._seals, self._index = connection, seals, index

    async def catch_up(self) -> None:
        """Read what has committed since the last look."""
        async with self._index.lock:
            found = (await self._connection.execute(SINCE, {"seen": self._index.seen})).all()
            told: dict[str, list[int]] = {"report": [], "person": []}
            for row in found[1:]:
                told[row.kind].append(row.id)
            for ids in _batches(told["person"]):
                await self._read_people(ids)
            for ids in _batches(told["report"]):
                await self._read_reports(ids)
            self._index.seen = int(found[0].id)

    async def _read_reports(self, ids: list[int]) -> None:
        rows = (await self._connection.execute(select(reports).where(among(reports.c.id, ids)))).all()
        await self._seals.learn(row.claim for row in rows)
        for id in ids:
            self._index.reports.pop(ReportId(id), None)
            self._index.missing.pop(ReportId(id), None)
        for row in rows:
            claim = await self._seals.unseal(reports.c.claim, row.id, row.claim)
            self._index.reports[ReportId(row.id)] = _Report(
                ReportId(row.id),
                ReportNumber(row.number),
                CaseId(row.case_id),
                PersonId(row.person_id),
                CenterId(row.center),
                claim.name.full,
                claim.born,
            )
            if can_be_read(claim):  # otherwise it is found by its number alone
                self._index.missing[ReportId(row.id)] = spelling(claim.name.full)

    async def _read_people(self, ids: list[int]) -> None:
        rows = (
            await self._connection.execute(select(people.c.id, people.c.profile).where(among(people.c.id, ids)))
        ).all()
        await self._seals.learn(row.profile for row in rows)
        for id in ids:
            self._index.people.pop(PersonId(id), None)
            self._index.relatives.pop(PersonId(id), None)
        for row in rows:
            if row.profile is None:
                continue
            profile = await self._seals.unseal(people.c.profile, row.id, row.profile)
            name = profile.name.full if profile.name else ""
            self._index.people[PersonId(row.id)] = _Person(name, profile.phone)
            if name and can_be_read(profile):
                self._index.relatives[PersonId(row.id)] = spelling(name)

    async def find(self, text: str, limit: int) -> Sequence[Hit]:
        await self.catch_up()
        number = parse_number(text)
        if isinstance(number, ReportNumber):
            return await self._now([self._hit(r, 100) for r in self._index.reports.values() if r.number == number])
        if text.isascii() and text.isdecimal() and len(text) == FEW:
            whose = {id for id, person in self._index.people.items() if person.phone and person.phone.endswith(text)}
            few = [r for r in self._index.reports.values() if r.number.digits.endswith(text) or r.person in whose]
            return await self._now([self._hit(one, 100) for one in sorted(few, key=lambda r: r.id)[:limit]])
        if any(map(str.isdecimal, text)) and (known := await self._known_as(text)):
            return await self._now([self._hit(self._index.reports[id], 100) for id in known[:limit]])
        phone = answers.phone(text)
        if not any(char.isalpha() for char in text) and isinstance(phone, str):
            whose = {id for id, person in self._index.people.items() if person.phone == phone}
            return await self._now([self._hit(r, 100) for r in self._index.reports.values() if r.person in whose])
        wanted = spelling(text)
        scores = dict(_alike(wanted, self._index.missing, ALIKE))
        relatives = dict(_alike(wanted, self._index.relatives, ALIKE))
        for report in self._index.reports.values() if relatives else ():
            score = relatives.get(report.person, 0)
            scores[report.id] = max(score, scores.get(report.id, 0))
        scores = {id: score for id, score in scores.items() if score}
        best = sorted(scores, key=lambda id: (-scores[id], id))[:limit]
        return await self._now([self._hit(self._index.reports[id], scores[id]) for id in best])

    async def _known_as(self, number: str) -> list[ReportId]:
        """Reports to which another body has given this number."""
        hashes = [self._seals.vault.lookup("number", written) for written in written_as(number)]
        found = await self._connection.scalars(
            select(known_numbers.c.report_id).where(known_numbers.c.hash.in_(hashes)).distinct()
        )
        return [ReportId(id) for id in sorted(found) if id in self._index.reports]

    async def like(self, report: ReportId, at_least: int) -> Sequence[Hit]:
        await self.catch_up()
        own = self._index.missing.get(report)
        if own is None:
            return []
        return await self._now(
            [self._hit(self._index.reports[id], score) for id, score in _alike(own, self._index.missing, at_least)]
        )

    def _hit(self, report: _Report, score: float) -> Hit:
        relative = self._index.people.get(report.person)
        return report.hit(score, relative.name if relative else "")

    async def _now(self, hits: Sequence[Hit]) -> Sequence[Hit]:
        """With the case to which each report belongs now: joining does not touch the index."""
        found = await self._connection.execute(
            select(reports.c.id, reports.c.case_id).where(among(reports.c.id, [hit.report for hit in hits]))
        )
        cases = {row.id: CaseId(row.case_id) for row in found}
        return [replace(hit, case=cases[hit.report]) for hit in hits if hit.report in cases]

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


def _alike(wanted: str, keys: dict[Id, str], at_least: float) -> list[tuple[Id, float]]:
    """Whose names are alike: a quick look at all, then a careful one at what is left."""
    rough = process.extract(wanted, keys, scorer=fuzz.token_ratio, processor=None, score_cutoff=ROUGH, limit=None)
    careful = ((id, _score(wanted, key)) for key, _, id in rough)
    return [(id, score) for id, score in careful if score >= at_least]


def _score(wanted: str, key: str) -> float:
    """How alike two spelt names are, 0 to 100: whole, or with a part (the patronymic, say) missing on one side."""
    parts, others = wanted.split(), key.split()
    fewer, more = (parts, others) if len(parts) <= len(others) else (others, parts)
    if not fewer:
        return 0
    left, total = list(more), 0.0
    for part in fewer:
        best = max(left, key=lambda other: fuzz.ratio(part, other))
        total += fuzz.ratio(part, best)
        left.remove(best)
    return max(float(fuzz.ratio(wanted, key)), total / len(fewer) - 3 * len(left))


def _batches(ids: list[int]) -> Iterable[list[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
