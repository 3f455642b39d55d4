"""What only one process may do is a lease in a row, with a token that grows."""

import sqlalchemy as sa
from alembic import op

revision = "0280"
down_revision = "0219"


def upgrade() -> None:
    op.create_table(
        "leaders",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("renewals", sa.BigInteger(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=True),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_leaders"),
    )


def downgrade() -> None:
    op.drop_table("leaders")
