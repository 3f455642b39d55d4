"""Where a family lives: a region of ours by any place in it, or abroad, however it is typed."""

from typing import Any

import pytest

from casework.letters import Say
from casework.places import ABOUT, ABROAD, Region, meant
from casework.values import Unclear
from dialogs.places import BY_LETTERS, FROM, LETTERS, REGION, ZONE, Home, RegionsShown, Spot, Unsettled, region_named
from dialogs.questions import Answer, Took
from dialogs.said import Location, Press, Text
from dialogs.words import LANGUAGES
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
    assert isinstance(took.value, Home)
    assert took.value.region == region


def home(typed: str, before: object = None) -> object:
    took = REGION.read(Text(typed), before, WORDS)
    return took.value if isinstance(took, Took) else took.reason


def spot(typed: str, before: object = None) -> object:
    took = FROM.read(Text(typed), before, WORDS)
    return took.value if isinstance(took, Took) else took.reason


def test_a_city_abroad_brings_its_clock() -> None:
    assert home("у Гамбурзі") == Home(ABROAD, "Europe/Berlin", "Гамбург", "DE")
    assert home("Ірландія") == Home(ABROAD, "Europe/Dublin", "", "IE")
    assert home("США") == Home(ABROAD, "", "", "US")
    assert home("За кордоном") == Home(ABROAD)


def test_namesakes_are_shown_and_one_is_pressed() -> None:
    begun = home("Познань")
    assert begun == Unsettled("Познань")
    assert REGION.gathered(begun) is not None
    labels = [WORDS.say("uk", option.label) for option in REGION.options(begun)]
    assert labels == ["Познань, Польща", "Познань (село), Рівненська область", "Інше місце"]
    village, other = REGION.options(begun)[1:]
    assert REGION.read(Press(village.id), begun, WORDS) == Took(Home("rivne", "Europe/Kyiv"))
    assert REGION.read(Press(other.id), begun, WORDS) == Took(Unsettled(""), done=False)
    assert [option.id for option in REGION.options(Unsettled(""))] == [*BY_LETTERS["uk"], ABROAD]


def test_a_region_or_a_country_alone_says_which_namesake() -> None:
    assert home("Черкаська", home("Кам'янка")) == Home("cherkasy", "Europe/Kyiv")
    assert home("у Польщі", home("Познань")) == Home(ABROAD, "Europe/Warsaw", "Познань", "PL")
    assert home("Суми", home("Познань")) == Home("sumy", "Europe/Kyiv")


def test_a_misspelt_name_is_asked_about_with_what_may_be_meant() -> None:
    begun = home("Гамбруг")
    assert begun == Unsettled("Гамбруг")
    assert REGION.options(begun)[0].id == "abroad-DE-Europe/Berlin"
    assert home("у брата") == "unclear-region"


def test_every_choice_is_a_button_that_messengers_take() -> None:
    for typed in ("Кам'янка", "Познань", "Валенсія", "Первомайськ", "Вашава"):
        options = REGION.options(home(typed)) + FROM.options(spot(typed))
        assert all(option.id.isascii() and len(option.id) < 50 and "." not in option.id for option in options)
        labels = [WORDS.say("en", option.label) for option in REGION.options(home(typed))]
        assert len(set(labels)) == len(labels)
        assert len(labels) <= 11


def test_what_an_earlier_release_kept_is_a_home() -> None:
    kept = Answer("lviv", "Львів", REGION.rehearsed().at)
    assert REGION.recall(kept) == Home("lviv")
    abroad = Answer(ABROAD, "Польща", kept.at)
    assert REGION.recall(abroad) == Home(ABROAD)
    assert REGION.show("poltava") == REGION.show(Home("poltava", "Europe/Kyiv"))


def test_one_sets_out_from_a_place_abroad_or_of_ours_by_the_same_parser() -> None:
    hamburg = spot("Гамбург")
    assert isinstance(hamburg, Spot)
    assert (round(hamburg.latitude), round(hamburg.longitude), hamburg.name) == (54, 10, "Гамбург")
    for typed, name in (("Торонто", "Торонто"), ("у Гданську", "Гданськ"), ("Белая Церковь", "Біла Церква")):
        found = spot(typed)
        assert isinstance(found, Spot)
        assert found.name == name
    assert spot("Німеччина") == "unclear-region"
    assert spot("у сестри") == "unclear-region"
    assert spot("Іванівка, Полтавська") == Unsettled("Іванівка, Полтавська")
    labels = [WORDS.say("uk", option.label) for option in FROM.options(Unsettled("Іванівка, Полтавська"))]
    assert any("район" in label for label in labels)
    assert len(meant("Іванівка, Полтавська").places) >= len(labels) - 1


ALPHABET = {"uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "en": "abcdefghijklmnopqrstuvwxyz"}


def _short(language: str, region: object) -> str:
    return WORDS.say(language, Say(f"region-{region}.short")).removeprefix("м. ").lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_region_stands_once_behind_its_first_letter(language: str) -> None:
    order = [region for regions in BY_LETTERS[language].values() for region in regions]
    assert sorted(order) == sorted(Region)
    keys = {letter: at for at, letter in enumerate(ALPHABET[language])}
    called = {
        region: "ар крим" if region == "ar-crimea" and language == "uk" else _short(language, region)
        for region in order
    }
    by_name = sorted(order, key=lambda region: [keys.get(letter, -1) for letter in called[region]])
    assert order == by_name, "as they are looked for"
    for letters, regions in BY_LETTERS[language].items():
        first, last = WORDS.say(language, Say(f"region-letters.{letters}")).lower().split("–")
        assert (called[regions[0]][0], called[regions[-1]][0]) == (first, last)
        assert len(regions) <= 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_region_is_two_presses_away_at_both_questions(language: str) -> None:
    region, place = REGION.in_order_of(language), FROM.in_order_of(language)
    for letters, regions in BY_LETTERS[language].items():
        for question in (region, place):
            begun = question.read(Press(letters), None, WORDS)
            assert begun == opened(letters)
            assert [option.id for option in question.options(begun.value)] == [*regions, "elsewhere"]
        for one in regions:
            assert region.read(Press(one), RegionsShown(letters), WORDS) == Took(Home(one, "Europe/Kyiv"))
            assert place.read(Press(one), RegionsShown(letters), WORDS) == Took(Spot(*ABOUT[one].capital))
            name = WORDS.say(language, Say(f"region-{one}"))
            assert region.read(Text(name), RegionsShown(letters), WORDS) == Took(Home(one, "Europe/Kyiv")), (
                "typed all the same"
            )
        assert region.read(Press("elsewhere"), RegionsShown(letters), WORDS) == Took(Unsettled(""), done=False)


def opened(letters: str) -> Took[Any]:
    return Took(RegionsShown(letters), done=False)


def test_a_letter_may_be_typed_and_other_words_are_read_as_before() -> None:
    assert home("л") == RegionsShown("uk-k")
    assert REGION.in_order_of("en").read(Text("Z"), None, WORDS) == opened("en-v")
    for typed in ("Гамбург", "Кременчук", "Познань"):
        assert home(typed, RegionsShown("uk-k")) == home(typed)
    assert home("у брата", RegionsShown("uk-a")) == "unclear-region"
    for typed in ("Київ", "місто Київ"):
        assert home(typed, RegionsShown("uk-k")) == Home("kyiv-city", "Europe/Kyiv"), "a city, not a part of Київська"
    for typed in ("Чернігівка", "Полтавка", "Льві", "2"):
        assert home(typed, RegionsShown("uk-kh")) == (home(typed) if typed != "2" else Home("kherson", "Europe/Kyiv"))
    assert home("Зап", RegionsShown("uk-zh")) == Home("zaporizhzhia", "Europe/Kyiv"), "the beginning of a key"


def test_letters_that_are_keys_no_more_are_asked_again() -> None:
    begun = REGION.remember(opened("uk-k"), "uk-k", REGION.rehearsed().at)
    assert REGION.recall(begun) == RegionsShown("uk-k")
    gone = REGION.remember(opened("uk-q"), "uk-q", begun.at)
    assert REGION.recall(gone) == Unclear("unclear-asked-again")
    assert set(LETTERS) == {*BY_LETTERS["uk"], *BY_LETTERS["en"]}


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("new-york", "zone.new-york"),
        ("Europe/Kyiv", "zone.athens"),
        ("Europe/Prague", "zone.warsaw"),
        ("America/Toronto", "zone.new-york"),
        ("Asia/Kolkata", "Kolkata"),
    ],
)
def test_a_clock_is_shown_by_what_people_know_and_not_by_its_technical_name(zone: str, shown: str) -> None:
    said = ZONE.show(zone)
    assert (said.name if isinstance(said, Say) else said) == shown
