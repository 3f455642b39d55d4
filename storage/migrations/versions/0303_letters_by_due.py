"""What is due is found by indexes in order: what somebody waits for, what we begin, what can wait itself."""

import sqlalchemy as sa
from alembic import op

revision = "0303"
down_revision = "0302"

RANK = "((kind = 'push')::integer + (for_session OR purpose = 'routine')::integer * 2)"


def upgrade() -> None:
    op.create_index(
        "ix_letters_due",
        "letters",
        ["channel", sa.text(RANK), "due_at", "position"],
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_letters_moves",
        "letters",
        ["channel", "moves_at"],
        postgresql_where=sa.text("state = 'waiting' AND moves_at IS NOT NULL"),
    )
    op.create_index(
        "ix_addresses_retry", "addresses", ["channel", "retry_at"], postgresql_where=sa.text("retry_at IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index("ix_addresses_retry", "addresses")
    op.drop_index("ix_letters_moves", "letters")
    op.drop_index("ix_letters_due", "letters")
