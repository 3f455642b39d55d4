"""What a family writes when nothing asked for it, or in despair: kept, answered, offered to be passed on.

For one message; the turn decides when.
"""

from dataclasses import dataclass, replace

from casework import correspondence, crisis, inbox
from casework.actor import Actor
from casework.centers import Lines
from casework.correspondence.own_words import Kept, keep
from casework.ids import AddressId
from casework.inbox import InboxItem
from casework.letters import Letter, LetterKind, Private, Say, Screen
from dialogs.answers import SPLIT_WITHIN, is_split, rejoined, shortened, without_coordinates
from dialogs.calls import typed_phone
from dialogs.conversation import Conversation, Scripts
from dialogs.draft import Draft
from dialogs.early import is_unseen
from dialogs.incoming import Incoming, Sent, written
from dialogs.linking import bare_code
from dialogs.needs import Asks, Begun, Call, Fetch
from dialogs.questions import Option
from dialogs.reading import Meaning, Read, is_worth_keeping, reading
from dialogs.renewing import files_of, words_of
from dialogs.said import Text
from dialogs.script import Asking
from dialogs.sent import apart
from dialogs.wishes import BY_NAME, PASS_ON, Wish
from dialogs.words import Words

TO = "~to."
"""Begins the id of a button that goes to a wish's script, beside the question's own."""

MENTIONED = 200
"""Characters of an early answer that are repeated; a longer one is kept as well, so that nothing of it is lost."""


EXAMPLE: tuple[Say, ...] = (Say("despair"),)
"""What is said to despair where there is no database that knows whom to call."""


def way_to(wish: Wish) -> Option:
    return Option(f"{TO}{wish.name}", wish.button)


def offered(wish: Wish, talk: Conversation) -> Conversation:
    """The question stays; one press goes where the words seem to want."""
    return replace(talk.note("wish-offered", what=wish.button), offered=(way_to(wish),))


def thanked(read: Read) -> tuple[Say, ...]:
    """A few warm words."""
    return (Say(f"wish-{read.wish.name}"),) if read.wish is not None else ()


@dataclass(frozen=True)
class OwnWords:
    """The words of one message. `agreed`: its writer has consented to anything being kept."""

    words: Words
    scripts: Scripts
    begun: Begun
    actor: Actor
    incoming: Incoming
    agreed: bool

    @property
    def _text(self) -> str:
        return without_coordinates(written(self.incoming.content))

    def read(self, talk: Conversation, asking: Asking) -> Read | None:
        """Typed words, also those with a file, as they are to be taken; None for what is none, or a command."""
        content = self.incoming.content
        typed = written(content) if isinstance(content, Text | Sent) else ""
        if (isinstance(content, Sent) and not typed) or typed.startswith("/") or not isinstance(content, Text | Sent):
            return None
        said, family, begun = Text(typed, self.incoming.at), self.actor.staff is None, self.begun
        waiting = () if isinstance(content, Sent) else begun.offers  # a file presses no button
        offers = [offer for offer in waiting if not is_unseen(offer, self.incoming, begun)]
        read = reading(said, talk, asking, offers, begun.now, self.scripts, self.words, family=family)
        return Read(Meaning.UNCLEAR, talk, read.despair) if self._opens(talk, read) else read

    def _opens(self, talk: Conversation, read: Read) -> bool:
        """Are these somebody's very first words? They open the talk, and answer nothing: not even "yes" agrees to what
        nobody has read. A code from another device needs no question."""
        first = self.begun.guest.new and talk.active.script == "welcome"
        return first and read.way is Meaning.ANSWER and bare_code(self._text) is None

    def despair(self) -> Asks[tuple[Say, ...]]:
        """What comes before everything else."""
        if not self.agreed:
            return (yield from Call(crisis.stranger, EXAMPLE))
        person, text, at, channel = self.actor.person, self._text, self.incoming.at, self.incoming.channel
        return (yield from Call(lambda work: crisis.answer(person, text, work, at=at, channel=channel), EXAMPLE))

    def ways_out(self) -> tuple[Option, ...]:
        """Beside the question: a human, and where nobody knows where to call, a number."""
        if not self.agreed:
            return ()
        talk, profile = self.begun.guest.talk, self.begun.guest.person.profile
        known = profile.phone or typed_phone((talk.active, *talk.parked))
        return (*(() if known else (way_to(PASS_ON),)), way_to(BY_NAME["human"]))

    def keep(self, read: Read, talk: Conversation) -> Asks[Conversation]:
        """The words are kept; the family is asked once whether to pass them on. Why they are no answer is said too, but
        at the menu, where nothing was asked; where it is asked whether they are one, that stays asked."""
        text = self._text
        if not any(map(str.isalpha, text)):
            return talk.note("unclear-coordinates")
        kept, said = yield from self._kept(text)
        menu = talk.active.script == "menu"
        why = () if menu else read.talk.notes[len(talk.notes) :]
        ways = [] if menu or kept is Kept.JOINED else [way_to(PASS_ON)]
        if read.wish is not None:
            ways.append(way_to(read.wish))
        notes = (*talk.notes, *said, *why)
        return replace(talk, active=read.talk.active, notes=notes, offered=tuple(ways))

    def thanks(self) -> Asks[None]:
        """While a correspondence is open, whoever answers the family reads its thanks too: "I will be there at ten" may
        stand beside them."""
        person, text, at, channel = self.actor.person, self._text, self.incoming.at, self.incoming.channel
        yield from Call(lambda work: correspondence.add(person, text, work, at=at, channel=channel), None)

    def _kept(self, text: str) -> Asks[tuple[Kept, tuple[Say, ...]]]:
        person, at, channel = self.actor.person, self.incoming.at, self.incoming.channel
        example: tuple[Kept, tuple[Say, ...]] = Kept.FIRST, (Say("inbox-kept"),)
        return (yield from Call(lambda work: keep(person, text, work, at=at, channel=channel), example))

    @property
    def may_continue(self) -> bool:
        """Did it come so soon after what was kept that it may be the rest of it?"""
        since, near = self.begun.guest.wrote_at, SPLIT_WITHIN + self.incoming.grain
        return since is not None and abs(self.incoming.at - since) <= near

    def continues(self) -> Asks[bool]:
        """Is this the rest of what a messenger has cut in two, and whose beginning was kept? Then it is put to it."""
        person = self.actor.person
        line: InboxItem | None = yield from Call[InboxItem | None](lambda work: inbox.last(person, work), None)
        if line is None or not is_split(line.words):
            return False
        id, whole = line.id, rejoined(line.words, self._text)
        yield from Call(lambda work: work.inbox.lengthen(id, person, whole), None)
        return True

    def came_early(self, talk: Conversation) -> Asks[Conversation]:
        """Written before its question could be seen, so no answer; repeated, and if it is long, kept."""
        text = self._text
        if self.agreed and self.actor.staff is None and len(text) > MENTIONED:
            talk = yield from self._put_by(text, talk)
        return talk.note("desk-early", text=Private(shortened(text, MENTIONED)))

    def strayed(self, talk: Conversation) -> Asks[Conversation]:
        """Said to a question that is not asked any more: no answer to another one. Repeated, and a family's words are
        kept."""
        text = self._text
        if self.agreed and self.actor.staff is None and is_worth_keeping(text):
            talk = yield from self._put_by(text, talk)
        return talk.note("desk-question-gone", text=Private(text))

    def give_back(self, over: tuple[Draft, ...], talk: Conversation) -> Asks[Conversation]:
        """What was told to questions that are no more is not lost. A family's words are kept, and its files apart;
        staff read theirs again, on the page."""
        text, files = words_of(over), files_of(over)
        if self.actor.staff is not None:
            return (yield from self._shown_again(text, talk)) if text else talk
        if not self.agreed:
            return talk
        if text:
            talk = yield from self._put_by(text, talk)
        return apart(talk, files, self.begun.now) if files else talk

    def _shown_again(self, text: str, talk: Conversation) -> Asks[Conversation]:
        """Once, and in their thread: these words were never sent, and stand nowhere else any more."""
        person, what = self.actor.person, Say("desk-words-again", {"text": text})
        page: AddressId | None = None
        if self.actor.discreet:
            page = yield from Call(lambda work: work.people.on_page(person), page)
        if page is None:
            hidden = Say("desk-words-again", {"text": Private(text)})
            return replace(talk, notes=(*talk.notes, hidden if self.actor.discreet else what))
        letter = Letter(person, Screen((what,), keeps=True), LetterKind.REPLY, at=page)
        yield from Call(lambda work: work.send(letter), 0)
        return talk.note("push-on-page", page=self.begun.page)

    def _put_by(self, text: str, talk: Conversation) -> Asks[Conversation]:
        """Keep words now, with the offer to pass them on."""
        kept, said = yield from self._kept(text)
        ways = () if kept is Kept.JOINED or talk.active.script == "menu" else (way_to(PASS_ON),)
        return replace(talk, notes=(*talk.notes, *said), offered=(*talk.offered, *ways))

    def not_kept(self, talk: Conversation) -> Asks[Conversation]:
        """Before the consent nothing is kept: whom to call, and that the rest can be told afterwards."""
        lines = yield from Fetch(Lines(), self.actor)
        phone = {line.name: line.phone for line in lines}["headquarters"]
        return talk.note("inbox-not-yet", phone=phone)
