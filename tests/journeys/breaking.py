"""A house with a story of which every sealed column holds something, and whoever alters what is sealed in it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Column, select

from casework import correspondence
from casework.account import Account
from casework.actor import Channel, Role
from casework.calls import Reason, plan
from casework.checks.values import CheckAnswer
from casework.files import FileState
from casework.ids import CenterId, FileId, StructureId
from casework.kinship import KinshipState, SeenPapers
from casework.kinship.deciding import VerifyByTwo
from casework.kinship.ties import Presented
from casework.numbers import ReportNumber
from casework.sessions import Enrolment
from casework.sightings import Seen, SightingKind
from casework.staff.proposals import About
from casework.unreadable import NotReadable
from dialogs.said import Text
from handlers.incoming import Incoming
from storage.database import StoredWork, metadata
from storage.files import files
from storage.index import NameIndex
from storage.kinship import kinships
from storage.people import drafts
from storage.quarantine import quarantine
from storage.schema import AS_THEY_ARE
from storage.sessions import enrolments
from storage.sweeping import sealed_columns
from storage.threads import thread
from storage.updates import readings, updates
from tests.journeys.booking import booked
from tests.journeys.updating import Scene, set_out
from tests.visiting import Guest, House

WEEK = timedelta(days=7)

SEALED = [column for table in metadata.sorted_tables for column in sealed_columns(table)]
"""Every sealed column there is."""


@dataclass
class Town:
    """Who is in the house, and the number of the mother's report."""

    house: House
    scene: Scene
    members: dict[Role, Guest]

    @property
    def mother(self) -> Guest:
        return self.scene.mother

    @property
    def number(self) -> str:
        return self.scene.number

    @property
    def report(self) -> ReportNumber:
        return ReportNumber(self.number.replace("-", ""))

    def incoming(self, said: str) -> Incoming:
        """What the mother writes, before any courier comes by."""
        mother = self.mother
        return Incoming(mother.channel, mother.address, f"{said} alone", self.house.clock(), Text(said), "uk")


async def furnished(house: House) -> Town:
    """A story, in which the rest is put by hand."""
    await house.staff(Role.SPECIALIST, "kharkiv", StructureId("lawyer"), name="Юрченко Ганна")
    scene = await set_out(house)
    members = {
        role: await house.staff(role, None if role is Role.ADMINISTRATOR else "kharkiv", name=f"Коваль {role}")
        for role in (Role.OPERATOR, Role.VERIFIER, Role.ADMINISTRATOR, Role.AUDITOR)
    }
    members |= {Role.HEAD: scene.head, Role.SPECIALIST: scene.author}
    await booked(scene.mother)
    await scene.released()
    await scene.writes("Ми надіслали запит і чекаємо на відповідь.")
    await scene.mother.says("/details")
    await members[Role.OPERATOR].says(f"/note {scene.number} Просять телефонувати після обіду.")
    town = Town(house, scene, members)
    await _the_rest(town)
    return town


async def _the_rest(town: Town) -> None:
    house, person = town.house, await town.mother.person()
    wife = house.guest()
    await wife.consents()
    for said in ("/register", "Дружина", "/settings"):
        await wife.says(said)
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(town.report)
        head = await work.staff.member_of(await town.scene.head.person())
        assert report is not None
        assert head is not None
        admin = await work.staff.member_of(await town.members[Role.ADMINISTRATOR].person())
        assert admin is not None
        await work.reports.tell_more(report.id, Account(circumstances=("Зник під Бахмутом",)), None)
        await plan(Reason.ASKED, person, work, note="Хочу спитати")
        await work.inbox.add(person, "Напишіть мені", at=work.now, channel=Channel.TELEGRAM)
        written, _ = await correspondence.await_answer(person, work)
        await work.correspondences.answer(written, head.id, "Ми з’ясуємо")
        file = await work.files.add(person, type="image/jpeg", content=b"\xff\xd8\xff", name="Довідка.jpg")
        await work.kinships.add_documents(report.id, [file], ["Свідоцтво"])
        await work.endings.hold(report.case, "Ухвала суду", head.id, None, work.now + timedelta(days=90))
        await work.staff.show_as(head.id, "Ірина")
        bureau, soon = "nib", (work.now + WEEK).date()
        await work.checks.add(
            CenterId("kharkiv"),
            head.id,
            [report.case],
            body=bureau,
            on=work.now.date(),
            answer=CheckAnswer.NOTHING_NEW,
            again=None,
            words="Питали двічі",
        )
        await work.inquiries.add(
            CenterId("kharkiv"),
            report.case,
            report.id,
            head.id,
            body=bureau,
            question="Чи є дані?",
            enclosed=(),
            due=soon,
            law="",
        )
        task = await plan(Reason.ASKED, await wife.person(), work)
        await work.sightings.add(report.id, SightingKind.VIDEO, Seen(("Бачили у відео",)), work.now + WEEK, task.id)
        copy = (await work.connection.execute(select(readings))).first()
        assert copy is not None
        why = await work.seals.seal(readings.c.let_go_why, copy.id, "Телефон не відповідає", holder=copy.person_id)
        await work.connection.execute(readings.update().where(readings.c.id == copy.id).values(let_go_why=why))
        await work.minors.begin(await wife.person(), head.id, adult="бабуся Ніна")
        await work.call_words.draw(person, head.id, work.now + WEEK)
        waits = await work.people.enter(wife.channel, wife.address, "uk")
        await work.deferred.add(waits.person.id, waits.address, Channel.TELEGRAM, "{}")
        await work.quarantine.add(Channel.TELEGRAM, "{}", "Bug", person=person, script="menu", asked="menu")
        arriving = await work.files.add(person, type="image/jpeg", content=b"\xff\xd8\xff")
        await work.connection.execute(
            files.update()
            .where(files.c.id == arriving)
            .values(
                state=FileState.ARRIVING,
                channel=Channel.TELEGRAM,
                source=await work.seals.seal(files.c.source, arriving, "a reference", holder=person),
            )
        )
        reports = metadata.tables["reports"]
        old = await work.seals.seal(reports.c.account, report.id, Account(circumstances=("Старе",)), holder=report.id)
        await work.connection.execute(reports.update().where(reports.c.id == report.id).values(account=old))
        seen = SeenPapers(("passport",), Presented.SENT, "Так видно")
        await work.connection.execute(
            kinships.update()
            .where(kinships.c.report_id == report.id)
            .values(
                reason=await work.seals.seal(kinships.c.reason, report.id, "papers", holder=report.id),
                seen=await work.seals.seal(kinships.c.seen, report.id, seen, holder=report.id),
            )
        )
        sent = (await work.connection.scalars(select(updates.c.id))).first()
        reason = await work.seals.seal(updates.c.reason, sent or 0, "Немає джерела", holder=sent)
        await work.connection.execute(updates.update().where(updates.c.id == sent).values(reason=reason))
        staff = metadata.tables["staff"]
        command = VerifyByTwo(report.number, KinshipState.VERIFIED, seen)
        await work.proposals.add("kinship", command, head.id, About(case=report.case, report=report.id), delayed=False)
        id = await work.seals._ids.take(work.connection)
        secret = await work.seals.seal(enrolments.c.totp, id, "JBSWY3DPEHPK3PXP", holder=head.id)
        await work.connection.execute(
            enrolments.insert().values(id=id, staff_id=head.id, hash=b"hash", totp=secret, ends_at=work.now + WEEK)
        )
        totp = await work.seals.seal(staff.c.totp, head.id, "JBSWY3DPEHPK3PXP", holder=head.id)
        await work.connection.execute(staff.update().where(staff.c.id == head.id).values(totp=totp))
        await work.commit()


def read_beside(town: Town) -> Sequence[Callable[[StoredWork], Awaitable[object]]]:
    """What is read elsewhere than on a screen that is typed: codes, files, what waits and what was set aside."""

    async def codes(work: StoredWork) -> None:
        head = await work.staff.member_of(await town.scene.head.person())
        assert head is not None
        with suppress(NotReadable):
            await work.staff.give_code(head.id, "123456")
        await work.staff.shown_as(head.id)
        row = (await work.connection.execute(select(enrolments))).one()
        with suppress(NotReadable):
            await work.sessions.enrol(
                Enrolment(row.id, head.id, "uk", row.ends_at, known=False, shown=True, named=True), "123456"
            )

    async def sent(work: StoredWork) -> None:
        for id in (await work.connection.scalars(select(files.c.id))).all():
            await work.files.name(FileId(id))
            with suppress(NotReadable):
                await work.files.read(FileId(id))
        await work.files.claim_arriving(Channel.TELEGRAM)

    async def waits(work: StoredWork) -> None:
        await work.deferred.next_messages()
        for one in await work.quarantine.all():
            with suppress(NotReadable):
                await work.quarantine.open(one.id)
        row = (await work.connection.execute(select(quarantine))).one()
        with suppress(NotReadable):
            await work.seals.unseal(quarantine.c.asked, row.id, row.asked)

    async def letters(work: StoredWork) -> None:
        found = await work.correspondences.of(await town.mother.person())
        assert found is not None
        await work.correspondences.answers(found.id)

    async def threads(work: StoredWork) -> None:
        row = (await work.connection.execute(select(thread).limit(1))).one()
        await work.threads.latest(row.person_id)
        row = (await work.connection.execute(select(drafts).limit(1))).one()
        await work.people.drafts(row.person_id)

    async def contact(work: StoredWork) -> None:
        report = await work.reports.by_number(town.report)
        assert report is not None
        await work.checks.of_cases([report.case])
        [asked] = await work.inquiries.of_case(report.case)
        await work.inquiries.get(asked.id)
        await work.sightings.of(report.id)
        await work.call_words.of(report.person)
        await work.minors.to_look_at(work.now + timedelta(days=1), 10)
        row = (await work.connection.execute(select(readings).where(readings.c.let_go_why.is_not(None)))).one()
        await work.seals.unseal(readings.c.let_go_why, row.id, row.let_go_why)

    return codes, sent, waits, letters, threads, contact


@asynccontextmanager
async def altered(house: House, *columns: Column[Any]) -> AsyncIterator[int]:
    """One bit of every value of these columns is another; how many there are. Afterwards they are as they were, but for
    those that were written meanwhile."""
    kept: list[tuple[Column[Any], Column[Any], Any, bytes, bytes]] = []
    async with house.database.engine.begin() as connection:
        for column in columns:
            key = next(iter(column.table.primary_key))
            rows = await connection.execute(
                select(key, column).where(column.is_not(None)).execution_options(**AS_THEY_ARE)
            )
            kept += [(column, key, id, blob, blob[:-1] + bytes([blob[-1] ^ 1])) for id, blob in rows.all()]
    await _put(house, [(column, key, id, old, new) for column, key, id, old, new in kept])
    house.database.index.__dict__.update(NameIndex().__dict__)
    try:
        yield len(kept)
    finally:
        await _put(house, [(column, key, id, new, old) for column, key, id, old, new in kept])
        house.database.index.__dict__.update(NameIndex().__dict__)


async def _put(house: House, changes: list[tuple[Any, Any, Any, bytes, bytes]]) -> None:
    async with house.database.engine.begin() as connection:
        for column, key, id, before, after in changes:
            same = key == id, column == before
            await connection.execute(column.table.update().where(*same).values({column.name: after}))
