"""What a turn costs where a script is long, and where very much is stored: beside itself with little."""

import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any, Final

import asyncpg

from benchmarks.row import Growth, Measured, Row, Run
from benchmarks.speed.comparing import in_turn, pairs, told
from benchmarks.speed.contests import PROCESSES, check
from benchmarks.speed.processes import Spell, started
from benchmarks.speed.servers import Postgres, postgres

CHATS: Final = 4
CYCLES: Final = {10: 12, 60: 2, 200: 1}
"""How often a script of so many questions is walked in a repetition: from its first question to its last."""

FEW, MANY = 1_000, 1_000_000
PARTS: Final = {"people": 0.1, "addresses": 0.1, "drafts": 0.05, "thread": 0.1, "arrivals": 0.15, "letters": 0.5}
"""Which part of the stored rows each table has."""

BEGIN: Final = 10**12
"""The ids of others' rows begin here."""

_COSTS: Final = dict[tuple[int, bool], dict[tuple[int, bool], list[Spell]]]()


async def costs(run: Run) -> dict[tuple[int, bool], list[Spell]]:
    """The repetitions of scripts by their questions, and whether they count what is left; held once for all rows."""
    key = run.seed, run.broken
    if key not in _COSTS:
        chats = 2 if run.fast or run.broken else CHATS
        with ExitStack() as stack:
            groups = {}
            for questions, counts in ((10, True), (60, True), (200, True), (10, False), (60, False)):
                server = stack.enter_context(await postgres(run.folder / f"{questions}-{counts}"))
                wanted = {"url": server.url, "questions": questions, "counts": counts, "again": run.broken}
                group = started("ours", "ours", wanted, chats=chats, of=PROCESSES, server=server.pid)
                groups[questions, counts] = stack.enter_context(group)
            cycles = {questions: 1 + many // 2 if run.fast else many for questions, many in CYCLES.items()}
            spells = in_turn(
                [
                    lambda group=group, many=questions * cycles[questions]: group.run(many)  # type: ignore[misc]
                    for (questions, _), group in groups.items()
                ]
            )
            check(list(groups.values()))
        _COSTS[key] = dict(zip(groups, spells, strict=True))
    return _COSTS[key]


async def questions_60(run: Run) -> Measured:
    """The worse of scripts that count what is left and those that do not."""
    seen, lines, worst = await costs(run), list[str](), 0.0
    for counts in (True, False):
        ratio = pairs([one.price for one in seen[60, counts]], [one.price for one in seen[10, counts]])
        worst = max(worst, ratio.median)
        lines.append(f"{'counting' if counts else 'not counting'} what is left: ratio {ratio}")
    lines += [told(f"{questions} questions", seen[questions, True]) for questions in (10, 60)]
    drawn = {
        f"{'counting' if counts else 'not counting'} what is left": [
            (questions, _price(spells)) for (questions, its), spells in seen.items() if its == counts
        ]
        for counts in (True, False)
    }
    growth = Growth("Processor time of a turn, its server's included", "ms", "questions of the script", drawn)
    return Measured(sum(one.n for one in seen[60, True]), worst, tuple(lines), growth)


def _price(spells: Sequence[Spell]) -> float:
    """Milliseconds."""
    return statistics.median(one.price for one in spells) * 1000


async def questions_200(run: Run) -> Measured:
    seen = await costs(run)
    more = [(long.price - short.price) * 1000 for long, short in zip(seen[200, True], seen[10, True], strict=True)]
    lines = told("200 questions", seen[200, True]), f"{min(more):.3g} to {max(more):.3g} ms more"
    return Measured(sum(one.n for one in seen[200, True]), statistics.median(more), lines)


async def store(server: Postgres, rows: int) -> None:
    """So many rows of others', as PostgreSQL fills them: nobody reads what is in them, all indexes know them."""
    connection = await asyncpg.connect(server.dsn)
    many = {table: round(rows * part) for table, part in PARTS.items()}
    try:
        await connection.execute("SET session_replication_role = replica")  # none of them has its keys
        for table, columns in _FILLED.items():
            names, values = ", ".join(columns), ", ".join(columns.values())
            await connection.execute(
                f"INSERT INTO {table} ({names}) SELECT {values} FROM generate_series(1, {many[table]}) AS n".replace(  # noqa: S608
                    "$people", str(many["people"])
                )
            )
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


def _sealed(bytes: int) -> str:
    return f"decode(repeat(md5(n::text), {bytes // 16}), 'hex')"


_OTHER, _AT = f"{BEGIN} + n % $people", "now() - n * interval '1 s'"
_BOUND: Final = "decode(md5(n::text), 'hex')"
_FILLED: Final = {
    "people": {
        "id": f"{BEGIN} + n", "key_id": "1", "language": "'uk'", "made_at": _AT, "profile": _sealed(160),
        "active": _sealed(640),
    },
    "addresses": {
        "id": f"{BEGIN} + n", "person_id": f"{BEGIN} + n", "channel": "'telegram'", "hash": _sealed(32),
        "address": _sealed(48), "made_at": _AT, "seen_at": _AT, "bound": _BOUND,
    },
    "drafts": {
        "id": f"{BEGIN} + n", "person_id": _OTHER, "script": "'report'", "parked_at": _AT, "answers": _sealed(640),
        "bound": _BOUND,
    },
    "thread": {"id": f"{BEGIN} + n", "person_id": _OTHER, "number": "n", "at": _AT, "body": _sealed(320),
               "bound": _BOUND},
    "arrivals": {"channel": "'telegram'", "message": _sealed(32), "at": _AT, "address_id": _OTHER, "place": "n"},
    "letters": {
        "id": f"{BEGIN} + n", "person_id": _OTHER, "address_id": _OTHER, "channel": "'telegram'", "kind": "'reply'",
        "due_at": _AT, "state": "'sent'", "sent_at": _AT, "receipt": "n::text", "screen": _sealed(480),
        "bound": _BOUND,
    },
}  # fmt: skip


async def rows(run: Run) -> Measured:
    """The fault: nothing but a look at each leads to an address."""
    many = MANY // 10 if run.fast or run.broken else MANY
    with ExitStack() as stack:
        groups, servers = [], []
        for so_many in (FEW, many):
            server = stack.enter_context(await postgres(run.folder / str(so_many)))
            await store(server, so_many)
            servers.append((server, so_many))
            wanted: dict[str, Any] = {"url": server.url}
            group = started(f"{so_many:,} rows", "ours", wanted, chats=8, of=PROCESSES, server=server.pid)
            groups.append(stack.enter_context(group))
        if run.broken:
            await _execute(servers[-1][0], "ALTER TABLE addresses DROP CONSTRAINT uq_addresses_hash")
        spells = in_turn([lambda group=group: group.run(10 if run.fast else 40) for group in groups])  # type: ignore[misc]
        check(groups)
        for server, so_many in servers:
            await _all_there(server, so_many)
    ratio = pairs([one.price for one in spells[1]], [one.price for one in spells[0]])
    lines = [told(group.name, each) for group, each in zip(groups, spells, strict=True)]
    points = [(so_many, _price(each)) for (_, so_many), each in zip(servers, spells, strict=True)]
    growth = Growth("Processor time of a turn, its server's included", "ms", "rows that are stored", {"a turn": points})
    return Measured(many, ratio.median, (*lines, f"ratio {ratio} of processor time"), growth)


async def _execute(server: Postgres, statement: str) -> None:
    connection = await asyncpg.connect(server.dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _all_there(server: Postgres, rows: int) -> None:
    """`AssertionError` where others' rows are not as they were."""
    connection = await asyncpg.connect(server.dsn)
    try:
        for table, part in PARTS.items():
            key = "id" if "id" in _FILLED[table] else "address_id"
            kept = await connection.fetchval(f"SELECT count(*) FROM {table} WHERE {key} >= {BEGIN}")  # noqa: S608
            if kept != round(rows * part):
                raise AssertionError(f"{table}: {kept} rows of others, not {round(rows * part)}")
    finally:
        await connection.close()


ROWS: Final = (
    Row("questions-60", "a turn's processor time at 60 questions, beside itself at 10", 1.15, questions_60),
    Row("questions-200", "ms of processor time more for a turn at 200 questions than at 10", 3, questions_200),
    Row("rows", "a turn's processor time at 1,000,000 stored rows, beside itself at 1,000", 1.15, rows),
)
