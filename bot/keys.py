"""`python -m bot keys`: another root for the keyring, other data keys, and another place."""

import secrets
from collections.abc import Callable, Sequence

from bot.app import at_rest, beside, now
from bot.rootkey import KEY_LENGTH, roots, write
from bot.settings import Settings, StartError
from storage.database import migrate
from storage.keyring import OUTLIVES
from storage.rekeying import keys_of, renew
from storage.rotating import move, rotate
from storage.vault import SealBroken, root_id

Report = Callable[[str], None]


async def rotated(settings: Settings, report: Report) -> None:
    """Another root wraps every key, while the service runs. A rotation that was interrupted goes on."""
    found = list(roots(settings, needed=True))
    in_file = settings.root_key is None and settings.root_key_command is None
    if len(found) == 1:
        if not in_file:
            raise StartError(
                "ROOT_KEY, ROOT_KEY_COMMAND: let it give two keys, the new one first, to this command and to every"
                " process of the service; then run this again."
            )
        found.insert(0, secrets.token_bytes(KEY_LENGTH))
        write(settings.root_key_file, found, instead=True)
        report(f"{settings.root_key_file} holds a new root and the old one. Copy it to where its copy is kept.")
    new = root_id(found[0])
    async with beside(settings) as database:
        try:
            done = await rotate(database.keyring, new, _progress(report))
        except SealBroken as missing:
            raise StartError(f"ROOT_KEY_FILE: {missing}") from None
    if in_file:
        write(settings.root_key_file, found[:1], instead=True)
        report(f"{done} keys were wrapped anew. {settings.root_key_file} holds the new root alone: keep a copy of it.")
        report("Keep the old root with the copies of the keyring from before today, until those are thrown away.")
    else:
        report(f"{done} keys were wrapped anew. The second key, {root_id(found[1])}, is needed only for older copies.")


async def renewed(settings: Settings, holders: Sequence[str], report: Report) -> None:
    """Other data keys for these holders, or for all, while the service runs."""
    async with beside(settings) as database:
        only: set[int] | None = None
        if holders:
            only = set()
            async with database.engine.connect() as connection:
                for holder in holders:
                    try:
                        only |= await keys_of(connection, holder)
                    except LookupError as missing:
                        raise StartError(f"--holder: {missing.args[0]}.") from None
        done = await renew(database, only, now(), _progress(report, "values"))
    report(f"{done.keys:,} holders have new data keys; {done.values:,} values are sealed anew.")
    if done.broken:
        report(f"{done.broken:,} values do not open and stay as they are: changed, or their key is gone.")
    report(f"The old keys stay for {OUTLIVES.days} days, so that copies of the data from before can be restored.")


async def moved(settings: Settings, report: Report) -> None:
    """The keys that are in the database of the data move to KEYRING_URL."""
    if settings.keyring_url is None:
        raise StartError("KEYRING_URL: name the database to which the keys move.")
    async with at_rest(settings) as url:
        await migrate(url, keyring_url=settings.keyring_url.get_secret_value())
        try:
            done = await move(url, settings.keyring_url.get_secret_value(), _progress(report))
        except SealBroken as refused:
            raise StartError(f"KEYRING_URL: {refused}.") from None
    report(f"{done} keys are in the database of KEYRING_URL, and no longer with the data.")


def _progress(report: Report, of_what: str = "keys") -> Callable[[int, int], object]:
    last = -1

    def tell(done: int, of: int) -> None:
        nonlocal last
        tenth = done * 10 // of
        if tenth > last:
            last = tenth
            report(f"{done:,} of {of:,} {of_what}")

    return tell
