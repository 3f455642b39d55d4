"""Every word a person reads, by name, from `locales/<language>/*.ftl` (Project Fluent)."""

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from fluent.runtime import resolver

from casework import reference, seed
from casework.letters import Arg, AtTime, Land, OnDay, OnPage, Private, Say
from casework.reference import EntryWords, ReferenceBook, Sort
from casework.unreadable import UNREADABLE
from dialogs.answers.writing import plain
from dialogs.messages import LanguageMessages

# The library takes a longer argument for an attack. Ours are told stories and notes, whose length the questions bound.
resolver.MAX_PART_LENGTH = 20_000

LANGUAGES: Final = reference.LANGUAGES
LOCALES: Final = Path(__file__).resolve().parent.parent / "locales"
_PATTERNS: Final = {
    "uk": {
        "date": "d MMMM y",
        "day": "EEEE, d MMMM y 'року'",
        "full": "EEEE, d MMMM y 'року', HH:mm",
        "time": "HH:mm",
        "short": "d MMM, HH:mm",
        "slot": "EEE, d MMMM, HH:mm",
    },
    "en": {
        "date": "d MMMM y",
        "day": "EEEE, d MMMM y",
        "full": "EEEE, d MMMM y, HH:mm",
        "time": "HH:mm",
        "short": "d MMM, HH:mm",
        "slot": "EEE, d MMMM, HH:mm",
    },
}
_DECLINED: Final = {
    "понеділок": ("понеділка", "понеділок"),
    "вівторок": ("вівторка", "вівторок"),
    "середа": ("середи", "середу"),
    "четвер": ("четверга", "четвер"),
    "п’ятниця": ("п’ятниці", "п’ятницю"),
    "субота": ("суботи", "суботу"),
    "неділя": ("неділі", "неділю"),
}
"""The days of the week in the genitive and in the accusative."""
FRAMES: Final = {(Sort.LINE, "name"): "reference-line", (Sort.STEP, "title"): "reference-step"}
"""Messages into which the words of an entry go as an argument; the other words of entries stand alone."""

_COARSE: Final = {"month": "LLLL y", "year": "y"}
_BABEL: Final = {"uk": "uk", "en": "en_GB"}
_LOCALE: Final = {"uk": "uk", "en": "en-GB"}  # English as Europe writes dates and the clock: 24 hours


class _Dated(str):
    """A date written out, as the nominative; words that put a preposition before it ask for another case by
    `WHEN($by, case: "genitive")`: "не пізніше четверга, 3 грудня 2026 року". With "on" the preposition comes too: "в
    середу", "у вівторок"."""

    __slots__ = ()

    def declined(self, case: str) -> str:
        weekday, comma, rest = self.partition(",")
        genitive, accusative = _DECLINED.get(weekday, (weekday, weekday))
        on = accusative
        if weekday in _DECLINED:
            on = f"у {accusative}" if accusative.startswith("в") else f"в {accusative}"
        return {"genitive": genitive, "accusative": accusative, "on": on}[case] + comma + rest


def _when(moment: str, case: str) -> str:
    return moment.declined(case) if isinstance(moment, _Dated) else moment


def _dated(moment: date, pattern: str, language: str) -> _Dated:
    if isinstance(moment, datetime):
        text = format_datetime(moment.replace(tzinfo=None), pattern, locale=_BABEL[language])
    else:
        text = format_date(moment, pattern, locale=_BABEL[language])
    return _Dated(text.replace("ʼ", "’"))


def language_for(hint: str | None) -> str:
    """The language to begin in, guessed from the messenger's or browser's; Russian gets Ukrainian."""
    code = (hint or "").lower()[:2]
    return "uk" if code in {"uk", "ru", "be", ""} else "en"


@cache  # read once, and what one has parsed is there for all
def _messages(folder: Path, language: str) -> LanguageMessages:
    return LanguageMessages(folder, _LOCALE[language], {"WHEN": _when})


class Words:
    """The messages of all languages. A missing message or argument is a bug: `LookupError` with the remedy.

    Names that mean an entry of the reference data ("center-lviv") are asked of the `book`; without one of the database,
    of what a new service begins with. Its words are staff's: they are shown as they are, and never parsed.
    """

    def __init__(self, folder: Path = LOCALES, book: ReferenceBook | None = None) -> None:
        self._messages = {language: _messages(folder / language, language) for language in LANGUAGES}
        self._plain: dict[str, frozenset[str]] = {}
        self._there: set[str] = set()
        self._book = ReferenceBook(seed.entries()) if book is None else book

    def has(self, name: str) -> bool:
        """Is there such a message or attribute ("kinship.why")?"""
        if name in self._there:
            return True
        there = all(
            self._book.spoken(language, name) is not None or self._pattern(language, name) is not None
            for language in LANGUAGES
        )
        if there and not name.startswith(reference.BEGINNINGS):
            self._there.add(name)
        return there

    def say(self, language: str, what: Say, *, discreet: bool = False, on_page: bool = False) -> str:
        """The text. `discreet` keeps back what is `Private`: staff on a messenger. Only `on_page`, the web page,
        shows what is `OnPage`: everywhere else it is a dash, whoever reads."""
        if UNREADABLE in what.name:  # of something that is called by what was kept
            return UNREADABLE
        args = {name.replace("_", "-"): self._arg(language, arg, discreet, on_page) for name, arg in what.args.items()}
        spoken = self._book.spoken(language, what.name)
        if spoken is not None:
            return self._framed(language, spoken, args)
        pattern = self._pattern(language, what.name)
        if pattern is None:
            self._book.heard()  # perhaps an entry of which this process has not heard yet: the next one looks
            raise LookupError(f"no words for {what.name!r} in {language!r}; add them to locales/{language}/*.ftl")
        return self._formatted(language, what.name, pattern, args)

    def readable(self, language: str, text: str, *, staff: bool = False) -> str:
        """A text with words for whatever in it does not open: `staff` are told to whom to say so."""
        if UNREADABLE not in text:
            return text
        return text.replace(UNREADABLE, self.say(language, Say("unreadable.staff" if staff else "unreadable.family")))

    def _framed(self, language: str, spoken: EntryWords, args: dict[str, Any]) -> str:
        frame = FRAMES.get((spoken.sort, spoken.part))
        if frame is None:
            return spoken.text
        args = {**args, "name": spoken.text, "number": str(spoken.number)}
        return self._formatted(language, frame, self._pattern(language, frame), args)

    def _formatted(self, language: str, name: str, pattern: Any, args: dict[str, Any]) -> str:
        text, errors = self._messages[language].format(pattern, args)
        if errors:
            raise LookupError(f"{name!r} in {language!r} with {sorted(args)}: {errors}")
        return text

    def spellings(self, label: Say) -> Collection[str]:
        """Every way in which a button's label may be typed: its text in each language, and its `-also` list."""
        found = {self.say(language, label) for language in LANGUAGES}
        also = f"{label.name}-also"
        for language in LANGUAGES:
            found.update(self._book.also(language, label.name))
            if self._pattern(language, also) is not None:
                found.update(part.strip() for part in self.say(language, Say(also)).split(";"))
        return found

    def plain_spellings(self, label: Say) -> frozenset[str]:
        """The same, as `plain` compares them. Those of a label of ours, which names no entry and nobody, are made once
        and kept."""
        lasting = not label.args and not label.name.startswith(reference.BEGINNINGS)
        found = self._plain.get(label.name) if lasting else None
        if found is None:
            found = frozenset(map(plain, self.spellings(label))) - {""}
            if lasting:
                self._plain[label.name] = found
        return found

    def listed(self, sort: Sort) -> tuple[str, ...]:
        """The entries of a sort that are in effect, by name."""
        return tuple(entry.name for entry in self._book.today(sort))

    def _pattern(self, language: str, name: str) -> Any:
        message, _, attribute = name.partition(".")
        found = self._messages[language].get(message)
        if found is None:
            return None
        return found.attributes.get(attribute) if attribute else found.value

    def _arg(self, language: str, arg: Arg, discreet: bool, on_page: bool) -> Any:
        match arg:
            case Say():
                return self.say(language, arg, discreet=discreet, on_page=on_page)
            case Private(text, instead, keeps):
                return instead if discreet and not (keeps and on_page) else text
            case Land(code):
                return Locale(language).territories[code].replace("ʼ", "’")
            case OnPage(text):
                return text if on_page else "—"
            case OnDay(private=True) if discreet:
                return "—"
            case OnDay(day, precision):
                pattern = _PATTERNS[language]["date"] if precision == "day" else _COARSE[precision]
                return _dated(day, pattern, language)
            case AtTime(at, zone, style):
                return _dated(at.astimezone(ZoneInfo(zone)), _PATTERNS[language][style], language)
            case _:
                return arg
