"""Every rule that takes members' time says how much, and their sum is what a promise has to fit into."""

from dataclasses import replace
from datetime import date

from casework.calls import Reason
from casework.centers import Center
from casework.contact.promise import TALK_MINUTES
from casework.ids import StaffId
from casework.minutes import ACTIVITIES, ESTIMATES, CenterMinutes, OtherWork, center_week
from casework.presence import Absence
from tests.visiting import House

TODAY = date(2026, 11, 24)
MEMBERS = [StaffId(1), StaffId(2), StaffId(3)]


def test_each_activity_says_its_minutes() -> None:
    assert set(ESTIMATES) == {*Reason, *OtherWork}, "what takes members' time says how much, in casework/minutes.py"
    assert len(ACTIVITIES) == len({str(one) for one in ACTIVITIES}), "they are kept by their names"
    assert ESTIMATES[Reason.CONTACT] == TALK_MINUTES, "as the promise is worked out"
    assert all(0 < minutes <= 120 for minutes in ESTIMATES.values())


async def test_a_week_is_what_was_done_without_the_promise_against_the_hours_without_leave(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        center: Center = (await work.centers.all())[0]
    center = replace(center, weekdays=(0, 1, 2, 3, 4))
    counted: dict[str, int] = {Reason.NEW_REPORT: 40, Reason.CRISIS: 4, Reason.CONTACT: 1000, OtherWork.CHECK: 8}
    week = center_week(counted, {}, center, TODAY, MEMBERS)
    assert (week.others, week.managed, week.talk) == (300 + 60 + 60, 7 * 60 * 5 * 3, 20)
    assert week.fits(week.managed - 420)
    assert not week.fits(week.managed - 419)
    own: dict[str, CenterMinutes] = {
        Reason.NEW_REPORT: CenterMinutes(10, TODAY, StaffId(1)),
        Reason.CONTACT: CenterMinutes(25, TODAY, StaffId(1)),
    }
    leave = [Absence(StaffId(2), date(2026, 11, 1), date(2026, 12, 31))]
    week = center_week(counted, own, center, TODAY, MEMBERS, leave)
    assert (week.others, week.managed, week.talk) == (100 + 60 + 60, 7 * 60 * 5 * 2, 25)
