"""The processes of contestants: started, told to run, their processor time added up with their server's."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

TREE: Final = Path(__file__).parents[2]
TICK: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Home:
    """Where a contestant runs: the tree whose modules it imports, and the Python of its environment."""

    tree: Path = TREE
    python: Path = Path(sys.executable)


@dataclass(frozen=True, slots=True)
class Spell:
    """One repetition: `n` updates in `seconds`; `cpu` of the clients, `server` of their server, in seconds; `memory`
    is the most that a client has held, in MB."""

    n: int
    seconds: float
    cpu: float
    server: float
    memory: float

    @property
    def rate(self) -> float:
        return self.n / self.seconds

    @property
    def price(self) -> float:
        """Seconds of processor time for one, client and server together."""
        return (self.cpu + self.server) / self.n


@dataclass
class Group:
    """The processes of one contestant, ready to run. `server` are the processes that work for them."""

    name: str
    chats: int
    server: int | None
    processes: list["subprocess.Popen[str]"] = field(default_factory=list)
    steps: int = 0

    def run(self, many: int) -> Spell:
        """`many` updates of every chat."""
        before = self._server_time()
        told = [self._ask(process, {"first": self.steps, "many": many}) for process in self.processes]
        heard = [self._hear(process) for process in told]
        seconds = max(one["seconds"] for one in heard)
        self.steps += many
        cpu, memory = sum(one["cpu"] for one in heard), sum(one["memory"] for one in heard)
        return Spell(self.chats * many, seconds, cpu, self._server_time() - before, memory)

    def sample(self, many: int) -> Counter[str]:
        """`many` updates of every chat, and how often the processes were found in each area (see `sampling`)."""
        told = [self._ask(one, {"first": self.steps, "many": many, "sampled": 1}) for one in self.processes]
        self.steps += many
        return sum((Counter(self._hear(one)["areas"]) for one in told), Counter[str]())

    def check(self, *, every: bool = False) -> list[str]:
        """What is wrong in the stored data, as the first process finds it, or each."""
        asked = [self._ask(process, {"check": self.steps}) for process in self.processes[: None if every else 1]]
        return [f"{self.name}: {line}" for process in asked for line in self._hear(process)["found"]]

    def _server_time(self) -> float:
        return 0.0 if self.server is None else processor_time(self.server)

    @staticmethod
    def _ask(process: "subprocess.Popen[str]", what: dict[str, int]) -> "subprocess.Popen[str]":
        assert process.stdin is not None  # noqa: S101  it was opened with a pipe
        process.stdin.write(json.dumps(what) + "\n")
        process.stdin.flush()
        return process

    @staticmethod
    def _hear(process: "subprocess.Popen[str]") -> dict[str, Any]:
        assert process.stdout is not None  # noqa: S101  it was opened with a pipe
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"a contestant has ended (code {process.wait()}); what it said stands above")
        heard: dict[str, Any] = json.loads(line)
        return heard


@contextmanager
def started(
    name: str,
    module: str,
    wanted: dict[str, Any],
    *,
    chats: int,
    of: int = 1,
    home: Home | None = None,
    server: int | None = None,
) -> Iterator[Group]:
    """A contestant's `of` processes, which take turns on every chat, ready; they end with the block. `server` is the
    process id of the server that works for them."""
    home = home or Home()
    pipes = [os.pipe() for _ in range(of)]
    group = Group(name, chats, server)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    try:
        for me in range(of):
            back, to = pipes[me][0], pipes[(me + 1) % of][1]
            words = json.dumps(wanted | {"me": me, "of": of, "chats": chats, "to": to, "back": back})
            process = subprocess.Popen(
                [str(home.python), "-m", "benchmarks.speed.worker", module, words],
                cwd=home.tree,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                pass_fds=(back, to),
            )
            group.processes.append(process)
            Group._hear(process)  # the first prepares the data before the next begins
        yield group
    finally:
        for process in group.processes:
            if process.stdin is not None:
                process.stdin.close()
        for process in group.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()
        for ends in pipes:
            for end in ends:
                os.close(end)


def processor_time(root: int) -> float:
    """Seconds of processor time of a process with its children, also those that have ended."""
    total = 0.0
    for process in [root, *children(root)]:
        try:
            words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(word) for word in words[11 : 15 if process == root else 13])
    return total / TICK


def children(root: int) -> Sequence[int]:
    try:
        return [int(word) for word in Path(f"/proc/{root}/task/{root}/children").read_text().split()]
    except FileNotFoundError:
        return []
