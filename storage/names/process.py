"""The names in a process of their own, so that no search keeps an answer waiting. It begins at the first question."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import structlog

from storage.names.asking import NamesLost
from storage.names.worker import framed

log = structlog.get_logger()

ROOT: Final = Path(__file__).parents[2]
BEGIN: Final = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from storage.names.worker import main; main()"


class NameProcess:
    """The process, and the answers that are still to come, in the order in which they were asked."""

    def __init__(self) -> None:
        self.generation = 0
        self._process: Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._beginning = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """The process's number while it runs."""
        return self._process.pid if self._process is not None else None

    async def begin(self) -> int:
        async with self._beginning:
            if self._process is None:
                self._process = await asyncio.create_subprocess_exec(
                    sys.executable, "-I", "-c", BEGIN, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}, cwd="/"
                )
                self.generation += 1
                self._reader = asyncio.create_task(self._read(self._process))
            return self.generation

    async def ask(self, what: str, *about: Any) -> Any:
        process = self._process
        if process is None:
            raise NamesLost
        answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append(answered)
        assert process.stdin is not None  # noqa: S101  it was begun with a pipe
        try:
            process.stdin.write(framed([what, *about]))
            await process.stdin.drain()
        except OSError:
            raise NamesLost from None
        return await answered

    async def _read(self, process: Process) -> None:
        """Give each answer to whoever asked for it, until the process ends."""
        assert process.stdout is not None  # noqa: S101  it was begun with a pipe
        with suppress(asyncio.IncompleteReadError, OSError):
            while True:
                length = await process.stdout.readexactly(4)
                answer = json.loads(await process.stdout.readexactly(int.from_bytes(length, "big")))
                answered = self._waiting.popleft()
                if not answered.done():  # whoever asked has not given up
                    answered.set_result(answer)
        log.warning("the process with the names has ended; they are read anew", code=await self._end(process))

    async def _end(self, process: Process) -> int | None:
        self._process = None
        while self._waiting:
            answered = self._waiting.popleft()
            if not answered.done():
                answered.set_exception(NamesLost())
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
        return await process.wait()

    async def close(self) -> None:
        """End the process, and the names with it."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
            self._reader = None
        if self._process is not None:
            await self._end(self._process)
