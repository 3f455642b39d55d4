"""How people write a name: in the locative after a preposition, in a sentence, in capitals, with a slip.

These rules are the measure's own: the parser has others, which go the opposite way.
"""

import random
from typing import Final

VOWELS: Final = "аеиіоуюяєїыэё"
_KEYS: Final = ("йцукенгшщзхї", "фівапролджє", "ячсмитьбю", "йцукенгшщзхъ", "фывапролджэ")
_LATIN_KEYS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def locative(name: str, *, ours: bool = False) -> str:
    """In Ukrainian "у Варшаві", "у Гамбурзі"; of several words only the last is declined. A foreign name on -о, -е, -і
    or -у stays as it is."""
    head, space, last = name.rpartition(" ")
    if space or name.isascii():
        return name
    head, dash, last = name.rpartition("-")
    return f"{head}{dash}{_declined(last, ours)}"


def _declined(word: str, ours: bool) -> str:
    for ending, new in (
        ("ський", "ському"),
        ("цький", "цькому"),
        ("ець", "ці"),
        ("їв", "єві"),
        ("ків", "кові"),
        ("га", "зі"),
        ("ка", "ці"),
        ("ха", "сі"),
        ("ія", "ії"),
        ("ая", "аї"),
        ("а", "і"),
        ("я", "і"),
        ("ь", "і"),
        ("бург", "бурзі"),
        ("г", "гу"),
        ("к", "ку"),
        ("х", "ху"),
    ):
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + new
    if word[-1] == "и":
        return word[:-1] + "ах"
    if word[-1] in VOWELS or word[-1] == "й":
        return (word[:-1] + "ому") if ours and word.endswith("не") else word
    return word + "і"


def in_words(name: str, chance: random.Random, *, ours: bool = False) -> str:
    """As it is, in capitals or small letters, or in a sentence."""
    there = locative(name, ours=ours)
    into = "у" if there[0].lower() not in VOWELS else "в"
    return chance.choice(
        (
            name,
            name,
            name.lower(),
            name.upper(),
            f"{name}.",
            f"місто {name}",
            f"м. {name}",
            f"{into} {there}",
            f"{into.upper()} {there}",
            f"в {there}",
            f"живу {into} {there}",
            f"зараз {into} {there}",
            f"ми зараз {into} {there}",
            f"живемо в {there}",
            f"я {into} {there}",
            f"тимчасово {into} {there}",
        )
    )


def slipped(name: str, chance: random.Random) -> str:
    """With one slip: a letter left out, doubled, swapped with the next, its neighbour on the keys, another vowel."""
    places = [i for i, letter in enumerate(name) if letter.isalpha()]
    at = chance.choice(places[1:] or places)
    letter = name[at].lower()
    match chance.randrange(5):
        case 0:
            return name[:at] + name[at + 1 :]
        case 1:
            return name[:at] + name[at] + name[at:]
        case 2 if at + 1 < len(name):
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        case 3 if letter in VOWELS:
            return name[:at] + chance.choice([v for v in "аеиіоу" if v != letter]) + name[at + 1 :]
        case _:
            return name[:at] + _beside(letter, chance) + name[at + 1 :]


def _beside(letter: str, chance: random.Random) -> str:
    for row in (*_KEYS, *_LATIN_KEYS):
        if letter in row:
            at = row.index(letter)
            return chance.choice([row[i] for i in (at - 1, at + 1) if 0 <= i < len(row)])
    return letter
