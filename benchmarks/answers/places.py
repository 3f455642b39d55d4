"""Places: cities abroad, places of ours, words that name none."""

import random
from collections.abc import Sequence
from functools import cache
from typing import Final

from babel import Locale

from benchmarks.answers.cities_abroad import BY_ZONE
from benchmarks.answers.frame import ASKED, Answer, Case, Kind
from benchmarks.answers.no_places import phrases
from benchmarks.answers.places_of_ours import BY_REGION
from benchmarks.answers.writing import in_words, slipped
from casework.values import Unclear
from dialogs.places import region_named

FEW: Final = 60
OURS: Final = frozenset({"Europe/Kyiv", "Europe/Kiev", "Europe/Simferopol", "Europe/Uzhgorod", "Europe/Zaporozhye"})
ABROAD: Final = "abroad"


@cache
def abroad() -> tuple[tuple[str, str], ...]:
    """Names of cities abroad: those written by hand, and CLDR's in five languages."""
    named = {(name, zone) for zone, names in BY_ZONE.items() for name in names.split(", ")}
    for language in ("uk", "ru", "pl", "de", "en"):
        for zone, known in Locale(language).time_zones.items():
            if "city" in known and "/" in zone and not zone.startswith(("Etc/", "Antarctica/")) and zone not in OURS:
                named.add((known["city"], zone))
    return tuple(sorted(named))


@cache
def ours() -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(name, region) for region, names in BY_REGION.items() for name in names.split(", ")}))


def region_answer(typed: str) -> Answer:
    """What the region question takes: a region's name, or "abroad"."""
    taken = region_named(typed)
    return ASKED if isinstance(taken, Unclear) else taken


def nearest_guess(typed: str) -> Answer:
    """The fault: a place of ours, whatever was typed."""
    return "lviv"


def _few(cases: list[Case], chance: random.Random, few: bool) -> Sequence[Case]:
    return chance.sample(cases, min(FEW, len(cases))) if few else cases


def _misspelt(name: str, chance: random.Random) -> str:
    """With a slip that does not make it the name of another place: then it would be none."""
    real = {named.casefold() for named, _ in (*abroad(), *ours())}
    real |= {named.split()[0] for named in real}
    return next(typed for typed in iter(lambda: slipped(name, chance), "") if typed.casefold() not in real)


def _as_written(chance: random.Random, few: bool) -> Sequence[Case]:
    return _few([Case(name, {ABROAD}) for name, _ in abroad()], chance, few)


KINDS: Final = (
    Kind("places-abroad", "a city abroad, in five languages", _as_written, region_answer, nearest_guess),
    Kind(
        "places-abroad-in-words",
        "a city abroad in a sentence, declined",
        lambda chance, few: _few(
            [Case(in_words(n, chance), {ABROAD}) for z, names in BY_ZONE.items() for n in names.split(", ")],
            chance,
            few,
        ),
        region_answer,
        nearest_guess,
    ),
    Kind(
        "places-abroad-misspelt",
        "a city abroad with a slip",
        lambda chance, few: _few([Case(_misspelt(name, chance), {ABROAD}) for name, _ in abroad()], chance, few),
        region_answer,
        nearest_guess,
    ),
    Kind(
        "places-ours",
        "a place of ours, in three languages",
        lambda chance, few: _few([Case(name, {region}) for name, region in ours()], chance, few),
        region_answer,
        lambda typed: ABROAD,
    ),
    Kind(
        "places-ours-in-words",
        "a place of ours in a sentence, declined",
        lambda chance, few: _few([Case(in_words(n, chance, ours=True), {r}) for n, r in ours()], chance, few),
        region_answer,
        lambda typed: ABROAD,
    ),
    Kind(
        "places-ours-misspelt",
        "a place of ours with a slip",
        lambda chance, few: _few([Case(_misspelt(name, chance), {region}) for name, region in ours()], chance, few),
        region_answer,
        lambda typed: ABROAD,
    ),
    Kind(
        "places-none",
        "words that name no place",
        lambda chance, few: _few([Case(phrase) for phrase in phrases()], chance, few),
        region_answer,
        nearest_guess,
    ),
)
