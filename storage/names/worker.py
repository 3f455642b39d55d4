"""The process that holds the names: it has them in its memory alone, which nobody may read, and knows no key.

Each request and each answer on its standard input and output is its length (4 bytes, big-endian) and JSON. It ends with
its input, which is when the service does.
"""

import json
import resource
import sys
from typing import BinaryIO

from storage.memory import shut, spare
from storage.names.asking import carry_out
from storage.names.index import Names


def main() -> None:
    shut()
    spare()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer(sys.stdin.buffer, sys.stdout.buffer)


def answer(asked: BinaryIO, answered: BinaryIO) -> None:
    """Answer in turn until nothing is asked any more."""
    names = Names()
    names.find(["Олександр"], None, 1, 0.0)  # tables are read before anybody waits for them
    while len(length := asked.read(4)) == 4:
        what, *about = json.loads(asked.read(int.from_bytes(length, "big")))
        answered.write(framed(carry_out(names, what, about)))
        answered.flush()


def framed(message: object) -> bytes:
    """A message as it goes over the pipe."""
    written = json.dumps(message, separators=(",", ":")).encode()
    return len(written).to_bytes(4, "big") + written
