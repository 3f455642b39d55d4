"""How updates are talked about: staff write and approve them, relatives read and check them; and invitations."""

from dialogs.updates.amending import amend
from dialogs.updates.inviting import invitation
from dialogs.updates.questions import UPDATE
from dialogs.updates.reading import CODE, check, read, updates
from dialogs.updates.recalling import recall
from dialogs.updates.signing import WAITING, approve, sign
from dialogs.updates.writing import update

__all__ = [
    "CODE",
    "UPDATE",
    "WAITING",
    "amend",
    "approve",
    "check",
    "invitation",
    "read",
    "recall",
    "sign",
    "update",
    "updates",
]
