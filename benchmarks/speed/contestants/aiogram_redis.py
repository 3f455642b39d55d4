"""aiogram with its states in Redis and events isolated there: handlers, states and answers as its manual has them."""

import time
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.methods import TelegramMethod
from aiogram.types import Chat, Message, Update
from redis.asyncio import Redis

from benchmarks.speed.contestants.survey import QUESTIONS, answer, update

TOKEN = "7777777:AAFakeTokenOfATelegramThatIsNotThere00"  # noqa: S105  opens nothing


class Silent(BaseSession):
    """A Telegram that takes everything at once, at no cost."""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109
        return Message(
            message_id=10, date=datetime.now(UTC), chat=Chat(id=getattr(method, "chat_id", 1), type="private")
        )

    async def stream_content(self, *args: Any, **more: Any) -> AsyncGenerator[bytes, None]:
        yield b""

    async def close(self) -> None:
        pass


class Survey(StatesGroup):
    """Its ten questions."""


ASKED = [State(f"speed-{at}", "Survey") for at in range(1, QUESTIONS + 1)]


async def answered(message: Message, state: FSMContext) -> None:
    """One answer: kept, and the next question asked."""
    now = await state.get_state()
    at = next((at for at, one in enumerate(ASKED) if one.state == now), 0)
    await state.update_data({f"speed-{at + 1}": message.text})
    await state.set_state(ASKED[(at + 1) % QUESTIONS])
    await message.answer(f"And number {(at + 1) % QUESTIONS + 1}?")


class AiogramRedis:
    async def open(self, wanted: dict[str, Any]) -> None:
        self.storage = RedisStorage(Redis(unix_socket_path=wanted["socket"]))
        self.bot = Bot(TOKEN, session=Silent())
        self.dispatcher = Dispatcher(storage=self.storage, events_isolation=self.storage.create_isolation())
        self.dispatcher.message.register(answered)

    async def prepare(self, many: int) -> None:
        pass

    async def take(self, chat: int, step: int) -> None:
        raw = update(chat, step, answer(chat, step), int(time.time()))
        await self.dispatcher.feed_update(self.bot, Update.model_validate(raw, context={"bot": self.bot}))

    async def check(self, chats: int, steps: int) -> list[str]:
        found = []
        for chat in range(chats):
            id = 1000 + chat
            context = self.dispatcher.fsm.get_context(self.bot, id, id)
            kept = await context.get_data()
            if kept.get(f"speed-{(steps - 1) % QUESTIONS + 1}") != answer(chat, steps - 1):
                found.append(f"chat {chat}: the last answer is not there")
        return found

    async def close(self) -> None:
        await self.storage.close()


CONTESTANT = AiogramRedis
