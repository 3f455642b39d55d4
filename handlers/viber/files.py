"""Files that Viber has to fetch from us: only what we made ourselves, behind an address that is signed and ends.

Viber takes a file as an address that anybody may open. So what people sent, and all that is about a case, never goes
out this way: the message then says that a file waits on the page.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from aiohttp import web

from casework.ids import FileId
from casework.work import Unavailable
from handlers.channel import Enclosure

PATH: Final = "/viber/files"
LASTS: Final = timedelta(days=7)
"""A telephone fetches a picture when it shows it, and a calendar file when it is tapped."""

MADE: Final = {"text/calendar": "calendar.ics", "image/png": "code.png"}
"""The kinds that only we make (what people send is kept as JPEG and PDF), and the names under which they go out."""

_NAMED: Final = re.compile(r"(?P<file>[0-9]{1,18})\.(?P<ends>[0-9]{10})\.(?P<signature>[A-Za-z0-9_-]{11})")


@dataclass(frozen=True)
class FileLinks:
    """`sign` and `signed` are the service's own signatures; `read` gives the bytes, none of a file that is gone."""

    public_url: str
    sign: Callable[[str], str]
    signed: Callable[[str, str], bool]
    read: Callable[[FileId], Awaitable[bytes]]
    clock: Callable[[], datetime]

    def link(self, file: Enclosure) -> str | None:
        """Where Viber finds it for a week; None for what does not go out."""
        name = MADE.get(file.type)
        if name is None or file.file is None:
            return None
        ends = int((self.clock() + LASTS).timestamp())
        signature = self.sign(f"{file.file}.{ends}.{name}")
        return f"{self.public_url.rstrip('/')}{PATH}/{file.file}.{ends}.{signature}/{name}"

    def routes(self) -> list[web.RouteDef]:
        return [web.get(PATH + "/{key}/{name}", self.handle)]

    async def handle(self, request: web.Request) -> web.Response:
        name, named = request.match_info["name"], _NAMED.fullmatch(request.match_info["key"])
        if named is None or not self.signed(f"{named['file']}.{named['ends']}.{name}", named["signature"]):
            return web.Response(status=404)
        if datetime.fromtimestamp(int(named["ends"]), UTC) <= self.clock():
            return web.Response(status=410)
        try:
            content = await self.read(FileId(int(named["file"])))
        except Unavailable:
            return web.Response(status=503, headers={"Retry-After": "5"})
        if not content:
            return web.Response(status=410)  # erased meanwhile
        headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
        headers |= {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'"}
        headers |= {"Content-Disposition": f'attachment; filename="{name}"'}
        type = next(type for type, known in MADE.items() if known == name)
        return web.Response(body=content, content_type=type, headers=headers)
