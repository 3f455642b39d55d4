"""Where a process's own time goes: by what it is doing each time that it has used some milliseconds more.

Only the standard library: it runs in the contestants' processes."""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

EVERY: Final = 0.004
"""Seconds of processor time; the kernel counts no finer."""

AREAS: Final = (
    ("/asyncpg/", "the driver"),
    ("/sqlalchemy/", "SQLAlchemy"),
    ("/casework/wordlist", "words of despair"),
    ("/casework/spelling", "words of despair"),
    ("/storage/sealing", "sealing"),
    ("/storage/", "storage beside that"),
    ("/dialogs/", "what was said, and the script"),
    ("/casework/", "what was said, and the script"),
    ("/handlers/telegram/", "Telegram's update"),
    ("/handlers/", "the desk"),
    ("/asyncio/", "the event loop"),
)
"""By a part of a file's path: the innermost call that stands in one of these tells."""


@contextmanager
def sampled() -> Iterator[Counter[str]]:
    """How often the process was found in each area, on the main thread."""
    found = Counter[str]()

    def look(_: int, frame: FrameType | None) -> None:
        while frame is not None:
            path = frame.f_code.co_filename
            area = next((name for part, name in AREAS if part in path), None)
            if area is not None:
                found[area] += 1
                return
            frame = frame.f_back

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        yield found
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
