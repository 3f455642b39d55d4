"""Files on their way in: read piece by piece, never more than is allowed, never onto a disk."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from casework.files import LARGEST
from casework.letters import Say
from handlers.web.listening import Upload
from handlers.web.problems import Problem

MOST = 10
"""Files in one message."""

LARGEST_FIELD = 20_000
"""Bytes of a caption, an id or a form's token."""

SILENCE = 60.0
"""Seconds without a byte, after which the line is given up."""

AT_ONCE = 16
"""Uploads that one process reads at a time, for they are held in memory."""


@dataclass
class Sent:
    """A multipart form: its fields, and its files."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[Upload] = field(default_factory=list)


class Uploads:
    """Reads multipart forms."""

    def __init__(self) -> None:
        self._reading = 0

    async def read(self, request: web.Request, allowed: Callable[[Sent], None]) -> Sent:
        """The form. `allowed` raises where it must not go on; asked before the first file's bytes are read."""
        if request.content_type != "multipart/form-data":
            raise Problem(415, "not-multipart")
        if self._reading >= AT_ONCE:
            raise Problem(503, "busy")
        self._reading += 1
        try:
            return await self._read(request, allowed)
        except (ValueError, AssertionError, HttpProcessingError):  # how aiohttp names a broken form
            raise Problem(400, "not-multipart") from None
        except TimeoutError:
            raise Problem(408, "line-lost") from None
        finally:
            self._reading -= 1

    async def _read(self, request: web.Request, allowed: Callable[[Sent], None]) -> Sent:
        sent = Sent()
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise Problem(400, "not-multipart")
            if part.filename is None:
                value = await _content(part, LARGEST_FIELD)
                sent.fields[part.name or ""] = value.decode("utf-8", "replace").replace("\r\n", "\n")
                continue
            if not sent.files:
                allowed(sent)
            if len(sent.files) == MOST:
                raise Problem(422, "too-many-at-once", most=MOST)
            content = await _content(part, LARGEST)
            if content or part.filename:  # an empty field of a form without a chosen file has neither
                sent.files.append(Upload(part.filename, part.headers.get("Content-Type", ""), content))
        if not sent.files:
            allowed(sent)
            raise Problem(422, "no-file")
        return sent


async def _content(part: BodyPartReader, most: int) -> bytes:
    found = bytearray()
    while chunk := await asyncio.wait_for(part.read_chunk(64 * 1024), SILENCE):
        found += chunk
        if len(found) > most:
            if part.filename is not None:
                raise Problem(413, "file-too-large", say=Say("file-too-large"))
            raise Problem(413, "too-long")
    return bytes(found)
