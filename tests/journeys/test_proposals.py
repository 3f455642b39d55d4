"""What takes two, where there is only one: a day that is counted by ticks, told to everybody, stopped by anybody."""

from datetime import timedelta

import pytest
from fluent.syntax import parse
from fluent.syntax.ast import Message, Pattern, Placeable, VariableReference

from bot.app import invitation
from bot.ticks import Ripening
from casework.actor import Channel, Role
from casework.ids import CenterId, StaffId
from casework.letters import Say
from casework.staff.lineage import How, Origin, are_two
from dialogs.said import Text
from dialogs.words import LANGUAGES, LOCALES
from tests.visiting import Guest, House

PHONE = "0 57 000 00 00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_begins_with_the_name_of_an_act_which_has_a_small_letter(language: str) -> None:
    said = parse((LOCALES / language / "proposals.ftl").read_text(encoding="utf-8")).body
    patterns = {entry.id.name: entry.value for entry in said if isinstance(entry, Message) and entry.value is not None}
    assert "proposal-shown" in patterns
    begins = [name for name, pattern in patterns.items() if _first_argument(pattern) == "what"]
    assert begins == []


def _first_argument(pattern: Pattern) -> str | None:
    """The argument with which a text begins."""
    match pattern.elements[0]:
        case Placeable(expression=VariableReference(id=name)):
            return name.name
        case _:
            return None


async def proposes(administrator: Guest) -> None:
    await administrator.says("/center Харків")
    await administrator.presses("Телефон")
    await administrator.says(PHONE)


async def phone_of(house: House) -> str | None:
    async with house.database.work(house.clock()) as work:
        return (await work.centers.get(CenterId("kharkiv"))).phone


class Monotonic:
    """Seconds that pass as a test says."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


async def ticks(house: House, minutes: float, *, many: int = 1, moved: timedelta = timedelta()) -> None:
    """So many ticks with so many minutes between them, on a wall clock that is moved besides."""
    monotonic = Monotonic()
    ripening = Ripening(monotonic)
    for _ in range(many):
        monotonic.at += 60 * minutes
        house.clock.pass_by(minutes=minutes, seconds=moved.total_seconds())
        async with house.database.work(house.clock()) as work:
            await ripening(work)
            await work.commit()
    await house.deliver()


async def test_the_only_administrator_waits_a_day_that_everybody_is_told_of(house: House) -> None:
    administrator, head = await house.staff(Role.ADMINISTRATOR, None), await house.staff(Role.HEAD, "lviv")
    chat = await house.another(head, Channel.TELEGRAM)
    await proposes(administrator)
    assert administrator.hears("proposed-delayed", what=Say("proposal-act.phone"))
    for told in (head, chat):
        assert "Адміністратор зараз один" in told.last.text, "at every address"
    await ticks(house, 10, many=143)
    assert await phone_of(house) is None
    await ticks(house, 10)
    assert await phone_of(house) == PHONE
    assert "Минуло 24 години" in administrator.last.text


async def test_a_clock_that_is_moved_brings_it_no_nearer(house: House) -> None:
    await proposes(await house.staff(Role.ADMINISTRATOR, None))
    await ticks(house, 1, many=3, moved=timedelta(days=31))
    await ticks(house, 1, many=3, moved=timedelta(days=-62))
    await ticks(house, 60 * 24 * 31)  # nor a machine that stood still
    assert await phone_of(house) is None


async def test_whoever_was_told_stops_it(house: House) -> None:
    administrator, head = await house.staff(Role.ADMINISTRATOR, None), await house.staff(Role.HEAD)
    chat = await house.another(head, Channel.TELEGRAM)
    await proposes(administrator)
    await chat.presses("Зупинити")
    await chat.presses("Так, зупинити")
    assert chat.hears("proposal-stopped", what=Say("proposal-act.phone"))
    await ticks(house, 10, many=150)
    assert await phone_of(house) is None


async def test_with_a_second_administrator_nothing_happens_by_itself(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    await house.staff(Role.ADMINISTRATOR, None, name="Бойко Ірина")
    await proposes(administrator)
    assert administrator.hears("proposed", what=Say("proposal-act.phone"))
    await ticks(house, 10, many=150)
    assert await phone_of(house) is None


async def member_of(house: House, name: str) -> StaffId:
    async with house.database.work(house.clock()) as work:
        return next(one.staff.id for one in await work.staff.all() if one.name == name)


async def test_the_first_two_of_the_shell_are_two_and_a_later_one_is_nobody(house: House) -> None:
    await invitation(house.database, clock=house.clock, another="Бойко Ірина")
    await invitation(house.database, clock=house.clock, another="Гнатюк Олена")
    first, second = await member_of(house, "Бойко Ірина"), await member_of(house, "Гнатюк Олена")
    mother = house.guest()
    await mother.registers()
    head = await house.staff(Role.HEAD, "lviv")
    await invitation(house.database, clock=house.clock, another="Чужий Олег")
    await house.deliver()
    assert "Із командного рядка на сервері" in head.last.text
    third = await member_of(house, "Чужий Олег")
    async with house.database.work(house.clock()) as work:
        origins = await work.lineage.all()
    assert are_two(first, second, origins)
    assert not are_two(first, third, origins)
    await invitation(house.database, clock=house.clock, reset=True)
    async with house.database.work(house.clock()) as work:
        assert not are_two(first, second, await work.lineage.all()), "whoever was reset from the shell counts no more"


async def test_two_others_answer_for_whose_account_it_is(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None, name="Бойко Ірина")
    inviter = await house.staff(Role.HEAD, name="Ткач Олег")
    verifier = await house.staff(Role.VERIFIER, name="Мельник Ігор")
    one, other = await member_of(house, "Ткач Олег"), await member_of(house, "Мельник Ігор")
    async with house.database.work(house.clock()) as work:
        await work.lineage.add(Origin(other, How.INVITED, one, work.now))
        await work.commit()
    await inviter.says("/staff")
    await inviter.presses("Підтвердити, чий це запис")
    await inviter.presses("Мельник Ігор")
    assert inviter.hears("vouch-one-line"), "whoever invited them does not"
    await administrator.says("/staff")
    await administrator.presses("Підтвердити, чий це запис")
    await administrator.presses("Мельник Ігор")
    assert "підтвердити, що ваш обліковий запис справді ваш" in verifier.last.text
    second = await house.second()
    assert any("Запрошення: Ткач Олег. Другий підпис: ніхто" in message.text for message in second.inbox)
    async with house.database.work(house.clock()) as work:
        assert are_two(one, other, await work.lineage.all())


async def test_a_number_typed_after_the_command_names_none_before_they_are_looked_up(house: House) -> None:
    """Found by the row `fuzz`: it was a bug of ours that kept the message and showed nothing."""
    house.clock.pass_by(days=1)
    head = await house.staff(Role.ADMINISTRATOR, None)
    other = await house.staff(Role.ADMINISTRATOR, None)
    await proposes(other)
    for typed in ("10/10/37520", "1", "x"):
        receipt = await head.sends(Text(f"/proposals {typed}"))
        assert not receipt.quarantined
        assert head.keys
