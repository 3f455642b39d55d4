"""The auditor's page: what is alike is one line with its true count, narrowed by plain forms, and taken as a file."""

import csv
import io
from datetime import timedelta

from casework.actor import Role
from casework.staff.lineage import How, Origin
from storage.staff import staff
from tests.handlers.web_site import Browser, Site, served
from tests.visiting import Guest, House


async def _auditor(site: Site, member: Guest) -> Browser:
    browser = Browser(site)
    browser.cookies["session"] = member.address
    return browser


async def test_sixteen_queues_in_a_second_push_nothing_out_of_sight(house: House) -> None:
    number = await house.guest().registers()
    verifier = await house.staff(Role.VERIFIER, name="Ткач Олег")
    operator = await house.staff(Role.OPERATOR, name="Гнатюк Леся")
    auditor = await house.staff(Role.AUDITOR, None)
    await verifier.says(f"/case {number}")
    for _ in range(16):
        await operator.says("/queue")
    await auditor.says("/audit")
    await auditor.presses("Усе")
    assert auditor.sees("Ткач Олег · відкрито справу")
    assert auditor.sees("Гнатюк Леся · переглянуто чергу")
    async with served(house) as site:
        browser = await _auditor(site, auditor)
        await browser.opens("/audit")
        assert browser.sees("відкрито справу")
        assert browser.page.count("<td>Гнатюк Леся</td><td>переглянуто чергу</td>") == 1
        assert browser.sees("<td>32</td>")  # each was fetched twice: for the answer, and for the page


async def test_the_record_is_narrowed_and_taken_as_a_file(house: House) -> None:
    number = await house.guest().registers()
    other = await house.guest().registers("Шевченко Олег", own_name="Шевченко Ніна")
    operator = await house.staff(Role.OPERATOR, name="Гнатюк Леся")
    verifier = await house.staff(Role.VERIFIER, name="=Ткач Олег")
    auditor = await house.staff(Role.AUDITOR, None)
    await operator.says(f"/case {number}")
    await verifier.says(f"/case {other}")
    await operator.says("/find Шевченко")
    async with served(house) as site:
        browser = await _auditor(site, auditor)
        await browser.opens(f"/audit?number={other}")
        assert browser.sees("<td>=Ткач Олег</td><td>відкрито справу</td>")
        assert browser.sees("<td>Гнатюк Леся</td><td>пошук</td>")  # the list showed that case too
        assert not browser.sees("<td>Гнатюк Леся</td><td>відкрито справу</td>")
        tomorrow = (house.clock.at + timedelta(days=1)).date()
        await browser.opens(f"/audit?first={tomorrow}")
        assert browser.sees("Таких записів немає")
        for wrong in ("number=1234", "first=2026-13-01", "member=x"):
            await browser.opens(f"/audit?{wrong}")
            assert browser.status == 422, wrong
        answer = await site.get("/audit.csv", Cookie=f"session={auditor.address}")
        rows = list(csv.reader(io.StringIO((await answer.read()).decode("utf-8-sig"))))
        assert rows[0][:3] == ["Коли", "Хто", "Що"]
        assert ["'=Ткач Олег", "відкрито справу"] in [row[1:3] for row in rows]
        await browser.opens("/audit")
        assert browser.sees("завантажено журнал файлом")


async def test_only_an_auditor_reads_it(house: House) -> None:
    for role in (Role.HEAD, Role.ADMINISTRATOR, Role.OPERATOR):
        member = await house.staff(role, None if role is Role.ADMINISTRATOR else "kharkiv")
        async with served(house) as site:
            browser = await _auditor(site, member)
            for path in ("/audit", "/audit.csv"):
                await browser.opens(path)
                assert browser.status == 403, (role, path)


async def test_an_auditor_sees_how_each_member_came_by_the_account_and_the_code(house: House) -> None:
    head, second = (
        await house.staff(Role.HEAD, name="Шевченко Ніна"),
        await house.staff(Role.VERIFIER, name="Мороз Дарина"),
    )
    newcomer, auditor = await house.staff(Role.OPERATOR, name="Гнатюк Леся"), await house.staff(Role.AUDITOR, None)
    async with house.database.work(house.clock()) as work:
        by, signed, member = [await work.staff.member_of(await one.person()) for one in (head, second, newcomer)]
        assert by is not None
        assert signed is not None
        assert member is not None
        await work.lineage.add(Origin(member.id, How.RESET, by.id, work.now, signed.id))
        await work.connection.execute(staff.update().where(staff.c.id == member.id).values(enrolled_at=work.now))
        await work.commit()
    async with served(house) as site:
        browser = await _auditor(site, auditor)
        await browser.opens(f"/audit?member={member.id}")
        shown = browser.page.partition("<details open>")[2]
        for told in ("Гнатюк Леся", "Шевченко Ніна", "Мороз Дарина", "нинішній код із застосунку діє"):
            assert told in shown, told
        await browser.opens("/audit")
        assert browser.page.partition("<details>")[2].count("<h2>") == 4
        operator = await _auditor(site, head)
        await operator.opens("/audit")
        assert operator.status == 403
