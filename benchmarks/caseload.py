"""A center's caseload as two years leave it: reports, stories, calls, notes, papers, updates, joined cases."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from casework.account import Account, Service, Sex
from casework.calls import Reason
from casework.cases.records import Reached
from casework.contact.record import Contact, ContactKind
from casework.ids import CenterId, PersonId, StaffId
from casework.kinship import KinshipState
from casework.people import CONSENT, Profile
from casework.registering import Claim, Kinship, Report
from casework.updates.values import Level, Manner, Office, Source, Statement, signature
from casework.values import PartialDate, PersonName, Phone
from storage.database import Database, StoredWork

CENTER: Final = CenterId("kharkiv")
YEARS: Final = timedelta(days=730)
BATCH: Final = 200
"""Families a transaction."""

SURNAMES: Final = (
    "Бондар Бойко Гнатюк Гончар Дяченко Жук Заєць Іващенко Їжакевич Кравець Коваль Коваленко Кравчук Левченко Лисенко "
    "Мазур Марченко Мельник Мороз Нечай Олійник Панченко Петренко Поліщук Романюк Руденко Савчук Семенюк Сидоренко "
    "Ткач Ткаченко Федоренко Хоменко Цимбал Чумак Шаповал Шевченко Шевчук Щерба Юрченко Яценко Ярош"
)
GIVEN: Final = (
    "Андрій Богдан Василь Віктор Дмитро Іван Ігор Максим Микола Олег Остап Павло Петро Роман Сергій Тарас Юрій"
)
FATHERS: Final = "Андрійович Васильович Іванович Миколайович Олексійович Петрович Сергійович Степанович Юрійович"
WOMEN: Final = "Ганна Дарина Зоя Інна Катерина Леся Людмила Марія Надія Оксана Ольга Тетяна"
STORY: Final = "Востаннє виходив на зв’язок увечері, казав, що змінюють позицію; далі телефон був поза мережею. "
NOTE: Final = "Домовилися, що мати принесе свідоцтво; просить дзвонити після шостої, працює у зміну."
UPDATE: Final = "Ім’я внесено до реєстру Національного інформаційного бюро. Наступний крок: ми зателефонуємо вам."
MISREAD: Final = ("Добрий день", "Не розумію", "Допоможіть будь ласка")


@dataclass
class Caseload:
    """What was made: `named` is a missing person of whom there is one report, with the number `number`."""

    cases: int = 0
    calls: int = 0
    papers: int = 0
    number: str = ""
    named: str = ""


async def fill(
    database: Database, many: int, now: datetime, staff: Sequence[StaffId], chance: random.Random
) -> Caseload:
    """So many cases of one center, the last of them filed today; every rare thing in its share."""
    made = Caseload()
    before: Report | None = None
    for first in range(0, many, BATCH):
        moment = now - YEARS + YEARS * (first + BATCH) / (many + BATCH)
        async with database.work(moment) as work:
            for at in range(first, min(first + BATCH, many)):
                before = await _family(work, at, before, staff, chance, made)
            await work.commit()
    async with database.work(now - timedelta(days=1)) as work:
        person = await _relative(work, "Їжакевич Соломія", 0)
        claim = Claim(Kinship.MOTHER, PersonName("Їжакевич Северин Устимович"), PartialDate(1991, 3, 12))
        report = await work.reports.add(person, claim, CENTER)
        await work.kinships.declare(report.id)
        await work.commit()
    made.cases, made.number, made.named = many, str(report.number), "Їжакевич Северин"
    return made


async def _relative(work: StoredWork, name: str, at: int) -> PersonId:
    person = await work.people.get(await work.people.add("uk"))
    profile = Profile(PersonName(name), Phone(f"+38067{1_000_000 + at * 13:07}"), "kharkiv")
    await work.people.keep(replace(person, profile=profile, consent=CONSENT, agreed_at=work.now))
    return person.id


async def _family(
    work: StoredWork, at: int, before: Report | None, staff: Sequence[StaffId], chance: random.Random, made: Caseload
) -> Report:
    """One family, with what two years have added to its case."""
    surname = chance.choice(SURNAMES.split())
    missing = f"{surname} {chance.choice(GIVEN.split())} {chance.choice(FATHERS.split())}"
    if at % 60 == 7:
        missing = MISREAD[at % len(MISREAD)]
    born = PartialDate(1970 + chance.randrange(35), 1 + chance.randrange(12), 1 + chance.randrange(28))
    person = await _relative(work, f"{surname} {chance.choice(WOMEN.split())}", at)
    kinship = chance.choice((Kinship.MOTHER, Kinship.WIFE, Kinship.SISTER))
    report = await work.reports.add(person, Claim(kinship, PersonName(missing), born), CENTER)
    await work.kinships.declare(report.id)
    by = chance.choice(staff)
    if at % 10 < 7:
        lost = PartialDate.of(date(2024, 1 + at % 12, 1 + at % 28))
        told = Account(Sex.MAN, True, Service.ARMED_FORCES, f"{at % 90} бригада", "солдат", lost, None, (STORY * 3,))
        await work.reports.tell_more(report.id, told, None)
    await work.cases.take(report.case, by)
    attempt = await work.cases.add_attempt(person, report.id, by, Reached.REACHED)
    await work.contacts.add(Contact(person, report.id, ContactKind.CALL, work.now, by), attempt)
    if at % 2:
        await work.cases.add_note(report.case, by, NOTE)
    await _calls(work, report, at, made)
    await _papers(work, report, at, by, made)
    if at % 20 == 3 and before is not None:
        await work.cases.alike(report.id, [(before.id, 88)])
    elif at % 20 == 13 and before is not None:
        await work.cases.join(report.case, before.case, by)
        report = await work.reports.get(report.id)
    if at % 10 == 1:
        await _update(work, report, staff)
    return report


async def _calls(work: StoredWork, report: Report, at: int, made: Caseload) -> None:
    """Every family was called once; one of seven waits for a call, half of these too long."""
    first = await work.calls.add_task(
        Reason.NEW_REPORT, person=report.person, center=CENTER, due=work.now, report=report.id
    )
    await work.calls.close(first)
    if at % 7 == 0:
        due = work.now + (timedelta(days=3) if at % 2 else YEARS)
        reason = (Reason.ASKED, Reason.WROTE, Reason.UNDELIVERED, Reason.CORRECTED)[at // 7 % 4]
        note = "Хоче знати, чи дійшов лист." if reason is Reason.ASKED else ""
        await work.calls.add_task(reason, person=report.person, center=CENTER, due=due, report=report.id, note=note)
        made.calls += 1


async def _papers(work: StoredWork, report: Report, at: int, by: StaffId, made: Caseload) -> None:
    """Six of ten have sent papers; those of one in fifteen nobody has looked at yet."""
    if at % 10 >= 6:
        return
    files = [await work.files.add(report.person, type="image/jpeg", content=b"\xff\xd8\xff" * 20) for _ in range(2)]
    await work.kinships.add_documents(report.id, files, [])
    if at % 15:
        await work.kinships.decide(report.id, KinshipState.DECLARED, KinshipState.VERIFIED, by)
    else:
        made.papers += 1


async def _update(work: StoredWork, report: Report, staff: Sequence[StaffId]) -> None:
    recipients = await work.kinships.verified(report.case)
    if recipients:
        statement = Statement(Level.NIB, Source(Office.NIB, Manner.DOCUMENT, work.now.date()), UPDATE)
        seen = signature(report.case, statement, recipients)
        update = await work.updates.add(report.case, staff[0], statement, seen)
        await work.updates.release(update, staff[1], recipients)
