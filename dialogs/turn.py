"""A turn: one message, taken through the script. Read, play, act, show.

Pure: a generator that yields what it needs (`dialogs/needs.py`), takes the replies, and returns what is to be written
at its end, the screens among it.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from casework import files, outages, pushes, rulebook
from casework.actor import Actor
from casework.centers import KYIV
from casework.despair import despairs
from casework.ids import AddressId, PersonId
from casework.inbox import Waits
from casework.letters import Attached, Live, Private, Say, Screen, without_private
from casework.people import CONSENT, Me, Person
from casework.queries import Now, Query, Today
from casework.refusal import Refusal
from casework.result import Result
from dialogs.bursts import patience
from dialogs.conversation import Conversation, Scripts
from dialogs.draft import Draft
from dialogs.early import QuestionInFlight, is_early, shown_elsewhere
from dialogs.incoming import ButtonPress, Incoming, Opened, spoken, written
from dialogs.needs import Asks, Begun, Call, CarryOut, Ended, Fetch, Reply
from dialogs.own_files import OwnFiles
from dialogs.own_words import OwnWords, offered, thanked
from dialogs.pressing import Pressing
from dialogs.reading import Meaning, Read
from dialogs.renewing import GONE, renewed, untaken
from dialogs.routing import Drafts, Redirect, Serving, by_command, by_link
from dialogs.said import NotedFiles, Said, Text
from dialogs.script import Asking, Finished, Wondering, play, rehearse
from dialogs.sent import held
from dialogs.showing import once, put_off, show
from dialogs.taking import glide, joined, strays, take
from dialogs.words import Words

_NOW, _TODAY, _DRAFTS, _SERVING, _ME = Now(), Today(), Drafts(), Serving(), Me()

STEPS = 300
"""More facts and commands than any message needs: a script that loops is a bug, not a long wait."""


@dataclass
class Turn:
    """One message of one person. Made for it, thrown away after it. A `patient` one raises `QuestionInFlight`."""

    words: Words
    scripts: Scripts
    begun: Begun
    actor: Actor
    incoming: Incoming
    facts: dict[Query[Any], Any] = field(default_factory=dict)
    attached: tuple[Attached, ...] = ()
    about_case: bool = False
    kept: list[Screen] = field(default_factory=list)
    opened: list[tuple[str, tuple[Say, ...]]] = field(default_factory=list)
    leaves: bool = False
    also_at: tuple[AddressId, ...] = ()
    greeting: tuple[Say, ...] = ()
    patient: bool = False
    asked_anew: bool = False
    shared: bool = False
    first: tuple[Say, ...] = ()
    facts_of: PersonId | None = None
    mark_pressed: set[int] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    changed: Person | None = None

    @property
    def person(self) -> Person:
        """As they are now, also after a command."""
        return self.changed or self.begun.guest.person

    def hear(self, said: Said | None) -> Asks[Ended]:
        """Take the message to the script that is under way, and answer."""
        letter = self._covered()
        if letter is not None:
            return (yield from self._uncovered(letter))
        guest, over = self.begun.guest, renewed(self.begun.guest.talk, self.scripts, self.words)
        self.unknown |= set(over.unknown)
        talk = replace(over.talk, notes=self.greeting)
        if over.gone:
            talk = talk.note("desk-step-gone")
        if guest.talk.asked == GONE:
            talk = talk.note("unreadable-draft")
        if over.over:
            talk = yield from self._own().give_back(over.over, talk)
        talk, asking = yield from self.play(self._gate(self._brought(talk)))
        own = self._own()
        read = own.read(talk, asking)
        if read is not None and read.pressed is not None:
            self.incoming = replace(self.incoming, content=self._pressing().typed(read.pressed[1]))
            read = None
            letter = self._covered()
            if letter is not None:
                return (yield from self._uncovered(letter))
        told: tuple[Say, ...] = ()
        if guest.missed_outage:
            told = yield from Call(lambda work: outages.told_at_once(guest.person, work), told)
        if read is not None and read.way is Meaning.THANKS and own.agreed and isinstance(self.incoming.content, Text):
            if self.actor.staff is None:
                yield from own.thanks()
            says = (*told, *thanked(read))
            return self._beside(Screen(says, keeps=True, noted=len(says)), self._due())
        talk = replace(talk, notes=(*told, *talk.notes))
        before = asking.question.name
        self.shared = asking.question.wants is not None
        text = written(self.incoming.content)
        despair = read.despair if read is not None else bool(text) and despairs(text)
        if despair and self.actor.staff is None:
            self.first = yield from own.despair()
        talk = yield from self._turn(talk, asking, said, own, read)
        if self.first:
            talk = replace(talk, offered=own.ways_out())
        talk, asking = yield from self.play(self._gate(talk))
        yield from self._let_go(talk)
        return (yield from self._answer(talk, asking, stays=asking.question.name == before))

    def _own(self) -> OwnWords:
        return OwnWords(self.words, self.scripts, self.begun, self.actor, self.incoming, self._agreed())

    def _pressing(self) -> Pressing:
        return Pressing(self.words, self.scripts, self.begun, self.actor)

    def _let_go(self, talk: Conversation) -> Asks[None]:
        """Files that no answer holds any more are erased, unless they were sent. What staff send in a family's name
        is the family's as soon as their script is over."""
        before, person = self.begun.guest.talk, self.actor.person
        gone = held(before) - held(talk)
        if gone and (self.actor.staff is None or talk.active.script == before.active.script):
            yield from Call(lambda work: files.let_go(gone, person, work), None)

    def _brought(self, talk: Conversation) -> Conversation:
        """With what a deep link names begun, for a newcomer who did not press the key that it came with."""
        link = self.incoming.link
        if not link or talk.active.script != "welcome":
            return talk
        return by_link(talk, link, self.actor, self.scripts, self.words, self.begun.now)

    def _agreed(self) -> bool:
        """May what this person writes be kept?"""
        return self.actor.staff is not None or self.person.consent == CONSENT

    def _gate(self, talk: Conversation) -> Conversation:
        """Nobody goes past the consent; whatever they came for waits behind it. A code from another device of somebody
        who has agreed already needs none."""
        if self._agreed() or talk.active.script in ("welcome", "link"):
            return talk
        waits = (talk.active,) if talk.active.script != "menu" else ()
        return replace(talk, active=Draft("welcome"), parked=(*talk.parked, *waits))

    def _turn(
        self, talk: Conversation, asking: Asking, said: Said | None, own: OwnWords, read: Read | None
    ) -> Asks[Conversation]:
        at, content = self.begun.now, self.incoming.content
        match spoken(content.text) if isinstance(content, Text) else content:
            case Opened(""):
                return self._opened(talk, asking)
            case Opened(link):
                return by_link(talk, link, self.actor, self.scripts, self.words, at)
            case ButtonPress() as button:
                self.unknown |= self._pressing().unknown(button)
                return self._pressing().taken(button, talk, asking)
            case Text(text) if text.startswith("/"):
                return by_command(talk, text, self.actor, self.scripts, self.words, at)
            case Text(text) as typed if read is not None:
                early = self._early()
                self.facts.pop(Waits(), None)
                if own.may_continue and (yield from own.continues()):
                    return talk.note("inbox-whole")
                if read.way in (Meaning.ANSWER, Meaning.UNCLEAR) and strays(
                    talk, asking, typed, self.scripts, self.words
                ):
                    return (yield from own.strayed(talk))
                if early and read.way in (Meaning.ANSWER, Meaning.UNCLEAR, Meaning.KEPT):
                    return joined(talk, asking, text, at, self.words) or (yield from own.came_early(talk))
                return (yield from self._heard(read, talk, own))
        assert said is not None  # noqa: S101  every other content is said to the question
        if isinstance(said, NotedFiles):
            talk = replace(talk, notes=(*talk.notes, *(file.say for file in dict.fromkeys(said.refused))))
            if read is not None and own.agreed and not (said.files or said.recordings):
                return (yield from self._heard(read, talk, own))
            sent = OwnFiles(self.words, self.scripts, self.begun, self.actor, self.incoming, own.agreed, self._go)
            return (yield from sent.heard(said, talk, asking, read))
        return take(talk, asking, said, at, self.scripts, self.words)

    def _heard(self, read: Read, talk: Conversation, own: OwnWords) -> Asks[Conversation]:
        """What follows from words, as they were read."""
        match read.way:
            case Meaning.GO if read.wish is not None and own.agreed:
                return self._go(read.wish.to, talk)
            case Meaning.OFFER if read.wish is not None and own.agreed:
                return offered(read.wish, talk)
            case Meaning.KEPT if own.agreed:
                return (yield from own.keep(read, talk))
            case Meaning.THANKS:
                return talk
            case Meaning.GO | Meaning.OFFER | Meaning.KEPT:
                return (yield from own.not_kept(talk))
            case _:
                return replace(read.talk, notes=(*talk.notes, *read.talk.notes))

    def _go(self, to: str, talk: Conversation) -> Conversation:
        return by_command(talk, f"/{to}", self.actor, self.scripts, self.words, self.begun.now, pressed=True)

    def _opened(self, talk: Conversation, asking: Asking) -> Conversation:
        """/start in the middle of something changes nothing; otherwise it opens the menu. What was begun on a messenger
        and waits for the page goes on when that is opened."""
        waits = asking.question.on_page or self.scripts[talk.active.script].waits_for_page(self.actor)
        if waits and self.actor.staff is not None and talk.active.answers:
            return talk
        if talk.active.script == "welcome" or (self.scripts[talk.active.script].keeps_draft and talk.active.answers):
            return talk
        return talk.begin(self.scripts["menu"], scripts=self.scripts)

    def _covered(self) -> int | None:
        """The letter whose cover was pressed. Any other press bound to the person is only noted."""
        button = self.incoming.content
        if not isinstance(button, ButtonPress):
            return None
        self.mark_pressed |= self._pressing().mark_pressed(button)
        return self._pressing().cover(button)

    def _uncovered(self, letter: int) -> Asks[Ended]:
        """What is under a cover. The conversation stays where it is, its question stands above."""
        actor, nothing = self.actor, pushes.gone()
        screen = yield from Call(lambda work: rulebook.uncover(letter, actor, work), nothing)
        return self._beside(replace(screen, about_case=True))

    def _beside(self, screen: Screen, due: datetime | None = None) -> Ended:
        """Show something that disturbs no conversation: the question stands above, and its buttons work."""
        return replace(self._ended(self.begun.guest.talk, Reply(screen, due)), anew=False)

    def _due(self) -> datetime | None:
        """When the answer goes, where it waits for what may come with the message."""
        waits = patience(self.incoming)
        return None if waits is None else self.begun.now + waits

    def _ended(self, talk: Conversation | None, *replies: Reply) -> Ended:
        if self.actor.staff is not None:
            replies = tuple(replace(reply, screen=reply.screen.without_private()) for reply in replies)
        return Ended(
            self.actor.person,
            self.actor.channel,
            replies,
            talk,
            mark_pressed=tuple(sorted(self.mark_pressed)),
            unknown=tuple(sorted(self.unknown)),
        )

    def _early(self) -> bool:
        guest, asked = self.begun.guest, self.begun.asked
        if self.patient and asked is not None and asked.leaving and guest.asked_letter is not None:
            raise QuestionInFlight(guest.asked_letter)
        self.asked_anew = shown_elsewhere(self.begun)
        return is_early(self.incoming, self.begun)

    def play(self, talk: Conversation) -> Asks[tuple[Conversation, Asking]]:
        """Play on until it is the person's turn: fetch what is wondered about, carry out what is decided."""
        for _ in range(STEPS):
            script = self.scripts[talk.active.script]
            if talk.active.of != self.facts_of:  # in another name other things are true
                self.facts_of = talk.active.of
                self.facts.clear()
            self.facts.update(self._known(talk))
            match play(script.play, talk.active.answers, self.facts, talk.answered):
                case Wondering(query):
                    try:
                        self.facts[query] = yield from Fetch(query, self._acting(talk))
                    except Refusal as refusal:
                        talk = self._refused(refusal, talk)
                case Asking() as asking:
                    onward = glide(talk, asking, self.begun.now)
                    if onward is None:
                        if self.actor.discreet:
                            asking = put_off(asking, script, talk, self.actor, self.begun.page)
                        return talk, asking
                    talk = onward
                case Finished(command, tells):
                    says = bool(tells) or not isinstance(command, Redirect)
                    self.about_case = self.about_case or (script.about_case and says)
                    talk = yield from self._carry_out(command, replace(talk, notes=(*talk.notes, *tells)))
        raise RecursionError(f"{talk.active.script} does not come to a question")

    def _acting(self, talk: Conversation) -> Actor:
        """Who acts in the script under way: the person, or a member of staff in the name of a visitor."""
        return self.actor if talk.active.of is None else self.actor.for_visitor(talk.active.of)

    def _known(self, talk: Conversation) -> dict[Query[Any], Any]:
        """What need not be fetched."""
        now = self.begun.now
        parked = tuple(draft.script for draft in talk.parked if draft.of == talk.active.of)
        known: dict[Query[Any], Any] = {_NOW: now, _TODAY: now.astimezone(KYIV).date(), _DRAFTS: parked}
        known[_SERVING] = talk.serving is not None
        if talk.active.of is None:
            known[_ME] = self.person
        return known

    def _carry_out(self, command: Any, talk: Conversation) -> Asks[Conversation]:
        own, over = self._own(), untaken(talk.active, self.words)
        if isinstance(command, Redirect):
            talk = self._left(command.to, talk)
            if over.answers:
                talk = yield from own.give_back((over,), talk)
            return self._go(command.to, talk) if command.to else talk
        key = talk.active.key if self.scripts[talk.active.script].own_key else None
        try:
            carried = yield from CarryOut(command, self._acting(talk), key)
        except Refusal as refusal:
            return self._refused(refusal, talk)
        self.facts.clear()
        self.changed = carried.person
        self.actor = replace(self.actor, language=carried.person.language)
        talk = self._done(carried.done, talk)
        return (yield from own.give_back((over,), talk)) if over.answers else talk

    def _left(self, to: str, talk: Conversation) -> Conversation:
        """What is left for another script. What leads to several of its own is come back to from each; so is the
        door."""
        here, script = talk.active.script, self.scripts.get(to.partition(" ")[0])
        within = script is not None and (script.within == here or here == "welcome")
        return replace(talk, active=Draft(here)) if within else talk.end()

    def _refused(self, refusal: Refusal, talk: Conversation) -> Conversation:
        """Say why, and ask again what it names; where it names nothing, the script is over. What it leads to comes
        first, with all that was answered kept until then."""
        self.facts.clear()
        talk = replace(talk, notes=(*talk.notes, refusal.say), answered=None)
        if refusal.leads is not None:
            return talk.begin(self.scripts[refusal.leads], scripts=self.scripts)
        if not set(refusal.forget) & set(talk.active.answers):
            return talk.end().goes_on(self.scripts)
        return replace(talk, active=talk.active.forget(*refusal.forget))

    def _done(self, done: Result, talk: Conversation) -> Conversation:
        self.leaves = self.leaves or done.leaves
        self.also_at += (done.also_at,) if done.also_at is not None else ()
        over = talk.active.script
        if done.shows is not None:
            self.opened.append((done.shows, done.says))
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
            return self._go(done.then, talk)
        return talk.goes_on(self.scripts)

    def _answer(self, talk: Conversation, asking: Asking, *, stays: bool) -> Asks[Ended]:
        """The reply, and where the conversation is."""
        script, unsaid = self.scripts[talk.active.script], self.begun.unsaid
        asked_letter = self.begun.guest.asked_letter
        about_case = self.about_case or script.about_case
        on = None
        if isinstance(self.incoming.content, ButtonPress) and (self.incoming.content.protected or not about_case):
            on = self.incoming.content.on  # editing cannot forbid to forward what could be forwarded before
        notes = [*self.first, *(say for screen in unsaid.values() for say in screen.says[: screen.noted])]
        talk = replace(talk, turn=talk.turn + 1, asked=asking.question.name, notes=once((*notes, *talk.notes)))
        if (
            script.name == "welcome"
            and self.begun.guest.talk.asked == asking.question.name
            and isinstance(self.incoming.content, Text)
        ):
            asking = replace(asking, tells=())  # all of it stands above, and an answer at the door is not lost in it
        screen = (yield from self._kept(talk, asking)) if self._live else (yield from self._screen(talk, asking))
        same = stays and isinstance(self.incoming.content, ButtonPress) and not self.kept
        screen = replace(
            screen,
            attached=self.attached,
            about_case=about_case,
            replaces=None if self.kept else on,
            same=same,
            tidies=asked_letter,
            unshares=self.shared,
        )
        kept = [Reply(one) for one in self.kept]
        if self.leaves:
            farewell = Screen(talk.notes, tidies=asked_letter, unshares=self.shared, farewell=True)
            return replace(self._ended(None, *kept, Reply(farewell)), said=True)
        there = replace(screen, attached=(), replaces=None) if self.also_at else screen
        return replace(
            self._ended(talk, *kept, Reply(screen, None if self.kept else self._due())),
            anew=not stays or self.asked_anew or asked_letter is None or asked_letter in unsaid,
            elsewhere=tuple((address, there) for address in self.also_at),
            own_key=script.own_key,
            said=True,
        )

    @property
    def _live(self) -> bool:
        """Is it a member of staff on the page, whose thread holds no family's data?"""
        return self.actor.staff is not None and self.actor.on_page

    def _screen(self, talk: Conversation, asking: Asking) -> Asks[Screen]:
        """The question, in full."""
        script, left = self.scripts[talk.active.script], None
        if script.counts:
            ahead = rehearse(script.play, talk.active.answers, self.facts)[len(asking.passed) :]
            left = sum(not step.known for step in ahead)
        screen = show(talk, asking, script, self.words, left)
        if talk.active.of is not None:
            screen = replace(screen, says=((yield from self._in_whose_name(talk.active.of)), *screen.says))
        return screen

    def _kept(self, talk: Conversation, asking: Asking) -> Asks[Screen]:
        """The question as a member's thread holds it; the page shows it by `again`."""
        shown = [what for _, says in self.opened for what in says]
        said = tuple(without_private(what) for what in talk.notes if what not in shown)
        live = Live(talk.turn, talk.answered, said, tuple(reference for reference, _ in self.opened))
        script = self.scripts[talk.active.script]
        waits = put_off(asking, script, talk, self.actor, self.begun.page)
        screen = (yield from self._screen(talk, waits)).without_private()
        says = tuple(Say("thread-fetched") if what.name == "staff-on-page" else what for what in screen.says)
        return replace(screen, says=says, live=live)

    def again(self, live: Live) -> Asks[Screen]:
        """What a member is asked, in full: played and fetched anew, and nothing of it is carried out."""
        standing = renewed(self.begun.guest.talk, self.scripts, self.words).talk
        talk, asking = yield from self.play(replace(standing, answered=live.answered))
        actor, opened, nothing = self._acting(talk), list[Say](), tuple[Say, ...]()
        for reference in live.shows:
            try:
                opened += yield from Call(partial(rulebook.shown_again, reference, actor), nothing)
            except Refusal as refusal:
                opened.append(refusal.say)
        return (yield from self._screen(replace(talk, notes=(*live.said, *opened)), asking))

    def _in_whose_name(self, visitor: PersonId) -> Asks[Say]:
        person = yield from Call(lambda work: work.people.get(visitor), Me.example)
        name = person.profile.name
        return Say("visitor-for", {"name": Private(name.full if name else "—")})
