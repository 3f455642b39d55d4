"""Since when a letter may have been shown, though the platform's answer was lost."""

import sqlalchemy as sa
from alembic import op

revision = "0215"
down_revision = "0210"


def upgrade() -> None:
    op.add_column("addresses", sa.Column("leased_at", sa.DateTime(timezone=True)))
    op.add_column("letters", sa.Column("perhaps_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("letters", "perhaps_at")
    op.drop_column("addresses", "leased_at")
