"""The staff's board beside the chat: what waits, the day's appointments, what is to be approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casework.letters import Say


@dataclass(frozen=True, slots=True)
class View:
    """What of the queue is looked at: one of its filters, and which page, from 1."""

    of: str = "all"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A filter, and how much there is under it."""

    of: str
    label: Say
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line. Each of `commands` is a button: its label, and what it says in the chat ("/case 1234-5676")."""

    cells: tuple[Say | str, ...]
    commands: Sequence[tuple[Say, str]] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A title, and what waits under it, the most urgent first. `count` is of all, where the rows are a page of it;
    `filters` what it can be narrowed to, `of` the one that it is, `page` from 1, `size` the rows of a page. `sheets`
    are the days whose sheet can be printed; `commands` are buttons of the section as a whole; `urgent`: it stands out,
    somebody is needed at once."""

    title: Say
    rows: tuple[Row, ...] = ()
    count: int | None = None
    filters: tuple[Narrowed, ...] = ()
    of: str = ""
    page: int = 1
    size: int = 0
    sheets: tuple[date, ...] = ()
    commands: Sequence[tuple[Say, str]] = ()
    urgent: bool = False

    @property
    def in_all(self) -> int:
        return len(self.rows) if self.count is None else self.count

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(-(-self.in_all // self.size), 1) if self.size else 1
