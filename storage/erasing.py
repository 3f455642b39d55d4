"""Erasing a person: rows, and the keys under which anything of theirs was sealed, so that no copy opens either.

The rows go first, with a note of the keys, in one transaction. After its commit the keyring is told; if the process
ends between the two, by a tick.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.cases.records import CaseState
from casework.erasing import RECEIPT_DIGITS, ReceiptNumber
from casework.ids import PersonId, ReportId
from dialogs.conversation import Scripts
from storage.cases import notes
from storage.changes import changed
from storage.checks import checked_cases, checks
from storage.correspondence import answers
from storage.effects import Effects
from storage.ending import legal_holds
from storage.files import files
from storage.inquiries import inquiries
from storage.keyring import KeyOf
from storage.kinship import documents
from storage.people import drafts, people
from storage.quarantine import quarantine
from storage.registering import cases, reports
from storage.schema import AS_THEY_ARE, among, sealed_by
from storage.sealing import Seals, erased_keys, key_of, owned_keys
from storage.updates import updates

AT_ONCE = 1000


class StoredErasing:
    """`casework.erasing.Erasing`. The commit tells the keyring, and every process, which keys to forget."""

    def __init__(
        self, connection: AsyncConnection, seals: Seals, now: datetime, scripts: Scripts, effects: Effects
    ) -> None:
        self._connection, self._seals, self._now, self._scripts = connection, seals, now, scripts
        self._effects = effects

    async def erase(self, person: PersonId) -> None:
        row = (
            await self._connection.execute(
                select(people.c.key_id, people.c.active).where(people.c.id == person).with_for_update()
            )
        ).one_or_none()
        if row is None:
            return
        lost = {row.key_id}
        if row.active is not None:
            lost.add(key_of(row.active))
        parked = await self._connection.execute(select(drafts.c.answers).where(drafts.c.person_id == person))
        lost |= {key_of(blob) for blob in parked.scalars()}
        lost |= await self._begun_by_staff(person)
        lost |= await self._reports(reports.c.person_id == person)
        owned = select(owned_keys.c.key_id).where(owned_keys.c.person_id == person)
        theirs = set(await self._connection.scalars(owned))
        lost |= theirs
        own_cases = select(cases.c.id).where(among(cases.c.key_id, theirs))
        for case in (await self._connection.scalars(own_cases)).all():  # of one who returned, and owns it
            await self._empty(case)
        sent = select(answers.c.file_id).where(answers.c.person_id == person, answers.c.file_id.is_not(None))
        await self._connection.execute(delete(files).where(files.c.id.in_(sent)))  # they are the members' who sent them
        await self._connection.execute(delete(people).where(people.c.id == person))
        await changed(self._connection, "person", person)
        await self._forget(lost)

    async def erase_report(self, report: ReportId) -> None:
        """One report, of a person who stays."""
        await self._forget(await self._reports(reports.c.id == report))

    async def receipt(self, person: PersonId) -> ReceiptNumber:
        return self._receipt(await self._seals.person_key(person))

    def _receipt(self, key: int) -> ReceiptNumber:
        drawn = int.from_bytes(self._seals.vault.lookup("receipt", str(key))[:8], "big")
        return ReceiptNumber(f"{drawn % 10**RECEIPT_DIGITS:0{RECEIPT_DIGITS}}")

    async def erased_on(self, number: ReceiptNumber) -> datetime | None:
        entries = await self._seals.keyring.entries()
        of_persons = (one for one in entries if one.holder == KeyOf.PERSON)
        return next((one.at for one in of_persons if self._receipt(one.key) == number), None)

    async def _begun_by_staff(self, person: PersonId) -> set[int]:
        """What staff have begun in the person's name ends. Returns the keys of it."""
        parked = await self._connection.scalars(select(drafts.c.answers).where(drafts.c.of_id == person))
        theirs = people.c.serving == person, people.c.script.in_(self._scripts.in_a_name)
        under_way = await self._connection.scalars(
            select(people.c.active).where(*theirs, people.c.active.is_not(None)).with_for_update()
        )
        lost = {key_of(blob) for blob in (*parked, *under_way)}
        await self._connection.execute(update(people).where(*theirs).values(script="menu", active=None))
        return lost

    async def _reports(self, these: ColumnElement[bool]) -> set[int]:
        """Reports, with the papers that staff took in for them. Returns the keys no longer needed."""
        rows = (
            await self._connection.execute(
                select(reports.c.id, reports.c.case_id, reports.c.key_id).where(these).with_for_update()
            )
        ).all()
        ids = [row.id for row in rows]
        papers = select(documents.c.file_id).where(among(documents.c.report_id, ids), documents.c.file_id.is_not(None))
        await self._connection.execute(delete(files).where(files.c.id.in_(papers)))
        await self._inquiries(among(inquiries.c.report_id, ids))
        await self._connection.execute(delete(reports).where(among(reports.c.id, ids)))
        for id in ids:
            await changed(self._connection, "report", id)
        lost = {row.key_id for row in rows}
        for case in sorted({row.case_id for row in rows}):
            lost |= await self._close_if_nobodys(case)
        return lost

    async def _close_if_nobodys(self, case: int) -> set[int]:
        """A case without a report is closed, with those joined to it; what staff wrote of it goes with its key."""
        await self._connection.execute(select(cases.c.id).where(cases.c.id == case).with_for_update())
        left = await self._connection.scalar(select(reports.c.id).where(reports.c.case_id == case).limit(1))
        if left is not None:
            return set()
        family = (
            await self._connection.execute(
                select(cases.c.id, cases.c.key_id).where((cases.c.id == case) | (cases.c.joined_to == case))
            )
        ).all()
        for row in family:
            await self._empty(row.id)
        return {row.key_id for row in family}

    async def _inquiries(self, these: ColumnElement[bool]) -> None:
        """Inquiries, with the files of their answers, which are the members' who attached them."""
        of_answers = select(func.unnest(inquiries.c.files)).where(these)
        await self._connection.execute(delete(files).where(files.c.id.in_(of_answers)))
        await self._connection.execute(delete(inquiries).where(these))

    async def _empty(self, case: int) -> None:
        gone = select(updates.c.id).where(updates.c.case_id == case)
        corrected = update(updates).where(updates.c.replaced_by_id.in_(gone))  # perhaps of a case that was joined
        await self._connection.execute(corrected.values(replaced_by_id=None))
        await self._connection.execute(delete(notes).where(notes.c.case_id == case))
        await self._connection.execute(delete(updates).where(updates.c.case_id == case))
        await self._inquiries(inquiries.c.case_id == case)
        its = select(checked_cases.c.check_id).where(checked_cases.c.case_id == case)
        await self._connection.execute(update(checks).where(checks.c.id.in_(its)).values(words=None))
        await self._connection.execute(delete(checked_cases).where(checked_cases.c.case_id == case))
        await self._connection.execute(delete(legal_holds).where(legal_holds.c.case_id == case))
        fresh = await self._seals.new_key(KeyOf.CASE)
        await self._connection.execute(
            update(cases).where(cases.c.id == case).values(state=CaseState.CLOSED, key_id=fresh)
        )

    async def _forget(self, lost: set[int]) -> None:
        rows = [{"key_id": id, "at": self._now} for id in sorted(lost)]
        await self._connection.execute(insert(erased_keys).values(rows).on_conflict_do_nothing())
        self._effects.erased = True

    async def replay(self, ids: Sequence[int]) -> int:
        """Erase here whoever was erased after these data were copied: `ids` are keys of the ledger. Returns how many
        persons were erased once more."""
        erased = 0
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            persons = (await self._connection.scalars(select(people.c.id).where(among(people.c.key_id, some)))).all()
            for person in persons:
                await self.erase(PersonId(person))
            erased += len(persons)
            await self._what_is_left(some)
            rows = [{"key_id": id, "at": self._now, "told": True} for id in some]
            await self._connection.execute(insert(erased_keys).values(rows).on_conflict_do_nothing())
        return erased

    async def _what_is_left(self, ids: Sequence[int]) -> None:
        """Under these keys nothing opens: drafts, what staff wrote of a case, messages whose writer nobody knows."""

        def named(column: ColumnElement[bytes]) -> ColumnElement[bool]:
            return sealed_by(column).in_([id.to_bytes(8, "big") for id in ids])

        await self._connection.execute(delete(drafts).where(named(drafts.c.answers)))
        await self._connection.execute(update(people).where(named(people.c.active)).values(script="menu", active=None))
        await self._connection.execute(delete(quarantine).where(named(quarantine.c.raw)))
        query = select(cases.c.id).where(among(cases.c.key_id, ids))
        for case in (await self._connection.scalars(query)).all():
            await self._empty(case)

    async def tell(self) -> list[int]:
        """Delete from the keyring the keys that were erased here. Returns which: no process may remember them. A key
        that a living holder has, or is sealed under, is not deleted, and told as a broken row: whoever can write to the
        database without our keys could otherwise name another's key, and end it on every copy, for ever."""
        untold = select(erased_keys).where(~erased_keys.c.told).order_by(erased_keys.c.key_id)
        rows = (await self._connection.execute(untold.with_for_update(skip_locked=True))).all()
        ids = [row.key_id for row in rows]
        if ids:
            held = await self._held(ids)
            for id in sorted(held):
                self._seals.broken.tell(erased_keys.name, id)
            ids = [id for id in ids if id not in held]
        if ids:
            ids = list(await self._seals.keyring.erase(ids, self._now))
            gone = [{"key_id": id, "at": self._now, "told": True} for id in ids]
            told = insert(erased_keys).values(gone)
            await self._connection.execute(told.on_conflict_do_update(index_elements=["key_id"], set_={"told": True}))
        return ids

    async def _held(self, ids: Sequence[int]) -> set[int]:
        """Those keys that a living holder has, or under which something of a holder's own is sealed."""
        names = [id.to_bytes(8, "big") for id in ids]
        found = set[int]()
        for column in NAMING:
            query = select(column).where(among(column, ids)).execution_options(**AS_THEY_ARE)
            found |= {*await self._connection.scalars(query)}
        for named in map(sealed_by, OWN_VALUES):
            query = select(named).where(named.in_(names)).execution_options(**AS_THEY_ARE)
            found |= {int.from_bytes(name, "big") for name in await self._connection.scalars(query)}
        return found


NAMING: Final = (people.c.key_id, reports.c.key_id, cases.c.key_id, owned_keys.c.key_id)
OWN_VALUES: Final = (people.c.profile, reports.c.claim, notes.c.text, updates.c.statement)
"""Columns that name a holder's key, and the first that are sealed under one of each kind of holder."""
