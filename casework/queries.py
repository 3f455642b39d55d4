"""Facts that a script looks up: a query is a frozen dataclass, its answer a value. The desk fetches; scripts only ask.

Each column declares its own queries beside its rules; those that every conversation uses stand here.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Query(Generic[T]):
    """A question to the service, for the acting person. `example` answers it in rehearsals, maps and the terminal."""

    example: ClassVar[Any]


@dataclass(frozen=True, slots=True)
class Now(Query[datetime]):
    """The moment at which the message came (aware, UTC)."""

    example: ClassVar[datetime] = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Today(Query[date]):
    """The day in Kyiv on which the message came."""

    example: ClassVar[date] = date(2026, 11, 24)
