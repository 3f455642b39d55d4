"""Members of staff: roles, and what each may do; who they are; centers and lines, which they keep; the audit."""

from typing import Any

from casework.staff import acting, budget, introducing, keeping, members, proposals, record
from casework.staff.access import commands_of
from casework.staff.acting import Acting, ActingRole

COMMANDS: dict[type, Any] = {**members.COMMANDS, **keeping.COMMANDS, **introducing.COMMANDS, **budget.COMMANDS}
QUERIES: dict[type, Any] = {
    **acting.QUERIES,
    **members.QUERIES,
    **keeping.QUERIES,
    **introducing.QUERIES,
    **proposals.QUERIES,
    **record.QUERIES,
}
ACTS = (*members.ACTS, *keeping.ACTS)
SECTIONS = {"proposals": proposals.proposals_section}

__all__ = ["Acting", "ActingRole", "commands_of"]
