"""Where a message's time goes: our process's own, by package, from the update to the answer's being sent."""

import asyncio
import cProfile
import pstats
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

from benchmarks.speed.contestants.talk import Talk
from benchmarks.speed.processes import TREE
from benchmarks.speed.servers import empty

CHATS: Final = 8
STEPS: Final = 20
LEAST: Final = 0.01
"""A smaller share is among the rest."""

OURS: Final = ("bot", "handlers", "storage", "dialogs", "casework")
_PACKAGE: Final = re.compile(r"site-packages/([^/.]+)")


def package(file: str) -> str:
    """Whose code a file is: our floor's, a library's, or Python's own."""
    if (found := _PACKAGE.search(file)) is not None:
        return found[1]
    if file.startswith(str(TREE)):
        floor = Path(file).relative_to(TREE).parts[0]
        return f"our {floor}" if floor in OURS else "the benchmark"
    return "asyncio" if Path(file).parent.name == "asyncio" else "Python"


def shares(profile: cProfile.Profile) -> dict[str, float]:
    """The share of each in the time of all, without the waiting; built-in functions count for their callers."""
    spent: Counter[str] = Counter()
    stats: Any = pstats.Stats(profile)
    for (file, _, name), (_, _, own, _, callers) in stats.stats.items():
        if "select.epoll" in name:
            continue
        if file != "~":
            spent[package(file)] += own
            continue
        for (caller, _, _), (_, _, part, _) in callers.items():
            spent[package(caller) if caller != "~" else "Python"] += part
    whole = spent.total()
    named = {name: time / whole for name, time in spent.most_common() if time >= LEAST * whole}
    return named | {"the rest": 1 - sum(named.values())}


async def profiled(folder: Path) -> dict[str, float]:
    """The shares over some turns of the survey."""
    with empty(folder) as server:
        ours = Talk()
        await ours.open({"url": server.url, "migrates": True, "courier": True, "me": 0, "chats": CHATS})
        try:
            profile = cProfile.Profile(time.thread_time)
            for first, kept in (
                (0, cProfile.Profile(time.thread_time)),
                (STEPS, profile),
            ):  # the first is for what is made but once
                kept.enable()
                await asyncio.gather(*(_talk(ours, chat, first) for chat in range(CHATS)))
                kept.disable()
            if found := await ours.check(CHATS, 2 * STEPS):
                raise AssertionError("; ".join(found))
        finally:
            await ours.close()
    return shares(profile)


async def _talk(ours: Talk, chat: int, first: int) -> None:
    for step in range(first, first + STEPS):
        await ours.take(chat, step)
