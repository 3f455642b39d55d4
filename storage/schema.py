"""What all tables share: the metadata, the ids, the names of constraints."""

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, LargeBinary, MetaData, Sequence

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


def sealed(name: str, *, null: bool = True) -> Column[bytes]:
    """A sealed value: see `storage/sealing.py`."""
    return Column(name, LargeBinary, nullable=null)


def moment(name: str, *, null: bool = True) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=null)
