"""What a browser said, by a form or by JSON, in the form that every channel shares. Pure."""

from collections.abc import Mapping

from multidict import MultiMapping

from dialogs.said import Location, Text
from handlers.incoming import ButtonPress, Content
from handlers.web import models
from handlers.web.problems import Problem


def content_of(said: models.SayText | models.PressButton | models.SharePlace) -> Content:
    """What a program said by the HTTP interface."""
    match said:
        case models.SayText(text=text):
            if not text.strip():
                raise Problem(422, "empty")
            return Text(text)
        case models.PressButton(choice=choice, ticked=ticked):
            return ButtonPress(choice, ticked=None if ticked is None else tuple(ticked))
        case models.SharePlace(location=place):
            return Location(place.latitude, place.longitude)


def field(form: MultiMapping[object], name: str) -> str:
    """A form's text; browsers send line ends as CRLF."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def caption_in(fields: Mapping[str, str]) -> str:
    """What was written beside files."""
    text = fields.get("text", "").strip()
    if len(text) > models.LONGEST_TYPED:
        raise Problem(413, "too-long")
    return text


def said_in(fields: Mapping[str, str]) -> Content:
    """What a form says: a pressed button, with the boxes that are marked beside it, or typed words."""
    choice, text = fields.get("choice", ""), fields.get("text", "")
    if choice:
        marks = fields.get("ticked", "").split()
        if not all(id.isascii() and len(id) <= 64 for id in (choice, *marks)) or len(marks) > 64:
            raise Problem(422, "not-valid")
        return ButtonPress(choice, ticked=tuple(marks) if "ticks" in fields else None)
    if not text.strip():
        raise Problem(422, "empty")
    if len(text) > models.LONGEST_TYPED:
        raise Problem(413, "too-long")
    return Text(text)
