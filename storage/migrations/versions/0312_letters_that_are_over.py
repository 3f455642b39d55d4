"""What is over is found by its date, and goes in small parts."""

import sqlalchemy as sa
from alembic import op

revision = "0312"
down_revision = "0311"


def upgrade() -> None:
    op.create_index(
        "ix_letters_over",
        "letters",
        ["kind", sa.text("coalesce(sent_at, due_at)")],
        postgresql_where=sa.text("state IN ('sent', 'returned', 'dropped')"),
    )
    op.create_index("ix_letters_receipt", "letters", ["sent_at"], postgresql_where=sa.text("receipt IS NOT NULL"))
    op.create_index("ix_thread_at", "thread", ["at"], postgresql_using="brin")


def downgrade() -> None:
    op.drop_index("ix_thread_at", "thread")
    op.drop_index("ix_letters_receipt", "letters")
    op.drop_index("ix_letters_over", "letters")
