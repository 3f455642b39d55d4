"""The web application, put together: routes, and what every answer goes through."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from urllib.parse import urlencode

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from casework.audit import NotRecorded
from casework.unreadable import NotReadable
from casework.work import Unavailable
from handlers.desk import where
from handlers.rate_limits import Rate, RateLimiter
from handlers.web import models
from handlers.web.api import WebApi, answer
from handlers.web.asking import is_behind_unnamed_proxy
from handlers.web.audit import AuditPages
from handlers.web.cards import Cards
from handlers.web.guard import Guard, language_of
from handlers.web.health import Health, counted
from handlers.web.inquiries import InquiryLetters
from handlers.web.listening import Talking
from handlers.web.page import Page
from handlers.web.ports import Deps
from handlers.web.problems import Problem
from handlers.web.rooms import Rooms
from handlers.web.staff import StaffPages
from handlers.web.uploads import Uploads
from handlers.web.views import Views

log = structlog.get_logger()

LARGEST_BODY = 256 * 1024
"""Bytes of a form or of JSON; files are read piece by piece, with a limit of their own."""

REQUEST_ID = web.RequestKey("request_id", str)
AWAY = timedelta(seconds=5)
STATUSES = {404: "no-such-page", 405: "no-such-page", 413: "too-long"}

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def empty() -> web.Application:
    """An application without a route yet. Serve it without an access log: addresses are personal."""
    return web.Application(client_max_size=LARGEST_BODY)


def build(deps: Deps) -> web.Application:
    """The page alone."""
    app = empty()
    furnish(app, deps)
    return app


def furnish(app: web.Application, deps: Deps) -> None:
    """Put in the page, its HTTP interface, health and metrics, and what every answer goes through."""
    guard, rooms = Guard(deps), Rooms(deps.limits.streams)
    talking, uploads, views = Talking(deps, rooms), Uploads(deps.trusted_proxies), Views(deps)
    app.middlewares.extend([counted, _numbered, _warned(deps), _problems(views, guard)])
    app.add_routes(Health(deps).routes())
    app.add_routes(WebApi(deps, guard, talking, rooms, uploads).routes())
    app.add_routes(Page(deps, guard, talking, uploads, views).routes())
    app.add_routes(Cards(deps, guard, talking, views).routes())
    app.add_routes(InquiryLetters(deps, guard, talking, views).routes())
    app.add_routes(AuditPages(deps, guard, views).routes())
    app.add_routes(StaffPages(deps, guard, talking, views).routes())
    app.add_routes(views.static.routes())

    async def woken(app: web.Application) -> AsyncIterator[None]:
        async with deps.woken(rooms.wake):
            yield

    async def stopping(app: web.Application) -> None:
        rooms.close()

    app.on_response_prepare.append(_dressing(deps))
    app.cleanup_ctx.append(woken)
    app.on_shutdown.append(stopping)


def _warned(deps: Deps) -> Middleware:
    """Says while it happens, once an hour, that a proxy makes all families one address."""
    told = RateLimiter(Rate(1, timedelta(hours=1)), deps.clock)

    @web.middleware
    async def warned(request: web.Request, handler: Handler) -> web.StreamResponse:
        if is_behind_unnamed_proxy(request, deps.trusted_proxies) and told.wait("proxy") is None:
            log.warning(
                "a proxy that TRUSTED_PROXIES does not name passes requests on: all families count as one address",
                remedy="set TRUSTED_PROXIES to where its connections come from, see docs/deploy.md",
            )
        return await handler(request)

    return warned


@web.middleware
async def _numbered(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Each request has an id, which its errors in the log carry: no other trace is kept of who asked for what."""
    request[REQUEST_ID] = secrets.token_hex(8)
    return await handler(request)


def _dressing(deps: Deps) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """What every answer carries, streams too."""

    async def dress(request: web.Request, response: web.StreamResponse) -> None:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-Id"] = request.get(REQUEST_ID, "")
        if deps.secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"

    return dress


def _problems(views: Views, guard: Guard) -> Middleware:
    """Every error becomes words: JSON for the interface, a page for people."""

    @web.middleware
    async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except Problem as problem:
            return _told(request, problem, views, guard)
        except Unavailable:
            return _told(request, Problem(503, "away", retry_after=AWAY), views, guard)
        except NotRecorded as error:
            log.error("a look could not be recorded, and nothing was shown", **where(error))
            return _told(request, Problem(503, "not-recorded", retry_after=AWAY), views, guard)
        except NotReadable as broken:
            return _told(request, Problem(500, "unreadable", say=broken.say), views, guard)
        except web.HTTPException as error:
            if error.status < 400:
                raise
            return _told(request, Problem(error.status, STATUSES.get(error.status, "not-valid")), views, guard)
        except ConnectionError:
            raise
        except Exception as error:
            log.error("a request failed", request=request.get(REQUEST_ID), **where(error))
            return _told(request, Problem(500, "ours"), views, guard)

    return problems


def _told(request: web.Request, problem: Problem, views: Views, guard: Guard) -> web.Response:
    if request.path.startswith("/api/"):
        words = views.words.say(language_of(request), problem.say)
        body = models.Error(error=models.ErrorWords(code=problem.code, message=words))
        response = answer(body, status=problem.status)
    elif problem.code == "factor-first":
        response = web.Response(status=303, headers={"Location": f"/staff?{urlencode({'to': request.path_qs})}"})
    elif problem.code == "no-session":
        response = web.Response(status=303, headers={"Location": "/"})
    else:
        response = views.page(request, "problem", status=problem.status, problem=problem)
    if problem.seconds is not None:
        response.headers["Retry-After"] = str(problem.seconds)
    if problem.code == "no-session":
        guard.forget(response)
    return response
