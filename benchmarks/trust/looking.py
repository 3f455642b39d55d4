"""A process that reads families' data as a member of staff until it is killed: `python -m benchmarks.trust.looking URL
STAFF NUMBER…`. Each thing that it has been shown is a line, "call CASE" or "search"."""

import asyncio
import os
import random
import sys
from dataclasses import replace
from datetime import UTC, datetime
from unittest import mock

from casework import rulebook
from casework.actor import Actor, Channel
from casework.cases.calling import ToBeCalled, Whom
from casework.cases.search import Find
from casework.ids import StaffId
from casework.numbers import written_number
from storage.audit import StoredAudit
from storage.database import Database

AT_ONCE = 3


async def look(database: Database, member: StaffId, numbers: list[str], chance: random.Random) -> str:
    """One look at a family, or a search; the line that says so, once it was committed."""
    async with database.work(datetime.now(UTC)) as work:
        staff = replace(await work.staff.get(member), factor_at=work.now)
        actor = Actor(staff.person, "uk", Channel.WEB, staff)
        if chance.random() < 0.3:
            await rulebook.answer(Find(chance.choice(numbers)), actor, work)
            shown = "search"
        else:
            number = written_number(chance.choice(numbers))
            await rulebook.answer(ToBeCalled(Whom(number)), actor, work)
            whose = await work.reports.whose(number)
            shown = f"call {whose.case if whose is not None else 0}"
        await work.commit()
    return shown


async def main(url: str, member: StaffId, numbers: list[str]) -> None:
    database, chance = Database(url, bytes(range(32))), random.Random(os.getpid())  # noqa: S311

    async def looks() -> None:
        while True:
            print(await look(database, member, numbers, chance), flush=True)

    await asyncio.gather(*(looks() for _ in range(AT_ONCE)))


if __name__ == "__main__":
    _, at, who, *which = sys.argv
    if os.environ.get("FORGETS"):
        mock.patch.object(StoredAudit, "write", mock.AsyncMock()).start()
    asyncio.run(main(at, StaffId(int(who)), which))
