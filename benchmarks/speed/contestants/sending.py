"""Ours with its courier and Telegram's real speaker, against a Bot API in another process."""

from typing import Any

from benchmarks.speed.contestants import ours, talk
from handlers.telegram import speaking


class Speaking(talk.Taking):
    """Telegram's speaker."""

    def __init__(self, url: str) -> None:
        super().__init__()
        bot = speaking.connect(ours.TOKEN, url)
        speaker = ours.first_of("handlers.telegram.speaking", "TelegramSpeaker", "TelegramVoice", "Voice")
        self.speaker: Any = speaker(bot)
        self.request: Any = bot.request

    async def send(self, address: str, message: Any) -> str:
        receipt: str = await self.speaker.send(address, message)
        return receipt


class Sending(talk.Talk):
    async def speak(self, wanted: dict[str, Any]) -> talk.Taking:
        speaker = Speaking(wanted["api"])
        await speaker.request.initialize()
        return speaker

    async def close(self) -> None:
        await super().close()
        await self.speaker.speaker.close()


CONTESTANT = Sending
