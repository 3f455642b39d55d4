"""What a family can print: its reports' numbers, the receipt of an erasure."""

import asyncio

from aiohttp import web

from casework.erasing import receipt
from casework.numbers import parse_number
from casework.people import ERASE_AFTER
from casework.registering import MyReport, own_or_staff
from casework.values import Unclear
from handlers.web.guard import Guard, language_of, permitted
from handlers.web.listening import Talking
from handlers.web.ports import Deps
from handlers.web.printing import Card, draw, draw_text
from handlers.web.problems import Problem
from handlers.web.views import Views


class Cards:
    def __init__(self, deps: Deps, guard: Guard, talking: Talking, views: Views) -> None:
        self._deps, self._guard, self._talking, self._views = deps, guard, talking, views

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/cards", self.all),
            web.get("/cards/{number}", self.one),
            web.get("/receipt.pdf", self.receipt),
        ]

    async def all(self, request: web.Request) -> web.Response:
        caller = await self._guard.known(request)
        async with self._deps.begin(self._deps.clock()) as work:
            numbers = [report.number for report in await work.reports.of(caller.session.person)]
        return self._views.page(request, "cards", caller, numbers=numbers)

    async def one(self, request: web.Request) -> web.Response:
        """One of the person's own, as a PDF. To draw it is work like answering a message, and counts as one."""
        caller = await self._guard.known(request)
        person = caller.session.person
        self._talking.messages.pass_through(person)
        number = parse_number(request.match_info["number"])
        if isinstance(number, Unclear):
            raise Problem(404, "no-such-file")
        async with self._deps.begin(self._deps.clock()) as work:
            await permitted("print:card", caller.session.actor, work, MyReport(number), status=404)
            report = await own_or_staff(number, caller.session.actor, work)
            center = await work.centers.get(report.center)
            hours = f"{center.opens:%H:%M}", f"{center.closes:%H:%M}"
            card = Card(str(report.number), center.phone, hours, work.page)
        content = await asyncio.to_thread(draw, card, self._views.words, language_of(request), self._deps.clock())
        # The file's name stays in the list of what was downloaded, and says nothing either.
        headers = {"Content-Disposition": 'inline; filename="card.pdf"'}
        return web.Response(body=content, content_type="application/pdf", headers=headers)

    async def receipt(self, request: web.Request) -> web.Response:
        """The receipt of an erasure that the person has asked for, until it is done."""
        caller = await self._guard.known(request)
        person = caller.session.person
        self._talking.messages.pass_through(person)
        async with self._deps.begin(self._deps.clock()) as work:
            await permitted("print:receipt", caller.session.actor, work, status=404)
            here = await work.people.get(person)
            if here.erase_at is None or await work.endings.held(person):
                raise Problem(404, "no-such-file")
            number = await work.erasing.receipt(person)
        asked = here.erase_at - ERASE_AFTER
        says = receipt(number, asked, here.erase_at, here.profile.zone)
        words, language = self._views.words, language_of(request)
        content = await asyncio.to_thread(draw_text, "receipt-title", says, words, language, self._deps.clock())
        headers = {"Content-Disposition": 'inline; filename="receipt.pdf"', "Cache-Control": "no-store"}
        return web.Response(body=content, content_type="application/pdf", headers=headers)
