"""At the start: data that came back from a copy are refused, or who was erased since is erased once more."""

from functools import partial
from typing import Final

import structlog

from bot import ledger
from bot.settings import Settings, StartError
from storage.database import Database
from storage.origin import Misplaced, belong, not_replayed, pass_over, settle
from storage.work import StoredWork

log = structlog.get_logger()

REPLAYED_AT_ONCE: Final = 50
"""Keys of the ledger for which one transaction erases."""


def keep_ledger(database: Database, settings: Settings) -> None:
    """From now on what is erased is noted beside the database as well, where that is asked for."""
    if settings.ledger is not None:
        database.keyring.beside = partial(ledger.append, settings.ledger)


async def belongs(work: StoredWork, settings: Settings, *, came: bool = False) -> int:
    """See that the data belong to this server and keyring, and replay the ledger. `came` says that they have just come
    from a copy, with the newest keyring in its place. Returns how many persons were erased once more."""
    keyring = work.seals.keyring
    try:
        if not came:
            await belong(work.connection, keyring)
    except Misplaced as refused:
        raise StartError(str(refused)) from None
    await _take_ledger(work, settings, came=came)
    await pass_over(work.connection, keyring)
    erased = 0
    if since := await not_replayed(work.connection, keyring):
        for first in range(0, len(since), REPLAYED_AT_ONCE):  # a replay that was cut short goes on from here
            erased += await work.erasing.replay(since[first : first + REPLAYED_AT_ONCE])
            await work.commit()
        log.warning("the data are older than the ledger of erasures: it was replayed", keys=len(since), people=erased)
    if came:
        await settle(work.connection, keyring)
    return erased


async def _take_ledger(work: StoredWork, settings: Settings, *, came: bool) -> None:
    path, keyring = settings.ledger, work.seals.keyring
    if path is None:
        return
    known = await keyring.entries()
    if not path.exists() and known and not came:
        raise StartError(
            f"ERASURE_LEDGER={path} is missing: without it nobody can tell who was erased since these data were"
            " copied. Put it back; if it is lost for good, run `python -m bot restore --replay`."
        )
    there = ledger.read(path) if path.exists() else []
    await keyring.take(there)
    listed = {entry.key for entry in there}
    ledger.append(path, [entry for entry in known if entry.key not in listed])
