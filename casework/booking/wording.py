"""What is said of an appointment: one place, so that a confirmation, a list and a move never say different things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework.booking.appointments import Appointment, Means
from casework.centers import KYIV, Center, Disclosure
from casework.ids import StaffId, StructureId
from casework.letters import AtTime, Private, Say, named, say
from casework.reference import ReferenceBook, Trait
from casework.registering import Kinship

TOLD_FROM = time(18)
"""In Kyiv, on the day before a visit: from then on an address that is not published may be told."""

# Who shows kinship by which paper; a close person has none to show.
_TIE = {
    Kinship.MOTHER: "child",
    Kinship.FATHER: "child",
    Kinship.WIFE: "marriage",
    Kinship.HUSBAND: "marriage",
    Kinship.DAUGHTER: "own",
    Kinship.SON: "own",
    Kinship.SISTER: "both",
    Kinship.BROTHER: "both",
    Kinship.GRANDPARENT: "chain",
    Kinship.OTHER_RELATIVE: "chain",
    Kinship.CLOSE: "none",
}


def told_from(starts_at: datetime) -> datetime:
    """From when the address of a visit may be told, if it is not published."""
    day = starts_at.astimezone(KYIV).date() - timedelta(days=1)
    return datetime.combine(day, TOLD_FROM, tzinfo=KYIV)


def since(starts_at: datetime, now: datetime, *, confirmed: bool) -> Say:
    """The same, in words; for a visit so soon that the time has come already, at once or once it is confirmed."""
    moment = told_from(starts_at)
    if moment <= now:
        return Say("address-now" if confirmed else "address-once-confirmed")
    return Say("address-from", {"time": AtTime(moment, style="time"), "day": AtTime(moment, style="day")})


# The papers that the sentences on kinship name; what staff have added since stands beside them.
_NAMED = {"child": ("birth-missing",), "marriage": ("marriage",), "own": ("birth-own",)}
_ALL_NAMED = ("birth-own", "birth-missing")


def bring(structure: StructureId, kinship: Kinship | None, means: Means, book: ReferenceBook) -> tuple[Say, ...]:
    """What to bring, or to have at hand in a call; beside what the structure needs, the papers that show the kinship
    today. To some, as a psychologist, nothing but oneself."""
    if book.has(structure, Trait.NO_PAPERS):
        return (Say(f"bring-{structure}"),)
    tie = _TIE[kinship] if kinship else "unknown"
    begin = "bring-to-visit" if means is Means.VISIT else "bring-to-call"
    named = ("passport", *_NAMED.get(tie, _ALL_NAMED))
    papers = book.papers_for(kinship) if kinship else ()
    more = (Say("papers-need", {"paper": Say(f"paper.{paper}")}) for paper in papers if paper not in named)
    return (Say(begin, {"tie": Say(f"bring-tie-{tie}")}), *more, Say(f"bring-{structure}"))


def lives_by_another_clock(at: datetime, zone: str) -> bool:
    """Does the clock there show another time than in Kyiv, at that moment?"""
    return at.astimezone(ZoneInfo(zone)).utcoffset() != at.astimezone(KYIV).utcoffset()


def when(at: datetime, zone: str) -> Say:
    """The time in Kyiv; for whoever lives by another clock, by that one too."""
    if lives_by_another_clock(at, zone):
        return Say("visit-when-both", {"at": AtTime(at), "own": AtTime(at, zone)})
    return Say("visit-when-kyiv", {"at": AtTime(at)})


def where(center: Center, means: Means) -> Say:
    """The place as anybody may be told it: an address only if it is published."""
    if means is not Means.VISIT:
        return Say(f"visit-where-{means}")
    city = Say(f"center-{center.id}")
    if center.disclosure is Disclosure.PUBLIC and center.address:
        return Say("visit-where-public", {"city": city, "address": center.address})
    return Say("visit-where-city", {"city": city})


@dataclass(frozen=True, slots=True)
class PlaceOnMap:
    """A place on the map, in degrees, that anybody may be shown."""

    latitude: float
    longitude: float
    city: Say
    address: str


def venue(center: Center) -> PlaceOnMap | None:
    """Where a center's door is; None unless its address is published and somebody has marked it on the map. The
    coordinates that a new service begins with are those of the city, good for distances only."""
    if center.disclosure is not Disclosure.PUBLIC or not center.address or not center.marked:
        return None
    return PlaceOnMap(center.latitude, center.longitude, Say(f"center-{center.id}"), center.address)


def line(appointment: Appointment, center: Center, zone: str) -> Say:
    """One appointment in a list of the family's own."""
    return Say(
        "visit-line",
        {
            "number": str(appointment.number),
            "state": str(appointment.state),
            "when": when(appointment.starts_at, zone),
            "where": where(center, appointment.means),
            "who": Say(f"specialist.{appointment.structure}"),
        },
    )


def colleague(structure: StructureId | None, name: str, staff: StaffId) -> Say:
    """A member as colleagues know them: by the name on the page, and by a number, since two may have one name."""
    who = Say(f"specialist.{structure}") if structure is not None else Say("leads-member")
    return say("specialist-who", who=who, name=named(name, str(staff)))


def expected(appointment: Appointment, name: str, who: Say | None = None) -> Say:
    """One appointment as the center sees it; the name on the page only. `who` tells which specialist, where there are
    two of the structure."""
    return Say(
        "day-line",
        {
            "at": AtTime(appointment.starts_at, style="time"),
            "number": str(appointment.number),
            "name": Private(name),
            "who": who or Say(f"specialist.{appointment.structure}"),
            "means": Say(f"visit-means.{appointment.means}"),
            "state": Say(f"visit-state.{appointment.state}"),
            "confirmed": "yes" if appointment.confirmed_at else "no",
            "coming": "yes" if appointment.coming_at else "no",
        },
    )
