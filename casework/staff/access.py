"""Members of staff: roles, and what each may do. One table says it all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from casework.actor import Role
from casework.ids import CenterId
from casework.queries import Query

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

ALL = frozenset(Role)
CASEWORKERS = frozenset({Role.OPERATOR, Role.SPECIALIST, Role.VERIFIER, Role.HEAD})

DECIDERS = frozenset({Role.VERIFIER, Role.HEAD})
WRITERS = frozenset({Role.SPECIALIST, Role.HEAD})
MANAGERS = frozenset({Role.HEAD, Role.ADMINISTRATOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

ACCESS: dict[str, frozenset[Role]] = {
    "queue": CASEWORKERS,
    "find": CASEWORKERS,
    "walkin": frozenset({Role.OPERATOR, Role.HEAD}),
    "case": CASEWORKERS,
    "take": CASEWORKERS,
    "note": CASEWORKERS,
    "call": CASEWORKERS,
    "rejoin": frozenset({Role.OPERATOR, Role.HEAD}),
    "details": CASEWORKERS,
    "join": CASEWORKERS,
    "part": CASEWORKERS,
    "doubtful": frozenset({Role.OPERATOR, Role.HEAD}),
    "kinship": DECIDERS,
    "update": WRITERS,
    "approve": DECIDERS,
    "invitation": CASEWORKERS,
    "day": CASEWORKERS,
    "attend": CASEWORKERS,
    "door": CASEWORKERS,
    "confirm": frozenset({Role.OPERATOR, Role.HEAD}),
    "absent": frozenset({Role.OPERATOR, Role.SPECIALIST, Role.HEAD}),
    "length": frozenset({Role.SPECIALIST}),
    "staff": MANAGERS,
    "center": ADMINISTRATORS,
    "phone": DECIDERS | ADMINISTRATORS,
    "line": ADMINISTRATORS,
    "costs": MANAGERS,
    "outages": MANAGERS,
    "audit": frozenset({Role.AUDITOR}),
    "myname": CASEWORKERS,
    "link": ALL,
    "help": ALL,
}
"""Which roles may give which command; the scripts take their roles from here.

An administrator manages staff and centers and reads no case; an auditor reads who looked at what, and no case either.
"""


def commands_of(role: Role) -> tuple[str, ...]:
    """The commands that a role may give, in the order of `ACCESS`."""
    return tuple(name for name, roles in ACCESS.items() if role in roles)


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


COMMANDS: dict[type, Any] = {}
QUERIES: dict[type, Any] = {Acting: acting}
