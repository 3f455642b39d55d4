"""python-telegram-bot with its PicklePersistence, written for each update: what was answered is in the file then."""

import pickle
import time
import warnings
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, ExtBot, MessageHandler, PicklePersistence, filters
from telegram.request import BaseRequest

from benchmarks.speed.contestants.survey import QUESTIONS, answer, update

TOKEN = "7777777:AAFakeTokenOfATelegramThatIsNotThere00"  # noqa: S105  opens nothing
TAKEN = b'{"ok":true,"result":{"message_id":10,"date":0,"chat":{"id":1,"type":"private"}}}'
ME = b'{"ok":true,"result":{"id":7777777,"is_bot":true,"first_name":"Zviazok","username":"zviazok_bot"}}'


class Silent(BaseRequest):
    """A Telegram that takes everything at once, at no cost."""

    read_timeout = 5.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(self, url: str, method: str, *args: Any, **more: Any) -> tuple[int, bytes]:
        return 200, ME if url.endswith("/getMe") else TAKEN


async def answered(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """One answer: kept, and the next question asked."""
    assert context.user_data is not None and update.message is not None  # noqa: S101, PT018  a private message
    at = context.user_data.get("at", 0)
    context.user_data[f"speed-{at + 1}"] = update.message.text
    context.user_data["at"] = (at + 1) % QUESTIONS
    await update.message.reply_text(f"And number {(at + 1) % QUESTIONS + 1}?")


class Pickled:
    async def open(self, wanted: dict[str, Any]) -> None:
        warnings.simplefilter("ignore")
        self.file, self.stored = wanted["file"], wanted["stored"]
        bot = ExtBot(TOKEN, request=Silent(), get_updates_request=Silent())
        kept = PicklePersistence(filepath=self.file)
        self.application = Application.builder().bot(bot).persistence(kept).build()
        self.application.add_handler(MessageHandler(filters.TEXT, answered))
        await self.application.initialize()
        for chat in range(wanted["stored"]):
            data = {f"speed-{at + 1}": answer(chat, at) for at in range(QUESTIONS)}
            self.application.user_data[1000 + chat].update(data)
        self.application.mark_data_for_update_persistence(user_ids=range(1000, 1000 + wanted["stored"]))
        await self.application.update_persistence()

    async def prepare(self, many: int) -> None:
        pass

    async def take(self, chat: int, step: int) -> None:
        raw = update(chat, step, answer(chat, step), int(time.time()))
        await self.application.process_update(Update.de_json(raw, self.application.bot))
        await self.application.update_persistence()

    async def check(self, chats: int, steps: int) -> list[str]:
        with open(self.file, "rb") as file:  # noqa: ASYNC230  its own, just written
            kept = pickle.load(file)["user_data"]  # noqa: S301
        missing = [f"{self.stored - len(kept)} chats are not stored"] if len(kept) < self.stored else []
        return missing + [
            f"chat {chat}: the last answer is not there"
            for chat in range(chats)
            if kept[1000 + chat].get(f"speed-{(steps - 1) % QUESTIONS + 1}") != answer(chat, steps - 1)
        ]

    async def close(self) -> None:
        await self.application.shutdown()


CONTESTANT = Pickled
