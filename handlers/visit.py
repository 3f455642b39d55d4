"""One message, taken through the script: gather facts, play, act, show. Works inside the desk's transaction."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import structlog

from casework import letters, outages, pushes, rulebook
from casework.actor import Actor, Channel
from casework.centers import KYIV
from casework.despair import despairs
from casework.done import Done
from casework.ids import AddressId, PersonId
from casework.inbox import Waits
from casework.letters import Attached, Kind, Letter, Private, Say, Screen
from casework.people import CONSENT
from casework.queries import Now, Query, Today
from casework.refusal import Refusal
from dialogs.answers import may_go_on
from dialogs.conversation import Conversation, Script, Scripts
from dialogs.draft import Draft
from dialogs.going import Drafts, Go, Serving, by_command, by_link
from dialogs.questions import OnThePage
from dialogs.reading import Read, Way
from dialogs.renewing import GONE, renewed, untaken
from dialogs.said import Files, Press, Said, Text
from dialogs.script import Asking, Finished, Wondering, play, rehearse
from dialogs.showing import Pressed, show
from dialogs.taking import glide, joined, strays, take
from dialogs.wishes import BY_NAME, Wish
from dialogs.words import Words
from handlers.incoming import Button, Incoming, Opened, spoken, written
from handlers.own_files import OwnFiles
from handlers.own_words import TO, OwnWords, offered, thanked

if TYPE_CHECKING:
    from handlers.desk import DeskWork, Guest

log = structlog.get_logger()

ALBUM = timedelta(seconds=1.5)
"""How long the answer to a photo, or to a text that a messenger may have cut, waits for more that was sent with it."""


class Leaving(Exception):  # noqa: N818
    """The letter with the question is just being sent: whether these words answer it can be told a moment later."""

    def __init__(self, letter: int) -> None:
        super().__init__(letter)
        self.letter = letter


STEPS = 300
"""More facts and commands than any message needs: a script that loops is a bug, not a long wait."""


@dataclass
class Visit:
    """One message of one person. Made for it, thrown away after it. A `patient` one raises `Leaving`."""

    words: Words
    scripts: Scripts
    work: "DeskWork"
    guest: "Guest"
    actor: Actor
    facts: dict[Query[Any], Any] = field(default_factory=dict)
    attached: tuple[Attached, ...] = ()
    about_case: bool = False
    kept: list[Screen] = field(default_factory=list)
    leaves: bool = False
    also_at: tuple[AddressId, ...] = ()
    greeting: tuple[Say, ...] = ()
    patient: bool = False
    consented: bool = False
    asked_anew: bool = False
    shared: bool = False
    first: tuple[Say, ...] = ()
    facts_of: PersonId | None = None

    async def hear(self, incoming: Incoming, said: Said | None) -> None:
        """Take the message to the script that is under way, and answer."""
        if await self._uncovers(incoming):
            return
        talk = await self._renewed(incoming)
        talk, asking = await self._play(self._gate(self._brought(talk, incoming.link)), incoming)
        own = self._own(incoming)
        read = await own.read(talk, asking)
        if read is not None and read.pressed is not None:
            incoming = self._as_press(incoming, read.pressed[1])
            read = None
        if await self._uncovers(incoming):
            return
        told = await outages.owed(self.guest.person, self.work) if self.guest.owed else ()
        if read is not None and read.way is Way.THANKS and own.agreed:
            await self._beside(Screen((*told, *thanked(read)), keeps=True), incoming.channel)
            return
        talk = replace(talk, notes=(*told, *talk.notes))
        before = asking.question.name
        self.shared = asking.question.wants is not None
        if written(incoming.content) and self.actor.staff is None and despairs(written(incoming.content)):
            self.first = await own.despair()
        talk = await self._turn(talk, asking, incoming, said, own, read)
        if self.first:
            talk = replace(talk, offered=own.ways_out())
        talk, asking = await self._play(self._gate(talk), incoming)
        await self._answer(talk, asking, incoming, stays=asking.question.name == before)

    def _own(self, incoming: Incoming) -> OwnWords:
        return OwnWords(self.words, self.scripts, self.work, self.guest, self.actor, incoming, self._agreed())

    async def _renewed(self, incoming: Incoming) -> Conversation:
        """The conversation as it was kept, in the names of this release."""
        found = renewed(self.guest.talk, self.scripts, self.words)
        for name in found.unknown:
            log.error("a stored name is unknown; add it to dialogs/retired.py", name=name)
        talk = replace(found.talk, notes=self.greeting)
        if found.gone:
            talk = talk.note("desk-step-gone")
        return await self._own(incoming).give_back(found.over, talk)

    def _brought(self, talk: Conversation, link: str) -> Conversation:
        """With what a deep link names begun, for a newcomer who did not press the key that it came with."""
        if not link or talk.active.script != "welcome":
            return talk
        return by_link(talk, link, self.actor, self.scripts, self.words, self.work.now)

    def _agreed(self) -> bool:
        """May what this person writes be kept?"""
        return self.actor.staff is not None or self.consented or self.guest.person.consent == CONSENT

    def _gate(self, talk: Conversation) -> Conversation:
        """Nobody goes past the consent; whatever they came for waits behind it. A code from another device of somebody
        who has agreed already needs none."""
        if self._agreed() or talk.active.script in ("welcome", "link"):
            return talk
        waits = (talk.active,) if talk.active.script != "menu" else ()
        return replace(talk, active=Draft("welcome"), parked=(*talk.parked, *waits))

    async def _turn(
        self,
        talk: Conversation,
        asking: Asking,
        incoming: Incoming,
        said: Said | None,
        own: OwnWords,
        read: Read | None,
    ) -> Conversation:
        at = self.work.now
        content = incoming.content
        match spoken(content.text) if isinstance(content, Text) else content:
            case Opened(""):
                return self._opened(talk, asking)
            case Opened(link):
                return by_link(talk, link, self.actor, self.scripts, self.words, at)
            case Button(id, ticked=ticked):
                return self._pressed(talk, asking, id, ticked)
            case Text(text) if text.startswith("/"):
                return by_command(talk, text, self.actor, self.scripts, self.words, at)
            case Text(text) as typed if read is not None:
                early = await self._early(incoming)
                self.facts.pop(Waits(), None)
                if await own.continues():
                    return talk.note("inbox-whole")
                if read.way in (Way.ANSWER, Way.UNCLEAR) and self._strays(talk, asking, typed):
                    return await own.strayed(talk)
                if early and read.way in (Way.ANSWER, Way.UNCLEAR, Way.KEPT):
                    return joined(talk, asking, text, at, self.words) or await own.came_early(talk)
                return await self._heard(read, talk, own)
        assert said is not None  # noqa: S101  every other content is said to the question
        if isinstance(said, Files):
            files = OwnFiles(self.words, self.scripts, self.work, self.actor, incoming, own.agreed)
            return await files.heard(said, talk, asking)
        return take(talk, asking, said, at, self.scripts, self.words)

    def _strays(self, talk: Conversation, asking: Asking, said: Said) -> bool:
        return strays(talk, asking, said, self.scripts, self.words)

    async def _heard(self, read: Read, talk: Conversation, own: OwnWords) -> Conversation:
        """What follows from words, as they were read."""
        match read.way:
            case Way.GO if read.wish is not None and own.agreed:
                return self._to(read.wish, talk)
            case Way.OFFER if read.wish is not None and own.agreed:
                return offered(read.wish, talk)
            case Way.KEPT if own.agreed:
                return await own.keep(read, talk)
            case Way.THANKS:
                return talk
            case Way.GO | Way.OFFER | Way.KEPT:
                return await own.not_kept(talk)
            case _:
                return replace(read.talk, notes=(*talk.notes, *read.talk.notes))

    def _to(self, wish: Wish, talk: Conversation) -> Conversation:
        return by_command(talk, f"/{wish.to}", self.actor, self.scripts, self.words, self.work.now, pressed=True)

    def _opened(self, talk: Conversation, asking: Asking) -> Conversation:
        """/start in the middle of something changes nothing; otherwise it opens the menu. What was begun on a messenger
        and waits for the page goes on when that is opened."""
        waits = asking.question.on_page or self.scripts[talk.active.script].on_page
        if waits and self.actor.staff is not None and talk.active.answers:
            return talk
        if talk.active.script == "welcome" or (self.scripts[talk.active.script].keeps_draft and talk.active.answers):
            return talk
        return talk.begin(self.scripts["menu"], scripts=self.scripts)

    def _pressed(
        self, talk: Conversation, asking: Asking, id: str, ticked: tuple[str, ...] | None = None
    ) -> Conversation:
        """A press on the screen shown last; on one of a push, signed for its recipient; or on an old one."""
        pressed = Pressed.of(id)
        if pressed is not None and pressed.turn == talk.turn:
            wish = BY_NAME.get(pressed.option.removeprefix(TO)) if pressed.option.startswith(TO) else None
            if wish is not None:
                return self._to(wish, talk)
            if self._strays(talk, asking, Press(pressed.option)):
                return talk if talk.asked == GONE else talk.note("desk-old-button")
            marks = None if ticked is None else tuple(mark.option for mark in map(Pressed.of, ticked) if mark)
            return take(talk, asking, Press(pressed.option, marks), self.work.now, self.scripts, self.words)
        command = self._signed(id)
        if command == outages.GO_ON:
            return talk
        if command is not None:
            name = command.partition(" ")[0]
            if name not in self.scripts and name not in self.scripts.retired.commands:
                log.error("a button's command is unknown; add it to dialogs/retired.py", name=name)
            return by_command(talk, "/" + command, self.actor, self.scripts, self.words, self.work.now, pressed=True)
        return talk.note("desk-old-button")

    def _signed(self, id: str) -> str | None:
        """The command of a push's button, if it was made for this person. One that is no more stays as it was."""
        go, _, rest = id.partition(".")
        signature, _, command = rest.partition(".")
        if go != "go" or not self.work.signed(self.actor.person, command, signature):
            return None
        return self.scripts.retired.command(command) or command

    def _as_press(self, incoming: Incoming, button: letters.Button) -> Incoming:
        """Typed words that stand for a button of what we began, as the press on it."""
        command = button.id.removeprefix("/")
        return replace(incoming, content=Button(f"go.{self.work.sign(self.actor.person, command)}.{command}"))

    async def _uncovers(self, incoming: Incoming) -> bool:
        """Where a cover was pressed, show what is under it. The conversation stays where it is, its question stands
        above. Any other press bound to the person is only noted: it lies unpressed no longer."""
        command = self._signed(incoming.content.id) if isinstance(incoming.content, Button) else None
        if command is None:
            return False
        for offer in await self.work.offers(self.guest.address):
            if f"/{command}" in {button.id for button in offer.buttons}:
                await self.work.taken_up(offer.letter)
        name, _, letter = command.partition(" ")
        if name != pushes.OPEN:
            return False
        screen = await rulebook.uncover(int(letter), self.actor, self.work)
        await self._beside(replace(screen, about_case=True), incoming.channel)
        return True

    async def _beside(self, screen: Screen, channel: Channel) -> None:
        """Show something that disturbs no conversation: the question stands above, and its buttons work."""
        await self._send(screen, channel)
        guest = self.guest
        await self.work.conversations.remember(self.actor.person, guest.address, guest.talk, guest.asked_letter)

    async def _early(self, incoming: Incoming) -> bool:
        """Was this written before the question now asked had been shown? Then it is not its answer."""
        if self.guest.asked_letter is None:
            return False
        asked = await self.work.fate(self.guest.asked_letter)
        if asked.leaving and self.patient:
            raise Leaving(self.guest.asked_letter)
        here = asked.address == self.guest.address
        # Shown elsewhere, or never to be shown: what is said now is read against the question as it is put here.
        self.asked_anew = asked.lost or (asked.shown_at is None and not here)
        if incoming.answers is not None and here:
            before = await self.work.before(incoming.answers, self.guest.asked_letter)
            if before is not None:
                return before
        # Ids of messages can be compared within one chat only. There they tell more than the clock: a letter is marked
        # as shown when all of its parts are there, and its question may have been answered by then. Of a letter that
        # was sent again the first copy may have been answered, of which only the time is known.
        receipt = asked.receipt if here else None
        if incoming.place is not None and receipt is not None and receipt.isdecimal():
            before = incoming.place < int(receipt)
            if not before or not asked.again:
                return before
        return asked.shown_at is None or incoming.at + incoming.grain <= asked.shown_at

    async def _play(self, talk: Conversation, incoming: Incoming) -> tuple[Conversation, Asking]:
        """Play on until it is the person's turn: fetch what is wondered about, carry out what is decided."""
        for _ in range(STEPS):
            script = self.scripts[talk.active.script]
            if talk.active.of != self.facts_of:  # in another name other things are true
                self.facts_of = talk.active.of
                self.facts.clear()
            match play(script.play, talk.active.answers, self.facts, talk.answered):
                case Wondering(query):
                    try:
                        self.facts[query] = await self._fact(query, talk)
                    except Refusal as refusal:
                        talk = self._refused(refusal, talk)
                case Asking() as asking:
                    onward = glide(talk, asking, self.work.now)
                    if onward is None:
                        return talk, self._here(asking, script, talk)
                    talk = onward
                case Finished(command, tells):
                    says = bool(tells) or not isinstance(command, Go)
                    self.about_case = self.about_case or (script.about_case and says)
                    talk = await self._carry_out(command, replace(talk, notes=(*talk.notes, *tells)), incoming)
        raise RecursionError(f"{talk.active.script} does not come to a question")

    def _acting(self, talk: Conversation) -> Actor:
        """Who acts in the script under way: the person, or a member of staff in the name of a visitor."""
        return self.actor if talk.active.of is None else self.actor.for_visitor(talk.active.of)

    def _here(self, asking: Asking, script: Script, talk: Conversation) -> Asking:
        """For staff on a messenger, a question on a case's words waits until they open the page."""
        if not self.actor.discreet:
            return asking
        if script.on_page or talk.active.of is not None:
            asking = replace(asking, tells=())
        elif not asking.question.on_page:
            return asking
        return replace(asking, question=OnThePage.instead_of(asking.question, self.work.page), stale=None)

    async def _fact(self, query: Query[Any], talk: Conversation) -> Any:
        match query:
            case Now():
                return self.work.now
            case Today():
                return self.work.now.astimezone(KYIV).date()
            case Drafts():
                return tuple(draft.script for draft in talk.parked if draft.of == talk.active.of)
            case Serving():
                return talk.serving is not None
            case _:
                return await rulebook.answer(query, self._acting(talk), self.work)

    async def _carry_out(self, command: Any, talk: Conversation, incoming: Incoming) -> Conversation:
        own, over = self._own(incoming), untaken(talk.active, self.words)
        if isinstance(command, Go):
            talk = await own.give_back((over,), talk.end())
            return by_command(talk, f"/{command.to}", self.actor, self.scripts, self.words, self.work.now, pressed=True)
        try:
            with self._draft(talk):
                async with self.work.savepoint():
                    done = await rulebook.carry_out(command, self._acting(talk), self.work)
        except Refusal as refusal:
            return self._refused(refusal, talk)
        self.facts.clear()
        return await own.give_back((over,), await self._done(done, talk))

    def _refused(self, refusal: Refusal, talk: Conversation) -> Conversation:
        """Say why, and ask again what it names; where it names nothing, the script is over."""
        self.facts.clear()
        talk = replace(talk, notes=(*talk.notes, refusal.say), answered=None)
        if not set(refusal.forget) & set(talk.active.answers):
            return talk.end()
        return replace(talk, active=talk.active.forget(*refusal.forget))

    @contextmanager
    def _draft(self, talk: Conversation) -> Iterator[None]:
        self.work.use_draft(talk.active.key if self.scripts[talk.active.script].own_key else None)
        try:
            yield
        finally:
            self.work.use_draft(None)

    async def _done(self, done: Done, talk: Conversation) -> Conversation:
        person = await self.work.people.get(self.actor.person)
        self.actor = replace(self.actor, language=person.language)
        self.consented = person.consent == CONSENT
        self.leaves = self.leaves or done.leaves
        self.also_at += (done.also_at,) if done.also_at is not None else ()
        over = talk.active.script
        says = (*talk.notes, *done.says)
        if done.keeps:
            self.kept.append(
                Screen(
                    says,
                    attached=done.attached,
                    keeps=True,
                    about_case=self.about_case,
                    opens=done.opens,
                    place=done.place,
                    holds=done.holds,
                )
            )
            says = ()
        else:
            self.attached += done.attached
        if done.serves is not None or done.served:
            talk = replace(talk, serving=done.serves)
        talk = replace(talk.end(), notes=says)
        if over == "welcome" and talk.parked:
            first = talk.parked[0]
            return replace(talk, active=replace(first, id=None), parked=talk.parked[1:])
        if done.then:
            return by_command(talk, f"/{done.then}", self.actor, self.scripts, self.words, self.work.now, pressed=True)
        return talk

    async def _answer(self, talk: Conversation, asking: Asking, incoming: Incoming, *, stays: bool) -> None:
        """Write the reply and keep where the conversation is."""
        script = self.scripts[talk.active.script]
        about_case = self.about_case or script.about_case
        on = None
        if isinstance(incoming.content, Button) and (incoming.content.protected or not about_case):
            on = incoming.content.on  # editing cannot forbid to forward what could be forwarded before
        unsaid = await self.work.take_back(self.guest.address)
        notes = [*self.first, *(say for screen in unsaid.values() for say in screen.says[: screen.noted])]
        talk = replace(talk, turn=talk.turn + 1, asked=asking.question.name, notes=_once((*notes, *talk.notes)))
        left = None
        if script.counts:
            ahead = rehearse(script.play, talk.active.answers, self.facts)[len(asking.passed) :]
            left = sum(not step.known for step in ahead)
        screen = show(talk, asking, script, self.words, left)
        if talk.active.of is not None:
            screen = replace(screen, says=(await self._in_whose_name(talk.active.of), *screen.says))
        same = stays and isinstance(incoming.content, Button) and not self.kept
        screen = replace(screen, attached=self.attached, about_case=about_case, replaces=on, same=same)
        screen = replace(screen, tidies=self.guest.asked_letter, unshares=self.shared)
        for kept in self.kept:
            await self._send(kept, incoming.channel)
        if self.leaves:
            farewell = Screen(talk.notes, tidies=self.guest.asked_letter, unshares=self.shared, farewell=True)
            last = await self._send(farewell, incoming.channel)
            await self.work.conversations.leave(self.guest.address, last)
            return
        if self.kept:
            screen = replace(screen, replaces=None)
        waits = incoming.group or (incoming.channel is Channel.TELEGRAM and may_go_on(written(incoming.content)))
        due = self.work.now + ALBUM if waits and not self.kept else None
        letter = await self._send(screen, incoming.channel, due)
        for address in self.also_at:
            there = replace(screen, attached=(), replaces=None)
            await self.work.send(Letter(self.actor.person, there, Kind.REPLY, at=address))
        if script.own_key and talk.active.answers and talk.active.key is None:
            key = await self.work.conversations.draft_key(self.actor.person, talk.active, own=True)
            talk = replace(talk, active=replace(talk.active, key=key))
        anew = self.asked_anew or self.guest.asked_letter in unsaid
        asked = self.guest.asked_letter if stays and not anew else letter
        await self.work.conversations.remember(self.actor.person, self.guest.address, talk, asked)

    async def _in_whose_name(self, visitor: PersonId) -> Say:
        name = (await self.work.people.get(visitor)).profile.name
        return Say("visitor-for", {"name": Private(name.full if name else "—")})

    async def _send(self, screen: Screen, channel: Channel, due: datetime | None = None) -> int:
        letter = Letter(self.actor.person, screen, Kind.REPLY, due=due)
        return await self.work.reply(letter, self.guest.address, channel)


def _once(says: Iterable[Say]) -> tuple[Say, ...]:
    """Each but once: of ten photos that were not wanted it is said in one sentence."""
    kept: list[Say] = []
    for say in says:
        if say not in kept:
            kept.append(say)
    return tuple(kept)
