"""The letter of an inquiry, as a PDF on the center's letterhead: staff send it by their own means."""

import asyncio

from aiohttp import web

from casework import rulebook
from casework.ids import InquiryId
from casework.inquiries.asking import OpenInquiry
from casework.refusal import Refusal
from handlers.web.guard import Guard, permitted
from handlers.web.listening import Talking
from handlers.web.ports import Deps
from handlers.web.printing import draw_text
from handlers.web.problems import Problem
from handlers.web.views import Views

LANGUAGE = "uk"
"""Bodies are written to in the language of the state, whatever the member reads."""


class InquiryLetters:
    def __init__(self, deps: Deps, guard: Guard, talking: Talking, views: Views) -> None:
        self._deps, self._guard, self._talking, self._views = deps, guard, talking, views

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/inquiries/{id:[0-9]{1,18}}.pdf", self.one)]

    async def one(self, request: web.Request) -> web.Response:
        """To draw it is work like answering a message, and counts as one. Without the relative's consent, as it is at
        this moment, there is no letter."""
        caller = await self._guard.known(request)
        self._talking.messages.pass_through(caller.session.person)
        query = OpenInquiry(InquiryId(int(request.match_info["id"])))
        async with self._deps.begin(self._deps.clock()) as work:
            await permitted("print:inquiry", caller.session.actor, work, query, status=404)
            try:
                shown = await rulebook.answer(query, caller.session.actor, work)
            except Refusal:
                raise Problem(404, "no-such-file") from None
            await work.commit()
        if not shown.text:
            raise Problem(404, "no-such-file")
        now, words = self._deps.clock(), self._views.words
        content = await asyncio.to_thread(draw_text, "inquiry-title", shown.text, words, LANGUAGE, now, shown.head)
        headers = {"Content-Disposition": 'inline; filename="inquiry.pdf"', "Cache-Control": "no-store"}
        return web.Response(body=content, content_type="application/pdf", headers=headers)
