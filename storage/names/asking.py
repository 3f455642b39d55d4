"""How the names are asked: in this process, or in one of their own. Both answer the same commands."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from storage.names.index import Names

Entry = Sequence[Any]
"""A person as it is put into the index: id, name, birth date as (year, month, day) or None, tags."""


class NamesLost(Exception):  # noqa: N818  whoever asks puts the names there anew
    """Whoever held the names has ended, and they with it."""


class NameService(Protocol):
    """Whoever holds the names. `generation` grows with each that begins: then all must be put anew."""

    generation: int

    async def begin(self) -> int:
        """Have somebody hold the names; the generation."""

    async def ask(self, what: str, *about: Any) -> Any:
        """Carry out one of `COMMANDS`. Raises `NamesLost`."""

    async def close(self) -> None: ...


class LocalNames:
    """The names in this process: for tests, and commands that end soon."""

    generation = 1

    def __init__(self) -> None:
        self._names = Names()

    async def begin(self) -> int:
        return self.generation

    async def ask(self, what: str, *about: Any) -> Any:
        return carry_out(self._names, what, about)

    async def close(self) -> None:
        self._names = Names()


def _put(names: Names, entries: Sequence[Entry]) -> None:
    for id, name, born, tags in entries:
        names.put(id, name, tuple(born) if born else None, tags)


def _drop(names: Names, ids: Sequence[int]) -> None:
    for id in ids:
        names.drop(id)


def _find(names: Names, words: Sequence[str], born: Sequence[int] | None, limit: int, at_least: float) -> Any:
    year_month_day = (born[0], born[1], born[2]) if born else None
    return [(one.id, one.score) for one in names.find(words, year_month_day, limit, at_least)]


def _like(names: Names, id: int, limit: int, at_least: float) -> Any:
    return [(one.id, one.score) for one in names.like(id, limit, at_least)]


COMMANDS: Final[Mapping[str, Callable[..., Any]]] = {
    "put": _put,
    "drop": _drop,
    "find": _find,
    "like": _like,
    "tagged": lambda names, tag: names.tagged(tag),
}


def carry_out(names: Names, what: str, about: Sequence[Any]) -> Any:
    """What a command answers; all of it can be written as JSON."""
    return COMMANDS[what](names, *about)
