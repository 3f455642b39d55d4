"""A command without a number offers the cases that are meant most often: by name on the page, by number elsewhere."""

import pytest

from casework.actor import Channel, Role
from tests.visiting import Guest, House


async def _registered(house: House, name: str) -> tuple[Guest, str]:
    mother = house.guest()
    return mother, await mother.registers(name=name)


async def _with_papers(house: House, name: str) -> str:
    mother, number = await _registered(house, name)
    await mother.says(f"/papers {number}")
    await mother.sends_photo()
    await mother.presses("Це все")
    await mother.says("Ні")
    return number


COMMANDS = [
    ("/case", "opened"),
    ("/take", "opened"),
    ("/note", "note"),
    ("/join", "other-number"),
    ("/invitation", "inviting"),
    ("/part", "opened"),
]
"""A command, and what is asked once a report was pressed."""


@pytest.mark.parametrize(("command", "follows"), COMMANDS)
async def test_a_command_without_a_number_offers_what_waits(house: House, command: str, follows: str) -> None:
    _, number = await _registered(house, "Бойко Тарас Ілліч")
    head = await house.staff(Role.HEAD)
    await head.says(command)
    assert f"Бойко Тарас Ілліч · {number}" in [key.label for key in head.keys]
    await head.presses(f"Бойко Тарас Ілліч · {number}")
    assert head.asked(follows) or head.hears("part-never-joined", number=number)


async def test_whose_papers_wait_is_pressed_for_a_decision(house: House) -> None:
    number = await _with_papers(house, "Бойко Тарас Ілліч")
    _, other = await _registered(house, "Гнатюк Олег Петрович")
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says("/kinship")
    labels = [key.label for key in verifier.keys]
    assert f"Бойко Тарас Ілліч · {number}" in labels
    assert not any(other in label for label in labels), "nothing of theirs waits for a decision"
    await verifier.presses(f"Бойко Тарас Ілліч · {number}")
    assert verifier.asked("kinship-decision")


async def test_what_was_opened_last_comes_first(house: House) -> None:
    numbers = [(await _registered(house, name))[1] for name in ("Бойко Тарас", "Гнатюк Олег", "Коваль Юрій")]
    operator = await house.staff(Role.OPERATOR)
    for number in (numbers[0], numbers[2]):
        await operator.says(f"/case {number}")
    await operator.says("/case")
    assert [key.label for key in operator.keys][:3] == [
        f"Коваль Юрій · {numbers[2]}",
        f"Бойко Тарас · {numbers[0]}",
        f"Гнатюк Олег · {numbers[1]}",
    ]


async def test_on_a_messenger_there_are_numbers_only(house: House) -> None:
    _, number = await _registered(house, "Бойко Тарас Ілліч")
    operator = await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM)
    await operator.says("/case")
    assert number in [key.label for key in operator.keys]
    assert not any("Бойко" in message.text + str(message.keys) for message in operator.inbox)
    await operator.presses(number)
    assert operator.sees(number)


async def test_another_center_s_cases_are_not_at_hand(house: House) -> None:
    _, number = await _registered(house, "Бойко Тарас Ілліч")
    elsewhere = await house.staff(Role.OPERATOR, "lviv")
    await elsewhere.says("/case")
    assert not any(number in key.label for key in elsewhere.keys)


async def test_a_name_or_a_number_is_typed_all_the_same(house: House) -> None:
    _, number = await _registered(house, "Бойко Тарас Ілліч")
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/case")
    await operator.says("Тарас Бойко")
    assert operator.hears("find-count", count=1)
    await operator.says(f"/case {number}")
    assert operator.asked("opened")
