"""A database that is migrated already, for each row that needs one: made once, and copied as its files."""

import asyncio
import atexit
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from bot.postgres import embedded
from storage.database import migrate

_MADE: Final = list[Path]()


async def furnish() -> None:
    """Make the cluster with this release's tables, if it is not made yet."""
    if not _MADE:
        made = Path(tempfile.mkdtemp(prefix="zviazok-trust-cluster-"))
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        async with embedded(made, fsync=False) as url:
            await migrate(url)
        _MADE.append(made)


async def furnished(folder: Path) -> None:
    """Put that cluster into a data folder, before a server starts there."""
    await furnish()
    await asyncio.to_thread(_copy, _MADE[0], folder)


def _copy(made: Path, folder: Path) -> None:
    """Not by shutil: the files may be another user's (`bot.cluster.become`), and stay so."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    subprocess.run(["/bin/cp", "-a", str(made / "postgres"), str(folder / "postgres")], check=True)
