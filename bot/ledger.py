"""The ledger of erasures in a file beside the database: it does not go back in time when the database does."""

import os
from collections.abc import Sequence
from pathlib import Path

from bot.settings import StartError
from storage.keyring import Entry


def append(path: Path, entries: Sequence[Entry]) -> None:
    """Add lines, and see them on the disk."""
    lines = "".join(f"{entry.line()}\n" for entry in entries).encode()
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab", buffering=0) as file:
            file.write(lines)
            os.fsync(file.fileno())
    except OSError as refused:
        raise StartError(
            f"ERASURE_LEDGER={path} cannot be written: {refused.strerror}; name a place that this user may write to."
        ) from refused


def read(path: Path) -> Sequence[Entry]:
    """What it says. A last line that was cut off by a bad hour is not counted: its key was not erased yet."""
    try:
        whole, _, _ = path.read_text(encoding="ascii").rpartition("\n")
        return [Entry.of(line) for line in whole.splitlines()]
    except OSError as refused:
        raise StartError(f"ERASURE_LEDGER={path} cannot be read: {refused.strerror}.") from refused
    except ValueError:
        raise StartError(f"ERASURE_LEDGER={path} is no ledger of erasures: name the right file.") from None
