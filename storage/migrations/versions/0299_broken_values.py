"""What does not open is told to the administrators once."""

import sqlalchemy as sa
from alembic import op

revision = "0299"
down_revision = "0298"


def upgrade() -> None:
    op.create_table(
        "broken_values",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("place", "row", name="pk_broken_values"),
    )


def downgrade() -> None:
    op.drop_table("broken_values")
