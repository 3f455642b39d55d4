"""How people look for a person: what they know, and how it comes out of their hands. Written before the index was
tuned.

A kind says what is known (with a birth date or a patronymic, or neither) and how it is spoilt. A slip is one letter
left out, doubled, put for another, or two that have changed places.
"""

import csv
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import translitua

from benchmarks.matching.persons import Person, russian

EN: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
UK: Final = "йцукенгшщзхїфівапролджєячсмитьбю"
RU: Final = "йцукенгшщзхъфывапролджэячсмитьбю"
LATIN: Final[Mapping[str, type[translitua.TransliterationTable]]] = {
    "passport": translitua.UkrainianKMU,
    "bgn": translitua.UkrainianBGN,
    "iso9": translitua.UkrainianISO9,
    "scholarly": translitua.UkrainianWWS,
    "colloquial": translitua.UkrainianSimple,
}
SHORT: Final[Mapping[str, Sequence[str]]] = {
    "Олександр": ("Сашко", "Саша", "Олесь"),
    "Олексій": ("Льоша", "Олекса"),
    "Володимир": ("Вова", "Володя"),
    "Дмитро": ("Діма", "Митько"),
    "Іван": ("Ваня", "Івась"),
    "Микола": ("Коля", "Миколка"),
    "Михайло": ("Міша", "Мишко"),
    "Сергій": ("Сергійко", "Серьожа"),
    "Юрій": ("Юра", "Юрко"),
    "Андрій": ("Андрійко",),
    "Василь": ("Вася", "Васько"),
    "Петро": ("Петя", "Петрик"),
    "Павло": ("Паша", "Павлик"),
    "Григорій": ("Гриша", "Гриць"),
    "Євген": ("Женя",),
    "Роман": ("Рома", "Ромко"),
    "Максим": ("Макс",),
    "Богдан": ("Богданчик", "Бодя"),
    "Анатолій": ("Толя", "Толик"),
    "Віктор": ("Вітя",),
    "Віталій": ("Віталік",),
    "Костянтин": ("Костя",),
    "Степан": ("Стьопа",),
    "Тарас": ("Тарасик",),
    "Ганна": ("Аня", "Галя"),
    "Марія": ("Маша", "Марійка"),
    "Катерина": ("Катя", "Катруся"),
    "Наталія": ("Наташа", "Наталка"),
    "Олена": ("Лена", "Оленка"),
    "Тетяна": ("Таня",),
    "Ольга": ("Оля",),
    "Оксана": ("Ксеня",),
    "Ірина": ("Іра",),
}
"""Short forms of given names, for this benchmark alone."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Any part may be empty. `meant` is the number of the person."""

    surname: str
    given: str
    patronymic: str
    born: str
    kind: str
    meant: int

    @property
    def text(self) -> str:
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)


def slipped(word: str, chance: random.Random) -> str:
    """A word with one slip, not of its first letter."""
    if len(word) < 3:
        return word
    at = chance.randrange(1, len(word))
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at] + word[at:]
        case 2:
            letters = "abcdefghijklmnoprstuvyz" if word[0] < "Ѐ" else "абвгдежзиіклмнопрстухцчшюя"
            return word[:at] + chance.choice(letters) + word[at + 1 :]
        case _:
            at = min(at, len(word) - 2)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


Spoil = Callable[[Person, Sought, random.Random], Sought | None]
"""None: this person cannot be looked for so."""


def _one_slip(_: Person, plain: Sought, chance: random.Random) -> Sought:
    match chance.choice([part for part in ("surname", "given", "patronymic") if getattr(plain, part)]):
        case "surname":
            return replace(plain, surname=slipped(plain.surname, chance))
        case "given":
            return replace(plain, given=slipped(plain.given, chance))
    return replace(plain, patronymic=slipped(plain.patronymic, chance))


def _each(plain: Sought, change: Callable[[str], str]) -> Sought:
    return replace(plain, surname=change(plain.surname), given=change(plain.given), patronymic=change(plain.patronymic))


def _layout(keys: str, typed: str) -> Spoil:
    table = str.maketrans(keys + keys.upper(), typed + typed.upper())
    return lambda person, plain, chance: _each(plain, lambda part: part.replace("ʼ", "").translate(table))


def _russian(person: Person, plain: Sought, chance: random.Random) -> Sought | None:
    found = []
    for kind, part in (("last", plain.surname), ("first", plain.given), ("patronymic", plain.patronymic)):
        forms = russian(kind).get(part.lower()) if part else [""]
        if not forms:
            return None
        found.append(forms[0].capitalize())
    return _one_slip(person, replace(plain, surname=found[0], given=found[1], patronymic=found[2]), chance)


def _latin(kind: str) -> Spoil:
    def spoil(person: Person, plain: Sought, chance: random.Random) -> Sought:
        return _one_slip(person, _each(plain, lambda part: translitua.translit(part, LATIN[kind])), chance)

    return spoil


def _short(person: Person, plain: Sought, chance: random.Random) -> Sought | None:
    return replace(plain, given=chance.choice(SHORT[plain.given])) if plain.given in SHORT else None


def _half(person: Person, plain: Sought, chance: random.Random) -> Sought | None:
    halves = plain.surname.split("-")
    return replace(plain, surname=chance.choice(halves)) if len(halves) > 1 else None


def _married(person: Person, plain: Sought, chance: random.Random) -> Sought | None:
    return replace(plain, surname=chance.choice(("Коваль", "Бондар", "Мельник"))) if person.woman else None


def _day_and_month(person: Person, plain: Sought, chance: random.Random) -> Sought | None:
    day, month, year = plain.born.split(".")
    return replace(plain, born=f"{month}.{day}.{year}") if int(day) <= 12 and day != month else None


def _wrong_digit(person: Person, plain: Sought, chance: random.Random) -> Sought:
    at = chance.choice((1, 4, 9))
    digit = chance.choice([one for one in "123456789" if one != plain.born[at]])
    return replace(plain, born=plain.born[:at] + digit + plain.born[at + 1 :])


def _as_it_is(person: Person, plain: Sought, chance: random.Random) -> Sought:
    return plain


def _swapped(person: Person, plain: Sought, chance: random.Random) -> Sought:
    return replace(plain, surname=plain.given, given=plain.surname)


KINDS: Final[Mapping[str, tuple[str, Spoil]]] = {
    "whole": ("sgpb", _as_it_is),
    "name-born": ("sgb", _as_it_is),
    "name": ("sg", _as_it_is),
    "namesake-patronymic": ("sgp", _as_it_is),
    "surname-born": ("sb", _as_it_is),
    "slip-born": ("sgb", _one_slip),
    "slip-patronymic": ("sgp", _one_slip),
    "slip": ("sg", _one_slip),
    "swapped": ("sgb", _swapped),
    "layout-latin": ("sgb", _layout(UK, EN)),
    "layout-latin-bare": ("sgp", _layout(UK, EN)),
    "layout-russian": ("sgp", _layout(UK, RU)),
    "short": ("sgb", _short),
    "short-patronymic": ("sgp", _short),
    "russian": ("sgb", _russian),
    "russian-patronymic": ("sgp", _russian),
    **{f"latin-{kind}": ("sgb", _latin(kind)) for kind in LATIN},
    **{f"latin-{kind}-patronymic": ("sgp", _latin(kind)) for kind in LATIN},
    "day-and-month": ("sgb", _day_and_month),
    "wrong-digit": ("sgb", _wrong_digit),
    "half-surname": ("sgb", _half),
    "married": ("sgpb", _married),
}
"""What is known (surname, given name, patronymic, birth date), and how it is spoilt."""


def made(persons: Sequence[Person], each: int, chance: random.Random) -> list[Sought]:
    """So many queries of each kind, mixed."""
    found = []
    for kind, (known, spoil) in KINDS.items():
        left = each
        for person in chance.sample(persons, min(len(persons), each * 400)):
            plain = Sought(
                person.surname if "s" in known else "",
                person.given if "g" in known else "",
                person.patronymic if "p" in known else "",
                ".".join(reversed(person.born.split("-"))) if "b" in known else "",
                kind,
                person.number,
            )
            if (sought := spoil(person, plain, chance)) is not None:
                found.append(sought)
                left -= 1
            if not left:
                break
    chance.shuffle(found)
    return found


def read(file: Path) -> list[Sought]:
    """Queries of a CSV file with the columns surname, given, patronymic, born, kind, meant."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [
            Sought(row["surname"], row["given"], row["patronymic"], row["born"], row["kind"], int(row["meant"]))
            for row in csv.DictReader(lines)
        ]
