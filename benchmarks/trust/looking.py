"""A process that reads families' data as a member of staff until it is killed: `python -m benchmarks.trust.looking URL
STAFF NUMBER…`. Each thing that it has been shown is a line, "call CASE" or "search"."""

import asyncio
import os
import random
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from casework import rulebook
from casework.actor import Actor, Channel
from casework.cases.calling import ToBeCalled, Whom
from casework.cases.search import Find
from casework.ids import StaffId
from casework.numbers import written_number
from casework.refusal import Refusal
from casework.staff.budget import GiveReason, LookReason
from storage.audit import StoredAudit
from storage.database import Database, StoredWork

AT_ONCE = 3


async def look(database: Database, member: StaffId, numbers: list[str], chance: random.Random) -> str:
    """One look at a family, or a search; the line that says so, once it was committed."""
    async with database.work(datetime.now(UTC)) as work:
        staff = replace(await work.staff.get(member), factor_at=work.now)
        actor = Actor(staff.person, "uk", Channel.WEB, staff)
        if chance.random() < 0.3:
            await _asks(Find(chance.choice(numbers)), actor, work)
            shown = "search"
        else:
            number = written_number(chance.choice(numbers))
            await _asks(ToBeCalled(Whom(number)), actor, work)
            whose = await work.reports.whose(number)
            shown = f"call {whose.case if whose is not None else 0}"
        await work.commit()
    return shown


async def _asks(query: Any, actor: Actor, work: StoredWork) -> None:
    """With the reason that many looks in one day take."""
    try:
        await rulebook.answer(query, actor, work)
    except Refusal as refusal:
        if refusal.say.name != "look-reason-needed":
            raise
        await rulebook.carry_out(GiveReason(LookReason.TASK), actor, work)
        await rulebook.answer(query, actor, work)


async def _forgets(*_: object, **__: object) -> None:
    """The planted fault: a row of the audit that is not written."""


async def main(url: str, member: StaffId, numbers: list[str]) -> None:
    database, chance = Database(url, bytes(range(32))), random.Random(os.getpid())  # noqa: S311

    async def looks() -> None:
        while True:
            print(await look(database, member, numbers, chance), flush=True)

    await asyncio.gather(*(looks() for _ in range(AT_ONCE)))


if __name__ == "__main__":
    _, at, who, *which = sys.argv
    if os.environ.get("FORGETS"):
        setattr(StoredAudit, "write", _forgets)  # noqa: B010  as a fault would
    asyncio.run(main(at, StaffId(int(who)), which))
