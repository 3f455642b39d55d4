"""A draft that is gone on with says so: by the menu, by its command, after an errand; for families and for staff."""

import pytest

from casework.actor import Channel, Role
from casework.letters import Say
from tests.visiting import House

CHANNELS = (Channel.WEB, Channel.TELEGRAM, Channel.VIBER)
REPORT = Say("script.register")


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("way", ["the menu", "the command"])
async def test_a_family_s_draft_says_so(house: House, channel: Channel, way: str) -> None:
    mother = house.guest(channel)
    await mother.consents()
    await mother.says("/register")
    await mother.says("1")
    await mother.says("/menu")
    assert not mother.hears("desk-goes-on", what=REPORT)
    if way == "the menu":
        await mother.presses("Продовжити")
    else:
        await mother.says("/register")
    assert mother.hears("desk-goes-on", what=REPORT)
    assert mother.asked("missing-name")


@pytest.mark.parametrize("channel", CHANNELS)
async def test_after_an_errand_too(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    await mother.consents()
    await mother.says("/register")
    await mother.says("1")
    await mother.says("/language")
    await mother.presses("Українською")
    assert mother.hears("desk-goes-on", what=REPORT)
    assert mother.asked("missing-name")


@pytest.mark.parametrize("channel", CHANNELS)
async def test_what_was_only_looked_at_is_not_spoken_of(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    await mother.registers()
    await mother.says("/language")
    await mother.presses("Українською")
    assert not mother.sees("Продовжуємо")


async def test_a_draft_of_staff_says_so(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/note {number}")
    await operator.says("/queue")
    await operator.says(f"/note {number}")
    assert operator.hears("desk-goes-on", what=Say("script.note"))
