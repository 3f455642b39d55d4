"""What a member of staff is asked, in full: fetched when the page shows it, recorded, and kept nowhere.

Their thread holds what a messenger would show: numbers, states and times. The question now asked is played again for
each showing, over the database as it is then, and so is what was opened before it; whatever stands further above stays
as the thread holds it, and is opened anew by a press.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from casework.actor import Channel, Staff
from casework.centers import line_of_all
from casework.letters import Live, Say
from casework.refusal import Refusal
from casework.sessions import Session
from casework.staff import budget
from casework.thread import NumberedMessage, ThreadMessage
from casework.unreadable import UNREADABLE, can_be_read
from dialogs.conversation import Scripts
from dialogs.turn import Turn
from dialogs.words import Words
from handlers.incoming import Incoming, Opened
from handlers.rendering import screen_on_page
from handlers.visit import Acts, drive
from handlers.web import composing
from handlers.web.ports import Begin, WebWork

NO_LOOK = ("staff-menu", "look-reason")
"""Questions that show no family by themselves."""


@dataclass(frozen=True)
class LiveScreens:
    begin: Begin
    words: Words
    clock: Callable[[], datetime]
    scripts: Scripts
    rest: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def shown(self, session: Session, found: Sequence[NumberedMessage]) -> Sequence[NumberedMessage]:
        """A part of a thread as this session may see it now: for a member of staff, with the question asked in full.
        What cannot be recorded raises `NotRecorded`, and nothing is shown."""
        shown = await self._live(session, found)
        if all(can_be_read(each.shown) for each in shown):
            return shown
        async with self.begin(self.clock()) as work:
            line = await line_of_all(work)
        return [replace(each, shown=self._readable(each.shown, session, line)) for each in shown]

    def _readable(self, shown: ThreadMessage, session: Session, line: str) -> ThreadMessage:
        """With words for what does not open; a family is told whom to call where that is all of a message."""
        language, staff = session.language, session.staff is not None
        if shown.text == UNREADABLE and not staff:
            return replace(shown, text=self.words.say(language, Say("unreadable-family", {"phone": line})))

        def put(text: str) -> str:
            return self.words.readable(language, text, staff=staff)

        keys = tuple(tuple((id, put(label)) for id, label in row) for row in shown.keys)
        files = tuple((id, put(name), type) for id, name, type in shown.files)
        return replace(shown, text=put(shown.text), keys=keys, files=files)

    async def _live(self, session: Session, found: Sequence[NumberedMessage]) -> Sequence[NumberedMessage]:
        asked = next((each for each in reversed(found) if each.shown.live is not None), None)
        if asked is None or asked.shown.live is None or session.staff is None:
            return found
        now = self.clock()
        if session.asks_factor(now):
            return found
        await self._wait(session.staff, asked.shown, now)
        async with self.begin(self.clock()) as work:
            full = await self._full(session, asked.shown.live, work)
            await work.commit()
        if full is None:
            return found
        shown = replace(
            asked.shown,
            text=full.text,
            keys=_also(full.keys, asked.shown.keys),
            marks=full.marks,
            compares=full.compares,
        )
        return [replace(each, shown=shown) if each is asked else each for each in found]

    async def _wait(self, member: Staff, asked: ThreadMessage, now: datetime) -> None:
        """A look beyond the day's budget is shown later, by no transaction's time."""
        if asked.question in NO_LOOK and not (asked.live and asked.live.shows):
            return
        async with self.begin(now) as work:
            pause = await budget.pause(member, work)
        if pause:
            await self.rest(pause.total_seconds())

    async def _full(self, session: Session, live: Live, work: WebWork) -> ThreadMessage | None:
        """The screen played again; None where the conversation has gone on meanwhile, or would."""
        guest = await work.people.guest(session.address)
        if guest is None or guest.talk.turn != live.turn:
            return None
        incoming = Incoming(Channel.WEB, "", "", work.now, Opened(), session.language)
        turn = Turn(self.words, self.scripts, await work.gather(guest, incoming), session.actor, incoming)
        try:
            screen = await drive(turn.again(live), session.person, work, acts=False)
        except (Acts, Refusal):
            return None
        message = screen_on_page(screen, session.language, self.words, lambda said: work.sign(session.person, said))
        return composing.shown(message)


Keys = tuple[tuple[tuple[str, str], ...], ...]


def _also(full: Keys, kept: Keys) -> Keys:
    """The buttons in full, with those that were offered beside the question, above the last row."""
    known = {id for row in full for id, _ in row}
    beside = tuple(row for row in kept if not any(id in known for id, _ in row))
    return (*full[:-1], *beside, *full[-1:])
