"""A whole message: an update in, its answer out through the courier, beside the build that the issue measured."""

import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from benchmarks.row import Measured, Row, Run
from benchmarks.speed.comparing import in_turn, pairs, told
from benchmarks.speed.contests import check
from benchmarks.speed.environments import TODAY, today
from benchmarks.speed.processes import TREE, Home, Spell, started
from benchmarks.speed.servers import empty


@contextmanager
def bot_api(*words: str) -> Iterator[str]:
    """The address of a Bot API in a process of its own; "limited" for one that has Telegram's limits."""
    command = [sys.executable, "-m", "benchmarks.speed.bot_api", *words]
    process = subprocess.Popen(command, cwd=TREE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018  opened with pipes
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait(20)
        process.stdout.close()


async def _beside_today(run: Run, contestant: str, chats: int, many: int) -> tuple[Sequence[Spell], Sequence[Spell]]:
    """The repetitions of ours and of that build, in turn, each over a database of its own."""
    with ExitStack() as stack:
        groups = []
        for name, home in (("ours", Home()), (f"build {TODAY}", today())):
            server = stack.enter_context(empty(run.folder / name.replace(" ", "-")))
            wanted: dict[str, Any] = {"url": server.url, "migrates": True, "courier": True}
            wanted["slow"] = run.broken and name == "ours"
            if contestant == "sending":
                wanted["api"] = stack.enter_context(bot_api())
            group = started(name, contestant, wanted, chats=chats, home=home, server=server.pid)
            groups.append(stack.enter_context(group))
        spells = in_turn([lambda group=group: group.run(many) for group in groups])  # type: ignore[misc]
        check(groups)
    return spells[0], spells[1]


async def talk(run: Run) -> Measured:
    ours, theirs = await _beside_today(run, "talk", 8, 4 if run.fast else 20)
    ratio = pairs([one.rate for one in ours], [one.rate for one in theirs])
    lines = (
        told("ours", ours),
        told(f"build {TODAY}", theirs),
        f"ratio {ratio}; both with fsync, synchronous_commit on",
    )
    return Measured(sum(one.n for one in ours), ratio.median, lines)


async def price(run: Run) -> Measured:
    """By processor time of our own process alone: Telegram's pace sets the rate."""
    ours, theirs = await _beside_today(run, "sending", 24, 1 if run.fast else 3)
    each = [[one.cpu / one.n for one in spells] for spells in (ours, theirs)]
    ratio = pairs(each[0], each[1])
    milliseconds = ", ".join(f"{statistics.median(one) * 1000:.1f}" for one in each)
    lines = (f"ms of our process for a message, ours and build {TODAY}: {milliseconds}", f"ratio {ratio}")
    return Measured(sum(one.n for one in ours), ratio.median, lines)


ROWS: Final = (
    Row("talk", "update in, answer out by a no-op speaker, 8 chats: rate beside that build", 5, talk, "high"),
    Row("price", "processor time of our process for a message, sending included, beside that build", 0.17, price),
)
