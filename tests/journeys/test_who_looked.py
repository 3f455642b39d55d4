"""A family asks who looked at its case: roles by month, two weeks late; a human tells it where only a human speaks."""

import pytest

from casework.actor import Channel, Role
from casework.ids import StructureId
from casework.reference import ReferenceBook, Trait
from casework.seed import entries
from casework.who_looked import by_month
from tests.visiting import Guest, House


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER, Channel.WEB])
async def test_roles_by_month_two_weeks_late_and_nobody_whom_the_law_keeps_secret(
    house: House, channel: Channel
) -> None:
    mother = house.guest(channel, "en" if channel is Channel.WEB else "uk")
    number = await mother.registers(region="Kharkiv" if channel is Channel.WEB else "Харків")
    sbu = await house.staff(Role.SPECIALIST, structure=StructureId("sbu"), name="Гнатюк Олег")
    await sbu.says(f"/case {number}")
    await _asks(mother)
    assert mother.hears("looked-none")
    operator, head = await house.staff(Role.OPERATOR), await house.staff(Role.HEAD)
    await operator.says(f"/case {number}")
    await _asks(mother)
    assert mother.hears("looked-none"), "it is told two weeks later"
    house.clock.pass_by(days=10)  # in December
    await head.says(f"/case {number}")
    house.clock.pass_by(days=5)
    await _asks(mother)
    assert mother.sees("листопад" if mother.language == "uk" else "November")
    assert mother.sees("оператор центру" if mother.language == "uk" else "operator")
    assert not mother.sees("фахівець" if mother.language == "uk" else "specialist")
    assert not mother.sees("грудень" if mother.language == "uk" else "December")
    assert "Коваль" not in mother.news
    house.clock.pass_by(days=10)
    await _asks(mother)
    assert mother.sees("грудень" if mother.language == "uk" else "December")


async def _asks(mother: Guest) -> None:
    if mother.language == "uk":
        await mother.says("/menu")
        await mother.says("хто дивився мою справу?")
    else:
        await mother.says("/looked")


async def test_a_human_tells_it_where_only_a_human_speaks_and_no_reason_is_given(house: House) -> None:
    mother, stranger = house.guest(), house.guest()
    number = await mother.registers()
    await stranger.registers("Бондар Олег Іванович", own_name="Бондар Ніна")
    head = await house.staff(Role.HEAD)
    await head.says(f"/case {number}")
    house.clock.pass_by(days=15)
    await head.says(f"/voice {number}")
    await head.presses("Так, лише голосом")
    await mother.says("/reports")
    await mother.presses("Хто дивився справу")
    assert mother.hears("looked-held")
    assert not mother.sees("листопад")
    await mother.presses("Повернутися в меню")
    await stranger.says(f"/looked {number}")
    assert not stranger.hears("looked-held"), "of a case that is not theirs nothing is said"
    assert not stranger.sees("керівник")


def test_which_structures_are_untold_is_data() -> None:
    book = ReferenceBook(entries())
    assert [one.name for one in book.entries if Trait.UNTOLD in one.traits] == ["sbu", "foreign-intelligence"]
    assert by_month((), book) == ()
