"""What every contestant is to its process: it takes one update of one chat at a time, and shows what it has stored."""

from typing import Any, Protocol


class Contestant(Protocol):
    """Opened once in its process, closed at its end; `take` and `check` are asked for any chat from 0 on."""

    async def open(self, wanted: dict[str, Any]) -> None:
        """Get ready with what the row wants of it; nothing of this is measured."""

    async def prepare(self, many: int) -> None:
        """Before so many updates of each chat; not measured."""

    async def take(self, chat: int, step: int) -> None:
        """The update number `step` of a chat, from 0 on, until it is stored."""

    async def check(self, chats: int, steps: int) -> list[str]:
        """What is wrong in the stored data after so many updates of each chat, a line each."""

    async def close(self) -> None: ...
