"""Contact: what counts as one, and what begins with what is already known."""

import pytest

from casework.actor import Actor, Channel, Role
from casework.booking.appointments import AppointmentState
from casework.booking.desk import Attend
from casework.cases.calling import RecordCall, Whom
from casework.cases.records import Reached
from casework.contact.record import Contact, ContactKind
from casework.kinship import KinshipState
from casework.numbers import ReportNumber
from casework.rulebook import carry_out
from storage.binding import bind_all
from storage.database import migrate
from storage.migrating import downgrade
from storage.schema import bindings
from tests.journeys.booking import booked, kyiv, lawyer
from tests.journeys.updating import Scene, set_out
from tests.visiting import MORNING, Guest, House, open_house, with_code


async def does(house: House, member: Guest, command: object) -> None:
    async with house.database.work(house.clock()) as work:
        person = await member.person()
        await carry_out(command, Actor(person, "uk", Channel.WEB, await with_code(person, work)), work)
        await work.commit()


async def contacts(house: House, guest: Guest) -> list[Contact]:
    async with house.database.work(house.clock()) as work:
        return list(await work.contacts.of(await guest.person()))


async def kinds(house: House, guest: Guest) -> list[ContactKind]:
    return [one.kind for one in await contacts(house, guest)]


def whom(number: str) -> Whom:
    return Whom(ReportNumber(number.replace("-", "")))


async def all_that_counts(scene: Scene) -> None:
    """An update that is opened, a call that is answered, a visit that is attended; each twice, and what is none."""
    house, mother = scene.house, scene.mother
    operator = await house.staff(Role.OPERATOR)
    await lawyer(house)
    visit = await booked(mother, str(int(kyiv(25, 11).timestamp())))
    await scene.released()
    await does(house, operator, RecordCall(whom(scene.number), Reached.NO_ANSWER))
    assert await kinds(house, mother) == [], "sent and not opened, tried and not answered: none"
    await mother.says("/updates")
    await mother.presses(f"{scene.number}, 24 листопада 2026")
    await mother.says("/updates")
    await mother.presses(f"{scene.number}, 24 листопада 2026")
    await does(house, operator, RecordCall(whom(scene.number), Reached.REACHED))
    house.clock.go_to(kyiv(25, 11))
    for state in (AppointmentState.ARRIVED, AppointmentState.IN, AppointmentState.DONE):
        await does(house, operator, Attend(ReportNumber(visit.replace("-", "")), state))


async def test_only_what_truly_happened_counts_and_once_and_for_one_relative(house: House) -> None:
    scene = await set_out(house)
    sister, _ = await scene.another(KinshipState.VERIFIED)
    await all_that_counts(scene)
    assert await kinds(house, scene.mother) == [ContactKind.VISIT, ContactKind.CALL, ContactKind.UPDATE]
    assert await kinds(house, sister) == [], "the other relative has a record of their own"


async def test_the_record_begins_with_what_is_known(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The data of before are brought to it: what the record held by itself, it holds again."""
    known = {name: table for name, table in bindings().items() if name != "contact"}
    monkeypatch.setattr("storage.keyring.bindings", lambda: known)  # as the release before bound its rows
    await migrate(empty_database_url)
    async with open_house(empty_database_url, MORNING) as house:
        scene = await set_out(house)
        await all_that_counts(scene)
        kept = await contacts(house, scene.mother)
    await downgrade(empty_database_url, "0297")
    await migrate(empty_database_url)
    async with open_house(empty_database_url, house.clock.at) as house:
        await house.database.keyring.load()
        await bind_all(house.database.keyring, house.database.engine)
        async with house.database.work(house.clock()) as work:
            again = list(await work.contacts.of(kept[0].person))
    assert {(one.kind, one.report, one.by) for one in again} == {(one.kind, one.report, one.by) for one in kept}
    assert len(again) == len(kept) == 3
