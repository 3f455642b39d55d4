"""What names a center, a line, a step or a structure has a foreign key to it."""

import sqlalchemy as sa
from alembic import op

revision = "0291"
down_revision = "0290"

NAMING = {
    ("centers", "name"): "center",
    ("lines", "name"): "line",
    ("lines", "step"): "step",
    ("staff", "structure"): "structure",
    ("appointments", "structure"): "structure",
}
"""Columns that name an entry, and of which sort."""

AT_CENTER = ("staff", "cases", "reports", "appointments", "calls", "proposals")


def upgrade() -> None:
    # A line under no step answers a person in despair.
    op.alter_column("lines", "step", nullable=True)
    op.execute("UPDATE lines SET step = NULL WHERE step = 'crisis'")
    for (table, column), sort in NAMING.items():
        # A data folder from before there was reference data gets its words when the service starts.
        op.execute(
            f"INSERT INTO reference (id, sort, name) SELECT nextval('ids'), '{sort}', name FROM"  # noqa: S608
            f" (SELECT DISTINCT {column} AS name FROM {table} WHERE {column} IS NOT NULL) AS named"
            " ON CONFLICT (sort, name) DO NOTHING"
        )
        of = f"{column}_sort"
        op.add_column(table, sa.Column(of, sa.Text(), sa.Computed(f"'{sort}'::text", persisted=True)))
        op.create_foreign_key(op.f(f"fk_{table}_{of}_{column}"), table, "reference", [of, column], ["sort", "name"])
    for table in AT_CENTER:
        op.create_foreign_key(op.f(f"fk_{table}_center"), table, "centers", ["center"], ["name"])
    for table in ("centers", "lines"):
        op.drop_column(table, "reference_id")


def downgrade() -> None:
    for table, sort in (("centers", "center"), ("lines", "line")):
        op.add_column(table, sa.Column("reference_id", sa.BigInteger(), nullable=True))
        op.execute(
            f"UPDATE {table} SET reference_id = reference.id FROM reference"  # noqa: S608
            f" WHERE sort = '{sort}' AND reference.name = {table}.name"
        )
        op.alter_column(table, "reference_id", nullable=False)
        op.create_foreign_key(op.f(f"fk_{table}_reference_id"), table, "reference", ["reference_id"], ["id"])
        op.create_index(op.f(f"ix_{table}_reference_id"), table, ["reference_id"], unique=False)
    for table in AT_CENTER:
        op.drop_constraint(op.f(f"fk_{table}_center"), table, type_="foreignkey")
    for table, column in NAMING:
        op.drop_column(table, f"{column}_sort")
    op.execute("UPDATE lines SET step = 'crisis' WHERE step IS NULL")
    op.alter_column("lines", "step", nullable=False)
