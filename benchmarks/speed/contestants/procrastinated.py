"""procrastinate as its manual has it: a task that does nothing, and a worker that takes thirty at once."""

import asyncio
import logging
from typing import Any

from procrastinate import App, PsycopgConnector

AT_ONCE = 30


class Procrastinated:
    async def open(self, wanted: dict[str, Any]) -> None:
        logging.disable(logging.CRITICAL)
        self.app = App(connector=PsycopgConnector(conninfo=wanted["dsn"], max_size=AT_ONCE))
        self.chats, self.done = wanted["chats"], 0
        self.draining: asyncio.Task[None] | None = None

        async def letter(to: int) -> None:
            self.done += 1

        self.letter: Any = self.app.task(name="letter")(letter)
        await self.app.open_async()
        await self.app.schema_manager.apply_schema_async()

    async def prepare(self, many: int) -> None:
        self.draining = None
        for _ in range(many):
            await self.letter.batch_defer_async(*({"to": chat} for chat in range(self.chats)))

    async def take(self, chat: int, step: int) -> None:
        """All are drained together, from the first that is asked for on."""
        if self.draining is None:
            self.draining = asyncio.create_task(self._drain())
        await asyncio.shield(self.draining)

    async def _drain(self) -> None:
        await self.app.run_worker_async(concurrency=AT_ONCE, wait=False, install_signal_handlers=False)

    async def check(self, chats: int, steps: int) -> list[str]:
        counted = "SELECT count(*) AS count FROM procrastinate_jobs WHERE status = 'succeeded'"
        kept = (await self.app.connector.execute_query_one_async(counted))["count"]
        return [] if kept == self.done == chats * steps else [f"{kept} tasks are done, not {chats * steps}"]

    async def close(self) -> None:
        await self.app.close_async()


CONTESTANT = Procrastinated
