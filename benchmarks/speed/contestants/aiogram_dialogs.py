"""aiogram_dialog over Redis: ten windows that are typed into, one after another, and then from the first again."""

import time
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import DefaultKeyBuilder
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import Message, Update
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.text import Const
from redis.asyncio import Redis

from benchmarks.speed.contestants.aiogram_redis import TOKEN, Silent
from benchmarks.speed.contestants.survey import QUESTIONS, answer, update


class Survey(StatesGroup):
    one, two, three, four, five, six, seven, eight, nine, ten = (State() for _ in range(10))


ASKED = list(Survey.__states__)


async def answered(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """One answer: kept, and the next question asked."""
    at = ASKED.index(manager.current_context().state)
    manager.dialog_data[f"speed-{at + 1}"] = message.text
    await manager.switch_to(ASKED[(at + 1) % QUESTIONS])


async def begin(message: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(ASKED[0], mode=StartMode.RESET_STACK)


class AiogramDialogs:
    async def open(self, wanted: dict[str, Any]) -> None:
        keys = DefaultKeyBuilder(with_destiny=True)
        self.storage = RedisStorage(Redis(unix_socket_path=wanted["socket"]), key_builder=keys)
        self.bot = Bot(TOKEN, session=Silent())
        self.dispatcher = Dispatcher(storage=self.storage, events_isolation=self.storage.create_isolation())
        self.dispatcher.message.register(begin, CommandStart())
        self.dispatcher.include_router(
            Dialog(
                *(
                    Window(Const(f"And number {at}?"), MessageInput(answered), state=one)
                    for at, one in enumerate(ASKED, 1)
                )
            )
        )
        setup_dialogs(self.dispatcher)
        if wanted["me"] == 0:
            for chat in range(wanted["chats"]):
                await self._hears(update(chat, -2, "/start", int(time.time())))

    async def _hears(self, raw: dict[str, object]) -> None:
        await self.dispatcher.feed_update(self.bot, Update.model_validate(raw, context={"bot": self.bot}))

    async def prepare(self, many: int) -> None:
        pass

    async def take(self, chat: int, step: int) -> None:
        await self._hears(update(chat, step, answer(chat, step), int(time.time())))

    async def check(self, chats: int, steps: int) -> list[str]:
        kept: Redis = self.storage.redis
        words = b"".join(
            [await kept.get(key) or b"" async for key in kept.scan_iter("*") if await kept.type(key) == b"string"]
        )
        said = words.decode().encode().decode("unicode_escape", "ignore")
        return [
            f"chat {chat}: the last answer is not there" for chat in range(chats) if answer(chat, steps - 1) not in said
        ]

    async def close(self) -> None:
        await self.storage.close()


CONTESTANT = AiogramDialogs
