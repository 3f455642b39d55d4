"""What waits for a second person, as a section of the staff's board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.board import Row, Section
from casework.letters import AtTime, Say, say
from casework.updates.writing import WaitingUpdates, waiting_updates

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


async def approvals_section(actor: Actor, work: Work) -> Section:
    """The updates of the member's center that wait, the oldest first."""
    rows = []
    for update in await waiting_updates(WaitingUpdates(), actor, work):
        written = say("board-approvals.written", at=AtTime(update.written_at))
        if update.own:
            rows.append(Row((str(update.number), written, Say("board-approvals.own"))))
        else:
            command = (Say("board-approvals.open"), f"/approve {update.number}")
            rows.append(Row((str(update.number), written), (command,)))
    return Section(Say("board-approvals"), tuple(rows))
