"""What the page's two doors, forms and HTTP interface, both do: take a message in, begin and end sessions."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from uuid import uuid4

from casework.actor import Channel
from casework.files import exceeded
from casework.ids import PersonId
from casework.letters import Say
from casework.sessions import Enrolment, Session, Verdict
from casework.staff import members
from casework.thread import NumberedMessage
from casework.values import PersonName
from casework.work import Unavailable
from dialogs import answers
from dialogs.said import Unkept
from dialogs.scripts import SCRIPTS
from handlers.cleaning import NotClean, clean
from handlers.incoming import Content, Incoming, Opened, Sent, SentFile
from handlers.rate_limits import Rate, RateLimiter
from handlers.web.guard import Caller
from handlers.web.live import LiveScreens
from handlers.web.ports import Deps
from handlers.web.problems import Problem
from handlers.web.rooms import Rooms, wait

SHOWN_WITHIN = 2.0
"""Seconds for which an answer is waited for before the browser is told that its message was taken."""


TOMORROW = timedelta(hours=12)
"""When to try again with more files than a day allows."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came."""

    name: str
    content: bytes


def _also(said: Say, also: Say) -> Say:
    return Say("file-refused-also", {"said": said, "also": also})


class Gate:
    """A turnstile of the page: whoever comes too often is told so."""

    def __init__(self, name: str, rate: Rate, clock: Callable[[], datetime]) -> None:
        self._name, self._turnstile = name, RateLimiter(rate, clock)

    def pass_through(self, key: object) -> None:
        """Count one more; `Problem` 429 where it is too many."""
        wait = self._turnstile.wait(key)
        if wait is not None:
            raise Problem(429, f"too-many-{self._name}", retry_after=wait)


class Talking:
    """Takes in what browsers send."""

    def __init__(self, deps: Deps, rooms: Rooms) -> None:
        self._deps, self._rooms = deps, rooms
        self.live = LiveScreens(deps.begin, deps.words, deps.clock, SCRIPTS)
        self.sessions = Gate("sessions", deps.limits.sessions, deps.clock)
        self.invitations = Gate("invitations", deps.limits.invitations, deps.clock)
        self.messages = Gate("messages", deps.limits.messages, deps.clock)

    async def begin(self, language: str) -> Caller:
        """A session for somebody new, greeted."""
        async with self._deps.begin(self._deps.clock()) as work:
            token = await work.sessions.begin(language)
            session = await work.sessions.find(token)
            await work.commit()
        assert session is not None  # noqa: S101  begun two lines above
        caller = Caller(token, session, by_cookie=False)
        await self.open(caller)
        return caller

    async def open(self, caller: Caller) -> None:
        """Show where the conversation is; to a member of staff once they have given their code."""
        if not caller.session.asks_factor(self._deps.clock()):
            await self._receive(caller, Opened(), None)

    async def say(self, caller: Caller, content: Content, id: str | None) -> int:
        """One message; its number in the thread once the answer stands there too, or has been waited for."""
        self._given(caller)
        self.messages.pass_through(caller.session.person)
        return await self._receive(caller, content, id)

    async def _receive(self, caller: Caller, content: Content, id: str | None) -> int:
        session, now = caller.session, self._deps.clock()
        message = f"{session.address}:{id or uuid4()}"
        receipt = await self._deps.desk.receive(
            Incoming(Channel.WEB, caller.token, message, now, content, session.language)
        )
        number = receipt.number
        if receipt.repeat:
            async with self._deps.begin(now) as work:
                number = await work.arrivals.number_of(Channel.WEB, message)
        await self._answered(session)
        return number or 0

    def _given(self, caller: Caller) -> None:
        """`Problem` where a member of staff has to give the code first. Nothing of what they said is taken: it can be
        said again after that, and nothing that they were at is lost."""
        if caller.session.asks_factor(self._deps.clock()):
            raise Problem(403, "factor-first")

    async def _answered(self, session: Session) -> None:
        """Wait a little for the answer: a page that is drawn anew then shows it at once."""
        until = asyncio.get_running_loop().time() + SHOWN_WITHIN
        pause = 0.02
        with self._rooms.waiting(session.person) as grown:
            while not self._rooms.closed and asyncio.get_running_loop().time() < until:
                try:
                    async with self._deps.begin(self._deps.clock()) as work:
                        if await work.outbox.idle(session.address):
                            return
                except Unavailable:
                    return  # the message itself is committed
                await wait(grown, pause)
                pause = min(pause * 2, 0.25)

    async def send_files(self, caller: Caller, uploads: Sequence[Upload], caption: str, id: str | None) -> int:
        """Photos and papers, drawn anew. One that does not open is refused by its name, and the rest is taken."""
        self._given(caller)
        self.messages.pass_through(caller.session.person)
        files, refused = [], []
        for upload in uploads:
            name = upload.name[:200]
            try:
                type, content = await clean(upload.content)
            except NotClean as reason:
                refused.append(Unkept(name, reason.name))
            else:
                files.append(SentFile(type, name=name, size=len(content), content=content))
        if not files:
            status = 413 if refused[0].why.endswith("too-large") else 422
            raise Problem(status, refused[0].why, say=reduce(_also, (file.say for file in refused)))
        await self.may_send(caller.session.person, len(files), sum(file.size for file in files))
        return await self._receive(caller, Sent(tuple(files), caption, tuple(refused)), id)

    async def may_send(self, person: PersonId, files: int = 1, size: int = 0) -> None:
        """`Problem` where it would be too many files in a day, or too many bytes."""
        async with self._deps.begin(self._deps.clock()) as work:
            over = await exceeded(self._deps.limits.files, person, files, size, work)
        if over is not None:
            raise Problem(429, over, retry_after=TOMORROW)

    async def invited(self, code: str) -> tuple[str, Enrolment]:
        """Use an invitation up."""
        async with self._deps.begin(self._deps.clock()) as work:
            token = await work.sessions.open_invite(code)
            enrolment = await work.sessions.find(token) if token is not None else None
            await work.commit()
        if token is None or not isinstance(enrolment, Enrolment):
            raise Problem(403, "invite-over")
        return token, enrolment

    async def secret(self, enrolment: Enrolment) -> str:
        """The new second factor's secret, once."""
        async with self._deps.begin(self._deps.clock()) as work:
            secret = await work.sessions.secret(enrolment)
            await work.commit()
        if secret is None:
            raise Problem(409, "factor-known" if enrolment.known else "secret-shown")
        return secret

    async def factor(self, caller: Caller, code: str, name: str = "") -> str:
        """The second factor is given: begins the role, under a `name` where none was known, or renews it. The token to
        use from now on."""
        code = "".join(code.split())
        who = caller.who
        token: str | None = caller.token
        async with self._deps.begin(self._deps.clock()) as work:
            if isinstance(who, Enrolment):
                member = who.staff
                verdict, token = await work.sessions.enrol(who, code, _own_name(name) if name.strip() else "")
            else:
                if who.staff is None:
                    raise Problem(403, "not-staff")
                member = who.staff.id
                verdict = await work.sessions.renew(who, code)
            again = await work.sessions.tries_again_at(member)
            session = await work.sessions.find(token) if token is not None else None
            if isinstance(who, Enrolment) and verdict is Verdict.GIVEN and not who.known:
                await members.tell_of_enrolment(member, work)
            await work.commit()
        match verdict:
            case Verdict.WRONG:
                raise Problem(403, "factor-wrong")
            case Verdict.TOO_OFTEN:
                later = again - self._deps.clock() if again is not None else timedelta(minutes=15)
                minutes = max(1, -int(-later.total_seconds() // 60))
                raise Problem(429, "factor-too-often", retry_after=later, minutes=minutes)
            case Verdict.NOT_ENROLLED:
                raise Problem(409, "factor-none")
        assert token is not None  # noqa: S101  a code that was right has one
        if isinstance(who, Enrolment) and session is not None:
            await self.open(Caller(token, session, by_cookie=False))
        return token

    async def end(self, caller: Caller) -> None:
        """This browser is nobody's any more."""
        async with self._deps.begin(self._deps.clock()) as work:
            await work.sessions.end(caller.who)
            await work.commit()

    async def after(self, session: Session, number: int) -> Sequence[NumberedMessage]:
        """What came in the thread after `number`, as it is shown in this session."""
        async with self._rooms.looks, self._deps.begin(self._deps.clock()) as work:
            found = await work.threads.after(session.person, number)
        return await self.live.shown(session, found)


def _own_name(typed: str) -> str:
    """`Problem` where what a new member typed is not a name."""
    read = answers.name(typed)
    if isinstance(read, PersonName):
        return read.full
    raise Problem(400, "own-name")
