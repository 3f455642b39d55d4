"""What a family writes when nothing asked for it, or in despair: kept, answered, offered to be passed on.

Works inside the desk's transaction, for one message; `Visit` decides when.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casework import crisis, inbox
from casework.actor import Actor
from casework.inbox import Kept
from casework.letters import Kind, Letter, Private, Say, Screen
from casework.pushes import Offer
from dialogs.answers import SPLIT_WITHIN, is_split, rejoined, shortened, without_coordinates
from dialogs.conversation import Conversation, Scripts
from dialogs.draft import Draft
from dialogs.questions import Option
from dialogs.reading import Read, is_worth_keeping, reading
from dialogs.renewing import files_of, words_of
from dialogs.said import Text
from dialogs.script import Asking
from dialogs.sent import apart
from dialogs.wishes import BY_NAME, PASS_ON, Wish
from dialogs.words import Words
from handlers.incoming import Incoming, written

if TYPE_CHECKING:
    from handlers.desk import DeskWork, Guest

TO = "~to."
"""Begins the id of a button that goes to a wish's script, beside the question's own."""

MENTIONED = 200
"""Characters of an early answer that are repeated; a longer one is kept as well, so that nothing of it is lost."""


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
    work: "DeskWork"
    guest: "Guest"
    actor: Actor
    incoming: Incoming
    agreed: bool

    @property
    def _text(self) -> str:
        return without_coordinates(written(self.incoming.content))

    async def read(self, talk: Conversation, asking: Asking) -> Read | None:
        """Typed words, as they are to be taken; None for what is none, or a command."""
        content = self.incoming.content
        if not isinstance(content, Text) or content.text.startswith("/"):
            return None
        said, family = Text(content.text, self.incoming.at), self.actor.staff is None
        offers: Sequence[Offer] | None = None
        while True:
            walk = reading(said, talk, asking, self.work.now, self.scripts, self.words, family=family)
            try:
                next(walk)
                offers = offers if offers is not None else await self.work.offers(self.guest.address)
                walk.send(offers)
            except StopIteration as end:
                read: Read = end.value
                if read.pressed is None or not await self._unseen(read.pressed[0]):
                    return read
                offers = [offer for offer in offers or () if offer is not read.pressed[0]]

    async def _unseen(self, offer: Offer) -> bool:
        """Was this written before the offer could be seen? The letter that it followed tells more than a clock."""
        if self.incoming.answers is not None:
            before = await self.work.before(self.incoming.answers, offer.letter)
            if before is not None:
                return before
        return self.incoming.at + self.incoming.grain <= offer.since

    async def despair(self) -> tuple[Say, ...]:
        """What comes before everything else."""
        if not self.agreed:
            return await crisis.stranger(self.work)
        at, channel = self.incoming.at, self.incoming.channel
        return await crisis.answer(self.actor.person, self._text, self.work, at=at, channel=channel)

    def ways_out(self) -> tuple[Option, ...]:
        """Beside the question: a human, and where nobody knows where to call, a number."""
        if not self.agreed:
            return ()
        number = (way_to(PASS_ON),) if self.guest.person.profile.phone is None else ()
        return (*number, way_to(BY_NAME["human"]))

    async def keep(self, read: Read, talk: Conversation) -> Conversation:
        """The words are kept; the family is asked once whether to pass them on. Why they are no answer is said too, but
        at the menu, where nothing was asked."""
        text = self._text
        if not any(map(str.isalpha, text)):
            return talk.note("unclear-coordinates")
        person, at, channel = self.actor.person, self.incoming.at, self.incoming.channel
        kept = await inbox.keep(person, text, self.work, at=at, channel=channel)
        menu = talk.active.script == "menu"
        why = () if menu else read.talk.notes[len(talk.notes) :]
        ways = [] if menu or kept is Kept.JOINED else [way_to(PASS_ON)]
        if read.wish is not None:
            ways.append(way_to(read.wish))
        return replace(talk, notes=(*talk.notes, Say(f"inbox-{kept}"), *why), offered=tuple(ways))

    async def continues(self) -> bool:
        """Is this the rest of what a messenger has cut in two, and whose beginning was kept? Then it is put to it."""
        since = self.guest.wrote_at
        near = SPLIT_WITHIN + self.incoming.grain
        if since is None or not abs(self.incoming.at - since) <= near:
            return False
        line = await inbox.last(self.actor.person, self.work)
        if line is None or not is_split(line.words):
            return False
        await self.work.inbox.lengthen(line.id, self.actor.person, rejoined(line.words, self._text))
        return True

    async def came_early(self, talk: Conversation) -> Conversation:
        """Written before its question could be seen, so no answer; repeated, and if it is long, kept."""
        text = self._text
        if self.agreed and self.actor.staff is None and len(text) > MENTIONED:
            person, at, channel = self.actor.person, self.incoming.at, self.incoming.channel
            await inbox.keep(person, text, self.work, at=at, channel=channel)
            talk = replace(talk.note("inbox-kept"), offered=(way_to(PASS_ON),))
        return talk.note("desk-early", text=Private(shortened(text, MENTIONED)))

    async def strayed(self, talk: Conversation) -> Conversation:
        """Said to a question that is not asked any more: no answer to another one. Repeated, and a family's words are
        kept."""
        text = self._text
        if self.agreed and self.actor.staff is None and is_worth_keeping(text):
            talk = await self._put_by(text, talk)
        return talk.note("desk-question-gone", text=Private(text))

    async def give_back(self, over: tuple[Draft, ...], talk: Conversation) -> Conversation:
        """What was told to questions that are no more is not lost. A family's words are kept, and its files apart;
        staff read theirs again, on the page."""
        text, files = words_of(over), files_of(over)
        if self.actor.staff is not None:
            return await self._shown_again(text, talk) if text else talk
        if not self.agreed:
            return talk
        if text:
            talk = await self._put_by(text, talk)
        return apart(talk, files, self.work.now) if files else talk

    async def _shown_again(self, text: str, talk: Conversation) -> Conversation:
        what = Say("desk-words-again", {"text": Private(text)})
        page = await self.work.people.on_page(self.actor.person) if self.actor.discreet else None
        if page is None:
            return replace(talk, notes=(*talk.notes, what))
        await self.work.send(Letter(self.actor.person, Screen((what,), keeps=True), Kind.REPLY, at=page))
        return talk.note("push-on-page", page=self.work.page)

    async def _put_by(self, text: str, talk: Conversation) -> Conversation:
        """Keep words now, with the offer to pass them on."""
        kept = await inbox.keep(self.actor.person, text, self.work, at=self.incoming.at, channel=self.incoming.channel)
        ways = () if kept is Kept.JOINED or talk.active.script == "menu" else (way_to(PASS_ON),)
        return replace(talk.note(f"inbox-{kept}"), offered=(*talk.offered, *ways))

    async def not_kept(self, talk: Conversation) -> Conversation:
        """Before the consent nothing is kept: whom to call, and that the rest can be told afterwards."""
        lines = {line.name: line.phone for line in await self.work.centers.lines()}
        return talk.note("inbox-not-yet", phone=lines["headquarters"])
