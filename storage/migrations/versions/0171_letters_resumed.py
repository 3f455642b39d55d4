"""Letters that were set aside are taken up again, once, when their person comes back."""

import sqlalchemy as sa
from alembic import op

revision = "0171"
down_revision = "0170"


def upgrade() -> None:
    op.add_column("letters", sa.Column("resumed_at", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_letters_set_aside",
        "letters",
        ["person_id"],
        postgresql_where=sa.text("state = 'set-aside' AND resumed_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_letters_set_aside", table_name="letters")
    op.drop_column("letters", "resumed_at")
