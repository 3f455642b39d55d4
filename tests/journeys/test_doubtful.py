"""Reports filed before anything was asked about: those that look misread are found, and somebody calls."""

from dataclasses import replace

import pytest

from casework.account import Account
from casework.actor import Channel, Role
from casework.ids import CenterId
from casework.people import Profile
from casework.registering import Claim, Kinship
from casework.values import PartialDate, PersonName, Phone
from tests.visiting import House


async def filed(
    house: House,
    name: str,
    *,
    phone: str = "+380671234567",
    born: PartialDate | None = None,
    lost_on: PartialDate | None = None,
    center: str = "kharkiv",
) -> str:
    """A report as an earlier release has left it."""
    async with house.database.work(house.clock()) as work:
        person = await work.people.get(await work.people.add("uk"))
        profile = Profile(PersonName("Петренко Марія"), Phone(phone), "kharkiv")
        await work.people.keep(replace(person, profile=profile))
        claim = Claim(Kinship.MOTHER, PersonName(name), born)
        report = await work.reports.add(person.id, claim, CenterId(center))
        if lost_on is not None:
            await work.reports.tell_more(report.id, Account(lost_on=lost_on), None)
        await work.commit()
    return str(report.number)


async def test_what_looks_misread_goes_into_the_queue_once(house: House) -> None:
    sound = await filed(house, "Петренко Іван", born=PartialDate(1990, 3, 12), lost_on=PartialDate(2025, 3))
    greeting = await filed(house, "Добрий день")
    old_network = await filed(house, "Коваль Олег", phone="+81380671234567")
    century = await filed(house, "Ткач Ілля", born=PartialDate(1926, 12, 1), lost_on=PartialDate(1927, 3, 5))
    abroad = await filed(house, "Мороз Ігор", phone="+48600100200")
    other = await filed(house, "Не розумію", center="lviv")
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/doubtful")
    assert operator.hears("doubtful-head", count=4, read=5)
    for line in (
        f"{greeting} · Добрий день · уточнити: Кого шукаємо",
        f"{old_network} · Коваль Олег · уточнити: Ваш телефон",
        f"{century} · Ткач Ілля · уточнити: Дата народження",
        f"{century} · Ткач Ілля · уточнити: Коли зник зв’язок",
        f"{abroad} · Мороз Ігор · уточнити: Де живе родина",
    ):
        assert operator.sees(line)
    assert not operator.sees(sound)
    assert not operator.sees(other), "another center's"
    await operator.presses("Так, у чергу")
    assert operator.hears("doubtful-done", count=4)
    await operator.says("/queue")
    assert operator.sees("уточнити ім’я, телефон, дату чи місце у зверненні")
    await operator.says("/doubtful")
    assert operator.hears("doubtful-head", count=0, read=1), "each is put into the queue once"


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.ADMINISTRATOR, Role.AUDITOR])
async def test_it_is_for_operators_and_heads(house: House, role: Role) -> None:
    member = await house.staff(role)
    await member.says("/doubtful")
    assert member.hears("desk-command-not-yours", command="/doubtful")


async def test_no_name_stands_on_a_messenger_and_each_look_is_recorded(house: House) -> None:
    await filed(house, "Добрий день")
    operator = await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM)
    await operator.says("/doubtful")
    assert not operator.sees("Добрий день · ")
    auditor = await house.staff(Role.AUDITOR, center=None)
    await auditor.says("/audit")
    await auditor.presses("Усе")
    assert auditor.sees("переглянуто звернення, які могли зрозуміти хибно")


async def test_many_are_read_a_portion_at_a_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("casework.cases.doubtful", "dialogs.doubtful"):
        monkeypatch.setattr(f"{module}.PORTION", 3)
    names = ("Петренко Іван", "Коваль Олег", "Ткач Ілля", "Мороз Ігор", "Добрий день", "Бондар Павло", "Не розумію")
    numbers = [await filed(house, name) for name in names]
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/doubtful")
    assert operator.hears("doubtful-head", count=0, read=3)
    assert operator.hears("doubtful-part", first=1, last=3, reports=7)
    await operator.presses("Переглянути наступні")
    assert operator.hears("doubtful-part", first=4, last=6, reports=7)
    assert operator.sees(numbers[4])
    await operator.presses("Так, у чергу")
    assert operator.hears("doubtful-done", count=1)
    assert operator.hears("doubtful-part", first=7, last=7, reports=7), "and on it goes"
    assert operator.sees(numbers[6])
    await operator.presses("Ні")
    assert operator.asked("staff-menu")
