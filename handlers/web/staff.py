"""The pages of staff: from an invitation to a role, the second factor, the board."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

import segno
from aiohttp import web
from markupsafe import Markup
from multidict import MultiMapping

from casework import rulebook
from casework.board import View
from casework.booking.desk import Day, Expected
from casework.cases.queue import ALL
from casework.centers import KYIV
from casework.letters import OnDay, Say, say
from casework.sessions import INVITE_LASTS, Enrolment, Session
from handlers.web.api import otpauth
from handlers.web.asking import asking, network_of
from handlers.web.guard import Caller, Guard
from handlers.web.incoming import field, said_in
from handlers.web.listening import Talking
from handlers.web.page import HELD
from handlers.web.ports import Deps
from handlers.web.problems import Problem
from handlers.web.views import Views

ASKING = ("/board", "/day", "/audit")
"""Pages that show families or colleagues, and ask for the code before."""


class StaffPages:
    def __init__(self, deps: Deps, guard: Guard, talking: Talking, views: Views) -> None:
        self._deps, self._guard, self._talking, self._views = deps, guard, talking, views

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/staff", self.about),
            web.get("/invite", self.invitation),
            web.post("/invite", self.use_invitation),
            web.get("/enrol", self.enrolment),
            web.post("/enrol", self.begin_enrolment),
            web.post("/factor", self.factor),
            web.get("/board", self.board),
            web.get("/board/fragment", self.fragment),
            web.get("/day", self.day),
        ]

    async def about(self, request: web.Request) -> web.Response:
        """How staff begin; and the code's form, for those who are to go on `to` a page that asked for it."""
        held = {"to": to} if (to := request.query.get("to", "")[:300]) else {}
        return self._views.page(request, "staff", await self._guard.caller(request), held=held)

    async def invitation(self, request: web.Request) -> web.Response:
        """Opening the link uses nothing up: link previews and scanners open links too. The code is in the fragment,
        which browsers send to nobody."""
        return self._views.page(request, "invite", problem=None)

    async def use_invitation(self, request: web.Request) -> web.Response:
        self._guard.from_here(request)
        self._talking.invitations.pass_through(network_of(asking(request, self._deps.trusted_proxies)))
        form = await request.post()
        code, word = field(form, "code").strip().rpartition("#")[2], field(form, "word").strip()
        try:
            token, _ = await self._talking.invited(f"{code[:180]}.{word[:20]}")
        except Problem as problem:
            return self._views.page(request, "invite", status=problem.status, problem=problem)
        response = web.HTTPSeeOther("/enrol")
        self._guard.remember(response, token, lasts=INVITE_LASTS.total_seconds())
        raise response

    async def enrolment(self, request: web.Request) -> web.Response:
        return self._enrol(request, await self._enrolling(request))

    def _enrol(
        self,
        request: web.Request,
        caller: Caller,
        *,
        status: int = 200,
        secret: str | None = None,
        problem: Problem | None = None,
        name: str = "",
    ) -> web.Response:
        assert isinstance(caller.who, Enrolment)  # noqa: S101  `_enrolling` sees to it
        return self._views.page(
            request,
            "enrol",
            caller,
            status=status,
            known=caller.who.known,
            shown=caller.who.shown,
            secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)) if secret else None,
            uri=otpauth(secret) if secret else None,
            picture=Markup(_picture(secret)) if secret else None,  # noqa: S704  drawn by segno from our own secret
            problem=problem,
            unnamed=not caller.who.named,
            own_name=name,
        )

    async def begin_enrolment(self, request: web.Request) -> web.Response:
        """The secret, in the answer to a press and never again."""
        caller = await self._enrolling(request)
        form = await request.post()
        self._guard.wants_to_change(request, caller, field(form, "csrf"))
        assert isinstance(caller.who, Enrolment)  # noqa: S101  `_enrolling` sees to it
        try:
            secret = await self._talking.secret(caller.who)
        except Problem as problem:
            return self._enrol(request, caller, status=problem.status, problem=problem)
        return self._enrol(request, caller, secret=secret)

    async def factor(self, request: web.Request) -> web.Response:
        """A code: begins the role after an invitation, renews the second factor in a session."""
        caller = await self._guard.known(request)
        form = await request.post()
        self._guard.wants_to_change(request, caller, field(form, "csrf"))
        try:
            token = await self._talking.factor(caller, field(form, "totp")[:20], field(form, "name")[:120])
        except Problem as problem:
            if isinstance(caller.who, Enrolment):
                return self._enrol(
                    request, caller, status=problem.status, problem=problem, name=field(form, "name")[:120]
                )
            held = {name: form_field for name in (*HELD, "to") if (form_field := field(form, name))}
            return self._views.page(request, "staff", caller, status=problem.status, problem=problem, held=held)
        response = web.HTTPSeeOther(await self._goes_on(caller, form))
        self._guard.remember(response, token)
        raise response

    async def _goes_on(self, caller: Caller, form: MultiMapping[Any]) -> str:
        """What was said before the code was asked for is said now; where the page that was asked for is."""
        fields = {name: field(form, name) for name in HELD}
        if isinstance(caller.who, Session) and (fields["choice"] or fields["text"].strip()):
            again = await self._guard.again(caller)
            return f"/#m{await self._talking.say(again, said_in(fields), fields['id'][:64] or None)}"
        to = urlsplit(field(form, "to"))
        return f"{to.path}?{to.query}" if to.path in ASKING and not (to.scheme or to.netloc) else "/"

    async def board(self, request: web.Request) -> web.Response:
        return await self._board(request, "board")

    async def fragment(self, request: web.Request) -> web.Response:
        """The board alone, for the script that puts it beside the chat."""
        return await self._board(request, "board-sections")

    async def _board(self, request: web.Request, template: str) -> web.Response:
        caller = await self._guard.known(request, "page:board")
        session = caller.session
        async with self._deps.begin(self._deps.clock()) as work:
            sections = await self._deps.board(session.actor, work, viewed(request))
            await work.commit()
        return self._views.page(request, template, caller, sections=sections)

    async def day(self, request: web.Request) -> web.Response:
        """A day's sheet for the wall or the door: when, whom with, and as little of anybody as will do."""
        caller = await self._guard.known(request, "print:day")
        session = caller.session
        now = self._deps.clock()
        try:
            on = date.fromisoformat(request.query.get("on", ""))
        except ValueError:
            on = now.astimezone(KYIV).date()
        async with self._deps.begin(now) as work:
            expected = await rulebook.answer(Day(on), session.actor, work)
            await work.commit()
        lines = [
            (visit, initials(one.name), _specialist(one), Say(f"visit-means.{visit.means}"))
            for one in expected
            if (visit := one.appointment).stands
        ]
        return self._views.page(request, "day", caller, on=OnDay(on), lines=lines)

    async def _enrolling(self, request: web.Request) -> Caller:
        caller = await self._guard.known(request)
        if not isinstance(caller.who, Enrolment):
            raise web.HTTPSeeOther("/")
        return caller


def _specialist(one: Expected) -> Say:
    """The structure; where the day has two of it, with the number of the one: no name of staff hangs on a wall."""
    who = Say(f"specialist.{one.appointment.structure}")
    number = str(one.appointment.specialist)
    return say("specialist-who", who=who, name=number) if one.who else who


def initials(name: str) -> str:
    """The surname and the first letters of the rest."""
    surname, *rest = name.split() or [name]
    return " ".join([surname, *(f"{part[0]}." for part in rest)])


def viewed(request: web.Request) -> View:
    """What of the queue an address names: "/board?of=mine&page=2"."""
    page = request.query.get("page", "")
    wanted = int(page) if page.isascii() and page.isdecimal() and 0 < len(page) < 5 else 1
    return View(request.query.get("of", ALL)[:40], max(wanted, 1))


def _picture(secret: str) -> Any:
    """The QR code of a secret, as SVG; dark on white in every colour scheme, or telephones do not read it."""
    return segno.make(otpauth(secret), error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", omitsize=True
    )
