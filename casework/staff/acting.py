"""Who acts, as scripts ask: a role, with the commands that the access table gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from casework.actor import Role
from casework.ids import CenterId
from casework.queries import Query
from casework.staff.access import commands_of

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class ActingRole:
    role: Role
    commands: tuple[str, ...]
    center: CenterId | None = None


@dataclass(frozen=True, slots=True)
class Acting(Query[ActingRole | None]):
    """The acting person's role on the staff; None for a relative."""

    example: ClassVar[ActingRole | None] = None


async def acting(query: Acting, actor: Actor, work: Work) -> ActingRole | None:
    if actor.staff is None:
        return None
    return ActingRole(actor.staff.role, commands_of(actor.staff.role), actor.staff.center)


QUERIES: dict[type, Any] = {Acting: acting}
