"""The support centers: who answers for which region, what may be told of their address. All of it is data of staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol
from zoneinfo import ZoneInfo

from casework.ids import CenterId
from casework.queries import Query

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

KYIV = ZoneInfo("Europe/Kyiv")


class Disclosure(StrEnum):
    """Who may learn a center's address."""

    PUBLIC = "public"
    CONFIRMED = "confirmed"  # a person whose visit a member of staff confirmed, from 18:00 the day before


@dataclass(frozen=True, slots=True)
class Center:
    """A support center. `name` is its city's Fluent message, "center-lviv"; `address` and `phone` may be unknown.

    `regions` are those it answers for; `proposed` are among them by distance only, until an administrator confirms.
    """

    id: CenterId
    regions: tuple[str, ...]
    proposed: tuple[str, ...]
    latitude: float
    longitude: float
    disclosure: Disclosure
    address: str | None = None
    phone: str | None = None
    opens: time = time(10)
    closes: time = time(17)
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)

    def open_at(self, moment: datetime) -> bool:
        """Is the center open then, by its usual hours in Kyiv time?"""
        local = moment.astimezone(KYIV)
        return local.weekday() in self.weekdays and self.opens <= local.time() < self.closes


class Centers(Protocol):
    """How centers are kept."""

    async def all(self) -> Sequence[Center]: ...
    async def get(self, center: CenterId) -> Center: ...

    async def answering_for(self, region: str) -> Center:
        """Whoever answers for the region; for a family abroad, the first of all (calls go from anywhere)."""

    async def keep(self, center: Center) -> None: ...


@dataclass(frozen=True, slots=True)
class AllCenters(Query[tuple[Center, ...]]):
    """Every center, without addresses that are not public."""

    example: ClassVar[tuple[Center, ...]] = (
        Center(CenterId("lviv"), ("lviv",), (), 49.84, 24.03, Disclosure.PUBLIC, "вул. Стрийська, 83"),
        Center(CenterId("kharkiv"), ("kharkiv",), (), 49.99, 36.23, Disclosure.CONFIRMED),
    )


async def all_centers(query: AllCenters, actor: Actor, work: Work) -> tuple[Center, ...]:
    return tuple(published(center) for center in await work.centers.all())


def published(center: Center) -> Center:
    """The center as anybody may see it."""
    return center if center.disclosure is Disclosure.PUBLIC else replace(center, address=None)


COMMANDS: dict[type, Any] = {}
QUERIES: dict[type, Any] = {AllCenters: all_centers}
