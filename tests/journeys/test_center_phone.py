"""A center's telephone takes two persons; taking it away takes one, at once."""

from casework.actor import Channel, Role
from casework.ids import CenterId
from casework.letters import Say
from handlers.incoming import ButtonPress
from tests.journeys.booking import labels
from tests.visiting import Guest, House

PHONE = "0 57 000 00 00"


async def proposes(head: Guest, phone: str = PHONE) -> None:
    await head.says("/phone")
    await head.presses("Телефон")
    await head.says(phone)
    assert head.hears("proposed", what=Say("proposal-act.phone"))
    assert head.sees(f"буде {phone}")


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
    await head.says("/proposals")
    await head.presses("телефон центру")
    assert head.hears("proposal-own")
    assert "Так, підписую" not in labels(head), "nobody signs their own"
    await verifier.signs()
    assert verifier.sees(f"телефон {PHONE} тепер бачать родини")
    assert await phone_of(house) == PHONE
    await mother.says("/human")
    assert mother.sees(f"телефон {PHONE}")
    assert not mother.sees("поки немає")


async def test_a_shelled_center_s_number_and_address_are_taken_away_by_one(house: House) -> None:
    mother, head = house.guest(), await house.staff(Role.HEAD)
    await mother.registers()
    await proposes(head)
    await house.second()
    for what, answer in (("Телефон", "Прибрати телефон зараз"), ("Адресу", "Прибрати адресу зараз")):
        await head.says("/phone")
        await head.presses(what)
        await head.presses(answer)
    assert await phone_of(house) is None
    await mother.says("/human")
    assert mother.sees("0 800 300 529"), "the national line stands instead"


async def test_a_number_that_is_not_right_is_refused_and_may_be_named_anew(house: House) -> None:
    head, admin = await house.staff(Role.HEAD), await house.staff(Role.ADMINISTRATOR, None)
    await proposes(head)
    await admin.says("/proposals")
    await admin.presses("телефон центру")
    await admin.presses("Ні, відхилити")
    assert admin.hears("proposal-refused", what=Say("proposal-act.phone"))
    assert "відхилено" in head.last.text, "whoever proposed it learns of it"
    assert await phone_of(house) is None
    await proposes(head, "0 57 111 11 11")
    await admin.says("/proposals")
    await admin.presses("телефон центру")
    await admin.presses("Ще ні")
    assert await phone_of(house) is None


async def test_what_was_stopped_meanwhile_is_not_signed(house: House) -> None:
    head, verifier = await house.staff(Role.HEAD), await house.staff(Role.VERIFIER)
    await proposes(head)
    await verifier.says("/proposals")
    await verifier.presses("телефон центру")
    yes = next(key for key in verifier.keys if key.label.startswith("Так"))
    await head.says("/proposals")
    await head.presses("телефон центру")
    await head.presses("Зупинити")
    await proposes(head, "0 57 111 11 11")
    await verifier.sends(ButtonPress(yes.id))
    assert await phone_of(house) is None


async def test_any_verifier_may_sign_and_other_roles_have_no_say(house: House) -> None:
    head = await house.staff(Role.HEAD)
    for role, center in ((Role.SPECIALIST, "kharkiv"), (Role.AUDITOR, None)):
        other = await house.staff(role, center)
        await other.says("/proposals")
        assert other.hears("desk-command-not-yours", command="/proposals")
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    await mother.says("/phone")
    assert mother.hears("desk-command-not-yours", command="/phone")
    await proposes(head)
    elsewhere = await house.staff(Role.HEAD, "lviv")
    for other in (elsewhere, await house.staff(Role.OPERATOR)):
        await other.says("/proposals")
        assert other.hears("proposals-none"), "another center's head, and whoever signs for families' chats only"
    await house.second()
    assert await phone_of(house) == PHONE
