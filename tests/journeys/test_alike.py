"""Two buttons never read alike, whoever has one name: on the page and on messengers, where no name stands."""

import pytest

from casework.actor import Channel, Role
from tests.journeys.booking import booked, lawyer
from tests.visiting import Guest, House, with_code

CHANNELS = pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])


def _all_differ(member: Guest) -> list[str]:
    labels = [key.label for key in member.keys]
    assert len(labels) == len(set(labels)), labels
    return labels


@CHANNELS
async def test_three_who_wait_for_a_call_under_one_name(house: House, channel: Channel) -> None:
    """None has a report yet; each has asked for a call in the same minute."""
    for number in range(3):
        guest = house.guest()
        await guest.consents()
        await guest.says("/human")
        await guest.presses("Будь-коли")
        await guest.says("Як подати звернення?")
        await guest.says(f"067 123 45 6{number}")
    operator = await house.staff(Role.OPERATOR, "lviv", channel=channel)
    await operator.says("/queue")
    calls = [label for label in _all_differ(operator) if label.startswith("Зателефонувати")]
    assert len(calls) == 3
    await operator.presses(calls[1])
    assert operator.asked("call-how")


@CHANNELS
async def test_two_specialists_of_one_name_and_structure(house: House, channel: Channel) -> None:
    for _ in range(2):
        await lawyer(house, name="Коваль Олена")
    head = await house.staff(Role.HEAD, "kharkiv", channel=channel)
    await head.says("/absent")
    if channel is not Channel.WEB:
        assert head.sees("Розмова чекає там"), "their names stand on the page only"
        return
    labels = [label for label in _all_differ(head) if label.startswith("Юрист")]
    assert len(labels) == 2
    await head.presses(labels[1])
    assert head.asked("absent-from")
    assert head.sees(f"Кого не буде: {labels[1]}.")


@CHANNELS
async def test_two_members_of_one_name_and_role(house: House, channel: Channel) -> None:
    for _ in range(2):
        await house.staff(Role.OPERATOR, "kharkiv", name="Коваль Олена")
    administrator = await house.staff(Role.ADMINISTRATOR, None, channel=channel)
    await administrator.says("/staff")
    await administrator.presses("Вимкнути доступ")
    labels = [label for label in _all_differ(administrator) if "оператор" in label]
    assert len(labels) == 2
    await administrator.presses(labels[1])
    assert administrator.sees(f"Вимкнути доступ: {labels[1]}?")


@CHANNELS
async def test_visitors_of_one_name_with_two_lawyers_on_one_day(house: House, channel: Channel) -> None:
    lawyers = [await lawyer(house, name="Коваль Олена") for _ in range(2)]
    for _ in range(2):
        mother = house.guest()
        await mother.registers()
        await booked(mother)
    head = await house.staff(Role.HEAD, "kharkiv", channel=channel)
    await head.says("/day сьогодні")
    _all_differ(head)
    lines = [line for line in head.news.split("\n") if "Петренко Марія" in line or "· —" in line]
    assert len(lines) == len(set(lines))
    for one in lawyers:
        async with house.database.work(house.clock()) as work:
            staff = await with_code(await one.person(), work)
        assert staff is not None
        assert head.sees(str(staff.id)), "which of the two"
