"""What Telegram delivered, in the form that every channel shares. Pure: no network, no clock."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import (
    Audio,
    CallbackQuery,
    ChatMemberUpdated,
    Document,
    Message,
    PhotoSize,
    Update,
    User,
    Video,
    VideoNote,
    Voice,
)

from casework.actor import Channel
from casework.files import is_recording
from dialogs.said import Location, Other, SharedPhone
from handlers.incoming import Blocked, ButtonPress, Content, Incoming, Sent, SentFile, Unblocked, spoken

WANTED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that we ask Telegram for; any other would be dropped here."""

GRAIN: Final = timedelta(seconds=1)
"""Telegram tells the time of a message in whole seconds."""

FORMS: Final = {
    ContentType.STICKER: "sticker",
    ContentType.ANIMATION: "animation",
    ContentType.POLL: "poll",
    ContentType.DICE: "dice",
    ContentType.STORY: "story",
    ContentType.GAME: "game",
    ContentType.CHECKLIST: "checklist",
    ContentType.PAID_MEDIA: "paid-media",
    ContentType.GIVEAWAY: "giveaway",
    ContentType.GIFT: "gift",
    ContentType.UNIQUE_GIFT: "gift",
    ContentType.RICH_MESSAGE: "formatted",
}
"""What people send that the service does not take, and the attribute of the message `form` that names it; "unknown"
comes besides."""

FORM_NAMES: Final = frozenset({*FORMS.values(), "unknown"})

# Telegram writes these itself when something about the chat changes; nobody said anything.
_SILENT: Final = frozenset(
    {
        ContentType.PINNED_MESSAGE,
        ContentType.MESSAGE_AUTO_DELETE_TIMER_CHANGED,
        ContentType.CHAT_BACKGROUND_SET,
        ContentType.WRITE_ACCESS_ALLOWED,
        ContentType.CONNECTED_WEBSITE,
        ContentType.PROXIMITY_ALERT_TRIGGERED,
        ContentType.BOOST_ADDED,
        ContentType.GIVEAWAY_CREATED,
        ContentType.GIVEAWAY_COMPLETED,
        ContentType.FORUM_TOPIC_CREATED,
        ContentType.FORUM_TOPIC_EDITED,
        ContentType.FORUM_TOPIC_CLOSED,
        ContentType.FORUM_TOPIC_REOPENED,
        ContentType.NEW_CHAT_MEMBERS,
        ContentType.LEFT_CHAT_MEMBER,
        ContentType.NEW_CHAT_TITLE,
        ContentType.NEW_CHAT_PHOTO,
        ContentType.DELETE_CHAT_PHOTO,
        ContentType.GROUP_CHAT_CREATED,
        ContentType.SUPERGROUP_CHAT_CREATED,
        ContentType.CHANNEL_CHAT_CREATED,
        ContentType.MIGRATE_TO_CHAT_ID,
        ContentType.MIGRATE_FROM_CHAT_ID,
    }
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody speaks to us, or added us, where others read along: a group or a channel. We answer in private only."""

    chat: str
    language: str | None = None


def read(update: Update, bot: int, now: datetime) -> Incoming | Elsewhere | None:
    """What came; None when nobody said anything to us.

    `bot` makes the message's id unique when another bot takes over. `now` is the time of a press, for which Telegram
    tells none.
    """
    match update:
        case Update(message=Message() as message):
            return _read_message(update, message, bot)
        case Update(edited_message=Message() as message):
            return _read_edited(update, message, bot)
        case Update(callback_query=CallbackQuery() as press):
            return _read_press(update, press, bot, now)
        case Update(my_chat_member=ChatMemberUpdated() as change):
            return _read_membership(update, change, bot)
    return None


def chat_of(update: Update) -> str | None:
    """The chat in which an update happened: what came from one chat is handled in its order."""
    press = update.callback_query
    if press is not None:
        return str(press.message.chat.id if press.message else press.from_user.id)
    event = update.message or update.edited_message or update.my_chat_member
    return str(event.chat.id) if event else None


def id_of(update_id: object, bot: int) -> str:
    return f"{bot}-{update_id}"


def _read_message(update: Update, message: Message, bot: int) -> Incoming | Elsewhere | None:
    sender = message.from_user
    if sender is None or sender.is_bot or message.content_type in _SILENT:
        return None
    if message.chat.type != ChatType.PRIVATE:
        return Elsewhere(str(message.chat.id), sender.language_code)
    return _incoming(update, bot, str(message.chat.id), message.date, _content(message, sender), sender)


def _read_edited(update: Update, message: Message, bot: int) -> Incoming | None:
    sender = message.from_user
    # A shared live location edits itself every few seconds.
    if sender is None or sender.is_bot or message.location or message.chat.type != ChatType.PRIVATE:
        return None
    at = datetime.fromtimestamp(message.edit_date, UTC) if message.edit_date else message.date
    return _incoming(
        update, bot, str(message.chat.id), at, Other("edited", message.text or message.caption or ""), sender
    )


def _read_press(update: Update, press: CallbackQuery, bot: int, now: datetime) -> Incoming | None:
    shown = press.message
    if press.data is None or (shown is not None and shown.chat.type != ChatType.PRIVATE):
        return None
    address = shown.chat.id if shown else press.from_user.id
    protected = isinstance(shown, Message) and bool(shown.has_protected_content)
    button = ButtonPress(press.data, str(shown.message_id) if shown else None, protected)
    return _incoming(update, bot, str(address), now, button, press.from_user)


def _read_membership(update: Update, change: ChatMemberUpdated, bot: int) -> Incoming | Elsewhere | None:
    away = change.new_chat_member.status in {ChatMemberStatus.KICKED, ChatMemberStatus.LEFT}
    if change.chat.type == ChatType.PRIVATE:
        content = Blocked() if away else Unblocked()
        return _incoming(update, bot, str(change.chat.id), change.date, content, change.from_user)
    return None if away else Elsewhere(str(change.chat.id), change.from_user.language_code)


def _incoming(update: Update, bot: int, address: str, at: datetime, content: Content, sender: User) -> Incoming:
    return Incoming(
        channel=Channel.TELEGRAM,
        address=address,
        message=id_of(update.update_id, bot),
        at=at,
        content=content,
        language=sender.language_code,
        grain=GRAIN,
        place=update.message.message_id if update.message else None,
        group=update.message.media_group_id if update.message else None,
    )


def _content(message: Message, sender: User) -> Content:
    match message.content_type:
        case ContentType.TEXT:
            return spoken(message.text or "")
        case ContentType.CONTACT if message.contact:
            own = message.contact.user_id == sender.id
            return SharedPhone(_international(message.contact.phone_number, own), own)
        case ContentType.LOCATION | ContentType.VENUE:
            place = message.location or (message.venue and message.venue.location)
            return Location(place.latitude, place.longitude) if place else Other("unknown")
        case ContentType.PHOTO | ContentType.LIVE_PHOTO:
            sizes = message.photo or (message.live_photo and message.live_photo.photo)
            return Sent((_photo(sizes),), message.caption or "") if sizes else Other("unknown")
        case ContentType.VOICE if message.voice:
            return _recording(message.voice, "audio/ogg", message.caption)
        case ContentType.AUDIO if message.audio:
            return _recording(message.audio, "audio/mpeg", message.caption)
        case ContentType.VIDEO if message.video:
            return _recording(message.video, "video/mp4", message.caption)
        case ContentType.VIDEO_NOTE if message.video_note:
            return _recording(message.video_note, "video/mp4", None)
        case ContentType.DOCUMENT if message.document:
            return Sent((_paper(message.document),), message.caption or "")
        case kind:
            return Other(FORMS.get(ContentType(kind), "unknown"))


def _international(phone: str, own: bool) -> str:
    """Telegram keeps account numbers with the country's code, and some of its apps send them without the plus."""
    return f"+{phone}" if own and phone.isdecimal() else phone


def _photo(sizes: list[PhotoSize]) -> SentFile:
    largest = max(sizes, key=lambda size: size.width * size.height)
    return SentFile(type="image/jpeg", source=largest.file_id, size=largest.file_size or 0)


def _recording(recording: Voice | Audio | Video | VideoNote, type: str, caption: str | None) -> Sent:
    """`type` where Telegram names none that is a recording's."""
    told = getattr(recording, "mime_type", None) or ""
    name = getattr(recording, "file_name", None) or ""
    known = told if is_recording(told) else type
    return Sent((SentFile(known, recording.file_id, name, recording.file_size or 0),), caption or "")


def _paper(document: Document) -> SentFile:
    name, size = document.file_name or "", document.file_size or 0
    return SentFile(type=document.mime_type or "", source=document.file_id, name=name, size=size)
