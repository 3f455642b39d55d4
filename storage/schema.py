"""What all tables share: the metadata, the ids, the names of constraints."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ARRAY,
    Alias,
    BigInteger,
    Column,
    ColumnElement,
    Computed,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Insert,
    LargeBinary,
    MetaData,
    Sequence,
    Table,
    Text,
    any_,
    bindparam,
    func,
    literal,
    text,
)

from casework.reference import Sort

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BLOCK = 1000
ids = Sequence("ids", metadata=metadata, increment=BLOCK)
"""Ids are taken in blocks of 1000 a process: a row's id is known before it is written, which its seal needs."""


def key() -> Column[int]:
    """A row's own id, from `Ids`."""
    return Column("id", BigInteger, primary_key=True, autoincrement=False)


def ref(name: str, to: str, *, null: bool = False, cascade: bool = False) -> Column[int]:
    """A reference to another table's row. `cascade`: the row goes with the one that it belongs to."""
    return Column(
        name, BigInteger, ForeignKey(f"{to}.id", ondelete="CASCADE" if cascade else None), nullable=null, index=True
    )


def naming(
    name: str, sort: Sort, *, null: bool = False, unique: bool = False
) -> tuple[Column[str], Column[str], ForeignKeyConstraint]:
    """A column that names an entry of the reference data, and what lets the database see that there is one of the sort.
    The key is to the entry, which stays, and not to a version of it."""
    of = f"{name}_sort"
    return (
        Column(name, Text, nullable=null, unique=unique),
        Column(of, Text, Computed(f"'{sort}'::text", persisted=True)),
        ForeignKeyConstraint([of, name], ["reference.sort", "reference.name"]),
    )


def at_center(*, null: bool = False, index: bool = False, later: bool = False) -> Column[str]:
    """The center that a row belongs to, by name. `later`: the key is made after both tables, which need each other."""
    return Column("center", Text, ForeignKey("centers.name", use_alter=later), nullable=null, index=index)


class Holder(StrEnum):
    """Whose data key seals a column's values. Erasing the holder erases them."""

    PERSON = "person"  # a relative or a member of staff
    MEMBER = "member"  # by the member's id, under the key of the person who is the member
    REPORT = "report"
    CASE = "case"
    UPDATE = "update"  # by the update's id, under the key of its case
    OWN = "own"  # a key that the writer names: a draft's, or one made for this value


@dataclass(frozen=True, slots=True)
class Seal:
    """What a sealed column knows. `name` is bound into every value that it seals: it is permanent, and stays as it is
    when the table or the column gets another name. `of` is the type of what is sealed. `broken` is shown in the place
    of a value that does not open; without it, nothing can be shown, and whoever reads such a value must expect
    `NotReadable`. `shows`: it holds screens, in which such a value may stand."""

    name: str
    holder: Holder
    of: Any
    broken: Any = None
    shows: bool = False


def sealed(
    name: str,
    seal: str,
    holder: Holder,
    of: Any = str,
    *,
    null: bool = True,
    broken: Any = None,
    shows: bool = False,
) -> Column[bytes]:
    """A column of sealed values: see `storage/sealing.py`."""
    return Column(name, LargeBinary, nullable=null, info={"seal": Seal(seal, holder, of, broken, shows)})


def seal_of(column: Column[Any]) -> Seal:
    """What a sealed column knows; `KeyError` for a column that is not sealed."""
    found: Seal = column.info["seal"]
    return found


@dataclass(frozen=True, slots=True)
class Binding:
    """What binds a table's rows. `name` is the table's permanent name; `columns` say whose a row is and who may act."""

    name: str
    columns: tuple[str, ...]


def bound(name: str, *columns: str) -> Column[bytes]:
    """The column that holds the keyed hash over a row's id and these columns: see `storage/binding.py`."""
    return Column("bound", LargeBinary, info={"binding": Binding(name, columns)})


AS_THEY_ARE = {"as_they_are": True}
"""Execution options of a SELECT that reads broken rows, too: it shows them to nobody, and decides nothing by them."""


def binding_of(table: object) -> Binding | None:
    """What binds the rows of a table, or of a table under another name; None for one whose rows are not bound."""
    column = table.c.get("bound") if isinstance(table, Table | Alias) else None
    found: Binding | None = None if column is None else column.info.get("binding")
    return found


def put_in(table: Table, *names: str) -> Insert:
    """A statement that is made once and puts in one row with these columns: see `BoundConnection.run`."""
    return table.insert().values({name: bindparam(name) for name in names})


def bindings() -> dict[str, Table]:
    """The bound tables, by their permanent names."""
    return {one.name: table for table in metadata.tables.values() if (one := binding_of(table)) is not None}


def among(column: Column[int], ids: Iterable[int | None]) -> ColumnElement[bool]:
    """Is the id one of these? One array goes to the database, however many they are: an IN list would be a parameter
    for each, of which asyncpg takes 32,767."""
    return column == any_(literal(list(ids), ARRAY(BigInteger)))


def names_key() -> Column[int]:
    """The data key of a row's holder, in the keyring."""
    return Column("key_id", BigInteger, nullable=False, index=True)


def sealed_by(column: ColumnElement[bytes]) -> ColumnElement[bytes]:
    """The name of the key, in eight bytes, under which a sealed column's value is."""
    return func.substring(column, 2, 8)


def found_by_key(table: str, column: str) -> Index:
    """The index that finds a sealed column's rows by `sealed_by`."""
    return Index(f"ix_{table}_sealed_by", text(f'"substring"({column}, 2, 8)'))


def moment(name: str, *, null: bool = True) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=null)
