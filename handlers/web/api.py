"""The public HTTP interface: what the page uses, and any other program may. Described by `/api/openapi.json`."""

import asyncio
import json
import re
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import quote

from aiohttp import web
from pydantic import TypeAdapter, ValidationError

from casework import rulebook
from casework.actor import FACTOR_LASTS
from casework.files import is_recording, name_of
from casework.ids import FileId
from casework.sessions import INVITE_LASTS, Enrolment, Session
from casework.thread import NumberedMessage
from casework.unreadable import NotReadable
from dialogs.words import language_for
from handlers.cleaning import pages_of
from handlers.web import composing, models
from handlers.web.asking import asking, network_of
from handlers.web.connections import WAITS
from handlers.web.guard import CSRF_HEADER, Caller, Guard, language_of
from handlers.web.incoming import content_of
from handlers.web.listening import Talking
from handlers.web.openapi import described
from handlers.web.ports import Deps
from handlers.web.problems import Problem
from handlers.web.rooms import Rooms, wait
from handlers.web.uploads import UploadForm, Uploads

LONGEST_WAIT = 30
HEARTBEAT = 15.0
"""Seconds of silence after which a stream says that it is alive: proxies cut silent lines."""

STREAM_LASTS = timedelta(minutes=10)
"""Then the browser connects anew, and is asked again who it is."""

BEGINNINGS: TypeAdapter[models.UseInvitation | models.BeginSession] = TypeAdapter(
    models.UseInvitation | models.BeginSession
)
FACTORS: TypeAdapter[models.GiveCode | models.AskSecret] = TypeAdapter(models.GiveCode | models.AskSecret)
SAYINGS: TypeAdapter[models.SayText | models.PressButton | models.SharePlace] = TypeAdapter(
    models.SayText | models.PressButton | models.SharePlace
)
T = TypeVar("T")
NUMBER = re.compile(r"[0-9]{1,9}")


class WebApi:
    def __init__(self, deps: Deps, guard: Guard, talking: Talking, rooms: Rooms, uploads: Uploads) -> None:
        self._deps, self._guard, self._talking, self._rooms, self._uploads = deps, guard, talking, rooms, uploads

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/session", self.begin),
            web.delete("/api/session", self.leave),
            web.post("/api/session/factor", self.factor),
            web.post("/api/messages", self.say),
            web.get("/api/messages", self.messages),
            web.post("/api/files", self.send_files),
            web.get("/api/files/{id}", self.file),
            web.get("/api/events", self.events),
            web.get("/api/openapi.json", self.openapi),
        ]

    async def begin(self, request: web.Request) -> web.Response:
        self._guard.wants_to_change(request, None, None)
        asked = await parsed(request, BEGINNINGS)
        from_where = network_of(asking(request, self._deps.trusted_proxies))
        if isinstance(asked, models.UseInvitation):
            self._talking.invitations.pass_through(from_where)
            token, enrolment = await self._talking.invited(asked.invite)
            given = models.Token(token=token, language=enrolment.language, stage="invited")
            return self._answer_with(given, token, lasts=INVITE_LASTS)
        self._talking.sessions.pass_through(from_where)
        language = language_for(asked.language) if asked.language else language_of(request)
        caller = await self._talking.begin(language)
        return self._answer_with(models.Token(token=caller.token, language=language, stage="open"), caller.token)

    def _answer_with(self, given: models.Given, token: str, *, lasts: timedelta | None = None) -> web.Response:
        response = answer(given)
        self._guard.remember(response, token, lasts=lasts.total_seconds() if lasts else None)
        return response

    async def leave(self, request: web.Request) -> web.Response:
        caller = await self._acting(request)
        await self._talking.end(caller)
        response = web.Response(status=204)
        self._guard.forget(response)
        return response

    async def factor(self, request: web.Request) -> web.Response:
        caller = await self._acting(request)
        asked = await parsed(request, FACTORS)
        if isinstance(asked, models.AskSecret):
            if not isinstance(caller.who, Enrolment):
                raise Problem(409, "factor-known")
            secret = await self._talking.secret(caller.who)
            return answer(models.FactorSecret(secret=secret, uri=otpauth(secret)))
        token = await self._talking.factor(caller, asked.totp, asked.name)
        given = models.RoleBegun(token=token, until=self._deps.clock() + FACTOR_LASTS)
        return self._answer_with(given, token) if caller.by_cookie or token != caller.token else answer(given)

    async def say(self, request: web.Request) -> web.Response:
        caller = await self._acting(request)
        said = await parsed(request, SAYINGS)
        number = await self._talking.say(caller, content_of(said), said.id)
        return answer(models.Accepted(number=number), status=202)

    async def send_files(self, request: web.Request) -> web.Response:
        with ExitStack() as places:
            async with self._uploads.door(request):
                caller = await self._acting(request)
                person = caller.session.person
                places.enter_context(self._uploads.place(request, person))
            sent = UploadForm()
            await self._uploads.read(request, sent, lambda: None, lambda: self._talking.may_send(person))
            if not sent.files:
                raise Problem(422, "no-file")
            number = await self._talking.send_files(caller, sent.files, caption_of(sent), client_id(sent))
        return answer(models.Accepted(number=number), status=202)

    async def messages(self, request: web.Request) -> web.Response:
        after, seconds = number_in(request, "after"), number_in(request, "wait", most=LONGEST_WAIT)
        caller = await self._waiting(request)
        found = await self._after(request, caller, after, seconds)
        return web.json_response(composing.messages(found), dumps=dumps)

    async def _after(
        self, request: web.Request, caller: Caller, after: int, seconds: float
    ) -> Sequence[NumberedMessage]:
        person, clock = caller.session.person, asyncio.get_running_loop().time
        until = clock() + seconds
        with self._rooms.waiting(person) as grown:
            request[WAITS] = grown
            while True:
                found = await self._talking.after(caller.session, after)
                left = until - clock()
                if found or left <= 0 or self._rooms.closed or request.transport is None:
                    return found
                with self._rooms.streaming(person):
                    await wait(grown, min(left, HEARTBEAT))

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events; a browser that comes back says itself with Last-Event-ID what it has seen."""
        after = number_in(request, "after")
        seen = request.headers.get("Last-Event-ID", "")
        if NUMBER.fullmatch(seen):
            after = max(after, int(seen))
        caller = await self._waiting(request)
        person = caller.session.person
        with self._rooms.streaming(person), self._rooms.waiting(person) as grown:
            response = web.StreamResponse(headers={"X-Accel-Buffering": "no"})
            response.content_type = "text/event-stream"
            response.charset = "utf-8"
            await response.prepare(request)
            request[WAITS] = grown
            with suppress(ConnectionError):  # the browser is gone
                await self._stream(request, response, caller, after, grown)
            return response

    async def _stream(
        self, request: web.Request, response: web.StreamResponse, caller: Caller, after: int, grown: asyncio.Event
    ) -> None:
        clock = asyncio.get_running_loop().time
        until = clock() + STREAM_LASTS.total_seconds()
        await response.write(b"retry: 2000\n: here\n\n")
        while request.transport is not None and not self._rooms.closed and clock() < until:
            found = await self._still_after(caller, after)
            if found is None:
                return
            for numbered in found:
                after = numbered.number
                body = dumps(composing.message(numbered).model_dump(mode="json", by_alias=True))
                await response.write(f"id: {after}\nevent: message\ndata: {body}\n\n".encode())
            while not found and not await wait(grown, HEARTBEAT) and not self._rooms.closed:
                await response.write(b": still here\n\n")
                if clock() >= until:
                    return

    async def _waiting(self, request: web.Request) -> Caller:
        """Whose page it is that wants to wait."""
        async with self._rooms.looks:
            return await self._guard.known(request, "feed:thread")

    async def _still_after(self, caller: Caller, after: int) -> Sequence[NumberedMessage] | None:
        """What has come since, if it is still this person's browser: it may have left meanwhile, on this page or by a
        word in the chat, or have been joined to another person. Then None."""
        person = caller.session.person
        async with self._rooms.looks, self._deps.begin(self._deps.clock()) as work:
            who = await work.sessions.find(caller.token)
            if not isinstance(who, Session) or who.person != person:
                return None
            found = await work.threads.after(person, after)
        return await self._talking.live.shown(who, found)

    async def file(self, request: web.Request) -> web.Response:
        caller = await self._guard.known(request)
        session = caller.session
        id, page = request.match_info["id"], number_in(request, "page")
        async with self._deps.begin(self._deps.clock()) as work:
            file = await work.files.get(FileId(int(id))) if re.fullmatch(r"[0-9]{1,18}", id) else None
            if file is not None and file.person != session.person and session.asks_factor(work.now):
                raise Problem(403, "factor-first")
            if file is None or not await rulebook.may_open(session.actor, file, work):
                raise Problem(404, "no-such-file")
            try:
                content = await work.files.read(file.id)
            except NotReadable:
                raise Problem(404, "unreadable") from None
            named = self._deps.words.readable(session.language, await work.files.name(file.id))
            name = name_of(file.type, named)
            await work.commit()
        if page:
            return _page(pages_of(file.type, content), page)
        seen = file.type in ("image/jpeg", "image/png", "application/pdf") or is_recording(file.type)
        disposition = "inline" if seen else "attachment"
        headers = {"Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(name, safe='')}"}
        if file.type != "application/pdf":  # browsers show no PDF in a sandbox
            headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return _part(request, content, file.type, headers)

    async def openapi(self, request: web.Request) -> web.Response:
        return web.json_response(described(), dumps=dumps)

    async def _acting(self, request: web.Request) -> Caller:
        """Who asks for something to change, and means it."""
        caller = await self._guard.known(request)
        self._guard.wants_to_change(request, caller, request.headers.get(CSRF_HEADER))
        return caller


def _page(pages: Sequence[bytes], page: int) -> web.Response:
    """One page of a paper as a picture, and how many there are: a browser can turn and enlarge a picture."""
    if page > len(pages):
        raise Problem(404, "no-such-file")
    headers = {"X-Pages": str(len(pages)), "Content-Security-Policy": "default-src 'none'; sandbox"}
    return web.Response(body=pages[page - 1], content_type="image/jpeg", headers=headers)


def _part(request: web.Request, content: bytes, type: str, headers: dict[str, str]) -> web.Response:
    """A file, or the piece of it that was asked for: some browsers play a recording piece by piece only."""
    headers["Accept-Ranges"] = "bytes"
    size = len(content)
    try:
        first, end, _ = request.http_range.indices(size)
    except ValueError:
        first, end = size, size
    if (first, end) == (0, size):
        return web.Response(body=content, content_type=type, headers=headers)
    if first >= end:
        return web.Response(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    return web.Response(status=206, body=content[first:end], content_type=type, headers=headers)


async def parsed(request: web.Request, adapter: TypeAdapter[T]) -> T:
    """The body, as the model says; `Problem` otherwise."""
    if request.content_type != "application/json":
        raise Problem(415, "not-json")
    body = await request.read()
    try:
        return adapter.validate_json(body)
    except ValidationError as error:
        kinds = {each["type"] for each in error.errors(include_input=False, include_url=False)}
    if "json_invalid" in kinds:
        raise Problem(400, "not-json")
    raise Problem(422, "too-long" if "string_too_long" in kinds else "not-valid")


def number_in(request: web.Request, name: str, *, most: int = 999_999_999) -> int:
    """A whole number among the query's, 0 if it is not given."""
    given = request.query.get(name, "0")
    if not NUMBER.fullmatch(given) or int(given) > most:
        raise Problem(422, "not-valid")
    return int(given)


def client_id(sent: UploadForm) -> str | None:
    id = sent.fields.get("id") or None
    if id is not None and not re.fullmatch(r"[\x21-\x7e]{1,64}", id):
        raise Problem(422, "not-valid")
    return id


def caption_of(sent: UploadForm) -> str:
    caption = sent.fields.get("caption", "").strip()
    if len(caption) > models.LONGEST_TYPED:
        raise Problem(422, "too-long")
    return caption


def answer(given: models.Given, *, status: int = 200) -> web.Response:
    return web.json_response(given.model_dump(mode="json", by_alias=True), status=status, dumps=dumps)


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def otpauth(secret: str) -> str:
    """What an application that shows codes reads from a QR code. It names no person."""
    return f"otpauth://totp/Zviazok?secret={secret}&issuer=Zviazok"
