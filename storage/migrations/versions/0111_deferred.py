"""Messages that came too fast wait for their turn."""

import sqlalchemy as sa
from alembic import op

revision = "0111"
down_revision = "0130"


def upgrade() -> None:
    op.create_table(
        "deferred",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("address_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_deferred_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_deferred"),
    )
    for column in ("person_id", "address_id"):
        op.create_index(f"ix_deferred_{column}", "deferred", [column])


def downgrade() -> None:
    op.drop_table("deferred")
