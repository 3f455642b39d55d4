"""Every query by each engine in turn: where the person meant stood, and how long it took."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from benchmarks.matching.engines import SHOWN, Engine
from benchmarks.matching.persons import Person
from benchmarks.matching.queries import Sought


@dataclass
class Seen:
    """Of one engine: at which place the person meant stood for each query (0: not among those shown), and the times."""

    name: str
    places: list[tuple[str, int]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def recall(self, at: int, kind: str | None = None) -> float:
        among = [place for of, place in self.places if kind in (None, of)]
        return sum(0 < place <= at for place in among) / max(1, len(among))

    @property
    def kinds(self) -> Sequence[str]:
        return sorted({kind for kind, _ in self.places})

    def worst(self) -> tuple[float, str]:
        return min((self.recall(SHOWN, kind), kind) for kind in self.kinds)

    def quantile(self, percent: int, of: slice = slice(None)) -> float:
        """Milliseconds."""
        return quantiles(self.times[of], n=100)[percent - 1] * 1000

    def as_json(self) -> dict[str, Any]:
        return {
            "recall_at_1": round(self.recall(1), 4),
            "recall_at_5": round(self.recall(SHOWN), 4),
            "by_kind": {
                kind: {"recall_at_1": round(self.recall(1, kind), 4), "recall_at_5": round(self.recall(SHOWN, kind), 4)}
                for kind in self.kinds
            },
            "p50_ms": round(self.quantile(50), 3),
            "p95_ms": round(self.quantile(95), 3),
        }


def place(found: Sequence[int], sought: Sought, known: Mapping[int, Person]) -> int:
    """Where the person meant stands, from 1; 0 for nowhere. Who names neither a birth date nor a patronymic has found
    the person when full namesakes of theirs are shown."""
    meant = known[sought.meant]
    for at, number in enumerate(found, 1):
        one = known[number]
        if number == sought.meant:
            return at
        if not (sought.born or sought.patronymic) and (one.surname, one.given) == (meant.surname, meant.given):
            return at
    return 0


async def measure(engines: Mapping[str, Engine], people: Sequence[Person], sought: Sequence[Sought]) -> dict[str, Seen]:
    """Each query by each engine in turn."""
    known = {one.number: one for one in people}
    measured = {name: Seen(name) for name in engines}
    for one in sought:
        for name, engine in engines.items():
            begun = time.perf_counter()
            found = await engine.find(one)
            measured[name].times.append(time.perf_counter() - begun)
            measured[name].places.append((one.kind, place(found, one, known)))
    return measured
