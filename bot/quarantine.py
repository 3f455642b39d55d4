"""`python -m bot quarantine`: what could not be handled is listed, shown, and heard again once that is mended."""

from collections.abc import Callable
from datetime import datetime
from typing import TextIO

from casework.unreadable import NotReadable
from dialogs.scripts import SCRIPTS
from dialogs.words import Words
from handlers.desk import Desk, Replayed
from storage.database import Database

SAYS = {
    Replayed.HEARD: "heard. Its writer was told that it has been read after all.",
    Replayed.PASSED: "not answered: its writer has gone on to another question. Its words stand in the call task.",
    Replayed.ELSEWHERE: "not heard: its chat belongs to nobody or to somebody else by now.",
    Replayed.NOT: "not heard: another process has just heard it, or it is gone.",
}


async def list_all(database: Database, clock: Callable[[], datetime], to: TextIO) -> int:
    """One line for each, without what it says."""
    async with database.work(clock()) as work:
        for one in await work.quarantine.all():
            state = "" if one.replayable else "cannot be replayed"
            if one.replayed_at is not None:
                state = f"replayed {one.replayed_at:%Y-%m-%d %H:%M} UTC"
            line = f"{one.id}  {one.at:%Y-%m-%d %H:%M} UTC  {one.channel}  {one.why}  {one.script or ''}  {state}"
            to.write(f"{line.rstrip()}\n")
    return 0


async def show(id: int, database: Database, clock: Callable[[], datetime], to: TextIO) -> int:
    """What came, as it came; who looked is in the audit, as the shell."""
    async with database.work(clock()) as work:
        try:
            found = await work.quarantine.open(id)
        except NotReadable:
            to.write(f"{id} does not open: it was altered, or its key is gone.\n")
            return 1
        if found is None:
            to.write(f"There is none with the id {id}.\n")
            return 1
        raw, person = found
        await work.audit.from_shell("quarantine-opened", person=person)
        await work.commit()  # no row, no look
    to.write(f"{raw}\n")
    return 0


async def replay(id: int, database: Database, clock: Callable[[], datetime], to: TextIO) -> int:
    """Hear it again, after those of its writer before it; 0 if it was heard."""
    async with database.work(clock()) as work:
        one = next((one for one in await work.quarantine.all() if one.id == id), None)
        due = await work.quarantine.due(id)
    if one is None:
        to.write(f"There is none with the id {id}.\n")
        return 1
    if one.replayed_at is not None:
        to.write(f"{id} was replayed on {one.replayed_at:%Y-%m-%d %H:%M} UTC: nothing more is done.\n")
        return 1
    if not one.replayable:
        to.write(f"{id} cannot be replayed: it was kept only to be read (--open {id}).\n")
        return 1
    desk = Desk(database.work, Words(book=database.book), SCRIPTS, clock)
    came = Replayed.NOT
    for each in due:
        try:
            came = await desk.replay(each)
        except Exception as error:
            why = type(error).__name__
            to.write(f"{each}: stopped again by {why}. It waits as before, and so does what came after it.\n")
            return 1
        to.write(f"{each}: {SAYS[came]}\n")
    return 0 if came is Replayed.HEARD else 1
