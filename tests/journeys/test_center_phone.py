"""A center's telephone: its head names it, somebody else calls it and confirms; until then families see the line."""

from casework.actor import Channel, Role
from casework.ids import CenterId
from handlers.incoming import ButtonPress
from tests.journeys.booking import labels
from tests.visiting import Guest, House

PHONE = "0 57 000 00 00"


async def proposes(head: Guest, phone: str = PHONE) -> None:
    await head.says("/phone")
    await head.says(phone)
    assert head.sees(f"запропоновано {phone}")


async def phone_of(house: House) -> str | None:
    async with house.database.work(house.clock()) as work:
        return (await work.centers.get(CenterId("kharkiv"))).phone


async def test_two_persons_give_a_center_its_telephone(house: House) -> None:
    mother, head, verifier = house.guest(), await house.staff(Role.HEAD), await house.staff(Role.VERIFIER)
    await mother.registers()
    await mother.says("/human")
    assert mother.sees("Свого телефону для родин у нього поки немає")
    assert mother.sees("0 800 300 529"), "somebody answers all the same"
    await proposes(head)
    await mother.says("/human")
    assert not mother.sees(PHONE)
    await head.says("/phone")
    assert head.sees(f"{PHONE} чекає, доки його перевірить ще хтось")
    assert "Так, це телефон центру" not in labels(head), "nobody confirms their own"
    await verifier.says("/phone")
    await verifier.presses("Так, це телефон центру")
    assert await phone_of(house) == PHONE
    await mother.says("/human")
    assert mother.sees(f"телефон {PHONE}")
    assert not mother.sees("поки немає")


async def test_a_number_that_is_not_right_is_refused_and_may_be_named_anew(house: House) -> None:
    head, admin = await house.staff(Role.HEAD), await house.staff(Role.ADMINISTRATOR, None)
    await proposes(head)
    await admin.says("/phone")
    await admin.presses("Ні, цей номер не підходить")
    assert admin.sees("відхилено")
    assert await phone_of(house) is None
    await proposes(head, "0 57 111 11 11")
    await admin.says("/phone")
    await admin.presses("Ще не дзвонимо")
    assert await phone_of(house) is None


async def test_what_was_changed_meanwhile_is_not_confirmed(house: House) -> None:
    head, verifier = await house.staff(Role.HEAD), await house.staff(Role.VERIFIER)
    await proposes(head)
    await verifier.says("/phone")
    yes = next(key for key in verifier.keys if key.label.startswith("Так"))
    await proposes(head, "0 57 111 11 11")
    await verifier.sends(ButtonPress(yes.id))
    assert verifier.sees("0 57 111 11 11")
    assert await phone_of(house) is None


async def test_another_center_and_other_roles_have_no_say(house: House) -> None:
    head = await house.staff(Role.HEAD)
    await proposes(head)
    elsewhere = await house.staff(Role.VERIFIER, "lviv")
    await elsewhere.says("/phone")
    assert elsewhere.sees("Немає телефонів, які треба перевірити")
    for role in (Role.OPERATOR, Role.SPECIALIST, Role.AUDITOR):
        other = await house.staff(role, None if role is Role.AUDITOR else "kharkiv")
        await other.says("/phone")
        assert other.hears("desk-command-not-yours", command="/phone")
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    await mother.says("/phone")
    assert mother.hears("desk-command-not-yours", command="/phone")
    assert await phone_of(house) is None
