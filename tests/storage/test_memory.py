"""The cleaning worker cannot read the service's memory, whoever both are run by; what a crowd took is given back.

Holds on Linux; elsewhere the service says at its start that its memory is open.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from handlers.cleaning import WORKER
from storage import memory

SERVICE = f"""
import ctypes, importlib.util, os, sys
sys.path.insert(0, {str(Path(memory.__file__).parent.parent)!r})
from storage import memory
spec = importlib.util.spec_from_file_location("worker", {str(WORKER)!r})
worker = importlib.util.module_from_spec(spec)
spec.loader.exec_module(worker)
libc = ctypes.CDLL(None, use_errno=True)
key = ctypes.create_string_buffer(b"the root key")


class Piece(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def reads(service):
    found = ctypes.create_string_buffer(len(key))
    here, there = Piece(ctypes.addressof(found), len(key)), Piece(ctypes.addressof(key), len(key))
    libc.process_vm_readv(service, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
    if found.value == key.value:
        return "the call"
    os.close(0)  # a place for another file
    try:
        with open(f"/proc/{{service}}/mem", "rb", buffering=0) as file:
            file.seek(ctypes.addressof(key))
            return "the file" if file.read(len(key)) == key.raw else "nothing"
    except OSError:
        return "nothing"


def child(limits):
    service = os.getpid()
    out, into = os.pipe()
    if os.fork() == 0:
        if limits:
            worker.limit()
        os.write(into, reads(service).encode())
        os._exit(0)
    os.wait()
    return os.read(out, 20).decode()


if sys.argv[1] == "user" and os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65532)
    os.setuid(65532)
    libc.prctl(memory.PR_SET_DUMPABLE, 1, 0, 0, 0)  # as any program of a user's begins
print(child(limits=False), child(limits=True), sep=";", end=";")
memory.shut()
print(memory.is_shut(), child(limits=False), child(limits=True), sep=";")
"""


CROWD = f"""
import importlib.util, os
spec = importlib.util.spec_from_file_location("memory", {str(Path(memory.__file__))!r})
memory = importlib.util.module_from_spec(spec)
spec.loader.exec_module(memory)


def held():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20


memory.spare()
memory.settle()
before = held()
crowd = [bytearray(b"x") * 30_000 for _ in range(4_000)]
stays = [bytearray(b"x") * 30_000 for _ in range(10)]
stood = held()
del crowd
memory.give_back()
print(stood - before, held() - before)
"""


def test_what_a_crowd_took_is_given_back() -> None:
    """However little is behind it in the heap."""
    if platform.libc_ver()[0] != "glibc":
        return
    ran = subprocess.run([sys.executable, "-c", CROWD], capture_output=True, text=True, check=False)
    assert not ran.returncode, ran.stderr
    stood, kept = map(int, ran.stdout.split())
    assert stood > 100
    assert kept < 10


@pytest.mark.parametrize("user", ["root", "user"])
def test_the_worker_cannot_read_the_memory_of_the_service(user: str) -> None:
    """As root, the worker is another user; as a user, the service is shut. Where this test is a user's, both are."""
    if sys.platform != "linux":
        assert not memory.is_shut()
        return
    service = [sys.executable, "-c", SERVICE, user]
    ran = subprocess.run(service, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert not ran.returncode, ran.stderr
    open_to_any, open_to_worker, shut, shut_to_any, shut_to_worker = ran.stdout.strip().split(";")
    assert shut == "True"
    assert shut_to_worker == "nothing"
    if user == "root" and os.geteuid() == 0:
        assert open_to_any == "the call", "or this test could not see a hole"
        assert open_to_worker == "nothing", "nobody is another user"
    else:
        assert shut_to_any == "nothing", "nor any other process of the same user"
