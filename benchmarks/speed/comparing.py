"""Contestants beside each other: in turn, again and again, so that what else the machine does befalls all alike."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.speed.processes import Group, Spell

REPETITIONS: Final = 5


@dataclass(frozen=True, slots=True)
class Pairs:
    """A ratio of two figures, once for each repetition."""

    ratios: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.ratios)

    def __str__(self) -> str:
        return f"{self.median:.3g} ({min(self.ratios):.3g} to {max(self.ratios):.3g})"


def pairs(ours: Sequence[float], theirs: Sequence[float]) -> Pairs:
    return Pairs(tuple(mine / other for mine, other in zip(ours, theirs, strict=True)))


def in_turn(runs: Sequence[Callable[[], Spell]], repetitions: int = REPETITIONS) -> list[list[Spell]]:
    """Each once, for the caches alone; then every repetition runs all, in an order that turns round each time."""
    for run in runs:
        run()
    spells: list[list[Spell]] = [[] for _ in runs]
    for repetition in range(repetitions):
        order = range(len(runs)) if repetition % 2 == 0 else reversed(range(len(runs)))
        for at in order:
            spells[at].append(runs[at]())
    return spells


def for_seconds(group: Group, seconds: float) -> Callable[[], Spell]:
    """A run of the group that takes about so long: as many updates of each chat as a first short one tells."""
    tried = group.run(2)
    many = max(2, round(seconds * tried.rate / group.chats))
    return lambda: group.run(many)


def told(name: str, spells: Sequence[Spell]) -> str:
    """A contestant's line: its rate, and what one costs it."""
    rate, cpu = statistics.median(one.rate for one in spells), statistics.median(one.cpu / one.n for one in spells)
    server = statistics.median(one.server / one.n for one in spells)
    return f"{name}: {rate:,.0f} a second; {cpu * 1000:.2f} ms of Python and {server * 1000:.2f} ms of its server each"
