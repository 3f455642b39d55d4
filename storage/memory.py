"""The service's memory: it holds the keys, so no other process may read it; and what a crowd took of it is given back.

Linux asks of whoever opens `/proc/PID/mem`, or calls `process_vm_readv` or `ptrace`, that the process may be dumped;
one that may not is open to `CAP_SYS_PTRACE` alone (prctl(2), ptrace(2)). No core is written of it either.

glibc keeps what is freed: it learns to take larger and larger pieces from its heap, which shrinks only from its end
(mallopt(3), malloc_trim(3)). Where there is no glibc, nothing of the second half is done.
"""

import asyncio
import ctypes
import gc
import platform
import sys
from collections.abc import Sized
from typing import Any, Final

PR_GET_DUMPABLE: Final = 3
PR_SET_DUMPABLE: Final = 4

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""malloc.h"""

MALLOC: Final = {M_ARENA_MAX: 2, M_MMAP_THRESHOLD: 64 * 1024, M_TRIM_THRESHOLD: 1024 * 1024}
"""Pieces of 64 KB and more are the system's, and go back to it at once; so does the end of the heap, by megabytes."""

SEARCHED: Final = (5_000, 10, 10)
"""New objects, and smaller searches, after which garbage is searched for in the first, second and third generation."""

LOOK_EVERY: Final = 5.0
"""Seconds between looks whether a crowd has gone."""

CROWD: Final = 200
"""Connections: so many fewer than there were are worth a walk through all memory, some hundredths of a second."""


def shut() -> None:
    """Close this process's memory, for as long as it lives, where the platform has such a thing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def is_shut() -> bool:
    return sys.platform == "linux" and not int(ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0))


def spare() -> None:
    """Let glibc give back what it does not need; called before much is taken."""
    if (libc := _glibc()) is not None:
        for parameter, value in MALLOC.items():
            libc.mallopt(parameter, value)


async def giving_back(connections: Sized) -> None:
    """Give back what a crowd has left, for ever; run as a task."""
    most = 0
    while True:
        await asyncio.sleep(LOOK_EVERY)
        most = max(most, len(connections))
        if most - len(connections) >= CROWD and 2 * len(connections) <= most:
            most = len(connections)
            give_back()


def settle() -> None:
    """All is loaded and stays: from here on no search for garbage looks at it. And there are fewer of them: each stops
    everybody, while some thousands of pages wait for some tenths of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SEARCHED)


def give_back() -> None:
    gc.collect()
    if (libc := _glibc()) is not None:
        libc.malloc_trim(0)


def _glibc() -> Any:
    return ctypes.CDLL(None) if platform.libc_ver()[0] == "glibc" else None
