"""Every rule that plans tasks says what they cost, and their sum is what a promise has to fit into."""

from dataclasses import replace

from casework.calls import Reason
from casework.centers import Center
from casework.contact.promise import TALK_MINUTES
from casework.minutes import MINUTES, CenterWeek, center_week
from tests.visiting import House


def test_each_reason_of_a_call_says_its_minutes() -> None:
    assert set(MINUTES) == set(Reason), "a rule that plans tasks costs staff time: say how much, in casework/minutes.py"
    assert MINUTES[Reason.CONTACT] == TALK_MINUTES, "as the promise is worked out"
    assert all(0 < minutes <= 120 for minutes in MINUTES.values())


async def test_a_week_is_what_was_planned_without_the_promise(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        center: Center = (await work.centers.all())[0]
    counted = {Reason.NEW_REPORT: 40, Reason.CRISIS: 4, Reason.CONTACT: 1000}
    week = center_week(counted, replace(center, weekdays=(0, 1, 2, 3, 4)), members=3)
    assert week == CenterWeek(others=360, managed=7 * 60 * 5 * 3)
    assert week.fits(week.managed - 360)
    assert not week.fits(week.managed - 359)
