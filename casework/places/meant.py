"""Which place somebody means who writes where they live or set out from: one parser for every such question.

Names are looked up as they are heard (`skeleton`), as they stand or in the nominative. A misspelt name, one of several
places, and a name among words that we do not know are never taken: they are what to ask about. As with geocoders, an
exact name goes before a likely one, and the bigger place before the smaller.
"""

# ruff: noqa: SIM905  a list of words is best read as words
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final

from casework.places import abroad
from casework.places.abroad import City, Country
from casework.places.declined import nominatives
from casework.places.lookup import Settlement, SettlementKind, called, sounds_like
from casework.places.regions import ABOUT, Region, distance_km, region_called, regions_like
from casework.places.spelling import letters, skeleton
from casework.places.words import AROUND, KINDS, NO_PLACE, OBLAST, PREPOSITIONS, RAION

Candidate = Settlement | Region | City | Country

_LONGEST: Final = 120
_WINDOW: Final = 4
"""Words of the longest name."""
_POSTCODE: Final = 5
_RAION_STEM: Final = 5
_ALIKE: Final = {**dict.fromkeys(map(ord, "'`´‘ʼ′ʹ\""), "’"), **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")}
_IN_FULL: Final = {"м": "місто", "г": "город", "с": "село"}
_SHORT: Final = re.compile(r"(?<!\w)([мгс])\.")
_UKRAINIAN: Final = frozenset("іїєґ")
_PARTS: Final = re.compile(r"[,;:()/\n!?]|\s-\s")
_NEVER: Final = PREPOSITIONS | AROUND | OBLAST | RAION | frozenset(KINDS)

_A_SENTENCE: Final = 3
"""So many words that we do not know tell of something else, whatever place they name."""
_MOST_GUESSES: Final = 4
_FORMS: Final = 8
_GUESSED, _GUESSED_LONG, _TWO_SLIPS = 4, 6, 7
"""From so many letters on a slip is looked for in well-known names, in all names, and two slips."""
_LETTERS_A_SLIP: Final = 4
_FAR: Final = 3
"""How many letters longer a name counts as that hardly anybody knows: there may be more slips in it."""
_BIG: Final = 100_000
_GREAT: Final = 300_000
_HUGE: Final = 1_000_000
_KNOWN_OURS: Final = 15_000
_KNOWN_ABROAD: Final = 250_000
_MANY: Final = 4
"""So many namesakes together are more than a small town."""
_WIDE: Final = 10**9
_LIKELY_SIZE: Final = {SettlementKind.CITY: 8_000, SettlementKind.TOWN: 3_000, SettlementKind.VILLAGE: 300}
_CAPITAL_KM: Final = 15.0
_TIMES: Final = 10
"""Of namesakes of one sort the one is meant that is so many times bigger."""
_OURS_FIRST: Final = 5
"""A city of ours is meant unless its namesake abroad is so many times bigger."""
_NEAR: Final = frozenset(
    "PL DE CZ SK HU RO MD BG AT CH IT ES PT FR BE NL LU GB IE DK SE NO FI EE LV LT HR SI RS BA ME MK AL GR CY TR IL GE "
    "AM AZ IS MT BY".split()
)
"""Where families went: a city there counts as several times its size."""
_NEARER: Final = 5


@dataclass(frozen=True, slots=True)
class Meant:
    """The places that may be meant, the likeliest first; none where none is named. Only where it is `sure`, and all of
    them give the same answer, may it be taken without asking."""

    places: tuple[Candidate, ...] = ()
    sure: bool = False


@dataclass(slots=True)
class _Reading:
    """What was found in the words: names in their order, what narrows them, and the words that are left over."""

    heads: list[list[Candidate]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    countries: list[Country] = field(default_factory=list)
    raion: str = ""
    kind: str = ""
    left: list[str] = field(default_factory=list)
    ordinary: bool = False
    """There are words that name no place."""
    former: set[str] = field(default_factory=set)
    """Codes of settlements that once were called so, and no longer are."""
    other: set[Candidate] = field(default_factory=set)
    """Places whose name is written with other letters: a city's in one of the many languages that GeoNames has."""
    bent: bool = False
    """A name stands in another case than the nominative, without a preposition."""


def meant(text: str) -> Meant:
    """The places that `text` may mean."""
    reading = _Reading()
    for words in _parts(text):
        _read(words, reading)
    wide: tuple[Candidate, ...] = (*reading.regions, *reading.countries)
    if not reading.heads:
        if wide:
            return Meant(wide, len(wide) == 1 and not reading.ordinary)
        return Meant() if reading.ordinary else Meant(tuple(_alike(reading.left)))
    if len(reading.left) >= _A_SENTENCE and not wide:
        return Meant()
    narrowed = _narrowed(reading)
    if reading.left and not wide:  # "його", "never": a word of a sentence that is somebody's small town as well
        narrowed = [one for one in narrowed if _stands_out(one, reading)]
        if not narrowed:
            return Meant()
    if not narrowed:
        return Meant(tuple(dict.fromkeys(chain(wide, *(_ranked(head, reading) for head in reading.heads)))))
    ranked = _ranked(narrowed, reading)
    sure = not reading.ordinary and not reading.left
    if not sure or wide:
        return Meant(tuple(ranked), sure)
    slips = [] if reading.kind else _slips(reading, ranked)
    return Meant((*ranked, *slips), not slips and not any(_doubtful(one, reading) for one in ranked))


def _stands_out(place: Candidate, reading: _Reading) -> bool:
    """Is it known well enough, and written plainly enough, to be meant among words that we do not know?"""
    if reading.bent or place in reading.other:
        return False
    return _expected(place) if isinstance(place, City) else _well_known(place)


def _slips(reading: _Reading, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Better known places in whose name a slip would lead to these small, or little known, ones."""
    if all(isinstance(one, Settlement) and one.kind is SettlementKind.VILLAGE for one in ranked):
        return [one for one in _alike(reading.names, _well_known) if one not in ranked]
    if all(isinstance(one, City) and (one in reading.other or not _expected(one)) for one in ranked):
        far = any(one in reading.other for one in ranked) or len(skeleton(reading.names[0])) <= _GUESSED
        return _alike(reading.names, _a_city_of_ours, far=far)
    return []


def _doubtful(place: Candidate, reading: _Reading) -> bool:
    """Is it little known, and written as if another were meant?"""
    if isinstance(place, Settlement):
        return place in reading.other or (reading.bent and place.population < _BIG)
    if isinstance(place, City):
        if place in reading.other:
            return place.country.code not in _NEAR or not (place.capital or _expected(place))
        return reading.bent and not place.capital and not _expected(place)
    return False


def _parts(text: str) -> Iterator[list[str]]:
    """The words of each part between commas, in small letters and with one kind of apostrophe and dash."""
    lowered = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold().translate(_ALIKE)
    lowered = _SHORT.sub(lambda short: f" {_IN_FULL[short[1]]} ", lowered)
    visible = "".join(c for c in lowered if unicodedata.category(c) not in ("Cc", "Cf", "Mn") or c == "\n")
    for part in _PARTS.split(visible):
        if words := [bare for word in part.replace(".", " ").split() if (bare := word.strip("’«»„“”*_-"))]:
            yield words


def _read(words: Sequence[str], reading: _Reading) -> None:
    """Note what the words of one part say."""
    at, declined = 0, False
    while at < len(words):
        word = words[at]
        if taken := _name(words[at:], declined, reading):
            at, declined = at + taken, False
            continue
        if word in PREPOSITIONS:
            declined = True
        elif word in KINDS:
            reading.kind, declined = KINDS[word], True
        elif word in NO_PLACE:
            reading.ordinary = True
        elif word not in AROUND | OBLAST | RAION and not (word.isdecimal() and len(word) == _POSTCODE):
            reading.left.append(word)
        at += 1


def _name(words: Sequence[str], declined: bool, reading: _Reading) -> int:
    """How many of the first words make a name, the longest one there is."""
    for count in range(min(_WINDOW, len(words)), 0, -1):
        name, after = words[:count], words[count] if count < len(words) else ""
        if after in RAION and count == 1 and name[0] not in PREPOSITIONS:
            reading.raion = skeleton(name[0])[:_RAION_STEM]
            return 2
        if _is_name(name, reading.kind or after in OBLAST) and _noted(" ".join(name), declined, after, reading):
            return count
    return 0


def _is_name(words: Sequence[str], said_to_be: str | bool) -> bool:
    """May these words be a name? Ordinary ones only if they are said to be a village, or a region."""
    if len(words) == 1:
        word = words[0]
        return len(skeleton(word)) > 1 and word not in _NEVER and (bool(said_to_be) or word not in NO_PLACE)
    ends = (words[0], words[-1])
    if all(word in NO_PLACE or word in AROUND for word in words):
        return False
    return not any(word in _NEVER for word in ends) and not any(word in OBLAST or word in RAION for word in words)


def _noted(name: str, declined: bool, after: str, reading: _Reading) -> bool:
    """Note whose name it is, as it stands or, after a preposition or where nobody is called so, in the nominative."""
    forms = [name]
    found = _called(forms, reading)
    if (declined or not found) and (declined or " " not in name):
        reading.bent = reading.bent or not declined
        forms += nominatives(name)
        found = _called(forms, reading)
    if not found:
        return False
    regions = [one for one in found if isinstance(one, Region)]
    # A capital's other names are known to be those of its region: Днепр, Франковск.
    reading.other -= {
        one for one in found if isinstance(one, Settlement) and one.region in regions and _is_capital(one)
    }
    cities = [one.region for one in found if isinstance(one, Settlement) and one.kind is SettlementKind.CITY]
    countries = [one for one in found if isinstance(one, Country)]
    if after in OBLAST and (regions or cities):
        where = (regions or cities)[0]
        reading.regions.append(Region.KYIV if where is Region.KYIV_CITY else where)
    elif regions and not cities:
        reading.regions += regions[:1]
    elif countries and not cities:
        reading.countries += countries[:1]
    else:
        reading.heads.append([one for one in found if not isinstance(one, Region | Country)])
        reading.names.append(name)
    return True


def _called(names: Sequence[str], reading: _Reading) -> list[Candidate]:
    """Who has one of these names; whose former, or other, name it is is noted.

    Who writes Ukrainian letters writes our own places as the codifier does: then "Відень" is not Видень.
    """
    found: dict[Candidate, None] = {}
    unlike: set[Candidate] = set()
    exact = {name.replace("-", " ") for name in names}
    spelt = set(map(letters, names))
    strict = bool(_UKRAINIAN & set(names[0]))
    now: set[str] = set()
    for sound in dict.fromkeys(map(skeleton, names)):
        if (region := region_called(sound)) is not None:
            found[region] = None
        for one in called(sound):
            found[one.place] = None
            reading.other.discard(one.place)
            if one.former and one.place.code not in now:
                reading.former.add(one.place.code)
            elif not one.former:
                now.add(one.place.code)
                reading.former.discard(one.place.code)
            if not exact & one.names:
                unlike.add(one.place)
                if (not one.official or one.place.kind is SettlementKind.VILLAGE) and not spelt & set(
                    map(letters, one.names)
                ):
                    reading.other.add(one.place)
        for foreign in abroad.named(sound):
            found[foreign] = None
            if isinstance(foreign, City) and spelt.isdisjoint((letters(foreign.name), letters(foreign.own))):
                reading.other.add(foreign)
            else:
                reading.other.discard(foreign)
    return ([one for one in found if one not in unlike] if strict else []) or list(found)


def _heard(sound: str) -> list[Candidate]:
    """Whoever is heard so; a region only if it has no capital of that name."""
    places = [one.place for one in called(sound)]
    region = region_called(sound)
    if region is None or any(one.kind is SettlementKind.CITY and one.region is region for one in places):
        return [*places, *abroad.named(sound)]
    return [region, *places, *abroad.named(sound)]


def _narrowed(reading: _Reading) -> list[Candidate]:
    """Those called by the first name that lie where the other words say; none where nobody does."""
    first, *more = reading.heads
    regions = set(reading.regions)
    countries = {country.code for country in reading.countries}
    for head in more:  # "Іванівка, Одеса", "Springfield, Illinois"
        regions |= {one.region for one in head if isinstance(one, Settlement) and _is_capital(one)}
        countries |= {one.country.code for one in head if isinstance(one, City) and not one.thousands}
        if not regions and not countries:
            return []
    if len(regions) > 1 or (regions and countries):
        return []
    return [
        one
        for one in first
        if (not regions or (isinstance(one, Settlement) and one.region in regions))
        and (not countries or (isinstance(one, City) and one.country.code in countries))
        and (not reading.raion or (isinstance(one, Settlement) and skeleton(one.raion).startswith(reading.raion)))
        and _of_kind(one, reading.kind, first)
    ]


def _of_kind(one: Candidate, kind: str, among: Sequence[Candidate]) -> bool:
    """Is it what it is said to be? "Місто" is said of cities, here and abroad; the rest only of ours."""
    if not kind:
        return True
    if kind == SettlementKind.CITY:
        cities = [
            other for other in among if isinstance(other, City) or getattr(other, "kind", "") == SettlementKind.CITY
        ]
        return one in cities or not cities
    return isinstance(one, Settlement) and (one.kind is not SettlementKind.CITY or kind == SettlementKind.TOWN)


def _ranked(found: Sequence[Candidate], reading: _Reading) -> list[Candidate]:
    """The biggest first, without those that nobody means who gives the name alone."""
    ours = sorted((one for one in found if isinstance(one, Settlement)), key=_size, reverse=True)
    foreign = sorted((one for one in found if isinstance(one, City)), key=_size, reverse=True)
    cities = [one for one in ours if one.kind is SettlementKind.CITY and one.code not in reading.former]
    if cities and (cities[0].population >= _KNOWN_OURS or len(ours) < _MANY):
        ours = [one for one in ours if one.kind is SettlementKind.CITY and _size(one) * _TIMES > _size(cities[0])]
    foreign = [one for one in foreign if one not in reading.other] or foreign
    foreign = [one for one in foreign if _size(one) * _TIMES > _size(foreign[0])]
    if foreign and _people(foreign[0]) >= _GREAT:
        foreign = [one for one in foreign if _people(one) >= _BIG]
    if ours:
        foreign = [one for one in foreign if one not in reading.other or one.country.code in _NEAR]
    if ours and foreign:
        biggest = foreign[0]
        if cities and (cities[0].population >= _BIG or _people(biggest) < _OURS_FIRST * _size(cities[0])):
            foreign = []
        elif ours[0].kind is SettlementKind.VILLAGE and (biggest.capital or _people(biggest) >= _HUGE):
            ours = []
        else:
            foreign = [one for one in foreign if one.country.code in _NEAR or _people(one) >= _BIG]
    return sorted([*ours, *foreign], key=_size, reverse=True)


def _size(place: Candidate) -> int:
    """People, as far as known, and for cities abroad where families went, some times as many."""
    if isinstance(place, Settlement):
        return place.population or _LIKELY_SIZE[place.kind]
    if isinstance(place, City):
        return _people(place) * (_NEARER if place.country.code in _NEAR else 1)
    return _WIDE


def _people(city: City) -> int:
    return city.thousands * 1000


def _is_capital(place: Settlement) -> bool:
    return place.kind is SettlementKind.CITY and distance_km(place.point, ABOUT[place.region].capital) < _CAPITAL_KM


def _small(place: Candidate) -> bool:
    """Is it so small that two slips are one too many?"""
    if isinstance(place, Settlement):
        return place.kind is SettlementKind.VILLAGE
    return isinstance(place, City) and _people(place) < _BIG


def _well_known(place: Candidate) -> bool:
    if isinstance(place, Settlement):
        return place.kind is SettlementKind.CITY or place.population >= _KNOWN_OURS
    return not isinstance(place, City) or place.capital or _size(place) >= _KNOWN_ABROAD


def _expected(city: City) -> bool:
    """Is it where families are: a big city where they went, or a very big one?"""
    return _people(city) >= (_BIG if city.country.code in _NEAR else _HUGE)


def _a_city_of_ours(place: Candidate) -> bool:
    return isinstance(place, Settlement) and place.kind is SettlementKind.CITY


def _alike(
    words: Sequence[str], wanted: Callable[[Candidate], bool] = lambda place: True, *, far: bool = False
) -> list[Candidate]:
    """Places with a name in which the words, or their nominative, have a slip (`far`: or two); the biggest first."""
    if not 0 < len(words) <= _WINDOW:
        return []
    name = " ".join(words)
    found: dict[Candidate, int] = {}
    for sound in dict.fromkeys(map(skeleton, (name, *islice(nominatives(name), _FORMS)))):
        length = len(sound) + (_FAR if far else 0)
        most = 2 if length > _TWO_SLIPS else 1
        if length < _GUESSED:
            continue
        for other, slips in (*sounds_like(sound, most), *abroad.like(sound, most), *regions_like(sound, most)):
            for one in _heard(other):
                if wanted(one) and _worth_a_guess(one, length, slips):
                    found[one] = min(slips, found.get(one, slips))
    return sorted(found, key=lambda one: (found[one], -_size(one)))[:_MOST_GUESSES]


def _worth_a_guess(place: Candidate, length: int, slips: int) -> bool:
    if length < _GUESSED_LONG:
        return slips < 2 and _well_known(place)
    return slips <= length // _LETTERS_A_SLIP and not (slips > 1 and _small(place))
