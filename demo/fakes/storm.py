"""Bad weather between the service and a platform: misfortunes by chance, from a seed, so that a failure repeats."""

from dataclasses import dataclass
from random import Random
from typing import Final, Literal, TypeVar

T = TypeVar("T")

Kind = Literal["429", "500", "hang", "reset"]

KINDS: Final[dict[Kind, int]] = {"429": 3, "500": 3, "reset": 4, "hang": 1}
"""How often each, beside the others."""

WAITS: Final = 2.0
"""Seconds that a 429 tells us to wait."""

HANGS: Final = 25.0
"""Seconds of silence: longer than we wait for an answer."""


@dataclass
class Storm:
    """Calls go wrong, answers get lost, deliveries come twice and late. Switch it with `blows`.

    `share` is how much of everything meets with something. `hangs` bounds what costs a test real time; `lost` counts
    the calls that may have been carried out although the caller heard nothing: each may lead to a repeat.
    """

    chance: Random
    share: float = 0.15
    hangs: int = 2
    blows: bool = False
    lost: int = 0

    def befalls(self) -> tuple[Kind, float, bool] | None:
        """What befalls a call, if anything: its kind, its seconds, and whether the call is carried out before it."""
        if not self._strikes():
            return None
        (kind,) = self.chance.choices([*KINDS], [*KINDS.values()])
        if kind == "hang" and self.hangs <= 0:
            kind = "reset"
        self.hangs -= kind == "hang"
        late = kind == "reset" and self.chance.random() < 0.5
        self.lost += late or kind == "hang"  # after a silence the call is carried out all the same
        return kind, HANGS if kind == "hang" else WAITS, late

    def repeats(self) -> bool:
        """Does this delivery come twice?"""
        return self._strikes()

    def loses(self) -> Literal["way", "answer"] | None:
        """Does a delivery get lost on its way to us, or our answer to it?"""
        return self.chance.choice(["way", "answer"]) if self._strikes() else None

    def holds_back(self) -> float:
        """Seconds by which a delivery comes late."""
        return self.chance.uniform(0, 2) if self._strikes() else 0

    def mixed(self, queues: list[list[T]]) -> list[T]:
        """Several queues as one, each in its own order."""
        if not self.blows:
            raise ValueError("in calm weather nothing is mixed")
        queues, mixed = [list(queue) for queue in queues if queue], []
        while queues:
            queue = self.chance.choice(queues)
            mixed.append(queue.pop(0))
            queues = [queue for queue in queues if queue]
        return mixed

    def _strikes(self) -> bool:
        return self.blows and self.chance.random() < self.share
