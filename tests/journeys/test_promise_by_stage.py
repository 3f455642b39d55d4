"""What a promise costs where checks serve many, and where it depends on the stage of the case; what a week takes."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from casework.actor import Role
from casework.calls import Reason
from casework.checks.telling import tell_in_time
from casework.contact import keep
from casework.contact.promising import SetPromise, promising
from casework.kinship import KinshipState
from casework.minutes import OtherWork, SetMinutes
from casework.stages import CaseStage
from storage.checks import no_news
from storage.registering import reports
from tests.journeys.families import families
from tests.journeys.test_contact import does
from tests.journeys.test_no_news import asked
from tests.journeys.test_promise import KHARKIV, promises, reached, tick
from tests.journeys.test_stages import moves
from tests.journeys.updating import set_out
from tests.visiting import House

REGISTERED = "У реєстрі НІБ, про полон невідомо"


async def test_a_promise_by_stage_is_due_by_where_the_case_stands(house: House) -> None:
    """It is told with its cost, and in force from the moment at which an update moves the case."""
    scene = await set_out(house)
    await reached(house, scene.number)
    head = await promises(house, 30, 90, 30, limit=5)
    await head.says("/promise")
    await head.presses("Інакше для одного стану справи")
    await head.presses(REGISTERED)
    for typed in ("14", "28", "14", "5"):
        await head.says(typed)
    assert head.hears("promise-cost", relatives=1, minutes=5), "nobody's case stands there yet"
    await head.presses("Так, обіцяємо")
    assert head.sees(f"Для справ «{REGISTERED}» обіцяно, у днях: перевірене слово 14")
    spoken = house.clock.at
    await tick(house)
    assert await due(house) - spoken > timedelta(days=29)
    await moves(scene, "У реєстрі НІБ", REGISTERED)
    await scene.approves()
    await tick(house)
    assert timedelta(days=13) < await due(house) - spoken < timedelta(days=15)
    await head.says("/promise")
    assert head.sees(f"Для справ «{REGISTERED}» обіцяно")
    async with house.database.work(house.clock()) as work:
        here = await promising(KHARKIV, work)
        assert here.stages == {CaseStage.REGISTERED: 1}
        assert here.promise is not None
        assert round(here.cost_now(here.promise).talks, 2) == round(30 / 28, 2)
    await does(house, head, SetPromise(KHARKIV, 30, 90, 30, 5, CaseStage.REGISTERED))
    async with house.database.work(house.clock()) as work:
        assert (await work.contacts.promises())[KHARKIV].stages == {}, "as for all again"


async def due(house: House) -> datetime:
    """By when the first relative is to be in contact, as it is kept."""
    async with house.database.work(house.clock()) as work:
        [first] = await work.connection.scalars(select(reports.c.contact_due_at))
    assert isinstance(first, datetime)
    return first


async def checked(house: House, many: int, opened: int) -> None:
    """A list of so many cases is asked about, each relative is told at once, and some open it."""
    numbers = await families(house, many)
    member = await house.staff(Role.OPERATOR, "kharkiv")
    async with house.database.work(house.clock()) as work:
        by = (await work.staff.all())[0].staff.id
        for number in numbers:
            report = await work.reports.by_number(asked(number).numbers[0])
            assert report is not None
            await work.kinships.declare(report.id)
            await work.kinships.decide(report.id, KinshipState.DECLARED, KinshipState.VERIFIED, by)
        await work.commit()
    await does(house, member, asked(*numbers))
    async with house.database.work(house.clock()) as work:
        words = (await work.connection.execute(no_news.select().order_by(no_news.c.id))).all()
        for word in words[:opened]:
            await work.checks.opened(word.id)
        await work.commit()


@pytest.mark.parametrize(("many", "opened", "carried"), [(9, 9, 0), (12, 9, 0.75)])
async def test_words_from_checks_are_counted_as_they_were(house: House, many: int, opened: int, carried: float) -> None:
    """Too few say nothing; of twelve words nine were opened: so of what is due, checks carry three quarters."""
    head = await house.staff(Role.HEAD, "kharkiv")
    await checked(house, many, opened)
    house.clock.pass_by(days=4)
    async with house.database.work(house.clock()) as work:
        here = await promising(KHARKIV, work)
    wanted = SetPromise(KHARKIV, 30, 90, 30, 5)
    costs = here.cost_of(wanted)
    assert (here.checked.told, here.checked.cases, here.checked.sent, here.checked.opened) == (many, many, many, opened)
    assert round(costs.carried / costs.written, 2) == carried
    await head.says("/promise")
    for typed in ("30", "90", "30", "5"):
        await head.says(typed)
    assert head.sees("якщо триватимуть так" if carried else "поки невідомо")
    await head.presses("Так, обіцяємо")
    assert head.hears("promise-done", written=30, voice=90, sooner=30)


async def test_a_head_sees_the_minutes_of_a_week_and_sets_those_of_the_center(house: House) -> None:
    head = await house.staff(Role.HEAD, "kharkiv")
    await checked(house, 3, 0)
    await promises(house, 30, 90, 30, limit=5)
    await head.says("/minutes")
    assert head.sees("Перевірка в установі, одна або за списком: 1 за чотири тижні, по 30 хв. На тиждень це 8 хв.")
    assert head.sees("Це вміщується")
    await head.presses("Перевірка в установі, одна або за списком")
    await head.says("0")
    assert head.hears("unclear-minutes", most=480)
    await head.says("60 хв")
    await head.presses("25 листопада")
    assert head.sees("Записано: 60 хв, з 25 листопада 2026")
    assert await of_checks(house) == 30, "not before its day"
    house.clock.pass_by(days=1)
    assert await of_checks(house) == 60
    await does(house, head, SetMinutes(KHARKIV, OtherWork.CHECK, 20, date(2026, 11, 25)))
    assert await of_checks(house) == 20, "what was set last"


async def of_checks(house: House) -> int:
    async with house.database.work(house.clock()) as work:
        week = (await promising(KHARKIV, work)).week
    return next(one.minutes for one in week.activities if one.activity is OtherWork.CHECK)


async def test_each_tick_does_as_much_as_one_transaction_bears(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters that are told, calls that are planned and closed, dates that a look works out: none without bound."""
    monkeypatch.setattr("casework.checks.telling.TOLD_AT_ONCE", 2)
    monkeypatch.setattr("casework.contact.keeping.PLANNED_AT_ONCE", 2)
    monkeypatch.setattr("casework.contact.silences.WORKED_OUT", 3)
    operator = await reached(house, *await families(house, 5))
    await promises(house, 30, 90, 30, limit=50)
    await operator.says("/contact")
    assert operator.hears("contact-counts", contact=0, due=0, silent=0, quiet=0)
    assert operator.hears("contact-waits", count=5)
    await ticks(house)
    await operator.says("/contact")
    assert operator.sees("Не чули від нас довше, ніж обіцяно: 0")
    assert not operator.sees("терміни ще рахуються")
    house.clock.pass_by(days=31)
    assert await ticks(house) == 3, "two calls, two, and one"
    async with house.database.work(house.clock()) as work:
        assert len([one for one in await work.calls.waiting(KHARKIV) if one.reason is Reason.CONTACT]) == 5


async def ticks(house: House) -> int:
    """How many transactions a tick takes."""
    many, more = 0, True
    while more:
        async with house.database.work(house.clock()) as work:
            more, many = await keep(KHARKIV, work, tell_in_time), many + 1
            await work.commit()
    return many
