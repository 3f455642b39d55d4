"""How a name sounds, in a private spelling that is one for Ukrainian, Russian and Latin letters; never shown.

`heard` keeps what tells two names apart, `rough` only what survives every habit: all vowels in a row are one, and so
are hushing and hissing sounds, so that Білоус is Белоус, Yevhen is Евгений's beginning, and Sevcenko is Shevchenko.
Places have a spelling of their own (`casework/places/spelling.py`): there a town's many names stand in a table.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

_CYRILLIC: Final = str.maketrans(
    {
        **dict(zip("абвгґдезийіїклмнопрстуфхцчшщжыэєёюяў", "abvhhdeziiiiklmnoprstufhcCSQZieeeuav", strict=True)),
        **dict.fromkeys("ьъ", ""),
    }
)
"""г, ґ and х are one sound: Latin has both h and g for each of them."""
_SILENT: Final = re.compile("['`´‘’‛′″ʹʺʻʼʽˈꞌ＇\"]")
_MARKED: Final = str.maketrans(
    {
        **dict.fromkeys("čć", "C"),
        **dict.fromkeys("šśș", "S"),
        **dict.fromkeys("žźż", "Z"),
        "ŝ": "Q",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ı": "i",
        "æ": "e",
        "œ": "e",
        "þ": "t",
        "ð": "d",
        "ß": "s",
    }
)
_TOGETHER: Final = {
    "shch": "Q",
    "schtsch": "Q",
    "szcz": "Q",
    "SC": "Q",
    "tsch": "C",
    "tch": "C",
    "sch": "S",
    "zgh": "zh",
    "sh": "S",
    "sz": "S",
    "zh": "Z",
    "kh": "h",
    "gh": "h",
    "cz": "C",
    "ts": "c",
    "tz": "c",
    "ph": "f",
    "th": "t",
}
_LETTERS: Final = str.maketrans("gjywq", "hiivk")
_HABITS: Final[tuple[dict[str, str], ...]] = (
    _TOGETHER | {"ck": "k", "ch": "C", "x": "ks"},  # English
    _TOGETHER | {"ch": "h", "x": "h"},  # scholarly, Polish
    _TOGETHER | {"ck": "k", "ch": "S", "x": "ks", "c": "k"},  # French
)
_PATTERNS: Final = tuple(re.compile("|".join(sorted(habit, key=len, reverse=True))) for habit in _HABITS)
_OTHER: Final = re.compile(r"[^a-zSCZQ]+")
_REPEATED: Final = re.compile(r"(.)\1+")
_VOWELS: Final = re.compile("[aeiou]+")
_ROUGH: Final = str.maketrans("cszQ", "CSZS")
_SOFTENING: Final = re.compile("i+(?=[aeou])")
"""Before a vowel "i" only softens: Марія, Mariia, Marya."""
_MARKS_SPELT: Final = str.maketrans({"Z": "zh", "C": "ch", "S": "sh", "Q": "shch"})
_AS_SPELT: Final = {**_MARKS_SPELT, ord("c"): "ts"}
_ONE_LETTER: Final = str.maketrans("gwjyqx", "hviikk")


def bare(word: str) -> str:
    """A word in small letters, without apostrophes and accents that change nothing."""
    lowered = unicodedata.normalize("NFC", _SILENT.sub("", word)).casefold().translate(_MARKED)
    if all("а" <= c <= "ґ" for c in lowered):
        return lowered
    kept = (c if "Ѐ" <= c <= "ӿ" or c.isascii() else unicodedata.normalize("NFKD", c) for c in lowered)
    return "".join(c for part in kept for c in part if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def readings(word: str) -> tuple[str, ...]:
    """All that a word can sound like, the likeliest first: Latin letters are read by the habits of several languages.

    Empty when it holds no letter that we know.
    """
    plain = bare(word)
    spoken = plain.translate(_CYRILLIC)
    if not any("a" <= c <= "z" for c in plain):
        return _known(spoken)
    first, second = (1, 0) if any(c in "SCZQ" for c in plain) else (0, 1)
    return _known(*(_by_habit(spoken, habit) for habit in (first, second, 2)))


def _known(*spoken: str) -> tuple[str, ...]:
    found = (_REPEATED.sub(r"\1", _SOFTENING.sub("", _OTHER.sub("", one))) for one in spoken)
    return tuple(dict.fromkeys(one for one in found if one))


def _by_habit(spoken: str, habit: int) -> str:
    table = _HABITS[habit]
    return _PATTERNS[habit].sub(lambda found: table[found[0]], spoken).translate(_LETTERS)


def heard(word: str) -> str:
    """The likeliest of a word's readings; empty where there is none."""
    found = readings(word)
    return found[0] if found else ""


def rough(sound: str) -> str:
    """What is left of a reading whatever the habit of spelling."""
    return _REPEATED.sub(r"\1", _VOWELS.sub("a", sound).translate(_ROUGH).replace("SC", "S"))


def rests(sound: str) -> frozenset[str]:
    """A reading roughly, whole and without each of its sounds in turn: two that differ by a slip share one of these."""
    return _rests(sound, rough)


def letter_rests(sound: str) -> frozenset[str]:
    """The same by the letters that a reading has on a passport: of a slip within `sh` no sound is left to go by."""
    return _rests(sound.translate(_AS_SPELT), _spelt)


def typed_rests(word: str) -> frozenset[str]:
    """The same of a word in Latin letters as it was typed; none of any other."""
    spelt = bare(word).translate(_MARKS_SPELT)
    if not spelt.isascii() or not spelt.isalpha():
        return frozenset()
    return _rests(spelt.replace("x", "ks").translate(_ONE_LETTER).replace("kh", "h"), _spelt)


def _spelt(letters: str) -> str:
    return _REPEATED.sub(r"\1", _VOWELS.sub("a", letters))


def _rests(whole: str, roughly: Callable[[str], str]) -> frozenset[str]:
    if len(whole) < 3:
        return frozenset({roughly(whole)})
    return frozenset({roughly(whole), *(roughly(whole[:at] + whole[at + 1 :]) for at in range(len(whole)))})
