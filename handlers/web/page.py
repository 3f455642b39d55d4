"""The page: plain forms that work without scripts; the script only makes them quicker."""

from collections.abc import Mapping
from contextlib import ExitStack
from uuid import uuid4

from aiohttp import web
from multidict import MultiMapping

from casework import rulebook
from casework.board import View
from casework.centers import KYIV
from casework.files import LARGEST_FILE
from casework.letters import Say
from casework.people import ChooseLanguage
from casework.sessions import Enrolment
from dialogs.said import Text
from dialogs.words import LANGUAGES, language_for
from handlers.web import composing
from handlers.web.asking import asking, network_of
from handlers.web.guard import LANGUAGE, Caller, Guard, language_of
from handlers.web.incoming import caption_in, field, said_in
from handlers.web.listening import Talking
from handlers.web.marking import KNOWN, short_lines
from handlers.web.models import LONGEST_TYPED
from handlers.web.ports import Deps
from handlers.web.problems import Problem
from handlers.web.uploads import MOST_FILES, UploadForm, Uploads
from handlers.web.views import Views

ON_A_PAGE = 50
ON_A_LONG_PAGE = 500
"""Messages on a page, and on one that shows the earlier ones too."""

HELD = ("id", "choice", "ticked", "ticks", "text")
"""Fields of what was said, which stand in the form of the code until it is given."""

VOICES = {"service": "web-chat-service", "staff": "web-chat-staff", "you": "web-chat-you"}
WORDS_FOR_SCRIPT = {
    **VOICES,
    "again": "web-chat-again",
    "sending": "web-chat-sending",
    "take-back": "web-chat-take-back",
    "lost": "web-chat-lost",
    "place-no": "web-chat-place-no",
    "place-wait": "web-chat-place-wait",
    "coming": "web-chat-coming",
    "several": "web-chat-several",
    "print": "web-held-print",
    "copy": "web-held-copy",
    "copied": "web-held-copied",
}
"""What the script says, as data attributes of the thread."""

WORDS_FOR_PAPERS = {
    "paper": "web-papers-paper",
    "page": "web-papers-page",
    "coming": "web-chat-coming",
    "failed": "web-papers-failed",
}
"""What the script that shows papers says, as data attributes of their panel."""

PRIVACY = (
    ("web-privacy-who", "web-privacy-who-text"),
    ("web-privacy-what", "web-privacy-what-text"),
    ("web-privacy-why", "web-privacy-why-text"),
    ("web-privacy-seen", "web-privacy-seen-text"),
    ("web-privacy-given", "web-privacy-given-text"),
    ("web-privacy-long", "web-privacy-long-text"),
    ("web-privacy-where", "web-privacy-where-text"),
    ("web-privacy-rights", "web-privacy-rights-text"),
    ("web-privacy-device", "web-privacy-device-text"),
)


class Page:
    def __init__(self, deps: Deps, guard: Guard, talking: Talking, uploads: Uploads, views: Views) -> None:
        self._deps, self._guard, self._talking, self._uploads, self._views = deps, guard, talking, uploads, views

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self.show),
            web.post("/begin", self.begin),
            web.get("/join", self.joining),
            web.post("/join", self.join),
            web.post("/say", self.say),
            web.post("/language", self.language),
            web.get("/leave", self.leaving),
            web.post("/leave", self.leave),
            web.get("/privacy", self.privacy),
        ]

    async def show(self, request: web.Request) -> web.Response:
        caller = await self._guard.caller(request)
        if caller is None:
            farewell, short = await self._farewell(request.query.get("left"))
            response = self._views.page(request, "first", short=short, farewell=farewell)
            if self._guard.cookie in request.cookies:
                self._guard.forget(response)
            return response
        if isinstance(caller.who, Enrolment):
            raise web.HTTPSeeOther("/enrol")
        response = await self._chat(request, caller)
        if caller.by_cookie:
            self._guard.remember(response, caller.token)
        return response

    async def _farewell(self, left: str | None) -> tuple[Say | None, tuple[str, ...]]:
        """What is said to whoever has just left, or has not agreed: they have no thread any more to read it in; with
        the known lines of few digits."""
        if left == "left":
            return Say("web-left-then"), KNOWN
        if left != "declined":
            return None, KNOWN
        async with self._deps.begin(self._deps.clock()) as work:
            lines = {line.name: line.phone for line in await work.centers.lines()}
        return Say("web-left-declined", {"phone": lines["headquarters"]}), short_lines(lines.values())

    async def _chat(
        self,
        request: web.Request,
        caller: Caller,
        *,
        status: int = 200,
        kept: str = "",
        held: Mapping[str, str] | None = None,
        problem: Problem | None = None,
    ) -> web.Response:
        """The conversation; `kept` is what was written and could not be taken, with the `problem`; `held` what a member
        of staff said, which goes on once they have given their code."""
        session, now = caller.session, self._deps.clock()
        count = ON_A_LONG_PAGE if "all" in request.query else ON_A_PAGE
        sections = None
        async with self._deps.begin(now) as work:
            latest = await work.threads.latest(session.person, count)
            short = short_lines([line.phone for line in await work.centers.lines() if line.phone])
            if session.staff is not None:
                sections = await self._deps.board(session.actor, work, View())
                await work.commit()
        folded, stands = composing.folded(latest)
        thread = await self._talking.live.shown(session, folded)
        asked = next((each.shown for each in reversed(thread) if composing.asks(each)), None)
        today = now.astimezone(KYIV).date()
        return self._views.page(
            request,
            "chat",
            caller,
            status=status,
            thread=[
                (each.at, "time" if each.at.astimezone(KYIV).date() == today else "full", composing.message(each))
                for each in composing.with_live_buttons(thread)
            ],
            stands=stands,
            question=composing.question_id(asked.question) if asked is not None else "",
            pressed=session.staff is None and asked is not None and asked.pressed,
            short=short,
            more=len(latest) == count and count < ON_A_LONG_PAGE,
            newest=latest[-1].number if latest else 0,
            first_new=composing.first_of_batch(thread),
            wants=next((each.shown.wants or "" for each in reversed(thread) if each.shown.voice != "you"), ""),
            fresh=lambda: uuid4().hex,
            sections=sections,
            factor_needed=session.asks_factor(now),
            held=held or {},
            kept=kept,
            problem=problem,
            longest=LONGEST_TYPED,
            largest=LARGEST_FILE,
            most=MOST_FILES,
            voices=VOICES,
            words_for_script=WORDS_FOR_SCRIPT,
            words_for_papers=WORDS_FOR_PAPERS,
        )

    async def begin(self, request: web.Request) -> web.Response:
        self._guard.from_here(request)
        if await self._guard.caller(request) is not None:
            raise web.HTTPSeeOther("/")
        form = await request.post()
        self._talking.sessions.pass_through(network_of(asking(request, self._deps.trusted_proxies)))
        language = field(form, "language")
        language = language if language in LANGUAGES else language_of(request)
        caller = await self._talking.begin(language)
        if field(form, "again"):  # as the key at the door: a code from another device, or a human
            await self._talking.say(caller, Text(self._deps.words.say(language, Say("consent.link"))), None)
        response = web.HTTPSeeOther("/")
        self._guard.remember(response, caller.token)
        raise response

    async def joining(self, request: web.Request) -> web.Response:
        """Opening the link from a messenger joins nothing: its code waits for a press, and then for the owner's yes."""
        return self._views.page(request, "join", await self._guard.caller(request))

    async def join(self, request: web.Request) -> web.Response:
        """A code that was shown in another chat, typed into this browser's talk, which begins with it if need be."""
        caller = await self._guard.caller(request)
        form = await request.post()
        self._guard.wants_to_change(request, caller, field(form, "csrf"))
        code = field(form, "code").strip()[:20]
        if not code:
            raise web.HTTPSeeOther("/join")
        response = web.HTTPSeeOther("/#newest")
        if caller is None:
            self._talking.sessions.pass_through(network_of(asking(request, self._deps.trusted_proxies)))
            caller = await self._talking.begin(language_of(request))
            self._guard.remember(response, caller.token)
        await self._talking.say(caller, Text(f"/link {code}"), None)  # whatever the link says, it is read as a code
        raise response

    async def say(self, request: web.Request) -> web.Response:
        """A press, words, files, or words and files together."""
        caller = await self._guard.known(request)
        sent = UploadForm()
        try:
            with ExitStack() as places:
                await self._fill(sent, request, caller, places)
                id = sent.fields.get("id") or None
                if sent.files:
                    number = await self._talking.send_files(caller, sent.files, caption_in(sent.fields), id)
                else:
                    number = await self._talking.say(caller, said_in(sent.fields), id)
        except Problem as problem:
            if problem.code == "not-from-here":
                raise
            if problem.code == "empty":
                raise web.HTTPSeeOther("/#say") from None
            kept = sent.fields.get("text", "")
            if problem.code == "factor-first" and not sent.files:
                held = {name: sent.fields[name] for name in HELD if sent.fields.get(name)}
                return await self._chat(request, caller, status=problem.status, held=held)
            return await self._chat(request, caller, status=problem.status, kept=kept, problem=problem)
        return await self._back(caller, number)

    async def _fill(self, sent: UploadForm, request: web.Request, caller: Caller, places: ExitStack) -> None:
        """The form, with its files; they take `places`. Words come in the same form and need none."""
        person = caller.session.person

        def wants_to_change() -> None:
            self._guard.wants_to_change(request, caller, sent.fields.get("csrf"))

        async def may_send() -> None:
            places.enter_context(self._uploads.place(request, person))
            await self._talking.may_send(person)

        if request.content_type == "multipart/form-data":
            await self._uploads.read(request, sent, wants_to_change, may_send)
            return
        form = await request.post()
        sent.fields |= {name: field(form, name) for name in form}
        sent.fields["ticked"] = " ".join(mark for mark in form.getall("ticked", []) if isinstance(mark, str))
        wants_to_change()

    async def _back(self, caller: Caller, number: int) -> web.Response:
        """To the message just said; or out, where it ended the session. What stands nowhere (number 0) was the word
        after which nothing may tell that anybody was here."""
        async with self._deps.begin(self._deps.clock()) as work:
            stays = await work.sessions.find(caller.token) is not None
        if stays:
            raise web.HTTPSeeOther(f"/#m{number}")
        farewell = "?left=" + ("left" if caller.session.consented else "declined") if number else ""
        response = web.HTTPSeeOther(f"/{farewell}")
        self._guard.forget(response)
        raise response

    async def language(self, request: web.Request) -> web.Response:
        """The other language, for the page and for all that is said from now on; the question is asked again in it."""
        caller, form = await self._asked(request)
        wanted = language_for(field(form, "language"))
        async with self._deps.begin(self._deps.clock()) as work:
            await rulebook.carry_out(ChooseLanguage(wanted), caller.session.actor, work)
            await work.commit()
        request[LANGUAGE] = wanted
        await self._talking.open(caller)
        raise web.HTTPSeeOther("/#newest")

    async def leaving(self, request: web.Request) -> web.Response:
        return self._views.page(request, "leave", await self._guard.known(request))

    async def leave(self, request: web.Request) -> web.Response:
        caller, _ = await self._asked(request)
        await self._talking.end(caller)
        response = web.HTTPSeeOther("/?left=left")
        self._guard.forget(response)
        raise response

    async def privacy(self, request: web.Request) -> web.Response:
        return self._views.page(request, "privacy", await self._guard.caller(request), parts=PRIVACY)

    async def _asked(self, request: web.Request) -> tuple[Caller, MultiMapping[object]]:
        """Who sent a form, and what is in it."""
        caller = await self._guard.known(request)
        form = await request.post()
        self._guard.wants_to_change(request, caller, field(form, "csrf"))
        return caller, form
