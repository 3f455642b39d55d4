"""Where a family lives and by which clock, and where somebody sets out from: one parser, and what it is not sure of is
asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Self, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from casework.letters import Arg, AtTime, Land, Say
from casework.people import Me
from casework.places import ABOUT, ABROAD, Candidate, City, Country, Region, Settlement, meant, region_of
from casework.queries import Now
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.questions import Answer, Choice, Option, Question, Spellings, Took, TypedPlace, pick
from dialogs.said import Location, Said, Text
from dialogs.script import ask, look_up, perhaps, tell

KYIV: Final = "Europe/Kyiv"
ELSEWHERE: Final = "elsewhere"
MOST_NAMESAKES: Final = 10
"""Namesakes on one screen; who is not among them writes the region beside the name."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a family lives: a region of ours, or abroad, with its zone as far as what was written tells it."""

    region: str
    zone: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody sets out from: what they typed, as we understood it, or nothing for a place on the map."""

    latitude: float
    longitude: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Words that may mean several places, or one that is not called quite so: they are shown, to be pressed. No words
    where it was none of them."""

    typed: str


@dataclass(frozen=True, slots=True)
class RegionsShown:
    """The regions of some letters are shown, to be pressed."""

    letters: str


def _regions(text: str) -> tuple[Region, ...]:
    return tuple(map(Region, text.split()))


BY_LETTERS: Final[Mapping[str, Mapping[str, tuple[Region, ...]]]] = {
    "uk": {
        "uk-a": _regions("ar-crimea vinnytsia volyn dnipropetrovsk donetsk"),
        "uk-zh": _regions("zhytomyr zakarpattia zaporizhzhia ivano-frankivsk"),
        "uk-k": _regions("kyiv-city kyiv kirovohrad luhansk lviv"),
        "uk-m": _regions("mykolaiv odesa poltava rivne"),
        "uk-s": _regions("sevastopol sumy ternopil"),
        "uk-kh": _regions("kharkiv kherson khmelnytskyi cherkasy chernivtsi chernihiv"),
    },
    "en": {
        "en-c": _regions("cherkasy chernihiv chernivtsi ar-crimea dnipropetrovsk donetsk"),
        "en-i": _regions("ivano-frankivsk kharkiv kherson khmelnytskyi kirovohrad kyiv-city kyiv"),
        "en-l": _regions("luhansk lviv mykolaiv odesa"),
        "en-p": _regions("poltava rivne sevastopol sumy ternopil"),
        "en-v": _regions("vinnytsia volyn zakarpattia zaporizhzhia zhytomyr"),
    },
}
"""The regions by their first letters, in the order of each language."""

LETTERS: Final = {letters: regions for each in BY_LETTERS.values() for letters, regions in each.items()}
BESIDE: Final = 3
"""Keys with letters in a row: more would be narrow on a telephone."""

V = TypeVar("V")


@dataclass(frozen=True, kw_only=True)
class Where(TypedPlace[V]):
    """A place: typed, shared, pressed among those that may be meant, or a region pressed by its first letter."""

    language: str = "uk"

    def in_order_of(self, language: str) -> Self:
        """With the letters of a language."""
        return replace(self, language=language)

    def found(self, places: Iterable[Candidate]) -> dict[str, tuple[Say, V]]:
        """What the places come to, by an id that stays: its words and its value, each once."""
        raise NotImplementedError

    def options(self, so_far: Any) -> tuple[Option, ...]:
        match so_far:
            case RegionsShown(letters):
                shown = [Option(str(region), Say(f"region-{region}.short")) for region in LETTERS[letters]]
                return (*shown, Option(ELSEWHERE, Say("region-letters.others")))
            case Unsettled(typed) if typed:
                among = list(self.found(meant(typed).places).items())[:MOST_NAMESAKES]
                return (*(Option(id, label) for id, (label, _) in among), Option(ELSEWHERE, Say("place-elsewhere")))
        keys = enumerate(BY_LETTERS[self.language])
        return (*(Option(id, Say(f"region-letters.{id}"), beside=at % BESIDE > 0) for at, id in keys), *self.among)

    def gathered(self, so_far: Any) -> Say | None:
        if isinstance(so_far, RegionsShown):
            return Say("region-letters")
        if not isinstance(so_far, Unsettled) or not so_far.typed:
            return None
        places = meant(so_far.typed)
        if places.sure:
            return Say("place-which")
        return Say("place-perhaps" if len(self.found(places.places)) == 1 else "place-guess")

    def recall(self, answer: Answer) -> Any:
        """What was begun and let go is no answer from before; nor are letters that are keys no more."""
        value = super().recall(answer)
        begun = isinstance(value, Unsettled | RegionsShown)
        gone = isinstance(value, RegionsShown) and value.letters not in LETTERS
        return Unclear("unclear-asked-again") if gone or (begun and answer.done) else value

    def read(self, said: Said, so_far: Any, words: Spellings) -> Took[Any] | Unclear:
        chosen = pick(self.options(so_far), said, words)
        if isinstance(so_far, RegionsShown) and isinstance(said, Text) and chosen != ELSEWHERE:
            named = self.understood(said.text)  # Київ is a town, and not the beginning of Київська
            if not isinstance(named, Unclear):
                return named
        if chosen == ELSEWHERE:
            return Took(Unsettled(""), done=False)
        if chosen in LETTERS:
            return Took(RegionsShown(chosen), done=False)
        if chosen is not None:
            return Took(self.chosen(chosen, so_far))
        match said:
            case Location(latitude, longitude):
                return Took(self.nearest(latitude, longitude))
            case Text(text):
                return self.understood(text, so_far.typed if isinstance(so_far, Unsettled) else "")
            case _:
                return Unclear("unclear-text-wanted")

    def chosen(self, id: str, so_far: Any) -> V:
        places = (Region(id),) if isinstance(so_far, RegionsShown) else meant(so_far.typed).places
        return self.found(places)[id][1]

    def understood(self, text: str, before: str = "") -> Took[Any] | Unclear:
        """What is typed; a region or a country alone says which of the namesakes `before` is meant."""
        places = meant(text)
        if before and places.places and all(isinstance(place, Region | Country) for place in places.places):
            places, text = meant(f"{before}, {text}"), f"{before}, {text}"
        found = self.found(places.places)
        if not found:
            return Unclear("unclear-region")
        if places.sure and len(found) == 1:
            return Took(next(value for _, value in found.values()))
        return Took(Unsettled(text), done=False)


def _label(place: Candidate, *, raion: bool = False) -> Say:
    """The place, with what tells it from its namesakes."""
    match place:
        case Region():
            return Say(f"region-{place}")
        case Country():
            return Say("place-country", {"country": Land(place.code)})
        case City():
            return Say("place-abroad", {"name": place.name, "country": Land(place.country.code)})
        case Settlement():
            where: dict[str, Arg] = {"name": place.name, "region": Say(f"region-{place.region}")}
            if raion and place.raion:
                return Say("place-ours-raion", {**where, "raion": place.raion})
            return Say(f"place-ours.{place.kind}", where)


class _Region(Where[Home]):
    """The region, shown by its name; a city abroad by its own, since it gives the clock."""

    def found(self, places: Iterable[Candidate]) -> dict[str, tuple[Say, Home]]:
        homes: dict[str, tuple[Say, Home]] = {}
        for place in places:
            match place:
                case Region():
                    homes.setdefault(str(place), (_label(place), Home(str(place), KYIV)))
                case Settlement():
                    homes.setdefault(str(place.region), (_label(place), Home(str(place.region), KYIV)))
                case City():
                    home = Home(ABROAD, place.zone, place.name, place.country.code)
                    homes.setdefault(f"{ABROAD}-{home.country}-{home.zone}", (_label(place), home))
                case Country():
                    homes.setdefault(
                        f"{ABROAD}-{place.code}", (_label(place), Home(ABROAD, place.zone, "", place.code))
                    )
        return homes

    def chosen(self, id: str, so_far: Any) -> Home:
        return Home(ABROAD) if id == ABROAD else super().chosen(id, so_far)

    def recall(self, answer: Answer) -> Any:
        """What earlier releases kept is the region's bare name."""
        if answer.kind == "value" and isinstance(answer.value, str):
            return Home(answer.value)
        return super().recall(answer)

    def show(self, value: Home | str) -> Say | str:
        home = Home(value) if isinstance(value, str) else value
        if home.region != ABROAD:
            return Say(f"region-{home.region}")
        if not home.country:
            return Say("region.abroad")
        land = Land(home.country)
        return (
            Say("place-abroad", {"name": home.city, "country": land})
            if home.city
            else Say("place-country", {"country": land})
        )


def _home_at(latitude: float, longitude: float) -> Home:
    region = region_of(latitude, longitude)
    return Home(str(region), KYIV) if region else Home(ABROAD)


REGION = _Region(
    name="region",
    type=Home | Unsettled | RegionsShown,
    example=Home("lviv", KYIV),
    parser=lambda text: Unclear("unclear-region"),
    nearest=_home_at,
    among=(Option(ABROAD, Say("region.abroad")),),
)


class _Spot(Where[Spot]):
    """Where one sets out from; a whole country is no such place."""

    def found(self, places: Iterable[Candidate]) -> dict[str, tuple[Say, Spot]]:
        spots: dict[str, tuple[Say, Spot]] = {}
        labels = set()
        for place in places:
            match place:
                case Region():
                    spots[str(place)] = _label(place), Spot(*ABOUT[place].capital)
                case Settlement() if (shown := (place.name, place.region, place.raion)) not in labels:
                    labels.add(shown)
                    spots[place.code] = _label(place, raion=True), Spot(*place.point, place.name)
                case City(point=(latitude, longitude)):
                    id = f"{place.country.code}-{round(latitude * 100)}-{round(longitude * 100)}"
                    spots[id] = _label(place), Spot(latitude, longitude, place.name)
        return spots

    def show(self, value: Spot) -> Say | str:
        return value.name or Say("common.location")


FROM = _Spot(
    name="book-from",
    type=Spot | Unsettled | RegionsShown,
    example=Spot(48.51, 32.26, "Кропивницький"),
    unknown=True,
    parser=lambda text: Unclear("unclear-region"),
    nearest=Spot,
)


async def spot_named() -> Spot | None:
    """Where one sets out from, if they know."""
    return await perhaps(FROM.in_order_of((await look_up(Me())).language))


def region_named(text: str) -> str | Unclear:
    """A region by its own name, or by that of a place in it; what could be in several is asked again."""
    took = REGION.understood(text)
    if isinstance(took, Unclear):
        return took
    return took.value.region if isinstance(took.value, Home) else Unclear("unclear-region-several")


ZONES: Final = {
    "warsaw": "Europe/Warsaw",
    "london": "Europe/London",
    "athens": "Europe/Athens",
    "new-york": "America/New_York",
    "chicago": "America/Chicago",
    "los-angeles": "America/Los_Angeles",
    "jerusalem": "Asia/Jerusalem",
    "tbilisi": "Asia/Tbilisi",
}
"""The quick buttons; whoever lives elsewhere writes where."""


class _Zone(Choice[str]):
    """A clock: one of the buttons, or the IANA zone of a city, a country or an offset that is typed."""

    @property
    def pressed(self) -> bool:
        return False

    def read(self, said: Said, so_far: str | None, words: Spellings) -> Took[str] | Unclear:
        named = parse.zone(said.text) if isinstance(said, Text) else None
        if isinstance(named, str):
            return Took(named)
        took = super().read(said, so_far, words)
        return named if isinstance(took, Unclear) and named is not None else took

    def refused(self, value: str) -> Unclear | None:
        return None if value in ZONES or value in available_timezones() else Unclear(self.gone)

    def show(self, value: str) -> Say | str:
        """By the button whose clock goes the same all year; else by the zone's city."""
        like = next((name for name, zone in ZONES.items() if value == name or _hours(zone) == _hours(value)), None)
        return Say(f"zone.{like}") if like else value.rpartition("/")[2].replace("_", " ")


def _hours(zone: str) -> tuple[timedelta | None, ...]:
    """What a zone, or the one of a button, differs by in winter and in summer."""
    clock = ZoneInfo(ZONES.get(zone, zone))
    return tuple(datetime(2026, month, 1, tzinfo=clock).utcoffset() for month in (1, 7))


ZONE = _Zone(name="zone", type=str, example="warsaw", among=tuple(Option(name, Say(f"zone.{name}")) for name in ZONES))


async def home(about: object | None = None) -> tuple[str, str]:
    """The region and the zone of a family. The clock is asked for where the place does not tell it; for a family abroad
    it is said what time that makes it, so that a slip is seen."""
    region: Question[Any] = REGION.in_order_of((await look_up(Me())).language)
    clock: Question[str] = ZONE
    if about is not None:
        region, clock = region.about(about), clock.about(about)
    lives: Home = await ask(region)
    if lives.region != ABROAD:
        return lives.region, KYIV
    chosen = lives.zone or await ask(clock)
    zone = ZONES.get(chosen, chosen)
    await tell("zone-now", now=AtTime(await look_up(Now()), zone, "time"))
    return lives.region, zone
