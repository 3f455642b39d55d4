"""The outbox drained, beside a queue of tasks over the same PostgreSQL."""

from contextlib import ExitStack
from typing import Final

from benchmarks.row import Measured, Row, Run
from benchmarks.speed.comparing import in_turn, pairs, told
from benchmarks.speed.contests import check
from benchmarks.speed.environments import peers
from benchmarks.speed.processes import started
from benchmarks.speed.servers import empty, postgres

MANY: Final = 2_000
FEW: Final = 300


async def letters(run: Run) -> Measured:
    """Each contestant over a server of its own. One process each: on Telegram one speaks at a time."""
    many = FEW if run.fast or run.broken else MANY
    with ExitStack() as stack:
        server = stack.enter_context(await postgres(run.folder / "ours"))
        theirs = stack.enter_context(empty(run.folder / "theirs"))
        promises = [await one.promises() for one in (server, theirs)]
        wanted = {"url": server.url, "slow": run.broken}
        ours = stack.enter_context(started("ours", "letters", wanted, chats=many, server=server.pid))
        home, wanted = peers(), {"dsn": theirs.dsn}
        others = started("procrastinate", "procrastinated", wanted, chats=many, home=home, server=theirs.pid)
        groups = [ours, stack.enter_context(others)]
        spells = in_turn([lambda group=group: group.run(1) for group in groups])  # type: ignore[misc]
        check(groups)
    ratio = pairs([one.rate for one in spells[0]], [one.rate for one in spells[1]])
    lines = [f"{told(group.name, each)}; {kept}" for group, each, kept in zip(groups, spells, promises, strict=True)]
    return Measured(sum(one.n for one in spells[0]), ratio.median, (*lines, f"ratio {ratio}"))


ROWS: Final = (
    Row("letters", "letters unsealed, rendered, sent and marked: rate beside procrastinate's no-op task", 2.5, letters,
        "high"),
)  # fmt: skip
