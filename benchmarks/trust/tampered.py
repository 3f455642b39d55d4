"""Who writes into the database without our keys gains nothing: bits are flipped, values and references moved.

Each act is done behind the service's back in a transaction that is undone. Then the service reads what was touched, as
it always does: a value that opens to anything, a row that is there with another's reference, a person, a right, a case
that is reached by it, is one that was accepted.
"""

import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from unittest import mock

from sqlalchemy import Table, UniqueConstraint, select

from benchmarks.caseload import CENTER, fill
from benchmarks.row import Measured, Row, Run
from benchmarks.trust.audited import fresh_database
from casework.actor import Channel, Role
from casework.ids import PersonId
from casework.letters import Letter, LetterKind, Screen
from casework.linking import CODE_LASTS
from casework.thread import ThreadMessage
from storage import binding
from storage.database import Database
from storage.looking import key_column
from storage.schema import Binding, among, bindings, metadata
from storage.sweeping import bound_to, sealed_columns
from storage.vault import SealBroken, Vault
from storage.work import StoredWork

NOW: Final = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
FAMILIES: Final = 40
MEMBERS: Final = 6
RECORDS: Final = 200
AT_ONCE: Final = 500
"""Acts in one transaction: each holds its locks until the end."""

Rows = dict[str, list[dict[str, Any]]]
Act = Callable[["_Thief"], Awaitable[str | None]]
"""Does one thing; what was accepted, or None."""


class _Thief:
    """One transaction of the service, and its connection in the hands of somebody else."""

    def __init__(self, work: StoredWork, hand: Any, rows: Rows, chance: random.Random) -> None:
        self.work, self.rows, self.chance = work, rows, chance
        self._hand = hand

    async def does(self, statement: str, *values: Any) -> None:
        await self._hand.execute(statement, *values)

    def two(self, table: Table) -> tuple[dict[str, Any], dict[str, Any]]:
        one, other = self.chance.sample(self.rows[table.name], 2)
        return one, other

    async def read(self, table: Table, *ids: int) -> dict[int, Any]:
        """The rows that the service takes for true."""
        key = key_column(table)
        found = await self.work.connection.execute(select(table).where(among(key, ids)))
        return {row._mapping[key.name]: row._mapping for row in found}


async def _moves_a_reference(thief: _Thief) -> str | None:
    """A clear reference, or all of them, or with their hash, to another row's."""
    table = thief.chance.choice([one for one in bindings().values() if len(thief.rows[one.name]) > 1])
    one, other = thief.two(table)
    columns = list(table.c.bound.info["binding"].columns)
    changed = [name for name in columns if one[name] != other[name]]
    if not changed:
        return None
    moved = changed if thief.chance.random() < 0.5 else [thief.chance.choice(changed)]
    if thief.chance.random() < 0.5:
        moved = [*moved, "bound"]
    key = key_column(table).name
    free = [name for name in moved if not _is_single(table, name)]
    if not set(free) - {"bound"}:
        return None
    assigned = ", ".join(f"{name} = other.{name}" for name in free)
    await thief.does(
        f"UPDATE {table.name} SET {assigned} FROM {table.name} other"  # noqa: S608  our own names
        f" WHERE {table.name}.{key} = $1 AND other.{key} = $2",
        one[key],
        other[key],
    )
    found = await thief.read(table, one[key])
    return f"{table.name}: {', '.join(free)}" if found else None


def _is_single(table: Table, name: str) -> bool:
    """May no two rows have the same there?"""
    column = table.c[name]
    return bool(column.unique) or any(
        isinstance(constraint, UniqueConstraint) and name in constraint.columns for constraint in table.constraints
    )


async def _swaps_what_is_single(thief: _Thief) -> str | None:
    """Whose a chat or a membership is, exchanged between two rows."""
    name, column = thief.chance.choice((("addresses", "hash"), ("staff", "person_id"), ("reports", "number")))
    table = bindings()[name]
    one, other = thief.two(table)
    spare: Any = b"spare" if column == "hash" else -1 if column == "person_id" else "0"
    for id, value in ((one["id"], spare), (other["id"], one[column]), (one["id"], other[column])):
        await thief.does(f"UPDATE {name} SET {column} = $2 WHERE id = $1", id, value)  # noqa: S608
    found = await thief.read(table, one["id"], other["id"])
    return f"{name}: {column} exchanged" if found else None


async def _puts_in_a_member(thief: _Thief) -> str | None:
    """A copy of somebody's membership, for a relative."""
    member = thief.chance.choice(thief.rows["staff"])
    person = thief.chance.choice(thief.rows["reports"])["person_id"]
    kept = [name for name in member if name not in ("id", "person_id", "structure_sort")]
    await thief.does(
        f"INSERT INTO staff (id, person_id, {', '.join(kept)})"  # noqa: S608
        f" SELECT -1, $2, {', '.join(kept)} FROM staff WHERE id = $1",
        member["id"],
        person,
    )
    found = await thief.work.staff.member_of(PersonId(person))
    return None if found is None else "staff: a row that was put in"


async def _takes_over_a_chat(thief: _Thief) -> str | None:
    """The thief's own chat becomes another person's: the service is asked who writes there."""
    own, victim = thief.two(bindings()["addresses"])
    await thief.does("UPDATE addresses SET person_id = $2 WHERE id = $1", own["id"], victim["person_id"])
    reached = await thief.work.people.reachable(PersonId(victim["person_id"]), rather=own["id"])
    known = await thief.work.people.guest(own["id"])
    if (reached is not None and reached[0] == own["id"]) or known is not None:
        return "addresses: a chat that is another person's"
    return None


async def _takes_over_a_case(thief: _Thief) -> str | None:
    """A report of another family, in the thief's name."""
    one, other = thief.two(bindings()["reports"])
    await thief.does("UPDATE reports SET person_id = $2 WHERE id = $1", one["id"], other["person_id"])
    mine = await thief.work.reports.of(PersonId(other["person_id"]))
    return "reports: another family's" if one["id"] in {report.id for report in mine} else None


async def _verifies_a_tie(thief: _Thief) -> str | None:
    """A kinship that nobody decided on."""
    tie = thief.chance.choice([row for row in thief.rows["kinships"] if row["state"] != "verified"])
    await thief.does("UPDATE kinships SET state = 'verified' WHERE report_id = $1", tie["report_id"])
    report = next(row for row in thief.rows["reports"] if row["id"] == tie["report_id"])
    verified = await thief.work.kinships.verified(report["case_id"])
    others = {row["person_id"] for row in thief.rows["reports"] if row["id"] != report["id"]}
    return "kinships: verified by hand" if set(verified) - others else None


async def _moves_a_ciphertext(thief: _Thief) -> str | None:
    """A sealed value, to another row or another column."""
    tables = [table for table in _sealed() if len(thief.rows[table.name]) > 1]
    table = thief.chance.choice(tables)
    one, other = thief.two(table)
    to, of = thief.chance.choice(sealed_columns(table)), thief.chance.choice(sealed_columns(table))
    blob = other[of.name]
    if blob is None:
        return None
    return await _opens(thief, table, {**one, to.name: blob}, to)


async def _opens(thief: _Thief, table: Table, row: dict[str, Any], column: Any) -> str | None:
    id, part = bound_to(table, row)
    try:
        await thief.work.seals.unseal(column, id, row[column.name], part=part, sure=True)
    except SealBroken:
        return None
    return f"{table.name}.{column.name} opened"


def _sealed() -> list[Table]:
    return [table for table in metadata.sorted_tables if sealed_columns(table)]


ACTS: Final[tuple[Act, ...]] = (
    _moves_a_reference,
    _moves_a_ciphertext,
    _moves_a_reference,
    _swaps_what_is_single,
    _moves_a_ciphertext,
    _puts_in_a_member,
    _takes_over_a_chat,
    _takes_over_a_case,
    _verifies_a_tie,
)


async def _furnish(database: Database, families: int) -> None:
    """What the service keeps of some families, written by itself."""
    async with database.work(NOW) as work:
        await work.seed()
        members = [
            await work.staff.add(await work.people.add("uk"), role, center=CENTER, name=f"Коваль {number}")
            for number, role in enumerate([Role.OPERATOR, Role.VERIFIER] * (MEMBERS // 2))
        ]
        await work.commit()
    await fill(database, families, NOW, members, random.Random(7))  # noqa: S311
    async with database.work(NOW) as work:
        for row in (await work.connection.execute(select(bindings()["reports"]))).all()[:families]:
            person = PersonId(row.person_id)
            token = await work.sessions._begin_for(person)
            await work.people.enter(Channel.TELEGRAM, f"chat-{person}", "uk")
            await work.send(Letter(person, Screen(()), LetterKind.PUSH))
            await work.threads.add(person, ThreadMessage("you", token))
            await work.links.show(person, None, NOW + CODE_LASTS)
        for member in members:
            await work.staff.invite(member)
        await work.commit()


async def _flip(thief: _Thief) -> list[str]:
    """Bits of every sealed value of one record, and of its hash."""
    table = thief.chance.choice([one for one in _sealed() if thief.rows[one.name]])
    row, opened = thief.chance.choice(thief.rows[table.name]), []
    for column in sealed_columns(table):
        blob = row[column.name]
        if blob is not None:
            for _ in range(8):
                at = thief.chance.randrange(len(blob) * 8)
                flipped = bytes([*blob[: at // 8], blob[at // 8] ^ (1 << at % 8), *blob[at // 8 + 1 :]])
                opened += [await _opens(thief, table, {**row, column.name: flipped}, column)]
    if "bound" in row:
        key = key_column(table).name
        flipped = bytes([row["bound"][0] ^ 1, *row["bound"][1:]])
        await thief.does(f"UPDATE {table.name} SET bound = $2 WHERE {key} = $1", row[key], flipped)  # noqa: S608
        if await thief.read(table, row[key]):
            opened.append(f"{table.name}: a hash with another bit")
    return [one for one in opened if one is not None]


def _forgets_the_row(vault: Vault, of: Binding, id: Any, values: Any) -> bytes:
    """The fault: a hash that does not hold to which row it belongs."""
    return _HASHED(vault, of, 0, values)


_HASHED: Final = binding.hashed


def _one_of(place: int) -> Callable[[_Thief], Awaitable[list[str]]]:
    async def does(thief: _Thief) -> list[str]:
        found = await ACTS[place % len(ACTS)](thief)
        return [found] if found is not None else []

    return does


async def _in_the_hands(work: StoredWork, chance: random.Random) -> _Thief:
    rows = {
        table.name: [dict(row) for row in (await work.connection.execute(select(table))).mappings()]
        for table in {*_sealed(), *bindings().values()}
    }
    raw = await work.connection.get_raw_connection()
    return _Thief(work, raw.driver_connection, rows, chance)


async def _tampering(run: Run) -> Measured:
    swaps, records = (400, 40) if run.fast else (20_000, RECORDS)
    chance, accepted = random.Random(run.seed), list[str]()  # noqa: S311
    with ExitStack() as stack:
        if run.broken:
            stack.enter_context(mock.patch.object(binding, "hashed", _forgets_the_row))
        async with fresh_database(run) as database:
            await _furnish(database, FAMILIES // (4 if run.fast else 1))
            acts = [_one_of(place) for place in range(swaps)] + [_flip] * records
            for first in range(0, len(acts), AT_ONCE):
                async with database.work(NOW + timedelta(minutes=1)) as work:
                    thief = await _in_the_hands(work, chance)
                    for act in acts[first : first + AT_ONCE]:
                        async with _undone(work):
                            accepted += await act(thief)
    found_once: Sequence[str] = tuple(dict.fromkeys(accepted))
    return Measured(swaps + records, len(accepted), tuple(found_once))


class _undone:  # noqa: N801  reads as a statement
    """What is done within is undone."""

    def __init__(self, work: StoredWork) -> None:
        self._work = work

    async def __aenter__(self) -> None:
        self._savepoint = await self._work.connection.begin_nested()

    async def __aexit__(self, *error: object) -> None:
        await self._savepoint.rollback()


TAMPERING: Final = Row(
    "tampering", "bits flipped, ciphertexts and clear references moved by hand: accepted", 0, _tampering
)
