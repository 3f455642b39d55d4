"""How the rows that a statement reads of bound tables are looked at, and what is read along for that.

It is found out once for each shape of a statement: that takes a millisecond. `storage/binding.py` does the looking.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Select, Table, Update
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.sql.elements import Label
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import Join, SelectBase

from storage.schema import Binding, binding_of

PLANS: Final = 2000

_Target = tuple[Any, Binding, bool]
"""A bound table that a FROM reads, and whether it may have no row there."""


def key_column(table: Any) -> Any:
    """The id of a bound table's rows."""
    [column] = table.primary_key
    return column


@dataclass(frozen=True, slots=True)
class RowCheck:
    """How a bound table's row is looked at in a result: where its id, its bound columns and its hash are. `blanks`
    are the columns shown of a table that may have no row there; they are emptied, and the row stays."""

    binding: Binding
    id: int
    values: tuple[int, ...]
    hash: int
    blanks: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is read along with a statement, and what is looked at."""

    extra: tuple[Any, ...]
    looks: tuple[RowCheck, ...]
    shown: int
    distinct: bool


@dataclass(slots=True)
class Planned:
    """A SELECT with what is read along (None: as it is), and how its rows are looked at; `shape` is their names."""

    widened: Select[Any] | None
    plan: Plan | None
    shape: SimpleResultMetaData | None = None


_made_once: WeakKeyDictionary[Select[Any], Planned] = WeakKeyDictionary()
"""By the statements themselves: one that is made once, for every message, is looked at once."""


def plan_for(statement: Select[Any]) -> Planned:
    found = _made_once.get(statement)
    if found is None:
        plan = None if statement.get_execution_options().get("as_they_are") else _plan(statement)
        widened = statement.add_columns(*plan.extra) if plan is not None and plan.extra else None
        found = _made_once[statement] = Planned(widened, plan)
    return found


_plans: OrderedDict[Any, Plan | None] = OrderedDict()


def _plan(statement: Select[Any]) -> Plan | None:
    """How the rows of a SELECT are looked at; None if it reads no bound table. It is made once for all statements
    of one shape: to find out what a statement reads takes a millisecond."""
    cached = statement._generate_cache_key()
    key = None if cached is None else cached.key
    if key is not None and key in _plans:
        _plans.move_to_end(key)
        return _plans[key]
    targets = [found for one in statement.get_final_froms() for found in _tables(one, nullable=False)]
    shown = [*statement._all_selected_columns]
    plan = None
    if targets and not _counts(statement, shown):
        plan = _planned(targets, shown, distinct=statement._distinct is True)
    # A table under another name is another object in every statement of the shape.
    if key is not None and all(isinstance(table, Table) for table, *_ in targets):
        _plans[key] = plan
        if len(_plans) > PLANS:
            _plans.popitem(last=False)
    return plan


def plan_for_returning(statement: Update) -> Plan | None:
    binding = binding_of(statement.table)
    if not statement._returning or binding is None:
        return None
    return _planned([(statement.table, binding, False)], [*statement._all_selected_columns], distinct=False)


def _planned(targets: Sequence[_Target], shown: Sequence[Any], *, distinct: bool) -> Plan:
    extra: list[Any] = []
    places: dict[int, int] = {id(column): at for at, column in enumerate(shown)}

    def place(column: Any) -> int:
        if id(column) not in places:
            places[id(column)] = len(shown) + len(extra)
            extra.append(column)
        return places[id(column)]

    looks = []
    for table, binding, nullable in targets:
        blanks = tuple(at for at, column in enumerate(shown) if _of(column) is table) if nullable else None
        values = tuple(place(table.c[name]) for name in binding.columns)
        looks.append(RowCheck(binding, place(key_column(table)), values, place(table.c.bound), blanks))
    return Plan(tuple(extra), tuple(looks), len(shown), distinct)


def _of(column: Any) -> Any:
    """The table that a shown column is of."""
    return getattr(column.element if isinstance(column, Label) else column, "table", None)


def _tables(one: Any, *, nullable: bool) -> Iterator[_Target]:
    if isinstance(one, Join):
        yield from _tables(one.left, nullable=nullable or one.full)
        yield from _tables(one.right, nullable=nullable or one.isouter or one.full)
    elif (binding := binding_of(one)) is not None:
        yield one, binding, nullable


AGGREGATES: Final = frozenset({"count", "max", "min", "sum", "bool_or", "bool_and", "array_agg", "string_agg"})


def _counts(statement: Select[Any], shown: Sequence[Any]) -> bool:
    """Does it put rows together, so that none can be looked at?"""
    if statement._group_by_clauses:
        return True
    return any(
        isinstance(part, FunctionElement) and getattr(part, "name", "") in AGGREGATES
        for column in shown
        for part in _parts(column)
    )


def _parts(element: Any) -> Iterator[Any]:
    """An expression with what it is made of, but not what a subquery reads."""
    yield element
    for child in element.get_children():
        if not isinstance(child, SelectBase):
            yield from _parts(child)
