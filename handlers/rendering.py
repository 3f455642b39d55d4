"""Rendering: a letter's screen becomes a message, in the language that its reader has at the moment of sending."""

from collections.abc import Callable
from dataclasses import dataclass

from casework import pushes, rulebook
from casework.actor import Channel
from casework.booking.wording import venue
from casework.ids import CenterId, FileId
from casework.letters import Button, DueLetter, Leased, LetterKind, Say, Wants
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
        """The screen in words. A messenger gets a push's cover, for it may be shown on a lock screen; for staff there
        what is private is a dash: it opens on the page."""
        screen, language = letter.screen, claim.language
        on_page = self.channel.on_page
        if not on_page and pushes.is_covered(letter.kind, letter.purpose, screen):
            screen = pushes.cover(letter.id)
        told = await rulebook.opened(claim.person, screen.opens, language, work) if screen.opens else ()
        offered = commands(claim.role) if claim.role else ()

        def words(what: Say) -> str:
            return self.words.say(language, what, discreet=claim.staff and not on_page, on_page=on_page)

        def key(button: Button) -> Key:
            id = button.id
            if id.startswith("/"):
                id = f"go.{work.sign(claim.person, id[1:])}.{id[1:]}"
            if button.ticked is None or on_page:
                return Key(id, words(button.label), button.ticked)
            mark = "common.marked" if button.ticked else "common.unmarked"
            return Key(id, words(Say(mark, {"what": button.label})))

        tidies = None if on_page else await _receipt(claim, screen.tidies, work)
        return Message(
            paragraphs=tuple(words(what) for what in (*screen.says, *told)),
            keys=tuple(tuple(key(button) for button in row) for row in screen.buttons),
            enclosures=tuple([await enclosed(file.file, file.name, file.type, work) for file in screen.attached]),
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
        )


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
