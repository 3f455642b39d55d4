"""The root key: 32 random bytes, in hexadecimal, in one file that only the service's user may read.

Every data key in the database is wrapped by it. It is kept apart from the database and from its backups: whoever has
one of the two has nothing. Lost, nothing can be unsealed again, so a second one is never made in its place.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot.settings import StartError

LENGTH: Final = 32  # bytes


def root_key(path: Path, *, needed: bool) -> bytes:
    """The root key in `path`; made there at the first start.

    `needed` says that the database holds keys wrapped by it already: a missing file is then an error, no first start.
    """
    try:
        if not path.exists():
            if needed:
                raise StartError(
                    f"ROOT_KEY_FILE={path} is missing, and the database is sealed by it: put the file back from its"
                    " backup, or name the place where it is now. A new key could read nothing."
                )
            _make(path)
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise StartError(f"ROOT_KEY_FILE={path} is not a file: name one.")
        if stat.S_IMODE(mode) & 0o077:
            raise StartError(f"ROOT_KEY_FILE={path} can be read by others: run chmod 600 {path}")
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except OSError as refused:
        raise StartError(f"ROOT_KEY_FILE={path} cannot be read: {refused.strerror}; give it to this user.") from refused
    except ValueError:  # not chained: it would show a part of the key
        key = b""
    if len(key) != LENGTH:
        raise StartError(
            f"ROOT_KEY_FILE={path} does not hold {LENGTH} bytes in hexadecimal: put the right file back,"
            " or where there is no database yet, remove it and it will be made."
        )
    return key


def _make(path: Path) -> None:
    """Write a new key, whole or not at all; a file that another process made meanwhile stays."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(LENGTH) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(unfinished, path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    except OSError as refused:
        raise StartError(
            f"ROOT_KEY_FILE={path} cannot be made: {refused.strerror}; name a place that this user may write to."
        ) from refused
    finally:
        with suppress(OSError):
            unfinished.unlink()
