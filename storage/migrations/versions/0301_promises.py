"""What a center promises: the longest silence, in days."""

import sqlalchemy as sa
from alembic import op

revision = "0301"
down_revision = "0300"


def upgrade() -> None:
    op.create_table(
        "promises",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("center", sa.Text(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Integer(), nullable=False),
        sa.Column("sooner", sa.Integer(), nullable=False),
        sa.Column("day_limit", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["center"], ["centers.name"], name="fk_promises_center"),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name="fk_promises_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_promises"),
    )
    op.create_index("ix_promises_center", "promises", ["center"])
    op.create_index("ix_promises_by_id", "promises", ["by_id"])


def downgrade() -> None:
    op.drop_table("promises")
