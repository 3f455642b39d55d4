"""Rendering: a letter's screen becomes a message, in the language that its reader has at the moment of sending."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from casework import pushes, rulebook
from casework.actor import Channel
from casework.booking.wording import venue
from casework.centers import line_of_all
from casework.ids import CenterId, FileId
from casework.letters import Button, DueLetter, Leased, LetterKind, Say, Screen, Wants
from casework.unreadable import NotReadable, tells_of_it
from casework.work import Work
from dialogs.menu import commands
from dialogs.words import Words
from handlers.channel import Enclosure, Key, Message, Venue
from handlers.outgoing import CourierWork


@dataclass(frozen=True)
class Rendering:
    """For one channel."""

    words: Words
    channel: Channel

    async def message(self, claim: Leased, letter: DueLetter, work: CourierWork) -> Message:
        """The screen in words. A messenger gets a push's cover, for it may be shown on a lock screen; for staff what is
        private is a dash: it opens on the page, and there it is fetched when it is shown."""
        screen, language = letter.screen, claim.language
        on_page = self.channel.on_page
        if not on_page and pushes.is_covered(letter.kind, letter.purpose, screen):
            screen = pushes.cover(letter.id)
        told = await _opened(claim, screen.opens, language, work)
        if not claim.staff and any(map(tells_of_it, (*screen.says, *told))):
            told = (*told, Say("unreadable-family", {"phone": await line_of_all(work)}))
        offered = commands(claim.role) if claim.role else ()

        def words(what: Say) -> str:
            said = self.words.say(language, what, discreet=claim.staff, on_page=on_page)
            return self.words.readable(language, said, staff=claim.staff)

        def key(button: Button) -> Key:
            id = _id(button, lambda said: work.sign(claim.person, said))
            if button.ticked is None or on_page:
                return Key(id, words(button.label), button.ticked)
            mark = "common.marked" if button.ticked else "common.unmarked"
            return Key(id, words(Say(mark, {"what": button.label})))

        tidies = None if on_page else await _receipt(claim, screen.tidies, work)
        return Message(
            paragraphs=tuple(words(what) for what in (*screen.says, *told)),
            keys=tuple(tuple(key(button) for button in row) for row in screen.buttons),
            enclosures=await self._enclosures(screen, language, work),
            venue=await _venue(screen.place, words, work),
            contact=words(Say("common.share-contact")) if screen.wants is Wants.CONTACT else None,
            location=words(Say("common.share-location")) if screen.wants is Wants.LOCATION else None,
            staff_voice=screen.quotes,
            replaces=None if screen.keeps or letter.kind is LetterKind.PUSH else screen.replaces,
            tidies=tidies,
            unshares=screen.unshares and tidies is not None,
            plain=letter.screen.plain,
            protect=screen.about_case or letter.kind is LetterKind.PUSH,
            commands=tuple((name, words(what)) for name, what in offered) if claim.staff else None,
            ref=str(letter.id),
            language=language,
            chat=claim.address_id,
            farewell=letter.screen.farewell,
            pressed=screen.pressed,
            same=screen.same,
            question=screen.question if not claim.staff else None,
            holds=screen.holds,
            compares=screen.compares,
            live=screen.live if on_page else None,
        )

    async def _enclosures(self, screen: Screen, language: str, work: Work) -> tuple[Enclosure, ...]:
        """The files that go with a screen, without those that do not open."""
        found = []
        for file in screen.attached:
            with suppress(NotReadable):
                found.append(await enclosed(file.file, self.words.readable(language, file.name), file.type, work))
        return tuple(found)


async def _opened(claim: Leased, opens: str | None, language: str, work: CourierWork) -> tuple[Say, ...]:
    """What a letter names and does not hold."""
    if opens is None:
        return ()
    try:
        return tuple(await rulebook.opened(claim.person, opens, language, work))
    except NotReadable as broken:
        return (broken.say,)


def _id(button: Button, sign: Callable[[str], str]) -> str:
    """What comes back when it is pressed; a command is signed for its recipient."""
    return f"go.{sign(button.id[1:])}.{button.id[1:]}" if button.id.startswith("/") else button.id


def screen_on_page(screen: Screen, language: str, words: Words, sign: Callable[[str], str]) -> Message:
    """What somebody is asked, in full, as the page shows it to them."""

    def put(what: Say) -> str:
        return words.say(language, what, on_page=True)

    keys = tuple(tuple(Key(_id(key, sign), put(key.label), key.ticked) for key in row) for row in screen.buttons)
    return Message(tuple(put(what) for what in screen.says), keys, compares=screen.compares)


async def _venue(place: CenterId | None, words: Callable[[Say], str], work: CourierWork) -> Venue | None:
    found = venue(await work.centers.get(place)) if place is not None else None
    return Venue(found.latitude, found.longitude, words(found.city), found.address) if found else None


async def _receipt(claim: Leased, letter: int | None, work: CourierWork) -> str | None:
    """The platform's id of an earlier letter, if that went to the same address."""
    if letter is None:
        return None
    delivery_status = await work.outbox.delivery_status(letter)
    return delivery_status.receipt if delivery_status.address == claim.address_id else None


async def enclosed(file: FileId, name: str, type: str, work: Work) -> Enclosure:
    """A kept file as it goes with a message."""
    return Enclosure(name, type, await work.files.read(file), file)
