"""Files on their way in: read piece by piece, never more than is allowed, never onto a disk."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from casework.files import LARGEST_FILE
from casework.ids import PersonId
from handlers.web.asking import Networks, asking, network_of
from handlers.web.listening import Upload
from handlers.web.problems import Problem

MOST_FILES = 10
"""Files in one message."""

LARGEST_FIELD = 20_000
"""Bytes of a caption, an id or a form's token."""

READ = 5 * LARGEST_FILE
"""Bytes that are read of one file which is too large, so that the others in the message are taken."""

TRY_AGAIN = timedelta(seconds=20)

SILENCE = 60.0
"""Seconds without a byte, after which the line is given up."""

UPLOADS_AT_ONCE = 16
"""Uploads that one process reads and cleans at a time, for they are held in memory."""

ASKED_AT_ONCE = 3
"""Who asks for a place is looked up for so many at a time; nobody else waits for them."""

OF_A_PERSON, OF_A_NETWORK = 2, 6
"""How many of these places one person, and one network, may take: nobody shuts the others out."""


@dataclass
class UploadForm:
    """A multipart form: its fields, and its files."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[Upload] = field(default_factory=list)


class Uploads:
    """Reads multipart forms."""

    def __init__(self, proxies: Networks) -> None:
        self._proxies, self._reading = proxies, Counter[object]()
        self._door = asyncio.Semaphore(ASKED_AT_ONCE)

    @asynccontextmanager
    async def door(self, request: web.Request) -> AsyncIterator[None]:
        """While it is asked who wants a place: a few at a time, and `Problem` 503 before anything is read of the
        database where there is none, or a crowd that is turned away would cost as much as one that is served."""
        self._refuse_beyond(self._open_to_all(request))
        async with self._door:
            self._refuse_beyond(self._open_to_all(request))
            yield

    @contextmanager
    def place(self, request: web.Request, person: PersonId) -> Iterator[None]:
        """A place, until the files are kept: `Problem` 503 where all, or those of the network or the person, are
        taken."""
        places = self._open_to_all(request) | {("person", person): OF_A_PERSON}
        self._refuse_beyond(places)
        self._reading.update(places.keys())
        try:
            yield
        finally:
            self._reading -= Counter(places.keys())

    def _open_to_all(self, request: web.Request) -> dict[object, int]:
        network = network_of(asking(request, self._proxies))
        return {"all": UPLOADS_AT_ONCE, ("network", network): OF_A_NETWORK}

    def _refuse_beyond(self, places: Mapping[object, int]) -> None:
        if any(self._reading[of] >= most for of, most in places.items()):
            raise Problem(503, "busy", retry_after=TRY_AGAIN)

    async def read(
        self,
        request: web.Request,
        sent: UploadForm,
        allowed: Callable[[], None],
        may_send: Callable[[], Awaitable[None]],
    ) -> None:
        """Fill `sent` with the form. `allowed` raises where it must not go on at all, `may_send` where no file may
        come: both are asked before the first file's bytes are read."""
        if request.content_type != "multipart/form-data":
            raise Problem(415, "not-multipart")
        try:
            await self._read(request, sent, allowed, may_send)
        except (ValueError, AssertionError, HttpProcessingError):  # how aiohttp names a broken form
            raise Problem(400, "not-multipart") from None
        except TimeoutError:
            raise Problem(408, "line-lost") from None

    async def _read(
        self,
        request: web.Request,
        sent: UploadForm,
        allowed: Callable[[], None],
        may_send: Callable[[], Awaitable[None]],
    ) -> None:
        asked = False
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise Problem(400, "not-multipart")
            if part.filename is None:
                value = await _content(part, LARGEST_FIELD, LARGEST_FIELD)
                sent.fields[part.name or ""] = value.decode("utf-8", "replace").replace("\r\n", "\n")
                continue
            if not part.filename:  # a form in which no file was chosen
                continue
            if not asked:
                allowed()
                await may_send()
                asked = True
            if len(sent.files) == MOST_FILES:
                raise Problem(422, "too-many-at-once", most=MOST_FILES)
            sent.files.append(Upload(part.filename, await _content(part, LARGEST_FILE, READ)))
        if not asked:
            allowed()


async def _content(part: BodyPartReader, most: int, read: int) -> bytes:
    """What is in a part: one byte more than `most` at most, which tells that it is too large. What comes after that is
    read to let the others pass, up to `read`."""
    found, size = bytearray(), 0
    while chunk := await asyncio.wait_for(part.read_chunk(64 * 1024), SILENCE):
        size += len(chunk)
        found += chunk[: most + 1 - len(found)]
        if size > read:
            raise Problem(413, "too-long")
    return bytes(found)
