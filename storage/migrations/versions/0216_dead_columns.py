"""Columns that nothing read go: what an update corrects, how often a file was fetched. Every key says when it was made;
of one from before, that is the latest moment at which it can have been."""

import sqlalchemy as sa
from alembic import op

revision = "0216"
down_revision = "0211"


def upgrade() -> None:
    op.drop_index("ix_updates_corrects", table_name="updates")
    op.drop_column("updates", "corrects")
    op.drop_column("files", "attempts")
    op.execute("UPDATE keys SET made_at = p.made_at FROM people p WHERE p.key_id = keys.id")
    op.execute("UPDATE keys SET made_at = now() WHERE made_at IS NULL")
    op.alter_column("keys", "made_at", existing_type=sa.DateTime(timezone=True), nullable=False)


def downgrade() -> None:
    op.alter_column("keys", "made_at", existing_type=sa.DateTime(timezone=True), nullable=True)
    op.add_column("files", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    op.add_column("updates", sa.Column("corrects", sa.BigInteger()))
    op.create_foreign_key("fk_updates_corrects", "updates", "updates", ["corrects"], ["id"])
    op.create_index("ix_updates_corrects", "updates", ["corrects"])
