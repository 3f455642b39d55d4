"""Registering a missing person: six answers make a report; the rest is told in any order, later, in parts."""

from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from casework.kinship import VerifiedReports
from casework.letters import AtTime, Say
from casework.people import Me
from casework.places import Kind, find_place, region, region_of
from casework.queries import Now, Today
from casework.registering import VERIFIED_BY, Claim, Correct, FileReport, Kinship, MyReport
from casework.values import PartialDate, PersonName, Unclear
from dialogs import answers as parse
from dialogs.going import Go
from dialogs.questions import Choice, Option, PhoneNumber, Place, Question, Review, Spellings, Took, Typed
from dialogs.reports import NUMBER
from dialogs.said import Said, Text
from dialogs.script import ask, look_up, perhaps, tell

ABROAD = "abroad"

KINSHIP = Choice(name="kinship", type=Kinship, example=Kinship.MOTHER)


def _named(name: str, example: str) -> Typed[PersonName]:
    """A name; many write it in two or three messages, one part in each."""
    return Typed(
        name=name,
        type=PersonName,
        example=PersonName(example),
        parser=parse.name,
        joins=3,
        scant=lambda given: " " not in given.full,
    )


NAME = _named("missing-name", "Петренко Іван")
BORN = Typed(
    name="born",
    type=PartialDate,
    example=PartialDate(1990, 3, 12),
    unknown=True,
    parser=lambda text: Unclear("unclear-day"),
)
OWN_NAME = _named("own-name", "Петренко Марія")
PHONE = PhoneNumber(name="phone")
REVIEW = Review(name="register-review", change="register-review.change")


ALIKE, SAME = 85, 100
"""Of 100: how like its name to what was typed a place must be to be taken for the one that was meant."""


def region_named(text: str) -> str | Unclear:
    """A region by its own name, or by that of a place in it; what could be in several is asked again.

    A country or a city abroad is no village of ours that sounds a little like it.
    """
    named = region(text)
    if named is not None:
        return str(named)
    found = [one for one in find_place(text, 3) if one.score >= ALIKE]
    same = bool(found) and len(text) > 2 and found[0].score == SAME
    if not (same and found[0].place.kind is not Kind.VILLAGE) and parse.is_abroad(text, guess=not same):
        return ABROAD
    if not found:
        return Unclear("unclear-region")
    best = found[0]
    others = {other.place.region for other in found if other.score >= best.score}
    clear = best.place.kind is Kind.CITY or len(others) == 1
    return str(best.place.region) if clear else Unclear("unclear-region-several")


class _Region(Place[str]):
    """The region, shown by its name."""

    def show(self, value: str) -> Say | str:
        return Say("region.abroad") if value == ABROAD else Say(f"region-{value}")


REGION = _Region(
    name="region",
    type=str,
    example="lviv",
    parser=region_named,
    nearest=lambda latitude, longitude: str(region_of(latitude, longitude) or ABROAD),
    among=(Option(ABROAD, Say("region.abroad")),),
)

ZONES = {
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


ZONE = _Zone(name="zone", type=str, example="warsaw", among=tuple(Option(name, Say(f"zone.{name}")) for name in ZONES))


async def zone_abroad(question: Question[str] = ZONE) -> str:
    """The zone of a family abroad, and what time that makes it, so that a slip is seen."""
    chosen = await ask(question)
    zone = ZONES.get(chosen, chosen)
    await tell("zone-now", now=AtTime(await look_up(Now()), zone, "time"))
    return zone


def born(today: date) -> Question[PartialDate]:
    """The birth date, which is not after today."""
    return replace(BORN, parser=lambda text: parse.birth_day(text, today))


async def register() -> FileReport:
    """The first part. A relative who has reported before is asked only of the missing person. What was understood is
    shown before anything is filed: a greeting can be read as a name, a village as a city."""
    me = await look_up(Me())
    today = await look_up(Today())
    await tell("register-begin")
    kinship = await ask(KINSHIP)
    name = await ask(NAME)
    birth = await perhaps(born(today))
    own_name = await ask(OWN_NAME) if me.profile.name is None else me.profile.name
    phone = await ask(PHONE) if me.profile.phone is None else me.profile.phone
    where, zone = me.profile.region, me.profile.zone
    if where is None:
        where = await ask(REGION)
        zone = await zone_abroad() if where == ABROAD else "Europe/Kyiv"
    await ask(REVIEW)
    return FileReport(own_name, phone, where, zone, Claim(kinship, name, birth))


AFTER = Choice(
    name="registered",
    type=str,
    example="details",
    among=tuple(Option(name, Say(f"registered.{name}")) for name in ("details", "papers", "book", "correct", "menu")),
)


async def registered() -> Go:
    """What can follow a report at once."""
    number = await ask(NUMBER)
    chosen = await ask(AFTER.about(number))
    return Go(chosen if chosen in ("menu", "book") else f"{chosen} {number}")


FIELD = Choice(name="correct-field", type=str, example="missing-name")


async def correct() -> Correct:
    """One answer of a report changed, without walking through the rest."""
    number = await ask(NUMBER)
    report = await look_up(MyReport(number))
    me = await look_up(Me())
    today = await look_up(Today())
    now: dict[str, tuple[Question[Any], Any]] = {
        "kinship": (KINSHIP, report.claim.kinship),
        "missing-name": (NAME, report.claim.name),
        "born": (born(today), report.claim.born),
        "own-name": (OWN_NAME, me.profile.name),
        "phone": (PHONE, me.profile.phone),
        "region": (REGION, me.profile.region),
    }
    lines = tuple(
        Option(
            key, Say("common.line", {"what": Say(f"{key}.label"), "value": q.show(v) if v else Say("common.unknown")})
        )
        for key, (q, v) in now.items()
    )
    field = await ask(FIELD.about(number).of(*lines))
    if field in VERIFIED_BY:
        for verified in await look_up(VerifiedReports(number)):
            if field == "own-name" or verified == number:
                await tell("correct-unsettles", number=str(verified))
    question = now[field][0]
    value = await perhaps(question.about(number))
    zone = None
    if value == ABROAD:
        zone = await zone_abroad(ZONE.about(number))
    return Correct(number, field, value, zone)
