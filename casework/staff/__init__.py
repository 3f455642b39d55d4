"""Members of staff: roles, and what each may do; who they are; centers and lines, which they keep; the audit."""

from typing import Any

from casework.staff import access, introducing, keeping, members, record
from casework.staff.access import (
    ACCESS,
    ADMINISTRATORS,
    ALL,
    CASEWORKERS,
    DECIDERS,
    MANAGERS,
    WRITERS,
    Acting,
    ActingRole,
    commands_of,
)

COMMANDS: dict[type, Any] = {**members.COMMANDS, **keeping.COMMANDS, **introducing.COMMANDS}
QUERIES: dict[type, Any] = {
    **access.QUERIES,
    **members.QUERIES,
    **keeping.QUERIES,
    **introducing.QUERIES,
    **record.QUERIES,
}
SECTIONS = (keeping.proposed_phones_section,)

__all__ = [
    "ACCESS",
    "ADMINISTRATORS",
    "ALL",
    "CASEWORKERS",
    "DECIDERS",
    "MANAGERS",
    "WRITERS",
    "Acting",
    "ActingRole",
    "commands_of",
]
