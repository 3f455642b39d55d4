"""Whether the service lives, is ready, and how it fares: for whoever runs it."""

import hmac
from time import perf_counter

from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

from casework.work import Unavailable
from handlers.web.asking import asking
from handlers.web.ports import Deps
from handlers.web.problems import Problem

REQUESTS = Counter("zviazok_web_requests", "Requests to the page, by route and status", ["method", "route", "status"])
SECONDS = Histogram("zviazok_web_seconds", "Time to answer, by route; streams and long polls aside", ["route"])
WAITING = ("/api/events", "/api/messages")


class Health:
    def __init__(self, deps: Deps) -> None:
        self._deps = deps

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/health/live", self.live),
            web.get("/health/ready", self.ready),
            web.get("/metrics", self.metrics),
        ]

    async def live(self, request: web.Request) -> web.Response:
        return web.json_response({"live": True})

    async def ready(self, request: web.Request) -> web.Response:
        """Ready while the database answers, and keeps what it is given; rows that somebody altered are counted."""
        try:
            async with self._deps.begin(self._deps.clock()) as work:
                await work.sessions.find("")
                broken = work.broken_rows
                if work.lacks_room:
                    return web.json_response({"ready": False, "why": "the database's disk is full"}, status=503)
        except Unavailable:
            return web.json_response({"ready": False, "why": "the database is away"}, status=503)
        return web.json_response({"ready": True, "broken_rows": broken} if broken else {"ready": True})

    async def metrics(self, request: web.Request) -> web.Response:
        if not self._may_read(request):
            raise Problem(403, "not-yours")
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _may_read(self, request: web.Request) -> bool:
        """With the token; or, where there is none, from this machine itself and not through a proxy on it."""
        token = self._deps.metrics_token
        if token is not None:
            given = request.headers.get("Authorization", "").removeprefix("Bearer ")
            return hmac.compare_digest(given.encode(), token.encode())
        forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
        address = asking(request, ())
        return address is not None and address.is_loopback and not forwarded


@web.middleware
async def counted(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Counts by route, never by address or path: a path may hold an id."""
    began, status = perf_counter(), 500
    resource = request.match_info.route.resource
    route = resource.canonical if resource is not None else "none"
    try:
        response = await handler(request)
        status = response.status
        return response
    finally:
        method = request.method if request.method in ("GET", "POST", "DELETE") else "other"
        REQUESTS.labels(method, route, str(status)).inc()
        if route not in WAITING:
            SECONDS.labels(route).observe(perf_counter() - began)
