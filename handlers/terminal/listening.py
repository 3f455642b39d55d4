"""How lines arrive: the next is taken only when the one before is committed and answered.

A line has an id from the moment when it was read, so that however often it has to be handed over, it counts once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Final, Protocol

import structlog

from casework.actor import Channel
from casework.files import LARGEST_FILE
from casework.letters import Say
from handlers.channel import Key
from handlers.cleaning import NotClean, clean
from handlers.incoming import Content, Incoming, Opened, Receiver, Sent, SentFile, Unavailable
from handlers.terminal.incoming import Paper, Unreadable, read

TRY_AGAIN: Final = 1.0
"""Seconds until a line is handed over again while the database is away."""

log = structlog.get_logger(__name__)


class TerminalCourtesies(Protocol):
    """What the listening half needs of the speaking one."""

    @property
    def keys(self) -> Sequence[Key]:
        """Those that still do something."""

    def tell(self, what: Say) -> None:
        """Say something of the terminal's own."""


class LineSource(Protocol):
    def readline(self, limit: int = -1, /) -> bytes:
        """A line with its end; b"" when there is no more."""


class LineReader:
    """The lines of a stream. A thread of its own reads them: files, pipes and terminals are alike to it."""

    def __init__(self, source: LineSource) -> None:
        self._lines: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        Thread(target=self._read, args=[source], daemon=True).start()

    async def __call__(self) -> bytes | None:
        """The next line, None at the end."""
        return await self._lines.get()

    def _read(self, source: LineSource) -> None:
        line: bytes | None = b"?"
        while line:
            try:
                line = source.readline() or None
            except OSError:
                line = None
            with suppress(RuntimeError):  # the program is over, and its loop closed
                self._loop.call_soon_threadsafe(self._lines.put_nowait, line)


class TerminalReception:
    """Takes one person's lines. `session` is new at every start, so that the ids of lines never come twice."""

    def __init__(
        self,
        desk: Receiver,
        manners: TerminalCourtesies,
        *,
        name: str,
        language: str,
        session: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._desk, self._manners, self._clock = desk, manners, clock
        self._name, self._language, self._session = name, language, session
        self._number = 0
        self._waiting: tuple[str, bytes] | None = None

    async def run(
        self, next_line: Callable[[], Awaitable[bytes | None]], answered: Callable[[], Awaitable[object]]
    ) -> None:
        """Until there are no more lines; `answered` waits for what a line brought. Cancelled in the middle of a line
        and run again, it goes on with that line."""
        while True:
            if self._waiting is None:
                line = await next_line()
                if line is None:
                    return
                self._number += 1
                self._waiting = f"{self._session}-{self._number}", line
            await self._insist(partial(self.take, *self._waiting))
            self._waiting = None
            await answered()

    async def open(self) -> None:
        """Show where the conversation is."""
        await self._insist(lambda: self._hand_over(f"{self._session}-0", Opened()))

    async def take(self, message: str, line: bytes) -> None:
        """One line under its id; returns when it is committed or in quarantine. Raises `Unavailable`."""
        try:
            match read(line, self._manners.keys):
                case None:
                    return
                case Unreadable():
                    await self._set_aside(message, line)
                case Paper(path):
                    await self._take_file(message, path)
                case content:
                    await self._hand_over(message, content)
        except Unavailable:
            raise
        except Exception as error:
            log.error("terminal-line-failed", error=type(error).__name__)
            await self._set_aside(message, line)

    async def _insist(self, step: Callable[[], Awaitable[None]]) -> None:
        told = False
        while True:
            try:
                return await step()
            except Unavailable:
                if not told:
                    self._manners.tell(Say("terminal-away"))
                told = True
                await asyncio.sleep(TRY_AGAIN)

    async def _hand_over(self, message: str, content: Content) -> None:
        await self._desk.receive(
            Incoming(Channel.TERMINAL, self._name, message, self._clock(), content, self._language)
        )

    async def _take_file(self, message: str, path: str) -> None:
        """Cleaned before it is handed over, as on the page: what is refused is told at once, and nothing is kept."""
        try:
            content = await asyncio.to_thread(_content, path)
        except (OSError, ValueError, RuntimeError):  # RuntimeError: a ~ without a home
            self._manners.tell(Say("terminal-no-file", {"path": path}))
            return
        try:
            type, content = await clean(content)
        except NotClean as reason:
            self._manners.tell(Say(reason.name))
            return
        file = SentFile(type, name=Path(path).name[:200], size=len(content), content=content)
        await self._hand_over(message, Sent((file,)))

    async def _set_aside(self, message: str, line: bytes) -> None:
        raw = line.decode("utf-8", "backslashreplace")
        await self._desk.quarantine(Channel.TERMINAL, message, self._name, raw)


def _content(path: str) -> bytes:
    """A file's bytes, one more than allowed at most: that is enough to refuse it."""
    found = Path(path).expanduser()
    if not found.is_file():
        raise OSError("no file")
    with found.open("rb") as file:
        return file.read(LARGEST_FILE + 1)
