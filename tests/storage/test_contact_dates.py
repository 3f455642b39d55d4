"""By when a relative is due is kept: whatever moves that date is followed by the next tick, and nothing else moves."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.ticks import keep_in_contact
from casework.calls import Reason
from casework.contact import keep
from casework.contact.promise import next_contact
from casework.contact.promising import SetPromise
from casework.contact.record import Contact, ContactKind, ContactWish
from casework.ids import ReportId
from casework.kinship import KinshipState
from casework.registering import Report
from storage.database import StoredWork
from storage.registering import reports
from tests.journeys.families import families
from tests.journeys.test_contact import does
from tests.journeys.test_promise import KHARKIV, promises, reached
from tests.visiting import House

Move = Callable[[StoredWork, list[Report]], Awaitable[None]]


async def heard(work: StoredWork, of: list[Report]) -> None:
    by = (await work.staff.all())[0].staff.id
    await work.contacts.add(Contact(of[0].person, of[0].id, ContactKind.CALL, work.now, by), 9_000_001)


async def wishes(work: StoredWork, of: list[Report]) -> None:
    await work.contacts.wish_anew(of[1].id, ContactWish.SILENCE)
    await work.contacts.wish_anew(of[2].id, ContactWish.SOONER)


async def takes_it_back(work: StoredWork, of: list[Report]) -> None:
    await work.contacts.wish_anew(of[1].id, ContactWish.USUAL)


async def joined(work: StoredWork, of: list[Report]) -> None:
    await work.cases.join(of[3].case, of[0].case, (await work.staff.all())[0].staff.id)


async def parted(work: StoredWork, of: list[Report]) -> None:
    assert await work.cases.part(of[3].id, (await work.staff.all())[0].staff.id)


async def ended(work: StoredWork, of: list[Report]) -> None:
    await work.endings.end(of[4].case, (await work.staff.all())[0].staff.id)


async def opened_again(work: StoredWork, of: list[Report]) -> None:
    await work.endings.open(of[4].case)


async def revoked(work: StoredWork, of: list[Report]) -> None:
    by = (await work.staff.all())[0].staff.id
    await work.kinships.decide(of[5].id, KinshipState.DECLARED, KinshipState.REFUSED, by)


async def test_the_dates_that_are_kept_are_those_of_the_record(house: House) -> None:
    numbers = await families(house, 7)
    head = await promises(house, 30, 90, 20, limit=5)
    await reached(house, *numbers)
    async with house.database.work(house.clock()) as work:
        of = [await work.reports.get(id) for id in await _ids(work)]
    await ticked(house)
    moves: tuple[Move, ...] = (heard, wishes, takes_it_back, joined, parted, ended, opened_again, revoked)
    for move in moves:
        house.clock.pass_by(days=1)
        async with house.database.work(house.clock()) as work:
            await move(work, of)
            await work.commit()
        assert await ticked(house) == await by_the_record(house), move.__name__
    await does(house, head, SetPromise(KHARKIV, 45, 90, 20, 5))
    assert await ticked(house) == await by_the_record(house)


async def _ids(work: StoredWork) -> list[ReportId]:
    return [ReportId(id) for id in (await work.connection.scalars(select(reports.c.id).order_by(reports.c.id))).all()]


async def ticked(house: House) -> Mapping[int, datetime]:
    async with house.database.work(house.clock()) as work:
        await keep(KHARKIV, work)
        await work.commit()
        kept = select(reports.c.id, reports.c.contact_due_at).where(reports.c.contact_due_at.is_not(None))
        return {row.id: row.contact_due_at for row in await work.connection.execute(kept)}


async def by_the_record(house: House) -> Mapping[int, datetime]:
    async with house.database.work(house.clock()) as work:
        promise = (await work.contacts.promises())[KHARKIV]
        sides = await work.contacts.sides(KHARKIV)
        return {side.report: next_contact(side.heard, promise).at for side in sides if not side.rests}


async def test_what_moves_a_date_while_it_is_worked_out_is_not_written_over(house: House) -> None:
    """Whoever moves one first is not waited for, and theirs stays unknown; later it is locked before it is read."""
    await families(house, 2)
    await promises(house, 30, 90, 30, limit=5)
    async with house.database.work(house.clock()) as work:
        of = [await work.reports.get(id) for id in await _ids(work)]
    async with house.database.work(house.clock()) as work, house.database.work(house.clock()) as other:
        await heard(other, of)
        await keep(KHARKIV, work)
        await work.commit()
        await other.commit()
        look = select(reports.c.contact_look_at.is_(None)).order_by(reports.c.id)
        assert (await work.connection.scalars(look)).all() == [True, False]
    async with house.database.work(house.clock()) as work, house.database.work(house.clock()) as other:
        assert [side.report for side in await work.contact_dates.to_look_at(KHARKIV, 5)] == [of[0].id]
        free = select(reports.c.id).order_by(reports.c.id).with_for_update(key_share=True, skip_locked=True)
        assert (await other.connection.scalars(free)).all() == [of[1].id]
    assert await ticked(house) == await by_the_record(house)


async def test_many_are_worked_out_in_several_transactions(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.contact.keeping.LOOKED_AT", 2)
    await reached(house, *await families(house, 5))
    await promises(house, 30, 90, 30, limit=5)
    more = list[bool]()
    for _ in range(3):
        async with house.database.work(house.clock()) as work:
            more.append(await keep(KHARKIV, work))
            await work.commit()
    assert more == [True, True, False]
    house.clock.pass_by(days=31)
    async with house.database.work(house.clock()) as work:
        await keep_in_contact(work)
    async with house.database.work(house.clock()) as work:
        assert len([task for task in await work.calls.waiting(KHARKIV) if task.reason is Reason.CONTACT]) == 5


async def test_what_was_forgotten_is_found_within_a_week(house: House) -> None:
    """A date that is wrong, by whatever way, stays so for seven days at most."""
    [number] = await families(house, 1)
    await promises(house, 30, 90, 30, limit=5)
    await reached(house, number)
    right = await ticked(house)
    async with house.database.work(house.clock()) as work:
        await work.connection.execute(update(reports).values(contact_due_at=house.clock.at + timedelta(days=300)))
        await work.commit()
    assert await ticked(house) != right
    house.clock.pass_by(days=7)
    assert await ticked(house) == right


@pytest.mark.parametrize(("days", "pace"), [(0, 3), (40, 0)])
async def test_contacts_are_counted_for_a_center(house: House, days: int, pace: int) -> None:
    await reached(house, *await families(house, 3))
    house.clock.pass_by(days=days)
    async with house.database.work(house.clock()) as work:
        assert await work.contact_dates.talked(KHARKIV, house.clock.at - timedelta(days=28)) == pace
