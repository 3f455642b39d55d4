"""The values that people give us, once parsed: names, phones, days, and what to say when one is not clear.

Only `dialogs/answers.py` makes them from typed text; everybody else takes them as true. All are immutable, and
`str()` of each is a form that the same parser reads back to an equal value.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NewType, Self

Phone = NewType("Phone", str)
"""A telephone number in E.164: a plus sign and 7 to 15 digits, such as `+380671234567`."""

"""The six digits that a person's authenticator shows; not yet checked against any secret."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was typed cannot be taken, and why, for the person to read.

    `reason` is the name of a Fluent message in `locales/*/unclear.ftl`, such as `unclear-phone-short`;
    `args` are its variables.
    """

    reason: str
    args: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}), hash=False)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name as the family writes it: one line, in their order of the parts, at most 120 characters.

    Unicode NFC, single spaces, `’` (U+2019) for every apostrophe, `-` for every hyphen.
    """

    full: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The words of the name in the order written; nothing tells which of them is the surname."""
        return tuple(self.full.split(" "))

    def __str__(self) -> str:
        return self.full


class Precision(StrEnum):
    """How exactly a day is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month or a year, exactly as precise as the person was; nothing is made up to fill it.

    A day without a month is no date: `ValueError`, as for a day that the month does not have.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError(f"day {self.day} of {self.year} has no month; leave the day out too")
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def of(cls, exact: date) -> Self:
        """The whole day `exact`."""
        return cls(exact.year, exact.month, exact.day)

    @property
    def precision(self) -> Precision:
        """Which of the three is known at the finest."""
        if self.day is not None:
            return Precision.DAY
        return Precision.MONTH if self.month is not None else Precision.YEAR

    @property
    def first(self) -> date:
        """The earliest day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day that it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def certainly_before(self, other: PartialDate) -> bool:
        """Is it earlier than `other` whatever the missing parts are, as no loss can be before the birth?"""
        return self.last < other.first

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)
