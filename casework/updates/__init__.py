"""Updates: verified statements on a case, signed by two people, released to its verified relatives. And invitations,
which come in the place of what is never told by a message."""

from typing import Any

from casework.updates import amending, inviting, reach, reading, recalling, writing
from casework.updates.inviting import Invitations
from casework.updates.reading import is_theirs, told
from casework.updates.recalling import leaving_section
from casework.updates.values import Updates
from casework.updates.waiting import approvals_section

COMMANDS: dict[type, Any] = {**writing.COMMANDS, **reading.COMMANDS, **inviting.COMMANDS, **recalling.COMMANDS}
QUERIES: dict[type, Any] = {
    **writing.QUERIES,
    **reading.QUERIES,
    **inviting.QUERIES,
    **recalling.QUERIES,
    **amending.QUERIES,
    **reach.QUERIES,
}
SECTIONS: dict[str, Any] = {"leaving": leaving_section, "approvals": approvals_section}

__all__ = ["COMMANDS", "QUERIES", "SECTIONS", "Invitations", "Updates", "is_theirs", "told"]
