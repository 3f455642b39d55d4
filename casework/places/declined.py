"""The names that a declined one may come from: "Гамбурзі" from "Гамбург", "Лодзі" from "Лодзь", "Warszawie" from
"Warszawa".

People answer "where do you live?" in the locative, "where from?" in the genitive. Rather too many forms than too few:
what is no name is found nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Final

_SHORTEST: Final = 2
"""Letters that stay of a word when its ending is taken off."""
_MOST: Final = 120

# Ending to endings of the nominative, longest first; Ukrainian and Russian together.
_CYRILLIC: Final = tuple(
    (ending, tuple(nominatives.split(" ")))
    for ending, nominatives in (
        ("ському", "ський ське"),
        ("цькому", "цький цьке"),
        ("ому", "ий е ое ый ой ій"),
        ("ого", "ий е ое ый ой ій"),
        ("его", "ее ий"),
        ("ему", "ее ий"),
        ("іях", "ії"),
        ("иях", "ии"),
        ("ах", "и і ы а е о"),
        ("ях", "і и я"),
        ("их", "і ые и"),
        ("ых", "ые"),
        ("ові", "ів ов ова"),
        ("еві", "ів їв ев ева"),
        ("єві", "їв єв"),
        ("кві", "ква ков"),
        ("кви", "ква ковь"),
        ("ії", "ія"),
        ("ии", "ия"),
        ("ию", "ия"),
        ("ію", "ія"),
        ("ій", "а я"),
        ("ої", "а"),
        ("ой", "а ая"),
        ("ей", "я"),
        ("ом", "ий ый ой ое е о -"),
        ("ем", "ь е ец"),
        ("ів", "и і"),
        ("зі", "г га з за зь"),
        ("льці", "лець"),
        ("ці", "к ка ць ця ц ца ець"),
        ("сі", "х ха с са сь"),
        ("ні", "н на нь ня ень не но"),
        ("лі", "л ла ль ля ле ло"),
        ("це", "ец ц ца"),
        ("цу", "ец ц"),
        ("цю", "ець ц"),
        ("ця", "ець"),
        ("ца", "ец"),
        ("і", "- а я ь о е"),
        ("ї", "я й ї"),
        ("е", "- а я о ь"),
        ("и", "а я ь -"),
        ("ы", "а -"),
        ("у", "- а о е"),
        ("ю", "я ь й"),
        ("а", "- о е"),
        ("я", "ь й е"),
    )
)
_LATIN: Final = tuple(
    (ending, tuple(nominatives.split(" ")))
    for ending, nominatives in (
        ("dzie", "da d"),
        ("cie", "ta t ć"),
        ("rze", "ra r"),
        ("le", "ł ła l"),
        ("ce", "ka k"),
        ("ie", "a - o"),
        ("iu", "- ń"),
        ("ach", "e y i"),
        ("ii", "ia"),
        ("ej", "a"),
        ("ym", "y e"),
        ("y", "a -"),
        ("i", "- a ia"),
        ("u", "- a"),
        ("a", "-"),
    )
)
# In a closed syllable the vowel is another: Тернополі, Тернопіль; Розі, Ріг; Ірпені, Ірпінь; Самборі, Самбір.
_CLOSED: Final = tuple(
    (opened, opened.replace("о", "і").replace("е", "і"))
    for opened in ("поль", "рог", "пень", "бор", "двор", "кон", "мост")
)


def nominatives(name: str) -> Iterator[str]:
    """Forms in the nominative that `name`, in small letters, may be declined from; each word by itself, and never
    `name` itself."""
    words = name.replace("-", " ").split()
    forms = [[word, *_of_word(word)] for word in words]
    for chosen in islice(product(*forms), _MOST):
        if list(chosen) != words:
            yield " ".join(chosen)


def _of_word(word: str) -> list[str]:
    found: dict[str, None] = {}
    for ending, endings in _CYRILLIC if "а" <= word[-1:] <= "ґ" else _LATIN:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            stem = word[: len(word) - len(ending)]
            for new in endings:
                whole = stem + new.replace("-", "")
                found |= dict.fromkeys((whole, *_closed(whole)))
    return list(found)


def _closed(word: str) -> Iterator[str]:
    for opened, closed in _CLOSED:
        if word.endswith(opened):
            yield word[: len(word) - len(opened)] + closed
