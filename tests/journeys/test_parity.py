"""What can be done on Telegram can be done on Viber: every command, of families and of each role of staff."""

import re

import pytest

from casework.actor import Channel, Role
from casework.ids import StructureId
from dialogs.scripts import SCRIPTS
from tests.visiting import Guest, House

FAMILY = sorted(name for name, script in SCRIPTS.items() if script.command and None in script.roles)
ABOUT = {"case", "take", "note", "call", "kinship", "update", "invitation", "join", "part", "rejoin", "thaw"}
"""Commands that a report's number may follow."""

NAMES = ("Петренк", "Іван", "Марія", "067")
"""For the page only, where staff read."""


async def _says(person: Guest, command: str, *apart: str) -> tuple[str, list[str]]:
    """What came: words and the labels of keys, without what sets the two apart."""
    person.house.clock.pass_by(minutes=1)  # nobody is in a haste
    await person.says("/menu")
    await person.says(command)
    said = person.news
    for one in (*apart, "Telegram", "Viber"):
        said = said.replace(one, "")
    said = re.sub(r" \(\d+\)", "", said)  # the member's own number
    return said, [key.label for message in person.inbox[person._read :] for row in message.keys for key in row]


@pytest.mark.parametrize("role", Role)
async def test_each_command_of_staff_is_the_same_on_both(house: House, role: Role) -> None:
    number = await house.guest().registers()
    structure = StructureId("psychologist") if role is Role.SPECIALIST else None
    telegram, viber = [
        await house.staff(role, structure=structure, channel=channel) for channel in (Channel.TELEGRAM, Channel.VIBER)
    ]
    names = sorted(
        name for name, script in SCRIPTS.items() if script.command and None not in script.roles and role in script.roles
    )
    assert names
    for name in names:
        command = f"/{name} {number}" if name in ABOUT else f"/{name}"
        here = await _says(telegram, command)
        assert here == await _says(viber, command, " Досі її вели: —."), name
        assert here[0], name
        assert not any(word in here[0] for word in NAMES), name


async def test_each_command_of_families_is_the_same_on_both(house: House) -> None:
    mothers = {channel: house.guest(channel) for channel in (Channel.TELEGRAM, Channel.VIBER)}
    numbers = {channel: await mother.registers() for channel, mother in mothers.items()}
    for name in FAMILY:
        telegram, viber = [await _says(mother, f"/{name}", numbers[at]) for at, mother in mothers.items()]
        assert telegram[0] == viber[0], name
        assert len(telegram[1]) == len(viber[1]), name
        assert telegram[0], name
