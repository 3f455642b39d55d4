"""A time in words, matched against what is free."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from casework.values import Unclear
from dialogs.answers import moment, times_wished
from dialogs.booking.questions import NIGHT, SLOT

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
"""Tuesday, 10:00 in Kyiv."""

FREE = [
    datetime(2026, 11, 25, tzinfo=KYIV) + timedelta(days=day, hours=hour, minutes=minute)
    for day in range(16)
    if (2 + day) % 7 < 5
    for hour in range(10, 17)
    for minute in (0, 30)
]
"""Every half an hour of the working days from Wednesday on."""


def wished(text: str) -> list[str]:
    return [f"{at.astimezone(KYIV):%d.%m %H:%M}" for at in times_wished(text, FREE, NOW, "Europe/Kyiv") or ()]


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("8 грудня о 12", "08.12 12:00"),
        ("8 грудня 12:00", "08.12 12:00"),
        ("8.12 о 12:30", "08.12 12:30"),
        ("8.12 на 12.30", "08.12 12:30"),
        ("о 12 8 грудня", "08.12 12:00"),
        ("8 декабря в 12", "08.12 12:00"),
        ("8 December at 12:00", "08.12 12:00"),
        ("у середу на 14:00", "25.11 14:00"),
        ("в пятницу на 14:00", "27.11 14:00"),
        ("у вівторок об 11", "01.12 11:00"),
        ("завтра о 10:30", "25.11 10:30"),
        ("завтра о 2", "25.11 14:00"),
        ("завтра о 3 дня", "25.11 15:00"),
        ("завтра о другій", "25.11 14:00"),
        ("післязавтра о дванадцятій", "26.11 12:00"),
        ("запишіть мене, будь ласка, на 3 грудня о 16:30", "03.12 16:30"),
        ("27 числа о 15:00", "27.11 15:00"),
        ("on friday at 15:30", "27.11 15:30"),
        ("завтра о пів на одинадцяту", "25.11 10:30"),
        ("завтра пів на 12", "25.11 11:30"),
        ("8 грудня о половині третьої", "08.12 14:30"),
        ("завтра в полтретьего", "25.11 14:30"),
        ("tomorrow at half past two", "25.11 14:30"),
        ("завтра опівдні", "25.11 12:00"),
    ],
)
def test_a_day_and_an_hour_name_one_time(typed: str, time: str) -> None:
    assert wished(typed) == [time]


def test_a_part_of_the_day_names_several() -> None:
    after = wished("завтра після обіду")
    assert (after[0], after[-1], len(after)) == ("25.11 13:00", "25.11 16:30", 8)
    assert wished("у п’ятницю зранку")[0] == "27.11 10:00"
    assert wished("8 грудня")[0] == "08.12 10:00"
    assert {at[-5:] for at in wished("о 14:00")} == {"14:00"}


@pytest.mark.parametrize(
    "typed",
    [
        "завтра чверть на одинадцяту",
        "завтра за чверть одинадцята",
        "субота о 12",
        "завтра о третій ночі",
        "завтра о 2 ночі",
        "8 грудня о 20",
        "сьогодні о 12",
        "24 грудня о 10",
    ],
)
def test_a_time_that_is_not_free_is_none_of_them(typed: str) -> None:
    assert times_wished(typed, FREE, NOW, "Europe/Kyiv") == []


@pytest.mark.parametrize(
    "typed", ["", "будь-коли", "не можу завтра", "тільки не в середу", "дякую", "🙏", "31.02 о 99:99"]
)
def test_words_that_name_no_time(typed: str) -> None:
    assert times_wished(typed, FREE, NOW, "Europe/Kyiv") is None


def test_nobody_in_chicago_is_offered_two_in_the_morning_first() -> None:
    """What is night for the family comes last, and only to who asks; in Kyiv nothing is hidden."""
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    free = tuple(datetime(2026, 11, 25, hour, tzinfo=UTC) for hour in range(8, 15))  # 2:00 to 8:00 in Chicago
    there = SLOT.at(free, "America/Chicago", now)
    ids = [option.id for option in there.options(None)]
    assert ids == [str(int(free[-1].timestamp())), f"night{NIGHT}", "wait"], "waiting for an earlier one comes last"
    night = [option.id for option in there.options(NIGHT) if option.id != "wait"]
    assert night == [str(int(at.timestamp())) for at in free[:-1]]
    assert there.refused(free[0]) is None, "who types it may have it"
    at_home = SLOT.at(free, "Europe/Kyiv", now)
    assert [option.id for option in at_home.options(None)][:6] == [str(int(at.timestamp())) for at in free[:6]]
    assert not any(option.id.startswith("night") for option in at_home.options(None))


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("14:30", "24.11 14:30"),
        ("о 16", "24.11 16:00"),
        ("сьогодні о 15", "24.11 15:00"),
        ("завтра 10:30", "25.11 10:30"),
        ("завтра о 10", "25.11 10:00"),
        ("10:00 завтра", "25.11 10:00"),
        ("у середу на 14", "25.11 14:00"),
        ("8 грудня о 9", "08.12 09:00"),
        ("8 грудня о пів на десяту", "08.12 09:30"),
        ("за чверть десята, 8.12", "08.12 09:45"),
        ("чверть по дев'ятій 8.12", "08.12 09:15"),
        ("25.12.2026 9:15", "25.12 09:15"),
        ("1.1 о 10", "01.01 10:00"),
    ],
)
def test_staff_name_a_moment_as_families_do(typed: str, at: str) -> None:
    named = moment(typed, NOW, KYIV)
    assert isinstance(named, datetime)
    assert f"{named:%d.%m %H:%M}" == at


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        *(
            (typed, "unclear-moment")
            for typed in ("", "завтра", "абищо 14:30", "31.02 10:00", "31.02.2027 10:00", "25:00")
        ),
        *((typed, "unclear-moment-past") for typed in ("9:59", "25.11.2025 10:00", "1.06 10:00")),
    ],
)
def test_what_names_no_moment_to_come_is_asked_again(typed: str, why: str) -> None:
    assert moment(typed, NOW, KYIV) == Unclear(why)
