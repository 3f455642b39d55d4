"""A place on the map goes with a visit to a center that is published, and to no other, at any level."""

from dataclasses import replace

import pytest

from casework import rulebook, seed
from casework.actor import Actor, Channel, Role
from casework.booking.wording import venue
from casework.centers import Center, Disclosure
from casework.ids import CenterId, StructureId
from casework.letters import Letter, LetterKind, Screen, say
from casework.refusal import Refusal
from casework.staff.keeping import NewAddress
from handlers.channel import Venue
from tests.visiting import Guest, House, with_code

DOOR = (49.8123, 24.0198)
CENTERS = {center.id: center for center in seed.centers()}
HIDDEN = [CenterId("kharkiv"), CenterId("mykolaiv")]


def _marked(center: Center) -> Center:
    return replace(center, latitude=DOOR[0], longitude=DOOR[1], marked=True, address="вул. Таємна, 1")


@pytest.mark.parametrize("center", CENTERS.values(), ids=lambda center: center.id)
def test_a_city_s_middle_is_no_center_s_door(center: Center) -> None:
    assert venue(center) is None


@pytest.mark.parametrize("id", HIDDEN)
def test_the_rule_shows_no_hidden_center_whatever_is_known_of_it(id: CenterId) -> None:
    assert CENTERS[id].disclosure is Disclosure.CONFIRMED
    assert venue(_marked(CENTERS[id])) is None
    assert venue(replace(_marked(CENTERS[id]), disclosure=Disclosure.PUBLIC)) is not None, "it hangs on that alone"


async def _mark(house: House, id: str) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, center=None)
    async with house.database.work(house.clock()) as work:
        staff = await with_code(await administrator.person(), work)
        assert staff is not None
        await rulebook.carry_out(
            NewAddress(CenterId(id), place=DOOR), Actor(staff.person, "uk", Channel.WEB, staff), work
        )
        await work.commit()
    await house.second()


async def _books(house: House, center: str) -> Guest:
    await house.staff(Role.SPECIALIST, center, StructureId("lawyer"))
    mother = house.guest()
    await mother.registers()
    await mother.says(f"/book {center}")
    await mother.says("1")
    await mother.says("1")
    await mother.presses("Так, записати")
    assert mother.sees("Вас записано")
    return mother


async def test_a_visit_to_a_published_center_comes_with_its_place(house: House) -> None:
    await _mark(house, "lviv")
    mother = await _books(house, "lviv")
    places = [message.venue for message in mother.inbox if message.venue]
    assert places == [Venue(*DOOR, "Львів", "вул. Стрийська, 83, Львів")]


@pytest.mark.parametrize("id", HIDDEN)
async def test_nobody_can_mark_a_hidden_center_and_no_letter_shows_it(house: House, id: CenterId) -> None:
    with pytest.raises(Refusal, match="center-place-not-public"):
        await _mark(house, id)
    async with house.database.work(house.clock()) as work:
        await work.centers.keep(_marked(await work.centers.get(id)))  # as if it had come there all the same
        await work.commit()
    mother = await _books(house, id)
    async with house.database.work(house.clock()) as work:
        await work.send(Letter(await mother.person(), Screen((say("menu"),), place=id), LetterKind.PUSH))
        await work.commit()
    await house.deliver()
    assert [message.venue for message in mother.inbox if message.venue] == []
    assert not mother.sees("Таємна")
