"""The service as it is started: what it costs until the page is there, and what it holds while nobody writes."""

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from benchmarks.row import Measured, Row, Run
from benchmarks.speed.answers import bot_api
from benchmarks.speed.contestants.ours import TOKEN
from benchmarks.speed.processes import TREE, children, processor_time

READY_WITHIN: Final = 120.0
SETTLES: Final = 5.0
"""Seconds after which an idle service holds what it holds."""

BURNED: Final = "import time\nwhile time.process_time() < 12: pass\nkept = bytearray(400_000_000)\n"
"""The planted fault: what somebody imports at the start."""


@contextmanager
def served(
    folder: Path, api: str | None, *, broken: str, port: int | None = None, **wanted: str
) -> Iterator[subprocess.Popen[bytes]]:
    """The service, its page answering; with a Telegram token where there is a Bot API for it. `broken` is Python that
    its process runs first, the planted fault; `wanted` are settings."""
    port = port or free_port()
    settings = {"DATA_DIR": str(folder / "data"), "PORT": str(port), "ROOT_KEY_FILE": str(folder / "root.key")} | wanted
    if api is not None:
        settings |= {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": api}
    if broken:
        (folder / "sitecustomize.py").write_text(f"import sys\nsys.path.insert(0, {str(TREE)!r})\n{broken}")
        settings["PYTHONPATH"] = str(folder)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"], cwd=TREE, env=os.environ | settings, stdout=log, stderr=log
        )
    try:
        deadline = time.monotonic() + READY_WITHIN
        while not _answers(f"http://127.0.0.1:{port}/"):
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError((folder / "log").read_text()[-2000:])
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait(60)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  our own page
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


async def start(run: Run) -> Measured:
    """A second start, over data that are there: of its own process alone."""
    with ExitStack() as stack:
        api, took = stack.enter_context(bot_api()), list[float]()
        for _ in range(2 if run.fast else 4):
            with served(run.folder, api, broken=BURNED if run.broken else "") as process:
                took.append(_own_time(process.pid))
    again = took[1:]
    lines = (f"the first, which makes its database, {took[0]:.2f} s; then {min(again):.2f} to {max(again):.2f} s",)
    return Measured(len(again), statistics.median(again), lines)


def _own_time(pid: int) -> float:
    return processor_time(pid) - sum(processor_time(child) for child in children(pid))


async def memory_idle(run: Run) -> Measured:
    """What all processes hold that nobody else does, or their share of it (PSS)."""
    with bot_api() as api, served(run.folder, api, broken=BURNED if run.broken else "") as process:
        time.sleep(SETTLES)  # noqa: ASYNC251  nothing else runs here
        held = held_by(process.pid)
    ours = held[process.pid]
    line = f"our process {ours:.0f} MB, PostgreSQL and others {sum(held.values()) - ours:.0f} MB in {len(held) - 1}"
    return Measured(len(held), sum(held.values()), (line,))


def held_by(root: int) -> dict[int, float]:
    """Megabytes of a process and of all under it."""
    return {pid: _share(pid) for pid in _family(root)}


def _family(pid: int) -> list[int]:
    return [pid, *(member for child in children(pid) for member in _family(child))]


def _share(pid: int) -> float:
    """Megabytes."""
    with suppress(FileNotFoundError, ProcessLookupError):  # a worker that has ended meanwhile
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


ROWS: Final = (
    Row("memory-idle", "MB of all processes, idle with Telegram", 170, memory_idle),
    Row("start", "seconds of processor time until the page is ready, with a Telegram token", 2, start),
)
