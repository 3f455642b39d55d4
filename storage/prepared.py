"""Statements that every message passes, as the driver takes them: made once of Core, and run past SQLAlchemy.

They stay Core, so that names and types are those of the tables, and whose a row is, is looked at as everywhere else
(`BoundConnection.run`). What is left out is what SQLAlchemy makes anew for each execution: a context, a cursor, a
result and a greenlet, which together take longer than the driver does.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, cast

from sqlalchemy import ARRAY
from sqlalchemy.dialects.postgresql.asyncpg import dialect

DIALECT: Final[Any] = cast("Any", dialect)()


class DriverStatement:
    """A statement in the driver's words, with the names of its parameters in their order."""

    def __init__(self, sql: str, parameters: Sequence[tuple[str, bool, Any, Callable[[Any], Any] | None]]) -> None:
        """Of each parameter: its name, whether it has to be given, what the statement says itself, and what makes of a
        value what the driver takes."""
        self.sql, self._parameters = sql, parameters
        self._row: Any = None

    @classmethod
    def of(cls, statement: Any) -> "DriverStatement":
        """`LookupError` where SQLAlchemy would write it anew each time, or change what comes back."""
        compiled = statement.compile(dialect=DIALECT)
        if compiled.post_compile_params:
            raise LookupError(f"a list of values is written into this statement: execute it; {compiled}")
        for column in compiled._result_columns:
            read = column.type.dialect_impl(DIALECT).result_processor(DIALECT, None)
            if read is not None and not isinstance(column.type, ARRAY):  # the driver gives lists as well
                raise LookupError(f"what comes as {column.keyname} is not what the driver gives: execute the statement")
        put = compiled._bind_processors
        binds = [(name, compiled.binds[name]) for name in compiled.positiontup]
        return cls(compiled.string, [(name, one.required, one.effective_value, put.get(name)) for name, one in binds])

    def given(self, parameters: Mapping[str, Any]) -> list[Any]:
        """The values in the driver's order. `KeyError` where one is missing."""
        values = [
            (parameters[name] if required else parameters.get(name, own), put)
            for name, required, own, put in self._parameters
        ]
        return [value if put is None else put(value) for value, put in values]

    def rows(self, records: Sequence[Any], shown: Sequence[Sequence[Any]] | None = None) -> Sequence[Any]:
        """Rows by the names of their columns: all that the driver gave, or what is `shown` of it."""
        rows = records if shown is None else shown
        if not rows:
            return ()
        if self._row is None:
            self._row = _row([*records[0].keys()][: len(rows[0])])
        return [self._row(one) for one in rows]


def _row(names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    kind: Any = namedtuple  # its fields are the statement's
    make: Callable[[Sequence[Any]], Any] = kind("Row", names, rename=True)._make
    return make
