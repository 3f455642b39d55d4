"""The service's memory: it holds the keys, so no other process may read it; and what a crowd took of it is given back.

Linux asks of whoever opens `/proc/PID/mem`, or calls `process_vm_readv` or `ptrace`, that the process may be dumped;
one that may not is open to `CAP_SYS_PTRACE` alone (prctl(2), ptrace(2)). No core is written of it either.

glibc keeps what is freed: it learns to take larger and larger pieces from its heap, which shrinks only from its end
(mallopt(3), malloc_trim(3)). Where there is no glibc, nothing of the second half is done.
"""

import ctypes
import gc
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

PR_GET_DUMPABLE: Final = 3
PR_SET_DUMPABLE: Final = 4

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""malloc.h"""

MALLOC: Final = {M_ARENA_MAX: 2, M_MMAP_THRESHOLD: 64 * 1024, M_TRIM_THRESHOLD: 1024 * 1024}
"""Pieces of 64 KB and more are the system's, and go back to it at once; so does the end of the heap, by megabytes."""

SEARCHED: Final = (5_000, 10, 10)
"""New objects, and smaller searches, after which garbage is searched for in the first, second and third generation."""


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


@contextmanager
def loading() -> Iterator[None]:
    """What is imported stays, and nearly all of it is in use: to search it for garbage again and again takes a tenth of
    a start, and finds a megabyte."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def settle() -> None:
    """All is loaded and stays: from here on no search for garbage looks at it. And there are fewer of them: each stops
    everybody, while some thousands of pages wait for some tenths of a second."""
    give_back()
    gc.freeze()
    gc.set_threshold(*SEARCHED)


def give_back() -> None:
    gc.collect()
    if (libc := _glibc()) is not None:
        libc.malloc_trim(0)


def _glibc() -> Any:
    return ctypes.CDLL(None) if platform.libc_ver()[0] == "glibc" else None
