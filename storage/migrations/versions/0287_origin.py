"""Data know to which server and keyring they belong."""

import sqlalchemy as sa
from alembic import op

revision = "0287"
down_revision = "0286"


def upgrade() -> None:
    op.create_table(
        "origin",
        sa.Column("single", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("cluster", sa.Text(), nullable=False),
        sa.Column("keyring", sa.Text(), nullable=False),
        sa.CheckConstraint("single", name=op.f("ck_origin_single")),
        sa.PrimaryKeyConstraint("single", name=op.f("pk_origin")),
    )


def downgrade() -> None:
    op.drop_table("origin")
