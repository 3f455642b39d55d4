"""Who is under 18: told nothing of the search alone."""

import sqlalchemy as sa
from alembic import op

revision = "0322"
down_revision = "0321"


def upgrade() -> None:
    op.create_table(
        "minors",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_minors_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minors")),
    )
    op.create_index(op.f("ix_minors_person_id"), "minors", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_minors_person_id"), table_name="minors")
    op.drop_table("minors")
