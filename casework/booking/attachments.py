"""What goes with a confirmation: a calendar file and the code for the door.

Both may lie on a stranger's screen: a neutral title, no address, no name, no structure, and a code that says nothing
without a staff session. What a booking keeps is only what they are drawn from: they are drawn when they are read, so
that nobody waits for a picture who waits for a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import ClassVar, Self
from uuid import NAMESPACE_OID, uuid5

import segno
from icalendar import Calendar, Event, vCalAddress

from casework.booking.appointments import Appointment
from casework.centers import KYIV

TITLES = {"uk": "Зустріч", "en": "Meeting"}
"""Words in the code for once: a file is drawn apart from the letter that it goes with, in the language of its day."""

CODES = {"uk": "Код для входу.png", "en": "Code for the door.png"}


def named(appointment: Appointment, language: str) -> str:
    """The calendar file's name, as people find it among what they have saved: what it is, and when, in Kyiv."""
    return f"{TITLES[language]} {appointment.starts_at.astimezone(KYIV):%d.%m.%Y %H-%M}.ics"


DOOR = "/door"
"""The code holds the command that a member of staff would type, so that any reader's text works at the desk."""


ORGANIZER = vCalAddress("mailto:meeting@calendar.invalid")
"""Who calls the meeting: RFC 5546 requires it, and some calendars ignore a cancellation without it. The name can never
exist (RFC 2606): an answer goes nowhere, and a stranger learns nothing from it."""


@dataclass(frozen=True, slots=True)
class DoorCode:
    """The code for the door, as a PNG that also a cracked screen shows well enough (15 % may be lost)."""

    type: ClassVar[str] = "image/png"
    token: str

    def draw(self) -> bytes:
        picture = BytesIO()
        segno.make(f"{DOOR} {self.token}", error="m", micro=False).save(picture, kind="png", scale=8, border=4)
        return picture.getvalue()


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An appointment for the person's own calendar (RFC 5545), or, where it `stands` no longer, its end (RFC 5546).

    Times are in UTC, right whatever the clocks do. The UID stays and SEQUENCE grows with each move and cancellation, so
    that a calendar moves or removes its entry instead of adding another.
    """

    type: ClassVar[str] = "text/calendar"
    number: str
    starts_at: datetime
    ends_at: datetime
    sequence: int
    stands: bool
    language: str
    made_at: datetime

    @classmethod
    def of(cls, one: Appointment, language: str, now: datetime) -> Self:
        sequence = 2 * one.moves + (not one.stands)
        return cls(one.number.digits, one.starts_at, one.ends_at, sequence, one.stands, language, now)

    def draw(self) -> bytes:
        event = Event()
        event.add("uid", str(uuid5(NAMESPACE_OID, f"appointment {self.number}")))
        event.add("sequence", self.sequence)
        event.add("dtstamp", self.made_at)
        event.add("dtstart", self.starts_at)
        event.add("dtend", self.ends_at)
        event.add("summary", TITLES[self.language])
        event.add("class", "PRIVATE")
        event.add("organizer", ORGANIZER)
        event.add("status", "CONFIRMED" if self.stands else "CANCELLED")
        file = Calendar()
        file.add("prodid", "-//calendar//UK")
        file.add("version", "2.0")
        file.add("method", "PUBLISH" if self.stands else "CANCEL")
        file.add_component(event)
        content: bytes = file.to_ical()
        return content


Drawing = DoorCode | CalendarEntry
"""What a file of ours is drawn from."""
