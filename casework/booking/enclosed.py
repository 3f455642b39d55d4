"""What goes with a confirmation: a calendar file and the code for the door.

Both may lie on a stranger's screen: a neutral title, no address, no name, no structure, and a code that says nothing
without a staff session.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from uuid import NAMESPACE_OID, uuid5

import segno
from icalendar import Calendar, Event

from casework.booking.appointments import Appointment

TITLES = {"uk": "Зустріч", "en": "Meeting"}
"""Words in the code for once: a file is made when the appointment is, not when the letter is sent."""

DOOR = "/door"
"""The code holds the command that a member of staff would type, so that any reader's text works at the desk."""


def calendar(appointment: Appointment, language: str, now: datetime) -> bytes:
    """The appointment for the person's own calendar (RFC 5545).

    Times are in UTC, right whatever the clocks do. The UID stays and SEQUENCE grows when the appointment is moved, so
    that a calendar moves its entry instead of adding another.
    """
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_OID, f"appointment {appointment.number.digits}")))
    event.add("sequence", appointment.moves)
    event.add("dtstamp", now)
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    event.add("summary", TITLES[language])
    event.add("class", "PRIVATE")
    file = Calendar()
    file.add("prodid", "-//calendar//UK")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add_component(event)
    content: bytes = file.to_ical()
    return content


def code(token: str) -> bytes:
    """The code for the door, as a PNG that also a cracked screen shows well enough (15 % may be lost)."""
    picture = BytesIO()
    segno.make(f"{DOOR} {token}", error="m", micro=False).save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()
