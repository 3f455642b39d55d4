"""Where a family lives: a region of ours by any place in it, or abroad, however it is typed."""

import pytest

from casework.values import Unclear
from dialogs.register import ABROAD, REGION, region_named
from dialogs.said import Location
from tests.visiting import WORDS

EAST = ["Росія", "россия", "Білорусь", "Молдова", "Тбілісі", "Ізраїль", "Торонто", "Канада", "США", "UK"]
WEST = [
    "Польща",
    "Польша",
    "Poland",
    "Німеччина",
    "Італія",
    "Italy",
    "Франція",
    "Литва",
    "Болгарія",
    "Варшава",
    "Прага",
]
CITIES = ["Берлин", "Лондон", "Париж", "Відень"]
IN = ["в Польше", "у Польщі", "в Німеччині", "в Канаде", "Берлін, Німеччина"]


@pytest.mark.parametrize("typed", [*EAST, *WEST, *CITIES, *IN])
def test_a_country_or_a_city_abroad_is_no_village_of_ours(typed: str) -> None:
    assert region_named(typed) == ABROAD


@pytest.mark.parametrize(
    ("typed", "region"),
    [
        ("Харькив", "kharkiv"),
        ("Одесса", "odesa"),
        ("Кременчуг", "poltava"),
        ("Бровары", "kyiv"),
        ("Лиман", "donetsk"),
        ("Малин", "zhytomyr"),
        ("Ялта", "ar-crimea"),
        ("Львівська область", "lviv"),
    ],
)
def test_ours_are_ours(typed: str, region: str) -> None:
    assert region_named(typed) == region


def test_what_is_like_nothing_is_asked_again() -> None:
    assert isinstance(region_named("Мюнхенбург"), Unclear)


@pytest.mark.parametrize(
    ("place", "region"), [((52.23, 21.01), ABROAD), ((43.65, -79.38), ABROAD), ((49.84, 24.03), "lviv")]
)
def test_a_shared_location_may_be_abroad(place: tuple[float, float], region: str) -> None:
    took = REGION.read(Location(*place), None, WORDS)
    assert not isinstance(took, Unclear)
    assert took.value == region
