"""What we began can be answered in words: who types what stands on a button presses it. Pure.

On Viber the newest message's keyboard is the only one, and some telephones show none; so no button of ours is the only
way. What the question now asked takes for one of its own choices never comes here: it has the first word.
"""

from collections.abc import Collection, Sequence

from casework.letters import Button
from casework.pushes import OpenButtons
from dialogs.answers.writing import plain
from dialogs.words import LANGUAGES, Words


def typed_out(text: str, offers: Sequence[OpenButtons], words: Words) -> tuple[OpenButtons, Button] | None:
    """The button that these words stand for, of the newest letter that has such a one.

    Its whole label counts for as long as nobody has pressed it: no name, no story is "Read". A mere "yes" counts only
    where nothing was said since: afterwards it answers that.
    """
    typed = plain(text)
    for offer in offers:
        for button in offer.buttons:
            if typed in _spelt(button, offer, words):
                return offer, button
    return None


def _spelt(button: Button, offer: OpenButtons, words: Words) -> Collection[str]:
    if offer.last:
        return words.plain_spellings(button.label)
    return {plain(words.say(each, button.label)) for each in LANGUAGES}
