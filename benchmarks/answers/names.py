"""Names: as they are, in a sentence, as keyboards spoil them; and words that are none."""

import random
from collections.abc import Sequence
from typing import Final

from benchmarks.answers.frame import ASKED, Answer, Case, Kind
from benchmarks.answers.people import BESIDE, NAMES, NO_NAMES, split
from benchmarks.answers.writing import slipped
from casework.values import PersonName
from dialogs.answers import name

FEW: Final = 60
_APOSTROPHES: Final = "'’ʼ`´′"
_HIDDEN: Final = ("\u200b", "\u2060", "\u00ad", "\ufe0f", "\u3164", "\u034f")


def written(typed: str) -> str:
    """As documents have it: the typographic apostrophe, a space after an initial's dot."""
    for mark in _APOSTROPHES:
        typed = typed.replace(mark, "’")
    return ". ".join(typed.split(".")).replace(".  ", ". ").strip()


def answer(typed: str) -> Answer:
    taken = name(typed)
    return taken.full if isinstance(taken, PersonName) else ASKED


def all_of_it(typed: str) -> Answer:
    """The fault: whatever is typed, as it was before."""
    return " ".join(typed.split())


def _plain(chance: random.Random, few: bool) -> Sequence[Case]:
    cases = [Case(one, {written(one)}) for one in split(NAMES)]
    return chance.sample(cases, FEW) if few else cases


def _beside(chance: random.Random, few: bool) -> Sequence[Case]:
    names = split(NAMES)
    drawn = [(chance.choice(names), beside) for beside in BESIDE for _ in range(2 if few else 12)]
    return [Case(beside.format(one), {written(one)}) for one, beside in drawn]


def _spoilt(chance: random.Random, few: bool) -> Sequence[Case]:
    cases = [
        Case(typed, {written(typed), written(one), written(one[:1].upper() + one[1:])})
        for one in split(NAMES)
        if (typed := _through_a_keyboard(one, chance))
    ]
    return chance.sample(cases, FEW) if few else cases


def _through_a_keyboard(one: str, chance: random.Random) -> str:
    match chance.randrange(8):
        case 5:
            return one.lower()
        case 6:
            return one.upper()
        case 7:
            return one.capitalize()
        case 0:
            return "".join(chance.choice(_APOSTROPHES) if mark in _APOSTROPHES else mark for mark in one)
        case 1:
            at = chance.randrange(1, len(one))
            return one[:at] + chance.choice(_HIDDEN) + one[at:]
        case 2:
            return f"  {one.replace(' ', '   ')} \n"
        case 3:
            return one.replace(" ", ", ", 1) if one.count(" ") else one
        case _:
            return f"{one}{chance.choice(('.', '!', '…', ' ', '?'))}"


def _none(chance: random.Random, few: bool) -> Sequence[Case]:
    cases = [Case(chance.choice((str.lower, str.capitalize, str.upper, str.title))(one)) for one in split(NO_NAMES)]
    return chance.sample(cases, FEW) if few else cases


def _none_misspelt(chance: random.Random, few: bool) -> Sequence[Case]:
    cases = [Case(slipped(one, chance).capitalize()) for one in split(NO_NAMES) if len(one) > 5]
    return chance.sample(cases, FEW) if few else cases


def _two(chance: random.Random, few: bool) -> Sequence[Case]:
    names = [one for one in split(NAMES) if one.count(" ") < 2]
    joins = (" і ", " та ", " и ", ", ", " and ", " + ")
    return [Case(chance.choice(joins).join(chance.sample(names, 2))) for _ in range(FEW if few else 160)]


KINDS: Final = (
    Kind("names", "a name, common, rare, double or foreign", _plain, answer, lambda typed: typed.split()[0]),
    Kind("names-in-words", "a name after a greeting, a rank, kinship", _beside, answer, all_of_it),
    Kind("names-spoilt", "a name as keyboards spoil it", _spoilt, answer, lambda typed: typed),
    Kind("names-two", "two persons at once", _two, answer, all_of_it),
    Kind("names-none", "words that are no name", _none, answer, all_of_it),
    Kind("names-none-misspelt", "words that are no name, with a slip", _none_misspelt, answer, all_of_it),
)
