"""Every connection of one process: how many there may be at once, and how long each may take to say what it wants.

aiohttp waits as long as a line is open: for a head that never ends, for a body that comes a byte in five seconds. A few
thousand such lines take all that a process may open. So a head has a deadline, a body a least rate, and where there is
no room for one more, the line goes that has asked for nothing for the longest time. Behind a proxy its own limits come
first (docs/deploy.md); these hold without one.
"""

from __future__ import annotations

import asyncio
import resource
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from aiohttp import StreamReader, web
from aiohttp.typedefs import Handler, Middleware
from prometheus_client import Counter, Gauge

HEAD: Final = 15.0
"""Seconds for a request's head, from the connection or from the first byte after the answer before."""

IDLE: Final = 75.0
"""Seconds without a byte between two requests."""

HEAD_ENDS, LONGEST_HEAD = b"\r\n\r\n", 16 * 1024
"""Until the first head ends, or is longer than any that is taken, its bytes are all that is held of a line."""

LEAST: Final = 512
"""Bytes a second of a body, over each `WINDOW`: what a phone at the edge of a network still sends."""

WINDOW: Final = 20.0
LOOK_EVERY: Final = 1.0

KEPT: Final = 256
"""Files that the process may open beside its visitors' connections: database, messengers, logs."""

MOST: Final = 10_000

READ: Final = 64 * 1024
"""Bytes that are read of a line at once, and for which aiohttp is to stop reading until they are used."""

WAITS: Final = web.RequestKey("waits", asyncio.Event)
"""What a request waits for that is answered by and by: set as well when its line is lost, or it would wait on."""

OPEN = Gauge("zviazok_web_connections", "Connections that are open now")
CUT = Counter("zviazok_web_connections_cut", "Connections that were ended by us", ["why"])


def room() -> int:
    """How many connections there may be: as many as the process may open files, less what it needs itself. It takes
    what the system allows it first (`LimitNOFILE` in systemd, `ulimits` in compose)."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return max(64, min(hard - KEPT, MOST))


class Connection(asyncio.BufferedProtocol):
    """One line, in front of aiohttp's own protocol. `request` is what is being answered now.

    Its bytes are read into the one buffer of all lines, and copied out at once: by itself asyncio takes 256 KB for each
    read of each line, and of those of a crowd the memory stays in pieces. aiohttp's own protocol is made by `make` once
    there is something for it.
    """

    def __init__(self, make: Callable[[], Any], connections: Connections) -> None:
        self._make, self._connections = make, connections
        self.inner: Any = None
        self._head = b""
        self.transport: asyncio.Transport | None = None
        self.request: web.BaseRequest | None = None
        self._unread: StreamReader | None = None
        self.asks_since = self._now()
        self.said, self._is_new = False, True
        self._counted_since, self._counted = 0.0, 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  a stream's
        self.transport = transport
        self._connections.entered(self)

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._connections.buffer

    def buffer_updated(self, nbytes: int) -> None:
        if self.request is None and not self.said:
            self.said = True
            if not self._is_new:
                self.asks_since = self._now()
        self._counted += nbytes
        data = bytes(self._connections.buffer[:nbytes])
        if self.inner is None:
            self._head += data
            # What begins with no letter is no request, and is told so at once.
            if self._head[:1].isalpha() and HEAD_ENDS not in self._head and len(self._head) < LONGEST_HEAD:
                return
            data, self._head = self._head, b""
            self.inner = self._make()
            self._connections.speaks(self, self.inner)
            self.inner.connection_made(self.transport)
        self.inner.data_received(data)

    def eof_received(self) -> bool | None:
        answer: bool | None = self.inner.eof_received() if self.inner is not None else None
        return answer

    def connection_lost(self, error: Exception | None) -> None:
        self._connections.left(self, self.inner)
        if self.inner is not None:
            self.inner.connection_lost(error)
        if self.request is not None and (waits := self.request.get(WAITS)) is not None:
            waits.set()
        if self._unread is not None and not self._unread.is_eof():
            self._unread.feed_eof()  # aiohttp would wait ten seconds for the rest of what it has answered already

    def pause_writing(self) -> None:
        self.inner.pause_writing()

    def resume_writing(self) -> None:
        self.inner.resume_writing()

    def begins(self, request: web.BaseRequest) -> None:
        """A head is whole: from here on it is the body that may come too slowly."""
        self.request, self._counted_since, self._counted = request, self._now(), 0

    def ends(self) -> None:
        """It is answered; another may follow."""
        self._unread = self.request.content if self.request is not None else None
        self.request, self.said, self._is_new, self.asks_since = None, False, False, self._now()

    def overdue(self, now: float) -> str | None:
        """Why the line is to be cut; None while it is in order."""
        if self.request is not None:
            return self._too_slow(self.request, now)
        if self.said or self._is_new:
            return "head" if now - self.asks_since > HEAD else None
        return "idle" if now - self.asks_since > IDLE else None

    def _too_slow(self, request: web.BaseRequest, now: float) -> str | None:
        """While we take nothing ourselves, it is not the visitor's fault."""
        if now - self._counted_since < WINDOW:
            return None
        came, took = self._counted, now - self._counted_since
        self._counted_since, self._counted = now, 0
        waits = not request.content.is_eof() and self.transport is not None and self.transport.is_reading()
        return "body" if waits and came < LEAST * took else None

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


class Connections:
    """`most` at once; `None` as many as there is room for."""

    def __init__(self, most: int | None = None) -> None:
        self.most = room() if most is None else most
        self.buffer = memoryview(bytearray(READ))
        self._open: dict[Connection, None] = {}
        self._speaking: dict[Any, Connection] = {}

    def entered(self, connection: Connection) -> None:
        """One more; where that is too many, the one goes that has waited longest without asking for anything."""
        self._open[connection] = None
        OPEN.set(len(self._open))
        if len(self._open) > self.most:
            waiting = [one for one in self._open if one.request is None]
            self._cut(min(waiting, key=lambda one: one.asks_since, default=connection), "room")

    def __len__(self) -> int:
        return len(self._open)

    def speaks(self, connection: Connection, inner: Any) -> None:
        """From here on aiohttp's protocol `inner` answers it."""
        self._speaking[inner] = connection

    def left(self, connection: Connection, inner: Any) -> None:
        self._open.pop(connection, None)
        self._speaking.pop(inner, None)
        OPEN.set(len(self._open))

    def middleware(self) -> Middleware:
        """Tells each line when a request of it begins and ends."""

        @web.middleware
        async def watched(request: web.Request, handler: Handler) -> web.StreamResponse:
            connection = self._speaking.get(request.protocol)
            if connection is None:
                return await handler(request)
            connection.begins(request)
            try:
                return await handler(request)
            finally:
                connection.ends()

        return watched

    async def watch(self) -> None:
        """Cut whoever is overdue, for ever; run as a task."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            now = asyncio.get_running_loop().time()
            for connection in list(self._open):
                why = connection.overdue(now)
                if why is not None:
                    self._cut(connection, why)

    def end(self) -> None:
        """Cut whoever has asked for nothing: aiohttp knows nothing of them, and ends only the others."""
        for connection in list(self._open):
            if connection.inner is None:
                self._cut(connection, "end")

    @staticmethod
    def _cut(connection: Connection, why: str) -> None:
        if connection.transport is not None and not connection.transport.is_closing():
            CUT.labels(why).inc()
            connection.transport.abort()


class Site(web.BaseSite):
    """As aiohttp's own, with every connection watched."""

    def __init__(self, runner: web.AppRunner, connections: Connections, host: str, port: int) -> None:
        super().__init__(runner, backlog=1024)
        self._connections, self._host, self._port = connections, host, port

    @property
    def name(self) -> str:
        return f"http://{self._host}:{self._port}"

    async def start(self) -> None:
        await super().start()
        inner = self._runner.server
        assert inner is not None  # noqa: S101  the runner is set up

        def line() -> Connection:
            return Connection(inner, self._connections)

        self._server = await asyncio.get_running_loop().create_server(
            line, self._host, self._port, backlog=self._backlog
        )


@asynccontextmanager
async def standing(runner: web.AppRunner, connections: Connections, host: str, port: int) -> AsyncIterator[None]:
    """The site, and the watch over its connections."""
    await Site(runner, connections, host, port).start()
    watching = asyncio.create_task(connections.watch())
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        connections.end()
