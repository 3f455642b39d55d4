"""Whose a row is, is bound: what a writer without our keys has changed, moved or put in counts for nothing.

A bound table (`bound` in `storage/schema.py`) has a column with a keyed hash over its permanent name, the row's id and
the columns that say whose the row is and who may act. `BoundConnection` is the one place where the hash is written and
looked at. Every row that a SELECT or a RETURNING reads of a bound table is looked at, in no more round trips: the
columns that it needs are read along. A row whose hash is wrong is treated as not there, and told in the log.

What it cannot see: rows that were deleted, and rows that were put back, whole, to what they once were. Rows that only
an aggregate or a subquery reads are not looked at: no right may hang on these.
"""

import hmac
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final
from weakref import WeakKeyDictionary

import structlog
from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    CursorResult,
    Executable,
    Insert,
    Select,
    TextClause,
    Update,
    bindparam,
    case,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql.dml import OnConflictDoUpdate
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import BinaryExpression

from storage.keyring import Keyring
from storage.looking import Plan, Planned, key_column, plan_for, plan_for_returning
from storage.prepared import DriverStatement
from storage.schema import Binding, among, binding_of, bindings
from storage.vault import Vault

log = structlog.get_logger()

TOLD: Final = 10_000


_encoded: Final = json.JSONEncoder(separators=(",", ":")).encode


def plain(value: Any) -> Any:
    """A column's value as it is hashed."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.hex() if isinstance(value, bytes) else value


def hashed(vault: Vault, binding: Binding, id: Any, values: Iterable[Any]) -> bytes:
    """The keyed hash of a row's id and of its bound columns' values, in their order."""
    return vault.bind(_encoded([binding.name, plain(id), *map(plain, values)]))


class BrokenRows:
    """The rows that were found broken since the process began; each is told in the log once. `untold` are those of
    which no administrator has heard from this process."""

    def __init__(self) -> None:
        self._told: set[tuple[str, Any]] = set()
        self.untold: set[tuple[str, Any]] = set()

    def __len__(self) -> int:
        return len(self._told)

    @property
    def places(self) -> frozenset[str]:
        """Of which columns and tables something was found."""
        return frozenset(place for place, _ in self._told)

    def _is_new(self, place: str, id: Any) -> bool:
        if (place, id) in self._told or len(self._told) >= TOLD:
            return False
        self._told.add((place, id))
        self.untold.add((place, id))
        return True

    def tell_value(self, column: Column[Any], id: Any) -> None:
        """A sealed value does not open."""
        if self._is_new(str(column), id):
            log.error(
                "a sealed value does not open: altered, or its key is; what shows it says so, and the rest goes on",
                column=str(column),
                id=id,
                remedy="see docs/security.md, a value that does not open",
            )

    def tell_key(self, table: str, id: Any) -> None:
        """The data key of a holder does not open."""
        if self._is_new(f"{table}.key_id", id):
            log.error(
                "a data key does not open; another takes its place for what comes",
                table=table,
                id=id,
                remedy="see docs/security.md, a value that does not open",
            )

    def tell(self, table: str, id: Any) -> None:
        """A row is not whose it says."""
        if self._is_new(table, id):
            log.error(
                "a row is not whose it says: changed, moved or put in by hand; it counts for nothing",
                table=table,
                id=id,
                remedy="see docs/security.md, whose a row is",
            )


class BoundConnection(AsyncConnection):
    """A connection that binds what it writes, and looks at what it reads."""

    def __init__(self, engine: AsyncEngine, vault: Vault, broken: BrokenRows) -> None:
        super().__init__(engine)
        self._vault, self._broken = vault, broken

    async def execute(
        self,
        statement: Executable,
        parameters: Any = None,
        *,
        execution_options: Any = None,
    ) -> CursorResult[Any]:
        plan: Plan | None = None
        made: Planned | None = None
        if isinstance(statement, Select):
            made = plan_for(statement)
            statement, plan = made.widened if made.widened is not None else statement, made.plan
        elif isinstance(statement, Insert):
            statement, parameters = self._inserting(statement, parameters)
        elif isinstance(statement, Update):
            _beside(statement)
            bound = await self._updating(statement, parameters)
            if bound is None:
                plan = plan_for_returning(statement)
                if plan is not None and plan.extra:
                    statement = statement.returning(*plan.extra)
            else:
                statement = bound
        elif isinstance(statement, TextClause):
            _written_as_text(statement.text)
        result: Any = await super().execute(statement, parameters, execution_options=execution_options)
        if plan is not None:
            result = self._looked_at(plan, result, made)
        checked: CursorResult[Any] = result
        return checked

    async def run(self, statement: Executable, parameters: Mapping[str, Any], *, alone: bool = False) -> Sequence[Any]:
        """The rows of a statement that is made once, for what every message passes: as `execute`, past SQLAlchemy. A
        row that is inserted is bound.

        `alone` begins no transaction for it: where none is under way it is committed when this returns, in one round
        trip instead of three. For statements that leave nothing half done by themselves.
        """
        prepared, plan = _prepared(statement)
        if isinstance(statement, Insert) and binding_of(statement.table) is not None:
            parameters = bound_row(self._vault, statement.table, parameters)
        records = await self._fetch(prepared.sql, prepared.given(parameters), begins=not alone)
        if plan is None:
            return prepared.rows(records)
        looked = [seen for record in records if (seen := self._look(plan, record)) is not None]
        return prepared.rows(records, [*dict.fromkeys(looked)] if plan.distinct else looked)

    async def _fetch(self, sql: str, values: Sequence[Any], *, begins: bool) -> Sequence[Any]:
        """The driver's rows."""
        driver: Any = None
        try:
            driver = await self._in_transaction(begins=begins)
            records: Sequence[Any] = await driver.fetch(sql, *values)
        except Exception:
            if driver is None or driver.is_closed():
                await super().execute(_NOTHING)  # so that SQLAlchemy finds out by itself, and lets the connection go
            raise
        except BaseException as cut_off:  # as SQLAlchemy does: nobody knows where the transaction stands now
            await self.invalidate(cut_off)
            raise
        return records

    async def _in_transaction(self, *, begins: bool) -> Any:
        """The driver's connection, in the transaction that SQLAlchemy will end; one that is under way already, where
        none `begins`."""
        inner: Any = self.sync_connection
        if begins and not inner.in_transaction():
            inner.begin()
        adapted = inner.connection.dbapi_connection
        if begins and adapted._transaction is None:
            await adapted._start_transaction()
        return adapted.driver_connection

    def _looked_at(self, plan: Plan, result: Any, made: Planned | None) -> Any:
        shape = made.shape if made is not None else None
        if shape is None:
            shape = SimpleResultMetaData(list(result.keys())[: plan.shown])
            if made is not None:
                made.shape = shape
        rows = [seen for row in result.all() if (seen := self._look(plan, row)) is not None]
        if plan.distinct:  # with what is read along, they were more
            rows = [*dict.fromkeys(rows)]
        return IteratorResult(shape, iter(rows))

    def _look(self, plan: Plan, row: Any) -> tuple[Any, ...] | None:
        """What is shown of a row; None for one that counts for nothing."""
        shown = tuple(row[: plan.shown])
        for look in plan.looks:
            if look.blanks is not None and row[look.id] is None:
                continue
            if self._holds(look.binding, row[look.id], [row[at] for at in look.values], row[look.hash]):
                continue
            if look.blanks is None:
                return None
            shown = tuple(None if at in look.blanks else value for at, value in enumerate(shown))
        return shown

    def _holds(self, binding: Binding, id: Any, values: Sequence[Any], hash: bytes | None) -> bool:
        if hash is None:
            good = binding.name not in self._vault.bound
        else:
            good = hmac.compare_digest(hash, hashed(self._vault, binding, id, values))
        if not good:
            self._broken.tell(binding.name, id)
        return good

    def _inserting(self, statement: Insert, parameters: Any) -> tuple[Insert, Any]:
        table, binding = statement.table, binding_of(statement.table)
        if binding is None:
            return statement, parameters
        if statement.select is not None:
            raise LookupError(f"a row of {binding.name} is bound by its values; INSERT … SELECT names none")
        conflict = statement._post_values_clause
        if isinstance(conflict, OnConflictDoUpdate) and set(binding.columns) & {
            name if isinstance(name, str) else name.key for name in conflict.update_values_to_set
        }:
            raise LookupError(f"ON CONFLICT changes whose a row of {binding.name} is; look for it first, and update it")
        if parameters is not None:
            rows = [dict(row) for row in ([parameters] if isinstance(parameters, Mapping) else parameters)]
            bound = [bound_row(self._vault, table, row) for row in rows]
            return statement, bound[0] if isinstance(parameters, Mapping) else bound
        if statement._multi_values:
            raise LookupError(f"give rows of {binding.name} beside the statement, as its parameters")
        row = bound_row(self._vault, table, _named(statement._values or {}))
        return statement.values(bound=row["bound"]), None

    async def _updating(self, statement: Update, parameters: Any) -> Update | None:
        """The statement with what binds its rows anew; None if it does not change whose a row is. Rows that are broken
        are left as they are, or a change by us would make them good."""
        table: Any = statement.table
        binding = binding_of(table)
        if binding is None:
            return None
        given = _changed(statement, binding, parameters)
        if not given:
            return None
        key = key_column(table)
        known = _equals(key, statement._where_criteria, parameters)
        if known is not None and len(given) == len(binding.columns):
            return statement.values(bound=hashed(self._vault, binding, known, given.values()))
        query = select(key, *(table.c[name] for name in binding.columns), table.c.bound).where(
            *statement._where_criteria
        )
        rows = (await super().execute(query.with_for_update(of=table), parameters)).all()
        anew: dict[Any, bytes] = {}
        for id, *values, hash in rows:
            if self._holds(binding, id, values, hash):
                merged = dict(zip(binding.columns, values, strict=True)) | given
                anew[id] = hashed(self._vault, binding, id, merged.values())
        if not anew:
            return statement.where(among(key, ()))
        if len(anew) == 1:
            [(id, hash)] = anew.items()
            return statement.where(key == id).values(bound=hash)
        return statement.where(among(key, anew)).values(bound=case(anew, value=key))


def _named(values: Mapping[Any, Any]) -> dict[str, Any]:
    return {name if isinstance(name, str) else name.key: value for name, value in values.items()}


def bound_row(vault: Vault, table: Any, row: Mapping[str, Any]) -> dict[str, Any]:
    """A new row of a bound table, with the hash that binds it: for what is inserted beside another statement."""
    binding = table.c.bound.info["binding"]
    values = [_literal(binding, row[name]) if name in row else _default(table.c[name]) for name in binding.columns]
    return {**row, "bound": hashed(vault, binding, _literal(binding, row[key_column(table).key]), values)}


def _changed(statement: Update, binding: Binding, parameters: Any) -> dict[str, Any]:
    """The binding columns that a statement writes, with their new values: they stand in it, or are given beside it
    under the names of its parameters, or of the columns."""
    new = _named(statement._values or {})
    if parameters is None or isinstance(parameters, Mapping):
        beside = dict(parameters or {})
        new = {name: beside[name] for name in binding.columns if name in beside} | new
        return {name: _literal(binding, new[name], beside) for name in binding.columns if name in new}
    if set(binding.columns) & {*new, *(name for one in parameters for name in one)}:
        raise LookupError(f"change whose the rows of {binding.name} are one by one, or by one value for all")
    return {}


def _literal(binding: Binding, value: Any, parameters: Mapping[str, Any] = MappingProxyType({})) -> Any:
    if isinstance(value, BindParameter):
        if value.key in parameters:
            return parameters[value.key]
        if value.required:
            raise LookupError(f"a value that binds a row of {binding.name} is not given: {value.key}")
        return value.effective_value
    if isinstance(value, ColumnElement):
        raise LookupError(f"what binds a row of {binding.name} is written as a value, not as SQL: {value}")
    return value


def _default(column: Column[Any]) -> Any:
    """The value that the database gives a column of a new row."""
    if column.server_default is None:
        return None
    word = str(getattr(column.server_default, "arg", ""))
    return {"true": True, "false": False}.get(word, int(word) if word.isdecimal() else word)


def _equals(key: Any, criteria: Iterable[Any], parameters: Any) -> Any:
    """The id of the one row that a statement is about, if it says so by a value."""
    given = parameters if isinstance(parameters, Mapping) else {}
    for one in criteria:
        if isinstance(one, BinaryExpression) and one.operator is operators.eq and one.left is key:
            named = one.right if isinstance(one.right, BindParameter) else None
            return None if named is None else given.get(named.key, named.effective_value)
    return None


_NOTHING: Final = text("SELECT 1")
_ready: WeakKeyDictionary[Executable, tuple[DriverStatement, Plan | None]] = WeakKeyDictionary()


def _prepared(statement: Executable) -> tuple[DriverStatement, Plan | None]:
    """A statement in the driver's words, and how its rows are looked at. `LookupError` for one that has to be bound."""
    found = _ready.get(statement)
    if found is None:
        plan, read = None, statement
        if isinstance(statement, Select):
            planned = plan_for(statement)
            plan, read = planned.plan, statement if planned.widened is None else planned.widened
        elif isinstance(statement, TextClause):
            _written_as_text(statement.text)
        elif isinstance(statement, Update) and not _binds(statement):
            _beside(statement)
        elif isinstance(statement, Insert) and _is_bound(statement):
            pass
        else:
            raise LookupError(f"what this writes has to be bound: execute it; {statement}")
        found = _ready[statement] = DriverStatement.of(read), plan
    return found


def _binds(statement: Update) -> bool:
    """Does it write whose a row is?"""
    binding = binding_of(statement.table)
    return binding is not None and not {*binding.columns, "bound"}.isdisjoint(_named(statement._values or {}))


def _is_bound(statement: Insert) -> bool:
    """Does it put in one row by its values, with room for what binds it?"""
    if statement.select is not None or statement._multi_values or statement._post_values_clause is not None:
        return False
    return binding_of(statement.table) is None or "bound" in _named(statement._values or {})


_looked: WeakKeyDictionary[Update, None] = WeakKeyDictionary()


def _beside(statement: Update) -> None:
    """`LookupError` where what is written beside a statement (in its CTEs) does not bind the rows that it writes."""
    if statement in _looked or not statement._independent_ctes:
        return
    for one in statement._independent_ctes:
        written: Any = one.element
        table = getattr(written, "table", None)
        binding = binding_of(table)
        if binding is None or not isinstance(written, Insert | Update):
            continue
        new = set(_named(written._values or {}))
        if ("bound" not in new) if isinstance(written, Insert) else (new & set(binding.columns)):
            raise LookupError(f"what is written beside a statement binds no row of {binding.name}: see `bound_row`")
    _looked[statement] = None


_WRITES: Final = re.compile(r"\b(?:INSERT\s+INTO|UPDATE)\s+\"?(\w+)\"?(.*)", re.IGNORECASE | re.DOTALL)


@lru_cache(500)
def _written_as_text(statement: str) -> None:
    """`LookupError` for SQL in words that writes whose a bound row is: it would leave the row broken."""
    for found in _WRITES.finditer(statement):
        table = next((name for name, table in bindings().items() if table.name == found[1]), None)
        if table is None:
            continue
        assigned = r"\b(" + "|".join(bindings()[table].c.bound.info["binding"].columns) + r")\s*=[^=]"
        inserts = found[0][:6].upper() == "INSERT"
        if inserts or re.search(assigned, found[2].partition(" WHERE ")[0], re.IGNORECASE):
            raise LookupError(f"whose a row of {table} is, is bound as it is written: say it by the table, not in SQL")


BATCH: Final = 1000


async def bind_all(keyring: Keyring, engine: AsyncEngine) -> int:
    """Bind the rows from before there was a binding, once: from then on one that is not bound counts for nothing. It
    can be stopped and begun again. Returns how many there were."""
    wanted = {name: table for name, table in bindings().items() if name not in keyring.vault.bound}
    done = 0
    for table in wanted.values():
        while some := await _bind_some(keyring.vault, engine, table):
            done += some
    if wanted:
        await keyring.bound(wanted)
        log.warning("rows were bound for the first time; this happens once, after an update", rows=done)
    return done


async def _bind_some(vault: Vault, engine: AsyncEngine, table: Any) -> int:
    binding, key = table.c.bound.info["binding"], key_column(table)
    columns = [table.c[name] for name in binding.columns]
    async with engine.begin() as connection:
        unbound = select(key, *columns).where(table.c.bound.is_(None)).order_by(key).limit(BATCH).with_for_update()
        rows = (await connection.execute(unbound)).all()
        if rows:
            change = update(table).where(key == bindparam("row_id")).values(bound=bindparam("row_hash"))
            anew = [{"row_id": id, "row_hash": hashed(vault, binding, id, values)} for id, *values in rows]
            await connection.execute(change, anew)
    return len(rows)
