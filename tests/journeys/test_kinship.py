"""Kinship: papers sent, looked at, decided on; what the relative is told; who may open a file; erasing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.ids import FileId
from casework.kinship import Decide, KinshipState
from casework.letters import Say
from casework.numbers import ReportNumber
from casework.people import ERASE_AFTER
from casework.refusal import Refusal
from handlers.channel import Rejected
from handlers.errands import Errands
from handlers.incoming import Sent, SentFile
from storage.audit import audit
from storage.calls import calls
from storage.cases import notes
from storage.files import chunks, files
from storage.keyring import keys
from storage.outbox import letters
from storage.registering import cases
from storage.threads import thread
from tests.handlers.test_errands import Shelf
from tests.handlers.test_errands import _photo as _page
from tests.visiting import Guest, House, with_code


def _plain(number: str) -> ReportNumber:
    return ReportNumber(number.replace("-", ""))


async def _state(house: House, number: str) -> KinshipState:
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(_plain(number))
        assert report is not None
        return await work.kinships.state(report.id)


async def _sends_papers(mother: Guest, number: str) -> None:
    await mother.says(f"/papers {number}")
    assert mother.sees("свідоцтво про народження людини, яку шукаєте")
    await mother.says("ось вони")
    assert mother.sees("Тут потрібне фото")
    await mother.sends_photo()
    await mother.presses("Це все")
    await mother.says("Прізвище змінено після шлюбу")
    assert mother.sees("Отримали 1 документ")


async def test_papers_are_looked_at_and_verified(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await _sends_papers(mother, number)
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says("/queue")
    await verifier.presses(f"Документи: Петренко Марія · {number}")
    assert verifier.sees("Мати: Петренко Марія")
    assert verifier.sees("Петренко Іван Миколайович")
    assert verifier.sees("Прізвище змінено після шлюбу")
    assert any(message.enclosures for message in verifier.inbox)
    await verifier.confirms()
    assert verifier.sees("підтверджено")
    await mother.reads_push()
    assert "підтверджено" in mother.last.text
    assert "Петренко" not in mother.last.text
    assert await _state(house, number) is KinshipState.VERIFIED
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(_plain(number))
        assert report is not None
        assert list(await work.kinships.verified(report.case)) == [report.person]
    await verifier.says("/queue")
    assert verifier.sees("Документів на розгляд немає")


async def test_refused_more_asked_and_revoked_say_what_can_be_done(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says(f"/kinship {number}")
    await verifier.presses("Попросити ще документи")
    await verifier.presses("Готово")
    assert verifier.sees("Позначте хоча б один")
    await verifier.presses("паспорт того, хто звернувся")
    await verifier.presses("Готово")
    await mother.reads_push()
    assert "ваш паспорт" in mother.last.text
    await mother.presses("Надіслати документи")
    assert mother.asked("papers")
    await mother.sends_photo()
    await mother.presses("Це все")
    await mother.presses("Ще")
    await mother.presses("Пізніше")
    await verifier.says(f"/kinship {number}")
    await verifier.presses("Не підтверджувати")
    await verifier.presses("З надісланих документів не видно")
    await mother.reads_push()
    assert "не вдалося" in mother.last.text
    assert "поговорити з працівником" in mother.last.text
    assert await _state(house, number) is KinshipState.REFUSED
    await verifier.says(f"/kinship {number}")
    await verifier.confirms()
    await verifier.says(f"/kinship {number}")
    await verifier.presses("Скасувати підтвердження")
    await verifier.presses("Попереднє рішення було помилкою")
    assert await _state(house, number) is KinshipState.REVOKED
    await mother.reads_push()
    assert "скасовано" in mother.last.text


async def test_what_is_changed_after_it_was_verified_is_asked_about(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says(f"/kinship {number}")
    await verifier.confirms()
    await mother.says(f"/correct {number}")
    await mother.presses("Кого шукаємо")
    await mother.says("Шевченко Олег")
    await verifier.says("/queue")
    assert verifier.sees("змінено після підтвердження")


async def test_another_name_takes_the_verification_away(house: House) -> None:
    """Somebody is verified for one person, and then takes the name of another's missing one."""
    wife, adversary = house.guest(), house.guest()
    hers = await wife.registers("Шевченко Олег Іванович", own_name="Шевченко Ніна")
    his = await adversary.registers()
    verifier = await house.staff(Role.VERIFIER)
    for number in (hers, his):
        await verifier.says(f"/kinship {number}")
        await verifier.confirms()
    await adversary.says(f"/correct {his}")
    await adversary.presses("Кого шукаємо")
    assert adversary.hears("correct-unsettles", number=his)
    await adversary.says("Шевченко Олег Іванович")
    assert adversary.sees("тому родинний зв’язок перевірять ще раз")
    assert await _state(house, his) is KinshipState.CHANGED
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/join {hers} {his}")
    assert operator.sees("Родинний зв’язок: підтверджено")
    assert operator.sees("Родинний зв’язок: дані змінено після підтвердження")
    assert operator.hears("join-side-changed", number=his)
    await operator.presses("Так, об’єднати")
    await house.second()
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(_plain(hers))
        assert report is not None
        assert list(await work.kinships.verified(report.case)) == [await wife.person()]
    await verifier.says(f"/kinship {his}")
    assert verifier.sees("Після підтвердження дані змінили")
    assert verifier.sees("Під час підтвердження бачили: паспорт того, хто звернувся (Надіслали)")
    await verifier.confirms()
    assert await _state(house, his) is KinshipState.VERIFIED


async def test_the_own_name_counts_for_every_report_and_the_same_answer_changes_nothing(house: House) -> None:
    mother = house.guest()
    first = await mother.registers()
    await mother.presses("Поки що все")
    second = await mother.registers("Петренко Олег")
    verifier = await house.staff(Role.VERIFIER)
    for number in (first, second):
        await verifier.says(f"/kinship {number}")
        await verifier.confirms()
    await mother.says(f"/correct {first}")
    await mother.presses("Ваше ім’я")
    await mother.says("Петренко Марія")
    assert mother.hears("correct-same", number=first)
    assert await _state(house, first) is KinshipState.VERIFIED
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/correct {first}")
    await operator.presses("Ваше ім’я")
    await operator.says("Петренко Марина")
    assert operator.hears("correct-unsettled")
    await mother.reads_push()
    assert mother.last.text.count("родинний зв’язок перевірять ще раз") == 2
    assert [await _state(house, number) for number in (first, second)] == [KinshipState.CHANGED] * 2


async def test_without_any_paper_seen_nothing_is_verified(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says(f"/kinship {number}")
    await verifier.presses("Підтвердити")
    assert [key.label for key in verifier.keys][:2] == [
        "паспорт того, хто звернувся",
        "свідоцтво про народження того, кого шукають",
    ]
    await verifier.presses("Готово")
    assert verifier.sees("Позначте хоча б один")
    async with house.database.work(house.clock()) as work:
        person = await verifier.person()
        actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
        decision = Decide(_plain(number), KinshipState.DECLARED, KinshipState.VERIFIED)
        with pytest.raises(Refusal, match="kinship-nothing-seen"):
            await rulebook.carry_out(decision, actor, work)


async def _marks(verifier: Guest, number: str, how: str, *papers: str) -> None:
    await verifier.says(f"/kinship {number}")
    await verifier.presses("Підтвердити")
    for paper in papers:
        await verifier.presses(paper)
    await verifier.presses("Готово")
    await verifier.presses(how)


PASSPORT, BIRTH = "паспорт того, хто звернувся", "свідоцтво про народження того, кого шукають"


async def test_papers_that_were_brought_are_seen_by_two_of_the_center(house: House) -> None:
    number = await house.guest().registers()
    verifier = await house.staff(Role.VERIFIER)
    await _marks(verifier, number, "Принесли", PASSPORT, BIRTH)
    await verifier.presses("Так, колега підпише")
    assert verifier.hears("proposal-kinship-seen")
    assert await _state(house, number) is KinshipState.DECLARED
    away = await house.staff(Role.VERIFIER, "lviv", name="Мороз Дарина")
    await away.signs()
    assert away.hears("kinship-seen-here", number=number)
    assert await _state(house, number) is KinshipState.DECLARED
    operator = await house.staff(Role.OPERATOR, name="Бондар Ігор")
    await operator.signs()
    assert await _state(house, number) is KinshipState.VERIFIED
    await verifier.says(f"/kinship {number}")
    assert verifier.sees("Бондар Ігор"), "both are there by name"


async def test_less_than_proves_it_takes_a_reason_that_another_signs(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    verifier = await house.staff(Role.VERIFIER)
    await _marks(verifier, number, "Принесли", PASSPORT)
    assert verifier.hears("kinship-less-lacks", paper=Say("paper-of.birth-missing"))
    await verifier.says("Свідоцтво згоріло, є довідка з архіву.")
    assert await _state(house, number) is KinshipState.DECLARED
    away = await house.second()
    assert await _state(house, number) is KinshipState.VERIFIED
    await verifier.says(f"/kinship {number}")
    assert verifier.sees("Свідоцтво згоріло")
    assert verifier.sees("Мороз Дарина")
    assert not any("згоріло" in message.text for message in mother.inbox), "the family does not read it"
    assert not any("згоріло" in message.text for message in away.inbox[-1:])


async def test_what_the_verifier_took_in_is_no_scan(house: House) -> None:
    """Whatever one uploads oneself, one person alone has seen it."""
    number = await house.guest().registers()
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says(f"/papers {number}")
    await verifier.sends_photo()
    await verifier.sends_photo()
    await verifier.presses("Це все")
    await verifier.says("Принесли")
    await verifier.opens_papers(number)
    await _marks(verifier, number, "Надіслали", PASSPORT, BIRTH)
    assert verifier.hears("kinship-less-scans", scans=0, needed=2)
    other = await house.staff(Role.VERIFIER, name="Мороз Дарина")
    await other.says(f"/kinship {number}")
    await other.confirms()
    assert await _state(house, number) is KinshipState.VERIFIED, "for another they are scans"


async def test_a_tie_without_a_known_set_takes_two(house: House) -> None:
    """Papers are asked of a grandmother, and prove only a part of what makes her one."""
    grandmother = house.guest()
    await grandmother.consents()
    number = await grandmother.registers(kinship="9")
    verifier = await house.staff(Role.VERIFIER)
    assert await verifier.opens_papers(number) == ("passport", "birth-missing")
    await _marks(verifier, number, "Надіслали", PASSPORT, BIRTH)
    assert verifier.hears("kinship-less-no-set")
    await verifier.says("Прізвища й адреси збігаються, це видно з паспортів.")
    assert await _state(house, number) is KinshipState.DECLARED
    await house.second()
    assert await _state(house, number) is KinshipState.VERIFIED


async def test_a_scan_that_nobody_opened_proves_nothing(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await _sends_papers(mother, number)
    await _sends_papers(mother, number)
    verifier = await house.staff(Role.VERIFIER)
    await _marks(verifier, number, "Надіслали", PASSPORT, BIRTH)
    assert verifier.hears("kinship-less-scans", scans=0, needed=2)
    assert await _state(house, number) is KinshipState.DECLARED


async def test_a_refused_paper_is_asked_for_again(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/papers {number}")
    errands = Errands(house.database.work, Channel.TELEGRAM, Shelf({"a": Rejected("gone"), "b": _page()}), house.clock)
    await mother.sends(Sent((SentFile("image/jpeg", "a"), SentFile("image/jpeg", "b"))))
    assert mother.hears("papers.more", files=2)
    await mother.presses("Це все")
    assert mother.asked("papers-words")
    while await errands.fetch_next():
        pass
    await house.deliver()
    assert mother.hears("file-not-had")
    await mother.presses("Ще")
    assert mother.hears("file-not-had"), "the question is open again, with the reason"
    assert mother.hears("papers.more", files=1), "the other paper stays"
    await mother.presses("Це все")
    assert mother.asked("papers-words")
    await mother.says("Другий принесу")
    assert mother.hears("papers-done", number=number, files=1)


async def test_a_paper_refused_after_it_was_filed_waits_for_nobody(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/papers {number}")
    errands = Errands(house.database.work, Channel.TELEGRAM, Shelf({"a": Rejected("gone")}), house.clock)
    await mother.sends(Sent((SentFile("image/jpeg", "a"),)))
    await mother.presses("Це все")
    await mother.presses("Ще")
    await mother.presses("Пізніше")
    assert mother.hears("papers-done", number=number, files=1), "it is on its way"
    assert await errands.fetch_next()
    await house.deliver()
    assert mother.last.text.startswith("Файл, який ви надіслали, до нас не дійшов")
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says(f"/kinship {number}")
    assert verifier.sees("Документів ще немає")
    await verifier.says("/queue")
    assert verifier.sees("Документів на розгляд немає")
    await mother.presses("Надіслати ще раз")
    assert mother.asked("papers")


async def test_a_decision_needs_a_fresh_second_factor(house: House) -> None:
    number = await house.guest().registers()
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says(f"/kinship {number}")
    await verifier.presses("Підтвердити")
    verifier.code_at = None
    house.clock.pass_by(hours=12, minutes=1)
    await verifier.says("1")
    assert verifier.hears("staff-factor-needed")
    await verifier.says(f"/kinship {number}")
    assert verifier.hears("staff-factor-needed")
    assert not verifier.sees("Петренко")
    assert await _state(house, number) is KinshipState.DECLARED


async def test_nobody_decides_on_the_own_family(house: House) -> None:
    number = await house.guest().registers(own_name="Коваль Олена Петрівна")
    verifier = await house.staff(Role.VERIFIER, name="Коваль Олена")
    await verifier.says(f"/kinship {number}")
    await verifier.confirms()
    assert verifier.sees("Це може стосуватися вашої родини")
    assert await _state(house, number) is KinshipState.DECLARED


async def test_of_two_verifiers_at_once_one_decides(house: House) -> None:
    number = await house.guest().registers()
    one, other = await house.staff(Role.VERIFIER), await house.staff(Role.VERIFIER, name="Мельник Ігор")
    await one.says(f"/kinship {number}")
    await other.says(f"/kinship {number}")
    await other.presses("Не підтверджувати")
    await one.confirms()
    await other.presses("Документи стосуються іншої людини")
    assert await _state(house, number) is KinshipState.VERIFIED


async def test_who_may_open_a_paper(house: House) -> None:
    mother, stranger = house.guest(), house.guest()
    number = await mother.registers()
    await _sends_papers(mother, number)
    await stranger.registers("Шевченко Олег", own_name="Шевченко Ніна")
    here, there = await house.staff(Role.OPERATOR), await house.staff(Role.OPERATOR, "lviv")
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    async with house.database.work(house.clock()) as work:
        id = (await work.connection.execute(select(files.c.id))).scalar_one()
        file = await work.files.get(FileId(id))
        assert file is not None
        may = {}
        for name, guest in {
            "mother": mother,
            "stranger": stranger,
            "here": here,
            "there": there,
            "administrator": administrator,
        }.items():
            person = await guest.person()
            staff = await with_code(person, work)
            may[name] = await rulebook.may_open(Actor(person, "uk", Channel.WEB, staff), file, work)
        person = await here.person()
        may["here on Telegram"] = await rulebook.may_open(
            Actor(person, "uk", Channel.TELEGRAM, await with_code(person, work)), file, work
        )
        seen = (await work.connection.execute(select(audit.c.what).where(audit.c.what == "file"))).all()
    assert may == {
        "mother": True,
        "stranger": False,
        "here": True,
        "there": False,
        "administrator": False,
        "here on Telegram": False,
    }
    assert len(seen) == 1


async def test_papers_that_staff_took_in_are_the_familys(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/papers {number}")
    await operator.sends_photo()
    await operator.presses("Це все")
    await operator.says("Принесли на прийом")
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says(f"/kinship {number}")
    assert any(message.enclosures for message in verifier.inbox)
    async with house.database.work(house.clock()) as work:
        owners = (await work.connection.execute(select(files.c.person_id))).scalars().all()
        assert owners == [await mother.person()]


async def test_erasing_leaves_nothing_but_a_shared_case(house: House) -> None:
    mother, wife = house.guest(), house.guest(Channel.WEB)
    first = await mother.registers()
    await _sends_papers(mother, first)
    second = await wife.registers(own_name="Петренко Оксана")
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/join {first} {second}")
    await operator.presses("Так, об’єднати")
    await house.second()
    await operator.says(f"/note {first} Просять писати на пошту.")
    await operator.presses("Повернутися в меню")
    await mother.says("/erase")
    await mother.presses("Так, стерти")
    await mother.presses("Так, стерти мої дані")
    whose = await mother.person()
    await _erase_due(house)
    async with house.database.work(house.clock()) as work:
        assert await work.reports.by_number(_plain(first)) is None
        left = await work.reports.by_number(_plain(second))
        assert left is not None
        assert (await work.cases.get(left.case)).state == "open"
        assert len(await work.cases.notes(left.case)) == 1
        for table in (letters, thread, calls, files):
            found = await work.connection.scalar(select(func.count()).where(table.c.person_id == whose))
            assert found == 0, table.name
        assert await work.connection.scalar(select(func.count()).select_from(chunks)) == 0
    await operator.says("/find Петренко Марія")
    assert not operator.sees(f"{first}:")
    assert not operator.sees("Марія")
    await wife.says("/erase")
    await wife.presses("Так, стерти")
    await wife.presses("Так, стерти мої дані")
    await _erase_due(house)
    async with house.database.work(house.clock()) as work:
        states = set((await work.connection.execute(select(cases.c.state))).scalars())
        assert states == {"closed"}
        assert await work.connection.scalar(select(func.count()).select_from(notes)) == 0
        holders = (await work.connection.execute(select(keys.c.holder))).scalars().all()
    assert "report" not in holders
    await mother.opens()
    assert mother.sees("Чи погоджуєтеся ви")


async def _erase_due(house: House) -> None:
    house.clock.pass_by(seconds=(ERASE_AFTER + timedelta(minutes=1)).total_seconds())
    async with house.database.work(house.clock()) as work:
        for person in await work.people.due_for_erasure(work.now):
            await work.erasing.erase(person)
        await work.commit()


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])
async def test_the_passport_is_the_relative_s_whoever_reads_of_it(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    number = await mother.registers()
    await mother.says(f"/papers {number}")
    assert mother.sees("• ваш паспорт")
    verifier = await house.staff(Role.VERIFIER, channel=channel)
    await verifier.says(f"/kinship {number}")
    assert verifier.sees("Має бути: паспорт того, хто звернувся")
    assert not verifier.sees("ваш паспорт")
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/papers {number}")
    assert operator.sees("• паспорт того, хто звернувся"), "staff take papers in for the family"
    assert not operator.sees("ваш паспорт")
