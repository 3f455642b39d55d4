"""The audit on the page: pages of it, narrowed by plain forms, and the whole as a file."""

import csv
import io
from datetime import date
from urllib.parse import urlencode

from aiohttp import web

from casework import rulebook
from casework.ids import StaffId
from casework.letters import Say
from casework.numbers import ReportNumber, parse_number
from casework.refusal import Refusal
from casework.staff.record import A_PAGE, HowAllAreTrusted, Narrow, Record, RecordLine, WholeRecord
from handlers.web.guard import Guard, language_of
from handlers.web.ports import Deps
from handlers.web.problems import Problem
from handlers.web.views import Views

FIELDS = ("number", "relative", "member", "first", "last")


class AuditPages:
    def __init__(self, deps: Deps, guard: Guard, views: Views) -> None:
        self._deps, self._guard, self._views = deps, guard, views

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/audit", self.show), web.get("/audit.csv", self.file)]

    async def show(self, request: web.Request) -> web.Response:
        """One page. A number that is none is told, and nothing else is shown."""
        caller = await self._guard.known(request, "page:audit")
        page = _page(request.query.get("page", ""))
        query = Record(narrowed(request), (page - 1) * A_PAGE, A_PAGE)
        async with self._deps.begin(self._deps.clock()) as work:
            try:
                found = await rulebook.answer(query, caller.session.actor, work)
            except Refusal as refusal:
                raise Problem(404, "not-valid", say=refusal.say) from None
            members = await rulebook.answer(HowAllAreTrusted(), caller.session.actor, work)
            await work.commit()
        asked = {name: request.query.get(name, "") for name in FIELDS}
        return self._views.page(
            request,
            "audit",
            caller,
            found=found,
            asked=asked,
            members=members,
            page=page,
            pages=max(-(-found.lines_in_all // A_PAGE), 1),
            query=urlencode({name: value for name, value in asked.items() if value}),
            what=lambda line: Say("audit-what", {"what": line.what}),
        )

    async def file(self, request: web.Request) -> web.Response:
        """All rows that the form asks for, as CSV in UTF-8 with a mark at its beginning, by which spreadsheets know."""
        caller = await self._guard.known(request, "page:audit")
        async with self._deps.begin(self._deps.clock()) as work:
            try:
                lines = await rulebook.answer(WholeRecord(narrowed(request)), caller.session.actor, work)
            except Refusal as refusal:
                raise Problem(404, "not-valid", say=refusal.say) from None
            await work.commit()
        headers = {"Content-Disposition": 'attachment; filename="audit.csv"', "Cache-Control": "no-store"}
        text = self._written(lines, language_of(request))
        return web.Response(body=text.encode("utf-8-sig"), content_type="text/csv", charset="utf-8", headers=headers)

    def _written(self, lines: tuple[RecordLine, ...], language: str) -> str:
        file = io.StringIO()
        rows = csv.writer(file)
        heads = ("at", "who", "what", "where", "report", "cases")
        rows.writerow([self._deps.words.say(language, Say(f"web-audit.{head}")) for head in heads])
        for line in lines:
            what = self._deps.words.say(language, Say("audit-what", {"what": line.what}))
            number = str(line.number) if line.number else ""
            cells = (
                line.at.isoformat(),
                self._deps.words.readable(language, line.who, staff=True),
                what,
                line.channel,
                number,
                line.cases or "",
            )
            rows.writerow([_harmless(cell) for cell in cells])
        return file.getvalue()


def _harmless(cell: str | int) -> str | int:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") else cell


def narrowed(request: web.Request) -> Narrow:
    """What the form asks for; `Problem` where a field says nothing that can be read."""
    asked = {name: request.query.get(name, "").strip() for name in FIELDS}
    try:
        return Narrow(
            _number(asked["number"]),
            _number(asked["relative"]),
            StaffId(int(asked["member"])) if asked["member"] else None,
            date.fromisoformat(asked["first"]) if asked["first"] else None,
            date.fromisoformat(asked["last"]) if asked["last"] else None,
        )
    except ValueError:
        raise Problem(422, "not-valid") from None


def _number(text: str) -> ReportNumber | None:
    number = parse_number(text) if text else None
    if number is not None and not isinstance(number, ReportNumber):
        raise Problem(422, "not-valid", say=Say(number.reason, dict(number.args)))
    return number


def _page(given: str) -> int:
    return max(int(given), 1) if given.isascii() and given.isdecimal() and len(given) < 8 else 1
