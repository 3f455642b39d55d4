"""One turn: an update of a ten-question script, the whole path to the commit, beside others' ways to keep a state."""

import statistics
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.row import Measured, Row, Run
from benchmarks.speed.comparing import for_seconds, in_turn, pairs, told
from benchmarks.speed.environments import peers
from benchmarks.speed.processes import Group, Spell, started
from benchmarks.speed.servers import NotToBeHad, postgres, redis

PROCESSES: Final = 2
"""Ours and Redis' take turns between so many: no state of a person can be kept in memory from one update to the next.
What keeps all in memory (pickle) has one."""

BESIDE: Final = {
    1: ("pickled",),
    8: ("bare",),
    32: ("aiogram_redis", "aiogram_dialogs", "pickled"),
}
"""Who stands beside us, by how many chats talk at once: those of one number run in turn, in one contest."""


@dataclass(frozen=True, slots=True)
class Contest:
    """What became of a contest: the repetitions of ours and of each beside us, what each server promises, why one
    could not take part; and in which areas our processes were found afterwards."""

    ours: Sequence[Spell]
    beside: dict[str, Sequence[Spell]]
    promises: dict[str, str]
    missing: dict[str, str]
    areas: Counter[str]


_HELD: dict[tuple[int, bool, int], Contest] = {}


async def contest(run: Run, chats: int) -> Contest:
    """The contest of so many chats, held once."""
    key = chats, run.broken, run.seed
    if key not in _HELD:
        with ExitStack() as stack:
            _HELD[key] = await _hold(run, chats, stack)
    return _HELD[key]


async def _hold(run: Run, chats: int, stack: ExitStack) -> Contest:
    server = stack.enter_context(await postgres(run.folder / "data"))
    promises = {"ours": await server.promises()}
    wanted: dict[str, Any] = {"url": server.url, "dsn": server.dsn, "slow": run.broken}
    groups = [stack.enter_context(started("ours", "ours", wanted, chats=chats, of=PROCESSES, server=server.pid))]
    missing = {}
    for name in BESIDE[chats]:
        try:
            if name == "bare":
                promises[name] = promises["ours"]
                group = started(name, name, wanted, chats=chats, of=PROCESSES, server=server.pid)
            elif name == "pickled":
                promises[name] = "the whole file is written for each update, no fsync"
                group = started(name, name, _pickle(run.folder), chats=chats, home=peers())
            else:
                folder = run.folder / name
                folder.mkdir()
                socket, pid = stack.enter_context(redis(folder))
                promises[name] = "in Redis' memory alone, not durable"
                group = started(name, name, {"socket": socket}, chats=chats, of=PROCESSES, home=peers(), server=pid)
        except NotToBeHad as why:
            missing[name] = str(why)
            continue
        groups.append(stack.enter_context(group))
    seconds = 0.3 if run.fast or run.broken else 1.5
    spells = in_turn([for_seconds(group, seconds) for group in groups])
    areas = groups[0].sample(max(20, round(4 * seconds * statistics.median(one.rate for one in spells[0]) / chats)))
    check(groups)
    names = (group.name for group in groups[1:])
    return Contest(spells[0], dict(zip(names, spells[1:], strict=True)), promises, missing, areas)


def _pickle(folder: Path) -> dict[str, Any]:
    return {"file": str(folder / "kept.pickle"), "stored": 2000}


def check(groups: Sequence[Group]) -> None:
    """`AssertionError` where something is not stored as it was said."""
    if found := [line for group in groups for line in group.check()]:
        raise AssertionError("; ".join(found))


async def _beside(run: Run, chats: int, name: str) -> Measured:
    """Our rate beside theirs."""
    held = await contest(run, chats)
    if name in held.missing:
        raise NotToBeHad(held.missing[name])
    theirs = held.beside[name]
    ratio = pairs([one.rate for one in held.ours], [one.rate for one in theirs])
    lines = [
        f"{told('ours', held.ours)}; {held.promises['ours']}",
        f"{told(name, theirs)}; {held.promises[name]}",
        f"ratio {ratio}",
    ]
    return Measured(sum(one.n for one in held.ours), ratio.median, tuple(lines))


async def turn(run: Run) -> Measured:
    return await _beside(run, 8, "bare")


async def turn_redis(run: Run) -> Measured:
    return await _beside(run, 32, "aiogram_redis")


async def turn_dialog(run: Run) -> Measured:
    return await _beside(run, 32, "aiogram_dialogs")


async def turn_pickle_1(run: Run) -> Measured:
    return await _beside(run, 1, "pickled")


async def turn_pickle_32(run: Run) -> Measured:
    return await _beside(run, 32, "pickled")


async def turn_python(run: Run) -> Measured:
    """Milliseconds of processor time of our own processes."""
    held = await contest(run, 8)
    each = [one.cpu / one.n * 1000 for one in held.ours]
    shares = (f"{times / held.areas.total():.0%} {area}" for area, times in held.areas.most_common())
    lines = (told("ours", held.ours), f"{min(each):.3g} to {max(each):.3g} ms", f"of it {', '.join(shares)}")
    return Measured(sum(one.n for one in held.ours), statistics.median(each), lines)


ROWS: Final = (
    Row("turn", "a turn's rate beside four bare statements by asyncpg, 8 chats", 0.25, turn, "high"),
    Row("turn-python", "ms of Python for a turn", 2, turn_python),
    Row("turn-redis", "a turn's rate beside aiogram + RedisStorage, isolated, 32 chats", 0.5, turn_redis, "high"),
    Row("turn-dialog", "a turn's rate beside aiogram_dialog + Redis, 32 chats", 0.5, turn_dialog, "high"),
    Row("turn-pickle-1", "a turn's rate beside PicklePersistence with 2,000 chats, 1 chat", 12, turn_pickle_1, "high"),
    Row("turn-pickle-32", "the same, 32 chats", 18, turn_pickle_32, "high"),
)
