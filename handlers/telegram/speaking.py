"""All that we say to Telegram, through python-telegram-bot: one bot, so that one limiter sees all traffic."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, Final

import structlog
from prometheus_client import Counter
from telegram import Message as Shown
from telegram.constants import ChatAction, ParseMode
from telegram.error import (
    BadRequest,
    TelegramError,
)

from casework.actor import Channel
from handlers.channel import Away, Enclosure, Gone, Message, Postponed, Rejected, Superseded
from handlers.telegram.composing import MessagePart, compose
from handlers.telegram.pace import TelegramPace, TelegramRateLimiter
from handlers.telegram.presenting import list_commands
from handlers.telegram.refusals import as_ours
from handlers.telegram.requesting import TelegramBot, TelegramRequest

LARGEST_PHOTO: Final = 10 * 1024 * 1024
PHOTOS: Final = ("image/png", "image/jpeg")

SENT: Final = Counter("zviazok_telegram_sent", "Messages to Telegram, by what became of them", ["outcome"])

log = structlog.get_logger(__name__)

# The message that a press was on cannot become the answer; then the answer is sent anew.
_CANNOT_EDIT: Final = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
)
_NOT_A_PHOTO: Final = ("photo_", "image_process_failed", "wrong file identifier", "too big for a photo")

_KEPT: Final = 1000
_ASKED: Final = 20_000
DELETED_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class HalfSentParts:
    """A letter half sent when Telegram stopped us: the parts that are left, the ids of those that are there, and which
    of them has the keys."""

    rest: list[MessagePart]
    sent: list[int]
    keyed: int | None


def connect(
    token: str, api_url: str = "https://api.telegram.org", limiter: TelegramRateLimiter | None = None
) -> TelegramBot:
    """The speaking half of the bot. It needs no network to be made, so the service starts while Telegram is away."""
    base = api_url.rstrip("/")
    request = TelegramRequest()
    return TelegramBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request,
        get_updates_request=request,
        rate_limiter=limiter or TelegramRateLimiter(),
    )


class TelegramSpeaker:
    """A `Speaker`. Where one at a time speaks for a token, this object is that one."""

    channel = Channel.TELEGRAM

    def __init__(self, bot: TelegramBot, *, pace: TelegramPace | None = None) -> None:
        self._bot = bot
        self._pace = pace or TelegramPace()
        # Is there a keyboard below the chat, which the next message takes away? Of what another process sent, the
        # letter that follows the question tells.
        self._keyboards: dict[int, bool] = {}
        self._unfinished: dict[tuple[int, str], HalfSentParts] = {}
        self._asked: dict[int, int] = {}  # the message in each chat that has the keys of the question now asked
        self._keyed: dict[int, list[int]] = {}  # the messages in each chat from which the keys are yet to be taken
        self._commands: dict[int, tuple[tuple[str, str], ...]] = {}  # of staff, by chat
        self._declining: set[str] = set()
        self._asides: set[asyncio.Task[None]] = set()

    async def send(self, address: str, message: Message) -> str:
        chat = int(address)
        try:
            sent = await self._send(chat, message)
        except (Postponed, Gone, Rejected) as ours:
            SENT.labels(type(ours).__name__.lower()).inc()
            raise
        SENT.labels("sent").inc()
        self._tidy(chat, message, sent[-1])
        self._present(chat, message.commands)
        return " ".join(map(str, sent))

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        """In a private chat Telegram deletes what is younger than 48 hours, whoever wrote it; of many at once all that
        are there, or none. A list of staff's commands, perhaps from before a restart, goes too."""
        chat = int(address)
        try:
            for at in range(0, len(ids), DELETED_AT_ONCE):
                some = [int(id) for id in ids[at : at + DELETED_AT_ONCE]]
                try:
                    await self._bot.delete_messages(chat, some)
                except BadRequest:
                    for one in some:
                        with suppress(BadRequest):
                            await self._bot.delete_message(chat, one)
            await list_commands(self._bot, chat, ())
        except TelegramError as error:
            raise as_ours(error) from None
        self._commands.pop(chat, None)
        self._keyboards.pop(chat, None)  # it goes with its message
        self._asked.pop(chat, None)

    async def close(self) -> None:
        for aside in self._asides:
            aside.cancel()
        await asyncio.gather(*self._asides, return_exceptions=True)
        await self._bot.request.shutdown()

    def acknowledge(self, callback: str) -> None:
        """Let the pressed button stop turning, in the background; a press from long ago cannot be answered."""
        self._aside(lambda: self._bot.answer_callback_query(callback))

    def typing(self, chat: str) -> None:
        """Show that an answer is being written, in the background."""
        self._aside(lambda: self._bot.send_chat_action(int(chat), ChatAction.TYPING))

    def decline(self, chat: str, message: Message) -> None:
        """Say it in a group, once, and leave the group, in the background."""
        if chat not in self._declining:
            self._declining.add(chat)
            self._aside(lambda: self._decline(chat, message))

    async def _decline(self, chat: str, message: Message) -> None:
        try:
            await self.send(chat, message)
        except (Postponed, Gone, Rejected, Superseded):
            log.debug("telegram-group-not-told")
        await self._bot.leave_chat(int(chat))
        self._declining.discard(chat)  # where leaving failed, it stays: nothing is said there a second time

    def _tidy(self, chat: int, message: Message, sent: int) -> None:
        """Only the question now asked has keys: take them from what it follows, in the background, when the chat is
        free."""
        if not message.asks and message.tidies is None:
            return
        asked = self._asked.pop(chat, None) or message.tidies
        before = {int(id) for id in (asked, message.replaces) if id}
        if message.asks:
            self._asked[chat] = sent
            if len(self._asked) > _ASKED:
                del self._asked[next(iter(self._asked))]
        if used := before - {sent}:
            if chat not in self._keyed:
                self._aside(partial(self._take_keys, chat))
            self._keyed.setdefault(chat, []).extend(used)

    async def _take_keys(self, chat: int) -> None:
        """From all in turn: were each to wait for the chat by itself, all would look each time that it speaks."""
        waiting = self._keyed[chat]
        try:
            while waiting:
                async with self._pace.lull(chat):
                    await self._attempt(partial(self._bot.edit_message_reply_markup, chat, waiting.pop(0)))
        finally:
            del self._keyed[chat]

    def _present(self, chat: int, commands: tuple[tuple[str, str], ...] | None) -> None:
        """See to it that the chat lists the commands of whoever writes there, in the background."""
        known = self._commands.get(chat)
        if commands == known or not (commands is not None or known):
            return

        async def attempt() -> None:
            await list_commands(self._bot, chat, commands or ())
            self._commands[chat] = commands or ()

        self._aside(attempt)

    def _aside(self, request: Callable[[], Coroutine[Any, Any, object]]) -> None:
        task = asyncio.create_task(self._attempt(request))
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    @staticmethod
    async def _attempt(request: Callable[[], Coroutine[Any, Any, object]]) -> None:
        try:
            await request()
        except (TelegramError, Superseded) as error:
            log.debug("telegram-aside-failed", error=type(error).__name__)

    def _as_ours(self, chat: int, error: TelegramError, *, whole: bool) -> Postponed | Gone | Rejected:
        """The refusal of a letter's part, without Telegram's words, which may quote ours. `whole`: it was the last."""
        ours = as_ours(error)
        if isinstance(ours, Postponed):
            self._pace.hold(chat, ours.after)
        if isinstance(ours, Away):
            ours.whole = whole
        return ours

    async def _send(self, chat: int, message: Message) -> list[int]:
        """The ids of its parts; the last is of the one that has the keys, whatever came after it."""
        begun = self._unfinished.pop((chat, message.ref), None)
        shown = self._keyboards.get(chat, message.unshares)
        parts = begun.rest if begun else compose(message, keyboard_shown=shown)
        sent, keyed = (begun.sent, begun.keyed) if begun else ([], None)
        if not parts:
            raise Rejected("nothing to send")
        if message.replaces is not None and begun is None:
            edited = await self._edit(chat, int(message.replaces), parts)
            if edited is not None:
                return [edited]
        for at, part in enumerate(parts):
            try:
                async with self._pace.turn(chat, patient=at > 0):
                    about = message.answers if not sent else None
                    sent.append(await self._deliver(chat, part, protect=message.protect, about=about))
            except (TelegramError, Postponed, Superseded) as error:
                if sent:
                    self._remember(chat, message, HalfSentParts(parts[at:], sent, keyed))
                if isinstance(error, TelegramError):
                    raise self._as_ours(chat, error, whole=part is parts[-1]) from None
                raise
            self._note_keyboard(chat, part)
            keyed = sent[-1] if part.keys else keyed
        return sorted(sent, key=lambda id: id == keyed)

    def _remember(self, chat: int, message: Message, unfinished: HalfSentParts) -> None:
        """Keep what is left of a letter, so that its next try does not repeat what the person has read."""
        if message.ref:
            self._unfinished[chat, message.ref] = unfinished
            if len(self._unfinished) > _KEPT:
                del self._unfinished[next(iter(self._unfinished))]

    def _note_keyboard(self, chat: int, part: MessagePart) -> None:
        if part.asks or part.clears:
            self._keyboards.pop(chat, None)
            self._keyboards[chat] = bool(part.asks)
            if len(self._keyboards) > _ASKED:
                del self._keyboards[next(iter(self._keyboards))]

    async def _edit(self, chat: int, shown: int, parts: list[MessagePart]) -> int | None:
        """The message turned into the answer; None if that cannot be."""
        part = parts[0]
        if len(parts) > 1 or part.enclosure or part.venue or part.asks or part.clears:
            return None
        try:
            async with self._pace.turn(chat):
                await self._bot.edit_words(chat, shown, part.text, _markup(part))
        except BadRequest as error:
            said = error.message.lower()
            if "message is not modified" in said:
                return shown
            if any(words in said for words in _CANNOT_EDIT):
                return None
            raise self._as_ours(chat, error, whole=True) from None
        except TelegramError as error:
            raise self._as_ours(chat, error, whole=True) from None
        return shown

    async def _deliver(self, chat: int, part: MessagePart, *, protect: bool, about: str | None) -> int:
        if part.venue is not None:
            shown: Shown = await self._bot.send_venue(
                chat,
                part.venue.latitude,
                part.venue.longitude,
                part.venue.title,
                part.venue.address,
                protect_content=protect,
                api_kwargs={"reply_markup": _markup(part)},
            )
        elif part.enclosure is not None:
            shown = await self._deliver_file(chat, part, part.enclosure, protect=protect)
        else:
            return await self._bot.send_words(chat, part.text, _markup(part), protect=protect, about=about)
        return shown.message_id

    async def _deliver_file(self, chat: int, part: MessagePart, file: Enclosure, *, protect: bool) -> Shown:
        if file.type in PHOTOS and len(file.content) <= LARGEST_PHOTO:
            try:
                return await self._bot.send_photo(
                    chat,
                    file.content,
                    filename=file.name,
                    caption=part.text or None,
                    parse_mode=ParseMode.HTML,
                    protect_content=protect,
                    api_kwargs={"reply_markup": _markup(part)},
                )
            except BadRequest as error:
                if not any(words in error.message.lower() for words in _NOT_A_PHOTO):
                    raise
        return await self._bot.send_document(
            chat,
            file.content,
            filename=file.name,
            caption=part.text or None,
            parse_mode=ParseMode.HTML,
            protect_content=protect,
            disable_content_type_detection=True,
            api_kwargs={"reply_markup": _markup(part)},
        )


class TelegramFetcher:
    """A `Fetcher`: what people sent, which Telegram keeps for us for an hour at least under its file id."""

    def __init__(self, bot: TelegramBot) -> None:
        self._bot = bot

    async def fetch(self, source: str, largest: int) -> bytes:
        try:
            file = await self._bot.get_file(source)
            if (file.file_size or 0) > largest:
                raise Rejected("too large")
            # A path on our own disk would be read by the library as the file: only what lies behind the address is.
            if not (file.file_path or "").startswith(self._bot.base_file_url):
                raise Rejected("not to be had from this server")
            content = BytesIO()
            await file.download_to_memory(content)
        except TelegramError as error:
            ours = as_ours(error)
            raise (Rejected("not to be had") if isinstance(ours, Gone) else ours) from None
        if content.tell() > largest:
            raise Rejected("too large")
        return content.getvalue()


def _markup(part: MessagePart) -> dict[str, Any] | None:
    """What stands below a message or below the chat, as the Bot API has it."""
    if part.asks:
        asking = [[{"text": label, f"request_{what}": True}] for what, label in part.asks]
        return {"keyboard": asking, "resize_keyboard": True, "one_time_keyboard": True}
    if part.clears:
        return {"remove_keyboard": True}
    rows = [[{"text": key.label, "callback_data": key.id} for key in row] for row in part.keys if row]
    return {"inline_keyboard": rows} if rows else None
