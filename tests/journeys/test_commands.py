"""The commands that a messenger lists: a family's, a role's, and none of these once somebody was let go."""

import pytest

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.staff import commands_of
from casework.staff.members import Deactivate
from demo.fakes.telegram.rules import check_commands
from dialogs.menu import commands
from dialogs.words import LANGUAGES
from tests.visiting import WORDS, Guest, House, with_code


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", [None, *Role])
def test_every_list_fits_telegram(role: Role | None, language: str) -> None:
    listed = [{"command": name, "description": WORDS.say(language, what)} for name, what in commands(role)]
    assert listed
    check_commands(listed)


async def _lets_go(house: House, member: Guest) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, center=None)
    async with house.database.work(house.clock()) as work:
        by = await with_code(await administrator.person(), work)
        found = await with_code(await member.person(), work)
        assert by is not None
        assert found is not None
        await rulebook.carry_out(Deactivate(found.id), Actor(by.person, "uk", Channel.WEB, by), work)
        await work.commit()


async def test_a_role_has_its_own_until_it_ends(house: House) -> None:
    member = await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM)
    await member.says("/menu")
    assert member.last.commands is not None
    assert [name for name, _ in member.last.commands] == ["menu", *commands_of(Role.OPERATOR)]
    await _lets_go(house, member)
    await house.deliver()
    assert member.last.text == "Ваш доступ працівника вимкнено. Робоче в цьому чаті більше не відкривається."
    assert member.last.commands == ()
    await member.says("/queue")
    assert member.hears("consent")
    assert member.last.commands is None, "who writes there now is a stranger"


async def test_nothing_of_the_work_comes_after_the_end(house: House) -> None:
    member = await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM)
    await member.says("/menu")
    box = len(member.inbox)
    couriers, house.couriers = house.couriers, {}
    await member.says("/queue")
    await _lets_go(house, member)
    house.couriers = couriers
    await house.deliver()
    assert [message.commands for message in member.inbox[box:]] == [()]


async def test_a_family_has_what_all_have(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    assert mother.last.commands is None
