"""Rendering: a letter's screen becomes a message, in the language that its reader has at the moment of sending."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from casework import pushes, rulebook
from casework.actor import Channel
from casework.booking.wording import PlaceOnMap, venue
from casework.centers import line_of_all
from casework.ids import FileId
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
        """The screen in words, with what stands in the database behind it."""
        screen, language = self._shown(letter), claim.language
        told = await _opened(claim, screen.opens, language, work)
        if not claim.staff and any(map(tells_of_it, (*screen.says, *told))):
            told = (*told, Say("unreadable-family", {"phone": await line_of_all(work)}))
        files = await self._enclosures(screen, language, work)
        place = venue(await work.centers.get(screen.place)) if screen.place is not None else None
        return self._message(claim, letter, screen, told, files, place)

    def alone(self, claim: Leased, letter: DueLetter) -> Message | None:
        """The same, for a letter that says all itself; None where the database has to be asked: whether the person may
        still read it, what stands behind it."""
        screen = self._shown(letter)
        asks = letter.reads is not None or screen.opens or screen.attached or screen.place is not None
        if asks or letter.rests_until is not None or any(map(tells_of_it, screen.says)):
            return None
        return self._message(claim, letter, screen, (), (), None)

    def _shown(self, letter: DueLetter) -> Screen:
        """A messenger gets a push's cover, for it may be shown on a lock screen."""
        covered = not self.channel.on_page and pushes.is_covered(letter.kind, letter.purpose, letter.screen)
        return pushes.cover(letter.id) if covered else letter.screen

    def _message(
        self,
        claim: Leased,
        letter: DueLetter,
        screen: Screen,
        told: Sequence[Say],
        files: tuple[Enclosure, ...],
        place: PlaceOnMap | None,
    ) -> Message:
        """For staff what is private is a dash: it opens on the page, and there it is fetched when it is shown."""
        language, on_page = claim.language, self.channel.on_page
        offered = commands(claim.role) if claim.role else ()

        def words(what: Say) -> str:
            said = self.words.say(language, what, discreet=claim.staff, on_page=on_page)
            return self.words.readable(language, said, staff=claim.staff)

        def key(button: Button) -> Key:
            id = _id(button, claim.sign)
            if button.ticked is None or on_page:
                return Key(id, words(button.label), button.ticked)
            mark = "common.marked" if button.ticked else "common.unmarked"
            return Key(id, words(Say(mark, {"what": button.label})))

        tidies = letter.tidied if screen.tidies and not on_page else None
        return Message(
            paragraphs=tuple(words(what) for what in (*screen.says, *told)),
            keys=tuple(tuple(key(button) for button in row) for row in screen.buttons),
            enclosures=files,
            venue=Venue(place.latitude, place.longitude, words(place.city), place.address) if place else None,
            contact=words(Say("common.share-contact")) if screen.wants is Wants.CONTACT else None,
            location=words(Say("common.share-location")) if screen.wants is Wants.LOCATION else None,
            staff_voice=screen.quotes,
            replaces=None if screen.keeps or letter.kind is LetterKind.PUSH else screen.replaces,
            answers=screen.answers.message if screen.answers and screen.answers.address == claim.address_id else None,
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


async def enclosed(file: FileId, name: str, type: str, work: Work) -> Enclosure:
    """A kept file as it goes with a message."""
    return Enclosure(name, type, await work.files.read(file), file)
