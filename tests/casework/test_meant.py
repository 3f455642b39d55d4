"""Which place somebody means: abroad or ours, declined, renamed, misspelt, one of many, none."""

import gzip
import time
from collections.abc import Iterator
from importlib.resources import files

import pytest

from casework.places import Candidate, City, Country, Region, Settlement, meant, place_by_code
from casework.places.abroad import named
from casework.places.build import dictionary
from casework.places.declined import nominatives
from casework.places.spelling import letters, skeleton


def where(place: Candidate) -> str:
    match place:
        case Settlement():
            return str(place.region)
        case City() | Country():
            return place.zone
        case Region():
            return str(place)


def lies(typed: str) -> set[str]:
    """Where it lies, if that is sure."""
    found = meant(typed)
    return {where(place) for place in found.places} if found.sure else set()


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        *(("Гамбург", "Europe/Berlin"), ("Hamburg", "Europe/Berlin"), ("у Гамбурзі", "Europe/Berlin")),
        *(("Лодзь", "Europe/Warsaw"), ("живу в Лодзі", "Europe/Warsaw"), ("w Łodzi", "Europe/Warsaw")),
        *(("Люблін", "Europe/Warsaw"), ("Lublin", "Europe/Warsaw"), ("зараз у Варшаві", "Europe/Warsaw")),
        *(("Роттердам", "Europe/Amsterdam"), ("у Відні", "Europe/Vienna"), ("ми в Празі, Чехія", "Europe/Prague")),
        *(("Торонто", "America/Toronto"), ("Гданськ", "Europe/Warsaw"), ("Німеччина", "Europe/Berlin")),
        *(("в Германии", "Europe/Berlin"), ("у Польщі", "Europe/Warsaw"), ("Познань, Польща", "Europe/Warsaw")),
        *(("Ірландія", "Europe/Dublin"), ("Берлин", "Europe/Berlin"), ("Брага, Португалія", "Europe/Lisbon")),
        *(("Вінніпег", "America/Winnipeg"), ("Кастельмоцца, Італія", "Europe/Rome"), ("США", ""), ("Канада", "")),
    ],
)
def test_a_place_abroad_has_the_clock_of_its_city(typed: str, zone: str) -> None:
    assert lies(typed) == {zone}


@pytest.mark.parametrize(
    ("typed", "region"),
    [
        *(("Миколаїв, Львівська", "lviv"), ("Миколаїв Львівської області", "lviv"), ("Миколаїв", "mykolaiv")),
        *(("у Кривому Розі", "dnipropetrovsk"), ("в Белой Церкви", "kyiv"), ("у Лозовій", "kharkiv")),
        *(
            ("м.Ізюм", "kharkiv"),
            ("Львівська обл., с. Берлин", "lviv"),
            ("в Ірпені", "kyiv"),
        ),
        *(
            ("Київ", "kyiv-city"),
            ("Київ область", "kyiv"),
            ("живемо в Очакові", "mykolaiv"),
            ("Іванівка, Одеса", "odesa"),
        ),
        *(("Тарутине", "odesa"), ("Красноармійськ", "donetsk"), ("Дніпропетровськ", "dnipropetrovsk")),
        *(("Червоноград", "lviv"), ("Кіровоград", "kirovohrad")),
    ],
)
def test_a_place_of_ours_lies_in_its_region(typed: str, region: str) -> None:
    assert lies(typed) == {region}


def test_a_declined_name_without_a_preposition_is_asked_about() -> None:
    assert where(meant("Козельці").places[0]) == "chernihiv"
    assert not meant("Козельці").sure


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("Познань", {"Europe/Warsaw", "rivne"}),
        ("Брага", {"Europe/Lisbon", "khmelnytskyi"}),
        ("Нью-Йорк", {"America/New_York", "donetsk"}),
        ("Кіровськ", {"luhansk", "donetsk"}),
        ("Артемівськ", {"donetsk", "luhansk"}),
        ("Леніне", {"ar-crimea", "zhytomyr", "odesa", "mykolaiv"}),
        ("Куйбишеве", {"ar-crimea", "poltava", "mykolaiv"}),
        ("Первомайськ", {"mykolaiv", "luhansk"}),
        ("Новомосковськ", {"dnipropetrovsk", "Europe/Moscow"}),
    ],
)
def test_namesakes_and_old_names_of_several_are_all_found(typed: str, places: set[str]) -> None:
    assert places <= {where(place) for place in meant(typed).places}
    assert len(lies(typed)) != 1


def test_a_name_that_is_everywhere_is_asked() -> None:
    assert len(lies("Кам'янка")) > 10


@pytest.mark.parametrize("typed", ["Гамбруг", "Вашава", "Крематорск", "Хмельнцький", "Тернополль обл"])
def test_a_misspelt_name_is_found_and_asked_about(typed: str) -> None:
    found = meant(typed)
    assert found.places
    assert not found.sure or typed.startswith("Тернополль")  # a letter twice is no other sound


@pytest.mark.parametrize(
    "typed",
    [
        *("у брата", "зараз", "війна", "у мами", "не знаю", "у брата в хаті", "сама", "тут", "мій син", "Софіївна"),
        *("0671234567", "12.03.1990", "???", "у бомбосховищі", "дома", "в селі", "область", "🙏🙏"),
    ],
)
def test_words_that_name_no_place_are_none(typed: str) -> None:
    assert not meant(typed).sure
    assert not lies(typed)


def test_words_beside_a_name_make_it_a_question() -> None:
    assert not meant("у брата в Одесі").sure
    assert where(meant("у брата в Одесі").places[0]) == "odesa"


def test_what_lies_nowhere_is_asked() -> None:
    assert not meant("Миколаїв, Польща").sure
    assert not meant("Харків, зараз Варшава").sure


def test_a_name_is_taken_out_of_its_case() -> None:
    assert "гамбург" in nominatives("гамбурзі")
    assert "warszawa" in nominatives("warszawie")
    assert "тернопіль" in nominatives("тернополі")
    assert letters("Кам’янець-Подільський") == letters("Камянець Подильський")


def lines(file: str) -> Iterator[str]:
    yield from gzip.decompress((files("casework.places") / file).read_bytes()).decode().splitlines()


def test_the_dictionary_is_in_order_and_as_names_are_heard() -> None:
    names = [line.partition("\t")[0] for line in lines("abroad-names.txt.gz")]
    assert [f"{name}\t" for name in names] == sorted(f"{name}\t" for name in names)
    assert len(names) > 100_000
    cities = [line.split("\t") for line in lines("abroad.tsv.gz")][300::500]
    for code, zone, _, own, *_ in cities:
        assert any((at.zone, getattr(at, "own", own)) == (zone, own) for at in named(skeleton(own))), (code, own)


def test_the_dictionary_of_our_settlements_is_that_of_their_rows() -> None:
    rows = list(lines("places.tsv.gz"))
    settlements = rows[rows.index("") + 1 :]
    assert len(settlements) > 29_000
    assert [f"{line}\n" for line in lines("places-names.txt.gz")] == dictionary(settlements)


def test_the_settlements_are_in_the_order_of_their_codes() -> None:
    codes = [line.split("\t")[0] for line in lines("places.tsv.gz")]
    settlements = codes[codes.index("") + 1 :]
    assert settlements == sorted(settlements)
    for code in (settlements[0], settlements[-1], *settlements[:: len(settlements) // 40]):
        assert (place := place_by_code(code)) is not None and place.code == code  # noqa: PT018
    for unknown in ("", "UA", settlements[0][:-1], "ZZ"):
        assert place_by_code(unknown) is None


def test_a_typical_name_is_found_in_well_below_a_millisecond() -> None:
    meant("Харків, Гамбург")
    for typed in ("Харків", "Гамбург", "живу в Лодзі", "Миколаїв, Львівська"):
        took = min(_timed(typed) for _ in range(20))
        assert took < 0.001, typed


def _timed(typed: str) -> float:
    begun = time.perf_counter()
    meant(typed)
    return time.perf_counter() - begun
