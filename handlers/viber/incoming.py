"""What Viber posts to us, in the form that every channel shares. Pure: no network, no clock.

Viber REST Bot API 7.3, "Callbacks". What we do not read is let through, so that a field of tomorrow breaks nothing.
"""

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from mimetypes import guess_type
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError

from casework.actor import Channel
from casework.files import is_recording
from dialogs.said import Location, Other, Text
from handlers.incoming import LINK, Blocked, ButtonPress, Content, Incoming, Opened, Sent, SentFile, Unblocked, spoken

GRAIN: Final = timedelta(seconds=1)
"""Viber counts milliseconds, by a clock that is not ours."""

PRESS: Final = "▸"
"""Before a button's id in what its key sends. A key's press arrives as ordinary text, and nobody types this sign; an
id alone ("12.03") could be a date that somebody wrote."""

NOT_HELD: Final = f"{PRESS}?"
"""What a key that shares the number or the place sends where Viber cannot share them (on a computer)."""

BY_LINK: Final = "link:"
"""Before a deep link in the welcome's tracking data; a letter's number stands in that of all else."""

FORMS: Final = {"sticker": "sticker", "rich_media": "formatted"}
"""What people send that the service does not take, and the attribute of the message `form` that names it; "unknown"
comes besides."""

_ID: Final = re.compile(r"[\x20-\x7e]{1,64}")


class _ViberModel(BaseModel):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


UserId = Annotated[str, Field(min_length=1, max_length=128)]


class User(_ViberModel):
    """A person at Viber. Their name and picture come too, unless forbidden, and are not read."""

    id: UserId
    language: str | None = None


class Shared(_ViberModel):
    phone_number: str = ""


class ViberLocation(_ViberModel):
    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)


class Said(_ViberModel):
    """A message of a person's; which fields there are hangs on its type."""

    type: str
    text: str | None = None
    media: str | None = None
    contact: Shared | None = None
    location: ViberLocation | None = None
    file_name: str | None = None
    size: int | None = Field(None, ge=0)
    tracking_data: str | None = None


class Callback(_ViberModel):
    """The outside of every callback. `timestamp` in milliseconds since 1970."""

    event: str
    timestamp: StrictInt = Field(ge=0, le=10**14)
    message_token: StrictInt = Field(ge=0, lt=2**64)


class MessageCallback(Callback):
    sender: User
    message: Said
    chat_id: str | None = None

    @property
    def answers(self) -> int | None:
        """The number of the letter that stood last in the chat: it goes out and comes back as tracking data."""
        told = self.message.tracking_data or ""
        return int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else None

    @property
    def link(self) -> str:
        """The deep link that opened the chat, where only the welcome stands in it."""
        mark, _, link = (self.message.tracking_data or "").partition(BY_LINK)
        return link if not mark and LINK.fullmatch(link) else ""


class SubscribedCallback(Callback):
    user: User


class UnsubscribedCallback(Callback):
    user_id: UserId


class StartedCallback(Callback):
    user: User
    context: str = ""
    subscribed: bool = False


EVENTS: Final[dict[str, type[Callback]]] = {
    "message": MessageCallback,
    "subscribed": SubscribedCallback,
    "unsubscribed": UnsubscribedCallback,
    "conversation_started": StartedCallback,
}
"""Those that tell of a person's act; "webhook", "delivered", "seen" and "failed" are only noted."""


@dataclass(frozen=True, slots=True)
class Arriving:
    """Somebody opened the chat and has said nothing yet: to be welcomed in the answer itself, once. `link` is what
    brought them, "" if nothing did."""

    link: str
    language: str | None
    subscribed: bool


def parse(body: bytes) -> Callback | None:
    """A callback of Viber's; None for what is none."""
    try:
        outside = Callback.model_validate_json(body)
        kind = EVENTS.get(outside.event)
        return outside if kind is None else kind.model_validate_json(body)
    except ValidationError:
        return None  # it may quote what came, so it is neither logged nor chained


def read(callback: Callback) -> Incoming | Arriving | None:
    """What came; None when nobody said anything to us alone."""
    match callback:
        case MessageCallback(chat_id=None) as message:
            incoming = _incoming(message, message.sender.id, _content(message.message), message.sender.language)
            return replace(incoming, answers=message.answers, link=message.link)
        case SubscribedCallback() as subscribed:
            return _incoming(subscribed, subscribed.user.id, Unblocked(), subscribed.user.language)
        case UnsubscribedCallback() as unsubscribed:
            return _incoming(unsubscribed, unsubscribed.user_id, Blocked(), None)
        case StartedCallback() as started:
            link = started.context if LINK.fullmatch(started.context) else ""
            return Arriving(link, started.user.language, started.subscribed)
    return None


def sent_at(callback: Callback) -> datetime:
    return datetime.fromtimestamp(callback.timestamp / 1000, UTC)


def sent_in(body: bytes) -> datetime | None:
    """When what could not be read was sent, if it tells when it was sent where that always stands."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    told = raw.get("timestamp") if isinstance(raw, dict) else None
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told <= 10**14:
        return None
    return datetime.fromtimestamp(told / 1000, UTC)


def address_in(raw: Any) -> str | None:
    """Whose message that was which could not be read, if it stands where it always does."""
    holder = raw.get("sender") or raw.get("user") if isinstance(raw, dict) else None
    found = holder.get("id") if isinstance(holder, dict) else None
    return found if isinstance(found, str) and 1 <= len(found) <= 128 and found.isprintable() else None


def _incoming(callback: Callback, address: str, content: Content, language: str | None) -> Incoming:
    return Incoming(
        channel=Channel.VIBER,
        address=address,
        message=str(callback.message_token),
        at=sent_at(callback),
        content=content,
        language=language,
        grain=GRAIN,
    )


def _content(said: Said) -> Content:
    match said.type:
        case "text" if said.text is not None:
            return _text(said.text)
        case "url" if said.media:
            return Text(said.media)
        case "contact" if said.contact is not None:
            # Viber does not tell whose number this is: the share-phone key's and one out of the address book look
            # alike. So it is worth what a typed number is worth, and proves nothing.
            return Text(_international(said.contact.phone_number))
        case "location" if said.location is not None:
            return Location(said.location.lat, said.location.lon)
        case "picture" if said.media:
            return Sent((SentFile(type="image/jpeg", source=said.media),), said.text or "")
        case "video" if said.media:
            return Sent((SentFile("video/mp4", source=said.media, size=said.size or 0),), said.text or "")
        case "file" if said.media:  # Viber tells no type: its bytes will
            type = guess_type(said.file_name or "")[0] or ""
            known = type if is_recording(type) else ""
            paper = SentFile(known, source=said.media, name=said.file_name or "", size=said.size or 0)
            return Sent((paper,), said.text or "")
        case kind:
            return Other(FORMS.get(kind, "unknown"))


def _text(text: str) -> Text | ButtonPress | Opened:
    if text == NOT_HELD:
        return Text("")  # answered as words without a number are: it has to be typed
    if text.startswith(PRESS) and _ID.fullmatch(text[len(PRESS) :]):
        return ButtonPress(text[len(PRESS) :])
    return spoken(text)


def _international(phone: str) -> str:
    """Viber keeps numbers with the country's code and without the plus."""
    return f"+{phone}" if phone.isdecimal() and not phone.startswith("0") else phone
