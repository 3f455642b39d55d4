"""Ours, at the message that decides a booking: what it asks of the database is written down beside it, by family."""

import pickle
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import event

from benchmarks.speed.contestants import ours, survey
from casework.work import Unavailable
from storage.binding import BoundConnection
from storage.database import Database

Transaction = list[tuple[str, list[tuple[Any, ...]]]]
"""Statements, each with its parameters, or with several; the last is how it ended."""

_family: ContextVar[int] = ContextVar("family")
YES: Final = "так"


class Rush(ours.Ours):
    """Its `wanted` besides: `folder`, where what was asked is put after each rush, and the number of those who were
    told to come again (503)."""

    async def open(self, wanted: dict[str, Any]) -> None:
        if wanted["impatient"]:
            module: Any = ours
            module.Database = partial(Database, pool=1, patience=0.01)
        await super().open(wanted)
        self.folder, self.me = Path(wanted["folder"]), wanted["me"]
        self.refused, self.rush = 0, 0
        self.told = defaultdict[int, list[Transaction]](list)
        self._open: dict[Any, Transaction] = {}
        engine = self.database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", self._asked)
        BoundConnection._fetch = self._noting(BoundConnection._fetch)  # type: ignore[method-assign]
        event.listen(engine, "commit", lambda connection: self._ended(connection, "COMMIT"))
        event.listen(engine, "rollback", lambda connection: self._ended(connection, "ROLLBACK"))

    async def _furnish(self, chats: int, *, sent: bool) -> None:
        """The families are there already."""

    def _asked(self, connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        rows = parameters if many and isinstance(parameters, list) else [parameters]
        self._open.setdefault(connection, []).append((statement, [tuple(row) for row in rows]))

    def _noting(self, fetch: Callable[..., Awaitable[Sequence[Any]]]) -> Any:
        """What goes past SQLAlchemy is noted as well."""

        async def noted(connection: BoundConnection, sql: str, values: Sequence[Any], **more: Any) -> Sequence[Any]:
            self._open.setdefault(connection.sync_connection, []).append((sql, [tuple(values)]))
            return await fetch(connection, sql, values, **more)

        return noted

    def _ended(self, connection: Any, how: str) -> None:
        asked = self._open.pop(connection, None)
        if asked:
            self.told[_family.get(-1)].append([*asked, (how, [])])

    async def take(self, chat: int, step: int) -> None:
        _family.set(chat)
        try:
            await self.reception.take_raw(survey.update(chat, step, YES, int(time.time())))
        except Unavailable:
            self.refused += 1

    async def check(self, chats: int, steps: int) -> list[str]:
        """Put down what was asked since the last time."""
        (self.folder / f"{self.rush}-{self.me}").write_bytes(pickle.dumps((dict(self.told), self.refused)))
        self.told.clear()
        self.refused, self.rush = 0, self.rush + 1
        return []


CONTESTANT = Rush
