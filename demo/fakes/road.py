"""The road between a browser and the service: a plain relay of bytes, on which bad weather may fall.

A connection is refused, torn before or after the service has heard the request, answered by a proxy on the way that
does not reach the service, or silent for a while. It can also be `closed` for everybody.
"""

import asyncio
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from demo.fakes.storm import Storm

TURNED_AWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
SILENCE = 5.0
"""Seconds for which a request that hangs is held back."""


def free_port() -> int:
    """A port of this machine at which nothing listens now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Road:
    """Leads to `to`, an address such as http://127.0.0.1:8080. `url` is its beginning, once it is open."""

    def __init__(self, to: str) -> None:
        parts = urlsplit(to)
        self._to = (parts.hostname, parts.port)
        self.storm: Storm | None = None
        self.closed = False
        self.url = ""
        self._server: asyncio.Server | None = None
        self._under_way: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Road":
        self._server = await asyncio.start_server(self._came, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _came(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry(reader, writer))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        befalls = self.storm.befalls() if self.storm is not None else None
        kind, late = (befalls[0], befalls[2]) if befalls else (None, False)
        with suppress(OSError):
            if self.closed or (kind == "reset" and not late):
                writer.transport.abort()
                return
            if kind in ("429", "500"):
                await reader.read(64 * 1024)
                writer.write(TURNED_AWAY)
                await writer.drain()
            else:
                if kind == "hang":
                    await asyncio.sleep(SILENCE)
                there, back = await asyncio.open_connection(*self._to)
                await asyncio.gather(self._pass_on(reader, back), self._answer(there, writer, deaf=late))
                back.close()
        writer.close()

    @staticmethod
    async def _pass_on(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await source.read(64 * 1024):
                to.write(piece)
                await to.drain()
            to.write_eof()

    @staticmethod
    async def _answer(source: asyncio.StreamReader, to: asyncio.StreamWriter, *, deaf: bool) -> None:
        """The service's answer; with `deaf` the line is torn just when it comes."""
        with suppress(OSError):
            while piece := await source.read(64 * 1024):
                if deaf:
                    to.transport.abort()
                    return
                to.write(piece)
                await to.drain()
            to.close()
