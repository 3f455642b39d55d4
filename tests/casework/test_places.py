"""Where families live, however they spell it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource
from hypothesis import given
from hypothesis import strategies as st

from casework.places import (
    ABOUT,
    City,
    Country,
    Meant,
    Region,
    Settlement,
    SettlementKind,
    center_is_published,
    distance_km,
    meant,
    nearest,
    place_by_code,
    proposed_center,
    region_of,
)
from casework.places.spelling import skeleton

LOCALES = Path(__file__).parents[2] / "locales"


@pytest.mark.parametrize(
    ("typed", "name", "where"),
    [
        ("Харків", "Харків", Region.KHARKIV),
        ("Харьков", "Харків", Region.KHARKIV),
        ("kharkiv", "Харків", Region.KHARKIV),
        ("Винница", "Вінниця", Region.VINNYTSIA),
        ("Vinnytsya", "Вінниця", Region.VINNYTSIA),
        ("Микалаїв", "Миколаїв", Region.MYKOLAIV),
        ("Николаев", "Миколаїв", Region.MYKOLAIV),
        ("Киев", "Київ", Region.KYIV_CITY),
        ("м. Львів", "Львів", Region.LVIV),
        ("Lwów", "Львів", Region.LVIV),
        ("у Харкові", "Харків", Region.KHARKIV),
        ("г. Изюм, Харьковская обл.", "Ізюм", Region.KHARKIV),
        ("Ивано-Франковск", "Івано-Франківськ", Region.IVANO_FRANKIVSK),
        ("Крематорск", "Краматорськ", Region.DONETSK),
        ("Мариупіль", "Маріуполь", Region.DONETSK),
        ("Белая Церковь", "Біла Церква", Region.KYIV),
        ("Кривой Рог", "Кривий Ріг", Region.DNIPROPETROVSK),
        ("Камянец-Подольский", "Кам’янець-Подільський", Region.KHMELNYTSKYI),
        ("Дніпропетровськ", "Дніпро", Region.DNIPROPETROVSK),
        ("Артёмовск", "Бахмут", Region.DONETSK),
        ("Зіньків, Хмельницька область", "Зіньків", Region.KHMELNYTSKYI),
        ("Зіньків", "Зіньків", Region.POLTAVA),
        ("Бровар", "Бровари", Region.KYIV),
        ("Oдеса", "Одеса", Region.ODESA),  # a Latin O
    ],
)
def test_a_settlement_is_found_however_it_is_spelt(typed: str, name: str, where: Region) -> None:
    first = meant(typed).places[0]
    assert isinstance(first, Settlement)
    assert (first.name, first.region) == (name, where)


def settlements(typed: str) -> list[Settlement]:
    return [place for place in meant(typed).places if isinstance(place, Settlement)]


def test_among_namesakes_the_bigger_comes_first_and_the_raion_decides() -> None:
    assert settlements("Миколаїв")[0].population > 400_000
    assert {village.region for village in settlements("Іванівка, Полтавська область")} == {Region.POLTAVA}
    town = settlements("Миколаївка Сумський район")[0]
    assert (town.raion, town.kind) == ("Сумський", SettlementKind.TOWN)


def test_a_district_that_a_city_swallowed_does_not_lead_to_the_city() -> None:
    villages = settlements("Олександрівка")
    assert len(villages) > 40
    assert "Донецьк" not in {village.name for village in villages}


@pytest.mark.parametrize("typed", ["", "  ", "?", "ааа", "😀", "x", "місто", "\x00" * 3000])
def test_what_is_no_place_finds_none(typed: str) -> None:
    assert meant(typed) == Meant()


def test_a_village_that_geonames_does_not_know_stands_near_its_neighbours() -> None:
    village = next(village for village in settlements("Іванівка") if village.approximate)
    assert distance_km(village.point, ABOUT[village.region].capital) < 250
    assert place_by_code(village.code) == village
    assert place_by_code("UA") is None


def test_the_names_are_whole() -> None:
    kyiv = place_by_code("UA80000000000093317")
    assert kyiv is not None
    assert (kyiv.name, kyiv.raion, kyiv.approximate) == ("Київ", "", False)


def test_the_place_one_stands_at() -> None:
    assert nearest(49.84, 24.03).name == "Львів"
    assert nearest(50.0, 36.23).region is Region.KHARKIV
    assert region_of(46.48, 30.73) is Region.ODESA
    assert region_of(52.23, 21.01) is None  # Warsaw


def test_every_capital_lies_in_its_region() -> None:
    for where, about in ABOUT.items():
        assert region_of(*about.capital) is (Region.KYIV_CITY if where is Region.KYIV else where)
    assert len(ABOUT) == 27


def test_distance() -> None:
    assert distance_km(ABOUT[Region.KYIV].capital, ABOUT[Region.LVIV].capital) == pytest.approx(468, abs=3)
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20015, abs=1)


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("Київ", Region.KYIV_CITY),
        ("в Киеве", Region.KYIV_CITY),
        ("м. Київ", Region.KYIV_CITY),
        ("Київська", Region.KYIV),
        ("Київ область", Region.KYIV),
        ("Kyiv oblast", Region.KYIV),
        ("Львов", Region.LVIV),
        ("у Львівській області", Region.LVIV),
        ("Львівщина", Region.LVIV),
        ("Франковск", Region.IVANO_FRANKIVSK),
        ("Крым", Region.CRIMEA),
        ("Днепр", Region.DNIPROPETROVSK),
        ("Закарпатье", Region.ZAKARPATTIA),
        ("Черниговская обл.", Region.CHERNIHIV),
        ("Чернівецька", Region.CHERNIVTSI),
        ("в Одесі", Region.ODESA),
        ("Хмельницкая", Region.KHMELNYTSKYI),
        ("запорізька", Region.ZAPORIZHZHIA),
    ],
)
def test_a_region_by_its_name_or_its_capital(typed: str, where: Region) -> None:
    found = meant(typed)
    assert found.sure
    assert {place.region if isinstance(place, Settlement) else place for place in found.places} == {where}


@pytest.mark.parametrize(
    "typed",
    [
        *("за кордоном", "Польща", "Рим", "Варшава", "Берлін", "Прага", "Кишинів", "Румунія", "Чехія", "Італія"),
        *("ні", "1", "область", "", "не знаю"),
    ],
)
def test_abroad_is_no_region(typed: str) -> None:
    assert all(isinstance(place, City | Country) for place in meant(typed).places)


def test_a_misspelt_region_is_asked_about() -> None:
    found = meant("запоріжська")
    assert found.places[0] is Region.ZAPORIZHZHIA
    assert not found.sure


def test_every_region_is_known_by_its_names() -> None:
    for where, about in ABOUT.items():
        for name in about.names:
            first = meant(name).places[0]
            assert (first.region if isinstance(first, Settlement) else first) is where, name


def test_the_center_that_answers() -> None:
    east = {where for where in Region if center_is_published(where)}
    assert {where.value for where in east} == {
        *("kharkiv", "sumy", "poltava", "donetsk", "luhansk", "zaporizhzhia", "dnipropetrovsk")
    }
    assert {proposed_center(where) for where in east} == {"kharkiv"}
    assert {proposed_center(where) for where in set(Region) - east} == {"lviv", "mykolaiv", "vinnytsia"}
    assert proposed_center(Region.VOLYN) == "lviv"
    assert proposed_center(Region.KHERSON) == "mykolaiv"
    assert proposed_center(Region.KYIV_CITY) == "vinnytsia"


@pytest.mark.parametrize("language", ["uk", "en"])
def test_every_region_has_words(language: str) -> None:
    said = (LOCALES / language / "places.ftl").read_text("utf-8")
    bundle = FluentBundle([language])
    bundle.add_resource(FluentResource(said))
    beside = {"abroad", "letters"}  # a family that lives there, and the question's keys by letter
    assert set(re.findall(r"^region-([a-z-]+) =", said, re.MULTILINE)) - beside == {where.value for where in Region}
    for where in Region:
        message = bundle.get_message(f"region-{where}")
        for pattern in (message.value, message.attributes["short"]):
            assert pattern is not None
            words, problems = bundle.format_pattern(pattern)
            assert not problems
            assert len(str(words)) < 40
            if language == "uk":
                first = meant(str(words)).places[0]
                assert (first.region if isinstance(first, Settlement) else first) is where


@given(st.one_of(st.text(max_size=150), st.text(alphabet="абвіїйєь-, ’обл.районsch ", max_size=60)))
def test_no_text_breaks_the_search(typed: str) -> None:
    found = meant(typed)
    assert found.places or not found.sure
    assert skeleton(typed).isascii()
