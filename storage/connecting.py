"""How PostgreSQL is reached: one server, or several of which one takes writes (a primary and its standbys).

`postgresql://user@/name?host=one:5432&host=two:5432` names several. All are asked at once, and the first that takes
writes is taken: asked one after another, a machine that is off and answers nothing would use up all the time there is
(asyncpg's own way).
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

import asyncpg
from asyncpg.exceptions import TargetServerAttributeNotMatched
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

NOTICED: Final = {
    "tcp_keepalives_idle": "3",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "2",
    "tcp_user_timeout": "7000",
    "client_connection_check_interval": "2000",
}
"""The server notices within seven seconds that a machine is gone, whether it was silent, had an answer under way to it
or worked for it, and lets go what it held: another then speaks within ten, and takes up what was due."""

TAKES_WRITES: Final = "primary"


class PoolQueue:
    """Who waits for one of the pool's connections, in their order. To wait behind others' work, however long, is no
    sign that the database is away: that none of them comes to an end is one."""

    def __init__(self, connections: int, patience: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._free, self._patience, self._clock = asyncio.Semaphore(connections), patience, clock
        self._moved = 0.0

    async def take(self) -> None:
        """`TimeoutError` where nobody's work has come to an end for as long as a connection may take."""
        if not self._free.locked():
            await self._free.acquire()
            return
        waiting, since = asyncio.ensure_future(self._free.acquire()), self._clock()
        try:
            while not (await asyncio.wait({waiting}, timeout=self._patience))[0]:
                if self._clock() - max(self._moved, since) >= self._patience:
                    raise TimeoutError("no transaction has come to an end; the database is away")
        except BaseException:
            if waiting.done():
                self._free.release()
            waiting.cancel()
            raise

    def give_back(self, *, worked: bool) -> None:
        """`worked`: the database has answered."""
        if worked:
            self._moved = self._clock()
        self._free.release()


def engine_for(url: str, **more: Any) -> AsyncEngine:
    """SQLAlchemy's pool over an address of one or several servers."""
    connect_args = {**more.pop("connect_args", {}), "async_creator_fn": connect}
    return create_async_engine(url, connect_args=connect_args, **more)


async def connect(dsn: str | None = None, *, host: Any = None, port: Any = None, **more: Any) -> asyncpg.Connection:
    """A connection to the server, or to that of several which takes writes; the other words are asyncpg's. `OSError`
    where none does."""
    if dsn is not None:
        host, port = _several(dsn)
    if not isinstance(host, list):
        return await asyncpg.connect(dsn, host=host, port=port, **more)
    more.setdefault("target_session_attrs", TAKES_WRITES)
    asking = [
        asyncio.ensure_future(asyncpg.connect(dsn, host=each, port=its, **more))
        for each, its in zip(host, port, strict=True)
    ]
    chosen, waiting = None, set(asking)
    try:
        while waiting and chosen is None:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            chosen = next((each for each in asking if each in done and each.exception() is None), None)
    finally:
        for each in waiting:
            each.cancel()
        errors = await asyncio.gather(*asking, return_exceptions=True)
        for each, made in zip(asking, errors, strict=True):
            if each is not chosen and not isinstance(made, BaseException):
                made.terminate()
    if chosen is None:
        raise _why([error for error in errors if isinstance(error, BaseException)])
    return chosen.result()


def _several(dsn: str) -> tuple[list[str], list[int]] | tuple[None, None]:
    hosts = make_url(dsn).query.get("host")
    if not isinstance(hosts, tuple):
        return None, None
    pairs = [each.partition(":") for each in hosts]
    return [name for name, _, _ in pairs], [int(port) for _, _, port in pairs]


def _why(errors: Sequence[BaseException]) -> BaseException:
    """What one of them says that is there, such as a wrong password, tells more than that another is away."""
    away = OSError | TargetServerAttributeNotMatched | asyncpg.CannotConnectNowError
    names = ", ".join(type(error).__name__ for error in errors)
    return next(
        (error for error in errors if not isinstance(error, away)),
        ConnectionError(f"none of the servers takes writes ({names})"),
    )
