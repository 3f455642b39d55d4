"""A choice named in words instead of a press: its label, a part of it, its number, "yes", "I don't know"."""

# ruff: noqa: SIM905  a list of words is best read as words
from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from rapidfuzz import fuzz

from dialogs.answers.writing import plain

# One wrong letter in a word of seven passes, in one of five does not.
_CLOSE: Final = 85.0
_SHORTEST_GUESS: Final = 4
_SHORTEST_PREFIX: Final = 2

_YES: Final = frozenset(
    "так;да;ага;угу;еге;авжеж;звісно;звичайно;конечно;згоден;згодна;согласен;согласна;добре;гаразд;хорошо;"
    "так звісно;так звичайно;да конечно;так згоден;так згодна;yes;y;yeah;yep;yes please;sure;of course;"
    "ok;okay;ок;окей;погоджуюсь;погоджуюся;так погоджуюсь;так погоджуюся".split(";")
)
_NO: Final = frozenset(
    "ні;нє;нєа;неа;не;нет;no;n;nope;no thanks;no thank you;ні дякую;нет спасибо;не треба;не потрібно;"
    "не надо;не хочу;не згоден;не згодна;не погоджуюсь;не погоджуюся".split(";")
)
_UNKNOWN: Final = frozenset(
    "незнаю незнаємо невідомо неизвестно непамятаю непамятаємо непомню неможусказати немогусказать невкурсі "
    "невкурсе невпевнений невпевнена неуверен неуверена хтозна гадкинемаю немаюгадки немаєінформації "
    "немаінформації немаєданих немаданих нетинформации нетданных dontknow donotknow idk unknown notsure noidea "
    "notknown dunno dontremember donotremember cantremember cannotremember".split()
)
_AROUND_UNKNOWN: Final = frozenset(
    "я ми мы i we точно напевно наверно мабуть ще еще поки пока нажаль на жаль сожалению к вже уже цього этого "
    "нам мені мне нічого ничего про просто just sorry вибачте извините that exactly yet really".split()
)
_NEGATIONS: Final = ("не", "ні", "без", "no", "un", "dis")


def match_choice(text: str, labels: Mapping[str, Collection[str]]) -> str | None:
    """The one choice that `text` names, or None where it could be none or two: we ask again rather than guess.

    `labels` maps each choice's id, in the order shown, to its labels and synonyms in all languages. Tried in turn:
    the whole label, the number in the order, the beginning of one label only, one close label only.
    """
    return match_plain(text, {choice: {plain(label) for label in names} - {""} for choice, names in labels.items()})


def match_plain(text: str, known: Mapping[str, Collection[str]]) -> str | None:
    """The same, by labels that are `plain` already."""
    typed = plain(text)
    if not typed:
        return None
    exact = [choice for choice, names in known.items() if typed in names]
    if exact:
        return _only(exact)
    beginning = [choice for choice, names in known.items() if any(_begins(name, typed) for name in names)]
    if typed.isdecimal() and 1 <= int(typed[:4]) <= len(known) and len(typed) <= 4:
        return _only(list({list(known)[int(typed) - 1], *beginning}))
    return _only(beginning) if beginning else _closest(typed, known)


def yes_no(text: str) -> bool | None:
    """True for a yes, False for a no, in Ukrainian, Russian or English; None for anything else."""
    typed = plain(text)
    if typed in _YES or text.strip() == "+":
        return True
    return False if typed in _NO else None


def unknown(text: str) -> bool:
    """Does the person say that they do not know: "не знаю точно", "не помню", "don't know", "?", "-"?"""
    typed = plain(text)
    if not typed:
        return 0 < len(text.strip()) <= 5 and set(text.strip()) <= set("?-–—−")
    return len(typed) <= 60 and "".join(w for w in typed.split() if w not in _AROUND_UNKNOWN) in _UNKNOWN


def _begins(name: str, typed: str) -> bool:
    """Is `typed` the beginning of `name`? Digits count only as whole numbers: 1 does not begin 10 30."""
    if typed[-1].isdigit():
        return name.startswith(typed + " ")
    return len(typed) >= _SHORTEST_PREFIX and name.startswith(typed)


def _closest(typed: str, known: Mapping[str, Collection[str]]) -> str | None:
    """The only choice that is spelt nearly so. A "not" more or less, or another number, is no misspelling."""
    if not _SHORTEST_GUESS <= len(typed) <= 200:
        return None
    close = [
        choice
        for choice, names in known.items()
        if any(_same_sense(typed, name) and fuzz.ratio(typed, name) >= _CLOSE for name in names)
    ]
    return _only(close)


def _same_sense(typed: str, name: str) -> bool:
    numbers = [[c for c in words if c.isdigit()] for words in (typed, name)]
    negations = [sum(w.startswith(_NEGATIONS) for w in words.split()) for words in (typed, name)]
    return numbers[0] == numbers[1] and negations[0] == negations[1]


def _only(choices: list[str]) -> str | None:
    return choices[0] if len(choices) == 1 else None
