"""Errands: files that people sent and a platform keeps are fetched after the commit, cleaned, and kept sealed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Protocol, Self

import structlog

from casework.actor import Channel
from casework.files import LARGEST_FILE, File, Files, is_recording, tell_refused
from casework.ids import FileId
from casework.work import Work
from handlers.channel import Fetcher, Postponed, Rejected
from handlers.cleaning import NotClean, clean
from handlers.desk import where
from handlers.waking import Wake, keep_looking

log = structlog.get_logger()

LOOK_EVERY = 5.0
"""Seconds between looks without being woken."""

GIVE_UP = timedelta(hours=20)
"""A platform keeps a file for about a day; after that it has to be sent again."""


class ErrandFiles(Files, Protocol):
    """Files, and those on their way: see `storage/files.py`."""

    async def claim_arriving(self, channel: str) -> tuple[File, str | None] | None: ...
    async def arrived(self, file: File, *, type: str, content: bytes) -> None: ...
    async def refuse(self, file: FileId, why: str) -> None: ...
    async def postponed(self, file: FileId, until: datetime) -> None: ...


class ErrandWork(Work, Protocol):
    @property
    def files(self) -> ErrandFiles: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


@dataclass
class Errands:
    """One channel's errands. `begin` opens a unit of work at a moment; `clock` gives it."""

    begin: Callable[[datetime], ErrandWork]
    channel: Channel
    fetcher: Fetcher
    clock: Callable[[], datetime]
    wake: Wake = field(default_factory=lambda: Wake("files", LOOK_EVERY))

    async def run(self) -> None:
        """Fetch for ever; run as a task."""
        await keep_looking(self.wake, self.fetch_next)

    async def fetch_next(self) -> bool:
        """Fetch one file; False when none waits. It is leased: if we die, another fetches it."""
        async with self.begin(self.clock()) as work:
            found = await work.files.claim_arriving(self.channel)
            await work.commit()
        if found is None:
            return False
        file, source = found
        if source is None:
            await self._refuse(file, "file-not-had")
            return True
        try:
            type, content = await clean(await self.fetcher.fetch(source, LARGEST_FILE))
            if is_recording(type) and not is_recording(file.type):
                raise NotClean("file-recording")  # it was taken for a photo or a paper, and answered so
        except Postponed as later:
            if self.clock() - file.at > GIVE_UP:
                await self._refuse(file, "file-not-had")
            else:
                await self._postpone(file, later.after)
        except Rejected:
            await self._refuse(file, "file-not-had")
        except NotClean as reason:
            await self._refuse(file, reason.name)
        except Exception as error:
            log.error("an errand failed", channel=self.channel, **where(error))
            await self._refuse(file, "file-not-had")
        else:
            await self._keep(file, type, content)
        return True

    async def _keep(self, file: File, type: str, content: bytes) -> None:
        async with self.begin(self.clock()) as work:
            await work.files.arrived(file, type=type, content=content)
            await work.commit()

    async def _postpone(self, file: File, after: timedelta) -> None:
        async with self.begin(self.clock()) as work:
            await work.files.postponed(file.id, work.now + after)
            await work.commit()

    async def _refuse(self, file: File, why: str) -> None:
        """It counts as not given from now on, and the person is told. `why` names the words."""
        async with self.begin(self.clock()) as work:
            await work.files.refuse(file.id, why)
            await tell_refused(file, await work.files.name(file.id), why, work)
            await work.commit()
