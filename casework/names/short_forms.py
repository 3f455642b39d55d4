"""Given names that can be one person's though they do not sound alike: Сашко is Олександр, and Николай is Микола."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from rapidfuzz.distance import OSA

from casework.names.sounds import heard, rests

TABLE: Final = Path(__file__).with_name("short-forms.txt")
_LONG_ENOUGH: Final = 5
"""From so many sounds on, one slip in a name is forgiven."""


@cache
def _families() -> Mapping[str, frozenset[str]]:
    """Each form as it is heard, with all that the same person can be called."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            forms = {heard(form) for form in line.split()}
            for form in forms:
                found[form] |= forms
    return {form: frozenset(forms) for form, forms in found.items()}


@cache
def _by_rest() -> Mapping[str, Collection[str]]:
    """The forms by what is left of their rough sound when one letter is missing."""
    found: dict[str, set[str]] = defaultdict(set)
    for form in _families():
        for rest in rests(form):
            found[rest].add(form)
    return found


@lru_cache(maxsize=4096)
def called(sound: str) -> frozenset[str]:
    """How else, as it is heard, somebody can be called whose given name is heard so; with one slip, if it is long."""
    families = _families()
    if sound in families:
        return families[sound] - {sound}
    if len(sound) < _LONG_ENOUGH:
        return frozenset()
    near = {form for rest in rests(sound) for form in _by_rest().get(rest, ()) if _one_slip(sound, form)}
    return frozenset().union(*(families[form] for form in near)) - {sound}


def _one_slip(sound: str, form: str) -> bool:
    return len(form) > 3 and OSA.distance(sound, form, score_cutoff=1) <= 1
