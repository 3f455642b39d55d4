"""Was a message written before what it seems to answer could be seen? Then it is no answer to that. Pure."""

from casework.pushes import OpenButtons
from dialogs.incoming import Incoming
from dialogs.needs import Begun


class QuestionInFlight(Exception):  # noqa: N818  no error: it is to be taken a moment later
    """The letter with the question is just being sent: whether these words answer it can be told a moment later."""

    def __init__(self, letter: int) -> None:
        super().__init__(letter)
        self.letter = letter


def is_early(incoming: Incoming, begun: Begun) -> bool:
    """Was it written before the question now asked had been shown?"""
    asked, letter = begun.asked, begun.guest.asked_letter
    if asked is None or letter is None:
        return False
    here = asked.address == begun.guest.address
    if here and letter in begun.earlier:
        return begun.earlier[letter]
    # Ids of messages can be compared within one chat only. There they tell more than the clock: a letter is marked
    # as shown when all of its parts are there, and its question may have been answered by then. Of a letter that was
    # sent again the first copy may have been answered, of which only the time is known.
    receipt = asked.receipt if here else None
    if incoming.place is not None and receipt is not None and receipt.isdecimal():
        before = incoming.place < int(receipt)
        if not before or not asked.again:
            return before
    return asked.shown_at is None or incoming.at + incoming.grain <= asked.shown_at


def shown_elsewhere(begun: Begun) -> bool:
    """Was the question now asked shown elsewhere, or will it never be? Then it is put anew, here."""
    asked = begun.asked
    return asked is not None and (asked.lost or (asked.shown_at is None and asked.address != begun.guest.address))


def is_unseen(offer: OpenButtons, incoming: Incoming, begun: Begun) -> bool:
    """Was it written before the offer could be seen? The letter that it followed tells more than a clock."""
    if offer.letter in begun.earlier:
        return begun.earlier[offer.letter]
    return incoming.at + incoming.grain <= offer.since
