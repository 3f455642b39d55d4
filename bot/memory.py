"""The service's memory holds the keys: no other process of this machine may read it, but root's.

Linux asks of whoever opens `/proc/PID/mem`, or calls `process_vm_readv` or `ptrace`, that the process may be dumped;
one that may not is open to `CAP_SYS_PTRACE` alone (prctl(2), ptrace(2)). No core is written of it either.
"""

import ctypes
import sys
from typing import Final

PR_GET_DUMPABLE: Final = 3
PR_SET_DUMPABLE: Final = 4


def shut() -> None:
    """Close this process's memory, for as long as it lives, where the platform has such a thing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def is_shut() -> bool:
    return sys.platform == "linux" and not int(ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0))
