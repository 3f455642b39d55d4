"""Which answer waits for the rest of an album: told by a mark, for moments of messages that cross are no order."""

import sqlalchemy as sa
from alembic import op

revision = "0097"
down_revision = "0050"


def upgrade() -> None:
    op.add_column("letters", sa.Column("gathers", sa.Boolean(), nullable=False, server_default="false"))


def downgrade() -> None:
    op.drop_column("letters", "gathers")
