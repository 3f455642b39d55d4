"""What was meant when a keyboard stood on another language: "Gtnhtyrj" is Петренко, "Зуекутлщ" is Petrenko."""

from typing import Final

_LATIN: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_UKRAINIAN: Final = "йцукенгшщзхїфівапролджєячсмитьбю'"
_RUSSIAN: Final = "йцукенгшщзхъфывапролджэячсмитьбюё"
_SHIFTED: Final = dict(zip('{}:"<>~', "[];',.`", strict=True))

_TO_UKRAINIAN: Final = str.maketrans(_LATIN, _UKRAINIAN)
_TO_RUSSIAN: Final = str.maketrans(_LATIN, _RUSSIAN)
_FROM_UKRAINIAN: Final = str.maketrans(_UKRAINIAN, _LATIN)
_FROM_RUSSIAN: Final = str.maketrans(_RUSSIAN, _LATIN)
_RUSSIAN_FOR_UKRAINIAN: Final = str.maketrans("ъыэё", "їіє'")
_SHIFT: Final = str.maketrans(_SHIFTED)


def meant(typed: str) -> tuple[str, ...]:
    """A word as the other layouts would have had it, in small letters; signs can be letters there. The word itself is
    not among them."""
    small = typed.casefold().translate(_SHIFT)
    if any("a" <= c <= "z" for c in small):
        words = {small, small.rstrip(",.;")}  # a sign at the end is one, or a letter
        found = [word.translate(table) for word in words for table in (_TO_UKRAINIAN, _TO_RUSSIAN)]
    else:
        found = [
            small.translate(_RUSSIAN_FOR_UKRAINIAN),
            small.translate(_FROM_UKRAINIAN),
            small.translate(_FROM_RUSSIAN),
        ]
    return tuple(dict.fromkeys(one for one in found if one != small))
