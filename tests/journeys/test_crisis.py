"""A cry for help is told to staff on duty at once, without a word of whom; else as soon as the center opens."""

from datetime import UTC, datetime, timedelta

import pytest

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.calls import Reason
from casework.ids import CenterId, StructureId
from casework.letters import Say
from casework.presence import Absence
from tests.handlers.web_site import Browser, served
from tests.visiting import WORDS, Guest, House, with_code

CRY = "Мені дуже погано, не хочу більше жити"
WAITS = WORDS.say("uk", Say("crisis-waits"))
EVENING = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)
"""Friday, 19:00 in Kyiv: the center is closed until Monday."""
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


def pushed(member: Guest) -> int:
    return sum(WAITS in message.text for message in member.inbox)


async def at_work(house: House, channel: Channel, role: Role = Role.OPERATOR, **more: object) -> Guest:
    """A member of staff who has their chat open."""
    member = await house.staff(role, channel=channel, **more)  # type: ignore[arg-type]
    await member.says("/menu")
    return member


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER])
async def test_staff_on_duty_are_told_at_once_and_of_whom_nothing(house: House, channel: Channel) -> None:
    operator = await at_work(house, channel)
    psychologist = await at_work(house, channel, Role.SPECIALIST, structure=StructureId("psychologist"))
    lawyer = await at_work(house, channel, Role.SPECIALIST, structure=StructureId("lawyer"))
    elsewhere = await at_work(house, channel, center="lviv")
    mother = house.guest()
    number = await mother.registers(own_name="Петренко Марія")
    await mother.says(CRY)
    assert pushed(operator) == pushed(psychologist) == 1
    assert pushed(lawyer) == pushed(elsewhere) == 0
    push = next(message for message in operator.inbox if WAITS in message.text)
    for private in ("Петренко", "Марія", number, "067", CRY):
        assert private not in push.text
    await operator.presses("Зателефонувати")
    assert operator.asked("call-how")
    await mother.says("не хочу жити")
    assert pushed(operator) == 1, "once for the call, not for each sentence"


async def test_it_is_said_again_while_nobody_calls_and_to_nobody_after_that(house: House) -> None:
    operator, colleague = await at_work(house, Channel.TELEGRAM), await at_work(house, Channel.TELEGRAM)
    mother = house.guest()
    await mother.registers()
    await mother.says(CRY)
    house.clock.pass_by(minutes=16)
    await house.deliver()
    assert pushed(operator) == pushed(colleague) == 2
    house.clock.pass_by(hours=1)
    await house.deliver()
    assert pushed(operator) == 2, "who has not called by then sees it on the board and in the queue"


async def test_whoever_called_is_not_called_again(house: House) -> None:
    operator, colleague = await at_work(house, Channel.TELEGRAM), await at_work(house, Channel.TELEGRAM)
    mother = house.guest()
    number = await mother.registers()
    await mother.says(CRY)
    await colleague.says(f"/call {number}")
    await colleague.presses("Поговорили")
    house.clock.pass_by(minutes=16)
    await house.deliver()
    assert pushed(operator) == pushed(colleague) == 1


async def test_what_a_colleague_has_put_off_is_not_said_again(house: House) -> None:
    operator = await at_work(house, Channel.TELEGRAM)
    mother = house.guest()
    number = await mother.registers()
    await mother.says(CRY)
    await operator.says(f"/call {number}")
    await operator.presses("Не відповідають")
    house.clock.pass_by(minutes=16)
    await house.deliver()
    assert pushed(operator) == 1
    await mother.says("не хочу жити")
    assert pushed(operator) == 2, "she writes again: it is due again"


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER])
async def test_outside_hours_they_are_told_as_soon_as_the_center_opens(house: House, channel: Channel) -> None:
    operator = await at_work(house, channel)
    mother = house.guest()
    await mother.registers()
    house.clock.go_to(EVENING)
    await mother.says(CRY)
    assert pushed(operator) == 0
    house.clock.go_to(MONDAY - timedelta(minutes=5))
    await house.deliver()
    assert pushed(operator) == 0
    house.clock.go_to(MONDAY + timedelta(seconds=1))
    await house.deliver()
    assert pushed(operator) == 1


async def test_whoever_is_absent_is_left_in_peace_unless_nobody_else_is_there(house: House) -> None:
    operator = await at_work(house, Channel.TELEGRAM)
    psychologist = await at_work(house, Channel.TELEGRAM, Role.SPECIALIST, structure=StructureId("psychologist"))
    for away, told in ((psychologist, (1, 0)), (operator, (2, 1))):
        async with house.database.work(house.clock()) as work:
            staff = await with_code(await away.person(), work)
            assert staff is not None
            day = house.clock().date()
            await work.bookings.be_absent(Absence(staff.id, day, day), staff.id)
            await work.commit()
        relative = house.guest()
        await relative.registers(own_name="Ткач Зоя")
        await relative.says(CRY)
        assert (pushed(operator), pushed(psychologist)) == told


async def test_it_stands_above_all_else_on_the_board_and_goes_when_it_is_done(house: House) -> None:
    operator = await house.staff(Role.OPERATOR)
    mother = house.guest()
    number = await mother.registers()

    async def first() -> Say:
        async with house.database.work(house.clock()) as work:
            person = await operator.person()
            actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
            return (await rulebook.board(actor, work))[0].title

    assert await first() != Say("crisis-board")
    await mother.says(CRY)
    assert await first() == Say("crisis-board")
    await operator.says(f"/call {number}")
    await operator.presses("Поговорили")
    assert await first() != Say("crisis-board")
    async with house.database.work(house.clock()) as work:
        assert not await work.calls.waiting(CenterId("kharkiv"))


async def test_the_page_shows_it_and_so_does_what_refreshes_it(house: House) -> None:
    member = await house.staff(Role.OPERATOR)
    mother = house.guest()
    await mother.registers()
    await mother.says(CRY)
    async with served(house, board=rulebook.board) as site:
        browser = Browser(site)
        browser.cookies["session"] = member.address
        for path in ("/board", "/board/fragment"):
            await browser.opens(path)
            assert browser.sees('class="urgent"')
            assert browser.sees("Зателефонувати: Петренко Марія")


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER])
async def test_a_center_without_staff_on_duty_is_helped_by_the_nearest_that_has_some(
    house: House, channel: Channel
) -> None:
    """Mykolaiv has nobody; Vinnytsia is nearer to it than Lviv."""
    vinnytsia, lviv = await at_work(house, channel, center="vinnytsia"), await at_work(house, channel, center="lviv")
    mother = house.guest(channel)
    number = await mother.registers(region="Миколаїв", own_name="Ткач Зоя")
    await mother.says(CRY)
    assert mother.hears("despair-raised")
    assert (pushed(vinnytsia), pushed(lviv)) == (1, 0)
    await vinnytsia.presses("Зателефонувати")
    assert vinnytsia.hears("call-family-elsewhere", relative="—", phone="—", center=Say("center-mykolaiv"))
    assert number not in vinnytsia.news
    board = await house.staff(Role.OPERATOR, center="vinnytsia")
    await board.says("/queue crisis")
    await board.presses("Зателефонувати: Ткач Зоя")
    assert board.sees("+380671234567")
    assert board.sees(CRY)
    await board.presses("Поговорили")
    house.clock.pass_by(minutes=16)
    await house.deliver()
    assert pushed(vinnytsia) == 1


async def test_staff_who_cannot_be_told_now_are_not_on_duty(house: House) -> None:
    """Whoever works on the page alone, and is not signed in, does not learn of it."""
    away = await house.staff(Role.OPERATOR, center="kharkiv")
    async with house.database.work(house.clock()) as work:
        address = await work.people.on_page(await away.person())
        assert address is not None
        await work.people.leave(address)
        await work.commit()
    there = await at_work(house, Channel.TELEGRAM, center="lviv")
    mother = house.guest()
    await mother.registers()
    await mother.says(CRY)
    assert pushed(there) == 1


async def test_where_nobody_is_there_at_all_administrators_are_told_and_the_family_hears_the_truth(
    house: House,
) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, center=None, channel=Channel.TELEGRAM)
    await administrator.says("/menu")
    mother = house.guest()
    number = await mother.registers(own_name="Ткач Зоя")
    await mother.says(CRY)
    assert mother.hears("despair-waits")
    assert not mother.hears("despair-raised")
    labels = [key.label for key in mother.keys]
    assert len(labels) == len(set(labels)), "no two buttons read alike, at the menu neither"
    nobody = WORDS.say("uk", Say("crisis-nobody", {"center": Say("center-kharkiv")}))
    (push,) = [message for message in administrator.inbox if nobody in message.text]
    for private in ("Ткач", "Зоя", number, "067", CRY):
        assert private not in push.text
    operator = await at_work(house, Channel.TELEGRAM)
    await mother.says("не хочу жити")
    assert mother.hears("despair-raised")
    await operator.says("/queue crisis")
    assert operator.sees("людині зараз дуже важко")


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])
async def test_staff_see_the_number_of_a_family_in_despair_also_one_not_sent_yet(
    house: House, channel: Channel
) -> None:
    operator = await house.staff(Role.OPERATOR, center="lviv")
    mother = house.guest(channel)
    await mother.consents()
    await mother.says("/register")
    await mother.presses("Мати")
    await mother.says("Петренко Іван Миколайович")
    await mother.says("12.03.1990")
    await mother.says("Петренко Марія")
    await mother.says("067 123 45 67")
    await mother.says("не хочу жити")
    assert mother.hears("call-typed-phone", phone="+380671234567")
    assert not mother.hears("despair-no-phone")
    assert "Передати центру" not in [key.label for key in mother.keys]
    await operator.says("/queue crisis")
    await operator.presses("Зателефонувати")
    assert operator.hears("call-family-alone", relative="ім’я невідоме", phone="+380671234567")
    assert not operator.hears("call-no-phone")


async def test_without_any_number_staff_are_told_that_it_was_asked_for(house: House) -> None:
    operator = await house.staff(Role.OPERATOR, center="lviv")
    mother = house.guest()
    await mother.consents()
    await mother.says(CRY)
    assert mother.hears("despair-no-phone")
    await operator.says("/queue crisis")
    await operator.presses("Зателефонувати: t")
    assert operator.hears("call-no-phone")
    await mother.presses("Передати центру")
    await mother.says("067 123 45 67")
    await operator.says("/queue crisis")
    await operator.presses("Зателефонувати")
    assert operator.sees("+380671234567")


async def test_the_call_of_a_push_opens_as_the_familys_report(house: House) -> None:
    operator = await house.staff(Role.OPERATOR)
    mother = house.guest()
    number = await mother.registers(own_name="Ткач Зоя")
    await mother.says(CRY)
    async with house.database.work(house.clock()) as work:
        (task,) = [one for one in await work.calls.open_of(await mother.person(), None) if one.reason is Reason.CRISIS]
    await operator.says(f"/call t{task.id}")
    assert operator.sees(f"{number}: Ткач Зоя, телефон +380671234567")
    await operator.presses("Поговорили")
    assert operator.hears("call-done", number=number, tasks=2)
    assert operator.asked("opened")
