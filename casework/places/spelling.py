"""One skeleton for a place's name in Ukrainian, Russian or Latin letters, however it is spelt.

"Харків", "Харьков", "Kharkiv" and "Charkiw" differ only in habit. The skeleton keeps what one hears: it is for
comparing and never shown.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CYRILLIC: Final = str.maketrans(
    {
        **dict(zip("абвгґдезиійклмнопрстуфхцы", "abvhhdeziiiklmnoprstufhci", strict=True)),
        "ж": "Z",
        "ч": "C",
        "ш": "S",
        "щ": "SC",
        "є": "e",
        "э": "e",
        "ё": "e",
        "ї": "i",
        "ю": "u",
        "я": "a",
        **dict.fromkeys("ьъ", ""),
    }
)
_LATIN: Final = (
    ("ck", "k"),
    ("shch", "SC"),
    ("schtsch", "SC"),
    ("sch", "S"),
    ("sh", "S"),
    ("sz", "S"),
    ("zh", "Z"),
    ("kh", "h"),
    ("tsch", "C"),
    ("cz", "C"),
    ("ch", "C"),
    ("tz", "c"),
    ("ts", "c"),
    ("x", "ks"),
)
_LATIN_LETTERS: Final = str.maketrans("gjywq", "hiivk")
# Latin letters that no accent can be taken from: Łódź, Ålborg's ø, Đakovo, İzmir's ı.
_BARRED: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "e", "œ": "e", "þ": "t", "ð": "d"})
_SAME_LETTERS: Final = str.maketrans("іїыйєэёґ-", "ииииееег ", "ьъ’'ʼ")
# Before a vowel "i" only softens: Винница and Вінниця, Vinnytsia and Vinnitsa.
_SOFTENING: Final = re.compile(r"i+(?=[aeou])")
_REPEATED: Final = re.compile(r"(.)\1+")
# Харьков and Харків, Белоцерковка and Білоцерківка, and "у Харкові": the old vowel that Ukrainian made "і".
_OLD_VOWEL: Final = re.compile(r"[eo]v(?:i$|(?=$|[ckszC ]))")
_OTHER: Final = re.compile(r"[^a-zSZC0-9 ]+")


def skeleton(name: str) -> str:
    """What is heard in `name`, in a private ASCII spelling; empty when it holds no letter that we know."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", _composed(name)) if not unicodedata.combining(c))
    heard = bare.translate(_CYRILLIC)
    if any("a" <= c <= "z" for c in bare):
        for written, sound in _LATIN:
            heard = heard.replace(written, sound)
        heard = heard.translate(_LATIN_LETTERS)
    heard = _OTHER.sub("", " ".join(heard.replace("-", " ").split()))
    heard = _OLD_VOWEL.sub("iv", _SOFTENING.sub("", heard))
    return _REPEATED.sub(r"\1", heard)


def _composed(name: str) -> str:
    """Lower case, with ї, й and ё spelt out first: taking accents off would turn them into other letters."""
    lowered = unicodedata.normalize("NFKC", name).casefold()
    return lowered.replace("ї", "і").replace("й", "і").replace("ё", "е").translate(_BARRED)


def letters(name: str) -> str:
    """`name` letter by letter, for Ukrainian and Russian alike: what differs here is not the same name, whatever is
    heard."""
    return name.casefold().translate(_SAME_LETTERS)
