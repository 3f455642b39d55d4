"""Letters that nobody has opened, and what we began and is over, are found by their dates."""

import sqlalchemy as sa
from alembic import op

revision = "0318"
down_revision = "0317"


def upgrade() -> None:
    unopened = "kind = 'push' AND offers AND state = 'sent' AND followed_at IS NULL"
    op.create_index("ix_letters_unopened", "letters", ["sent_at"], postgresql_where=sa.text(unopened))
    begun = "kind = 'push' AND reads IS NULL AND state IN ('sent', 'returned', 'dropped')"
    ended = sa.text("coalesce(sent_at, due_at)")
    op.create_index("ix_letters_begun", "letters", [ended], postgresql_where=sa.text(begun))


def downgrade() -> None:
    op.drop_index("ix_letters_begun", "letters")
    op.drop_index("ix_letters_unopened", "letters")
