"""The one order in which words are read, whatever question they come to.

1. The panic word (`dialogs/panic.py`): the desk looks for it before it opens anything.
2. Despair, in any text: it is answered first. An answer in the person's own words is still kept as the answer.
3. The question's own choices: its buttons, their words and numbers, "back", "more", "menu".
4. Pushes that wait: what stands on a button of a letter that nobody has pressed.
5. The question's own parser; a question for free words takes all words, so nothing after this one intercepts there.
   A parser that takes for a name or a place whatever is like one (`Question.guesses`) leaves a well-spelt wish alone.
   What it takes for talk, and asks about, is kept as well: it may have been said to a human.
6. Common wishes (`dialogs/wishes`): at the menu a brief one opens its script, elsewhere it is offered.
7. Else the words are kept, and offered to be passed on to a human of the center.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casework.despair import despairs
from casework.letters import Button
from casework.pushes import OpenButtons
from dialogs.answers.writing import plain
from dialogs.conversation import Conversation, Scripts
from dialogs.offering import typed_out
from dialogs.said import Text
from dialogs.script import Asking
from dialogs.showing import filled, so_far
from dialogs.taking import chooses, take
from dialogs.wishes import PASS_ON, WISHES, Wish, is_brief, wished
from dialogs.words import LANGUAGES, Words


class Meaning(StrEnum):
    """What words turned out to be."""

    ANSWER = "answer"  # a choice of the question, or what its parser takes
    PUSH = "push"  # a press on a letter of ours
    GO = "go"  # to another script
    OFFER = "offer"  # the question stays; the way to another script is offered beside it
    THANKS = "thanks"  # thanks or a greeting: a few words answer it, and nothing else
    KEPT = "kept"  # to be passed on to a human
    UNCLEAR = "unclear"  # no words that could be passed on: a sign, a number, a slip


@dataclass(frozen=True, slots=True)
class Read:
    """How words are to be taken. `talk` is the conversation with the answer in it, or with the reason why it is none;
    `pressed` the button of a push; `wish` what is wished for."""

    way: Meaning
    talk: Conversation
    despair: bool = False
    pressed: tuple[OpenButtons, Button] | None = None
    wish: Wish | None = None


def reading(
    said: Text,
    talk: Conversation,
    asking: Asking,
    offers: Sequence[OpenButtons],
    at: datetime,
    scripts: Scripts,
    words: Words,
    *,
    family: bool,
) -> Read:
    """Read words in the order above. `offers` are letters whose buttons wait. What staff write is never kept apart, and
    has no wishes."""
    despair = family and despairs(said.text)
    taken = take(talk, asking, said, at, scripts, words)
    if chooses(talk, asking, said.text, scripts, words):
        return Read(Meaning.ANSWER, taken, despair)
    pressed = typed_out(said.text, offers, words)
    if pressed is not None:
        return Read(Meaning.PUSH, talk, despair, pressed)
    free = filled(asking).own_words
    guessed = family and filled(asking).guesses and is_brief(said.text) and wished(said.text, spelt=True) is not None
    if taken.active is not talk.active and (free or not (despair or guessed)):
        talked = family and not free and _is_talk(said.text, asking, taken)
        return Read(Meaning.KEPT if talked else Meaning.ANSWER, taken, despair)
    if not family:
        return Read(Meaning.UNCLEAR, taken)
    if despair and not free:
        return Read(Meaning.UNCLEAR, talk, despair)
    taken = talk if guessed else taken
    worth = Meaning.KEPT if is_worth_keeping(said.text) else Meaning.UNCLEAR
    if free:
        return Read(worth, taken, despair)
    wish = _named(said.text, words) or wished(said.text, spelt=guessed)
    if wish is not None and wish.to.partition(" ")[0] != talk.active.script:
        return _wished(wish, said.text, talk, taken, words)
    return Read(worth, taken)


def _wished(wish: Wish, text: str, talk: Conversation, taken: Conversation, words: Words) -> Read:
    if not wish.to:
        return Read(Meaning.THANKS, talk, wish=wish)
    if not is_brief(text):
        return Read(Meaning.KEPT, taken, wish=wish)
    direct = talk.active.script == "menu" or _named(text, words) is wish
    return Read(Meaning.GO if direct else Meaning.OFFER, talk, wish=wish)


def _named(text: str, words: Words) -> Wish | None:
    """The wish whose button says just these words: who types it, presses it."""
    typed = plain(text)
    if typed in words.plain_spellings(PASS_ON.button):
        return PASS_ON
    labels = {plain(words.say(language, wish.button)): wish for language in LANGUAGES for wish in WISHES if wish.to}
    return labels.get(typed)


def _is_talk(text: str, asking: Asking, taken: Conversation) -> bool:
    """Is it asked whether these words are a name at all, and do they say more than a word or two?"""
    begun = so_far(asking, taken.active)
    doubt = None if begun is None else asking.question.gathered(begun)
    return doubt is not None and doubt.name in TALK and len(text.split()) >= SENTENCE


TALK = ("doubt-name", "doubt-name-none")
"""What is asked where words are rather talk than a name."""
SENTENCE = 3
"""Words that may say something."""


def is_worth_keeping(text: str) -> bool:
    """Do these words say something to a human? A sign, a number or a few letters do not."""
    letters = [word for word in plain(text).split() if any(map(str.isalpha, word))]
    return len(letters) > 1 or any(len(word) > LONGEST_SLIP for word in letters)


LONGEST_SLIP = 3
"""Letters of a single word that is rather a slip of the finger than a message."""
