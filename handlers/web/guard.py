"""Whose browser it is, and whether the browser means it.

A session is shown as a bearer token, or as a cookie; a cookie is sent by a browser whoever made it ask, so what changes
anything with a cookie must come from our own page and carry a token that only our page knows.

The cookie is SameSite=Lax, not Strict: a family opens the page by a link in a messenger's web client, and with Strict
would be met there as strangers and begin anew.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import web

from casework import rulebook
from casework.actor import Actor
from casework.refusal import Refusal
from casework.sessions import SESSION_LASTS, Enrolment, Session
from casework.work import Work
from dialogs.words import language_for
from handlers.web.ports import Deps
from handlers.web.problems import Problem

LANGUAGE: Final = web.RequestKey("language", str)
CSRF_HEADER: Final = "X-CSRF-Token"
_LENGTH: Final = 24


@dataclass(frozen=True, slots=True)
class Caller:
    """A browser that is known."""

    token: str
    who: Session | Enrolment
    by_cookie: bool

    @property
    def session(self) -> Session:
        """The session; `Problem` where this browser has only used an invitation so far."""
        if not isinstance(self.who, Session):
            raise Problem(403, "enrol-first")
        return self.who

    @property
    def csrf(self) -> str:
        """The token that our page's forms carry: only who knows the session's token can make it. Masked anew each time:
        the page is compressed, and its length must not tell what stands in it (BREACH)."""
        mask = secrets.token_bytes(_LENGTH)
        return urlsafe_b64encode(mask + _xor(mask, self._own)).decode()

    def made(self, token: str) -> bool:
        """Is this one that `csrf` has given?"""
        try:
            given = urlsafe_b64decode(token.encode())
        except ValueError:
            return False
        mask, masked = given[:_LENGTH], given[_LENGTH:]
        return len(masked) == _LENGTH and hmac.compare_digest(_xor(mask, masked), self._own)

    @property
    def _own(self) -> bytes:
        return hmac.digest(self.token.encode(), b"csrf", sha256)[:_LENGTH]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


@dataclass(frozen=True)
class Guard:
    deps: Deps

    @property
    def cookie(self) -> str:
        return "__Host-session" if self.deps.secure else "session"

    async def caller(self, request: web.Request, thing: str = "") -> Caller | None:
        """Who asks, if they are known. Sets the request's language to theirs. `thing` is what they want, as the access
        table calls it ("print:day"): `Problem` where it is not theirs."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        by_cookie = scheme.lower() != "bearer"
        token = request.cookies.get(self.cookie, "") if by_cookie else token.strip()
        if not token or len(token) > 100 or not token.isascii():
            return None
        async with self.deps.begin(self.deps.clock()) as work:
            who = await work.sessions.find(token)
            if who is not None:
                request[LANGUAGE] = who.language
            if thing and isinstance(who, Session):
                await permitted(thing, who.actor, work)
            await work.commit()
        if who is None:
            return None
        return Caller(token, who, by_cookie)

    async def again(self, caller: Caller) -> Caller:
        """The same browser as it is now, after its member has given a code."""
        async with self.deps.begin(self.deps.clock()) as work:
            who = await work.sessions.find(caller.token)
        return caller if who is None else replace(caller, who=who)

    async def known(self, request: web.Request, thing: str = "") -> Caller:
        """As `caller`, of somebody who must be known: `Problem` otherwise."""
        caller = await self.caller(request, thing)
        if caller is None:
            raise Problem(401, "no-session")
        return caller

    def wants_to_change(self, request: web.Request, caller: Caller | None, token: str | None) -> None:
        """What changes anything and was asked for by cookie comes from our page: `Problem` otherwise.

        `token` is the form's, or the header's. Without a session (`caller` None) only the origin is judged.
        """
        if caller is not None and not caller.by_cookie:
            return
        self.from_here(request)
        if caller is not None and not caller.made(token or ""):
            raise Problem(403, "not-from-here")

    def from_here(self, request: web.Request) -> None:
        """Browsers say where a request comes from; old ones do not, and programs need not."""
        site = request.headers.get("Sec-Fetch-Site")
        if site is not None and site not in ("same-origin", "none"):
            raise Problem(403, "not-from-here")
        origin = request.headers.get("Origin")
        # Under our Referrer-Policy a browser names our own forms' origin "null"; then the form's token decides.
        if site is None and origin is not None and origin != "null" and origin not in self._own(request):
            raise Problem(403, "not-from-here")

    def _own(self, request: web.Request) -> tuple[str, ...]:
        here = f"{request.scheme}://{request.host}"
        if self.deps.public_url is None:
            return (here,)
        parts = urlsplit(self.deps.public_url)
        return (here, f"{parts.scheme}://{parts.netloc}")

    def remember(self, response: web.StreamResponse, token: str, *, lasts: float | None = None) -> None:
        """Let the browser keep the token."""
        response.set_cookie(
            self.cookie,
            token,
            max_age=int(lasts if lasts is not None else SESSION_LASTS.total_seconds()),
            httponly=True,
            secure=self.deps.secure,
            samesite="Lax",
            path="/",
        )

    def forget(self, response: web.StreamResponse) -> None:
        response.del_cookie(self.cookie, path="/", secure=self.deps.secure, httponly=True, samesite="Lax")


async def permitted(thing: str, actor: Actor, work: Work, asked: Any = None, *, status: int = 403) -> None:
    """`Problem` unless the access table lets them have it; `asked` names what it is about."""
    try:
        await rulebook.permit(thing, actor, work, asked)
    except Refusal as refusal:
        if refusal.say.name == "staff-factor-needed":
            raise Problem(403, "factor-first") from None
        code = "not-staff" if actor.staff is None else "not-yours"
        raise Problem(status, code if status == 403 else "no-such-file") from None


def language_of(request: web.Request) -> str:
    """The language to answer in: the person's, or the browser's first."""
    known: str | None = request.get(LANGUAGE)
    if known is not None:
        return known
    return language_for(request.headers.get("Accept-Language", "").split(",")[0].strip())
