"""The root key: 32 random bytes, in hexadecimal, outside of every database.

Every data key in the keyring is wrapped by it. It is kept apart from the database and from its backups: whoever has one
of the two has nothing. Lost, nothing can be unsealed again, so a second one is never made in its place.

It comes from a file that only the service's user may read (`ROOT_KEY_FILE`), from a command that prints it
(`ROOT_KEY_COMMAND`: a KMS, an HSM, `age`, `systemd-creds`), or from the environment (`ROOT_KEY`). Each may hold two, a
line each, while one takes the place of the other: `python -m bot keys rotate`.
"""

from __future__ import annotations

import os
import secrets
import shlex
import stat
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot.settings import Settings, StartError

KEY_LENGTH: Final = 32  # bytes
PATIENCE: Final = 60.0
"""Seconds that ROOT_KEY_COMMAND may take: a KMS is asked over the network."""


def roots(settings: Settings, *, needed: bool) -> Sequence[bytes]:
    """The roots that are there now, the operator's first one first; a file is made at the first start.

    `needed` says that the keyring holds keys wrapped by one already: a missing file is then an error, no first start.
    """
    if settings.root_key is not None:
        return _parsed("ROOT_KEY", settings.root_key.get_secret_value().split())
    if settings.root_key_command is not None:
        return _parsed("ROOT_KEY_COMMAND", _printed(settings.root_key_command).split())
    return in_file(settings.root_key_file, needed=needed)


def source(settings: Settings) -> Callable[[], Sequence[bytes]]:
    """Where a running service looks again for a root that it does not know."""
    return lambda: roots(settings, needed=True)


def _parsed(name: str, words: Sequence[str]) -> Sequence[bytes]:
    try:
        found = [bytes.fromhex(word) for word in words]
    except ValueError:  # not chained: it would show a part of the key
        found = []
    if not 1 <= len(found) <= 2 or any(len(root) != KEY_LENGTH for root in found):
        raise StartError(
            f"{name} has to give {KEY_LENGTH} bytes in hexadecimal, or two such keys while they are rotated."
        )
    return found


def _printed(command: str) -> str:
    try:
        words = shlex.split(command)
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, ValueError) as refused:
        raise StartError(f"ROOT_KEY_COMMAND cannot be run: {refused}; name a program and its arguments.") from None
    except subprocess.TimeoutExpired:
        raise StartError(f"ROOT_KEY_COMMAND does not end within {PATIENCE:.0f} s: run it by hand to see why.") from None
    if done.returncode:
        raise StartError(f"ROOT_KEY_COMMAND ends with {done.returncode}: run it by hand to see why.")
    return done.stdout.decode("ascii", errors="replace")


def in_file(path: Path, *, needed: bool) -> Sequence[bytes]:
    """The roots in a file; one is made there at the first start."""
    try:
        if not path.exists():
            if needed:
                raise StartError(
                    f"ROOT_KEY_FILE={path} is missing, and the database is sealed by it: put the file back from its"
                    " backup, or name the place where it is now. A new key could read nothing."
                )
            write(path, [secrets.token_bytes(KEY_LENGTH)])
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise StartError(f"ROOT_KEY_FILE={path} is not a file: name one.")
        if stat.S_IMODE(mode) & 0o077:
            raise StartError(f"ROOT_KEY_FILE={path} can be read by others: run chmod 600 {path}")
        found = [bytes.fromhex(line) for line in path.read_text(encoding="ascii").split()]
    except OSError as refused:
        raise StartError(f"ROOT_KEY_FILE={path} cannot be read: {refused.strerror}; give it to this user.") from refused
    except ValueError:  # not chained: it would show a part of the key
        found = []
    if not 1 <= len(found) <= 2 or any(len(root) != KEY_LENGTH for root in found):
        raise StartError(
            f"ROOT_KEY_FILE={path} does not hold {KEY_LENGTH} bytes in hexadecimal, or two such lines while keys are"
            " rotated: put the right file back, or where there is no database yet, remove it and it will be made."
        )
    return found


def write(path: Path, keys: Sequence[bytes], *, instead: bool = False) -> None:
    """Write roots, whole or not at all. A file that is there stays, unless these come `instead`."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)  # of a process of this number that was killed
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.writelines(f"{key.hex()}\n" for key in keys)
            file.flush()
            os.fsync(file.fileno())
        if instead:
            os.replace(unfinished, path)
        else:
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
