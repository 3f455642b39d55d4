"""The staff's board beside the chat: what waits, the day's appointments, what is to be approved."""

from dataclasses import dataclass

from casework.letters import Say


@dataclass(frozen=True, slots=True)
class Row:
    """One line. Each of `commands` is a button: its label, and what it says in the chat ("/case 1234-5676")."""

    cells: tuple[Say | str, ...]
    commands: tuple[tuple[Say, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A title, and what waits under it, the most urgent first."""

    title: Say
    rows: tuple[Row, ...] = ()
