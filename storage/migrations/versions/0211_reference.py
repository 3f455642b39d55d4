"""Centers, lines, steps, papers and structures are data: versions with days of effect, words in every language."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0211"
down_revision = "0215"


def upgrade() -> None:
    op.create_table(
        "reference",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference")),
        sa.UniqueConstraint("sort", "name", name=op.f("uq_reference_sort_name")),
    )
    op.create_table(
        "reference_versions",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reference_id", sa.BigInteger(), nullable=False),
        sa.Column("during", postgresql.DATERANGE(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("needed_by", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("read", sa.Date(), nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("NOT isempty(during)", name=op.f("ck_reference_versions_some_day")),
        postgresql.ExcludeConstraint(
            (sa.column("reference_id"), "="), (sa.column("during"), "&&"), using="gist", name="one_version_a_day"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_reference_versions_made_by")),
        sa.ForeignKeyConstraint(["reference_id"], ["reference.id"], name=op.f("fk_reference_versions_reference_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_versions")),
    )
    op.create_index(op.f("ix_reference_versions_made_by"), "reference_versions", ["made_by"], unique=False)
    op.create_index(op.f("ix_reference_versions_reference_id"), "reference_versions", ["reference_id"], unique=False)
    op.create_table(
        "reference_words",
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["reference_versions.id"],
            name=op.f("fk_reference_words_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "language", "part", name=op.f("pk_reference_words")),
    )
    # What is there already gets its words when the service starts, from casework/seed.toml.
    for table, sort in (("centers", "center"), ("lines", "line")):
        op.add_column(table, sa.Column("reference_id", sa.BigInteger(), nullable=True))
        op.execute(
            f"INSERT INTO reference (id, sort, name) SELECT nextval('ids'), '{sort}', name FROM {table} ORDER BY id"  # noqa: S608
        )
        op.execute(
            f"UPDATE {table} SET reference_id = reference.id FROM reference"  # noqa: S608
            f" WHERE sort = '{sort}' AND reference.name = {table}.name"
        )
        op.alter_column(table, "reference_id", nullable=False)
        op.create_foreign_key(op.f(f"fk_{table}_reference_id"), table, "reference", ["reference_id"], ["id"])
        op.create_index(op.f(f"ix_{table}_reference_id"), table, ["reference_id"], unique=False)


def downgrade() -> None:
    for table in ("lines", "centers"):
        op.drop_column(table, "reference_id")
    op.drop_table("reference_words")
    op.drop_table("reference_versions")
    op.drop_table("reference")
