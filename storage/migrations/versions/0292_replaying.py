"""What is in quarantine can be heard again, once."""

import sqlalchemy as sa
from alembic import op

revision = "0292"
down_revision = "0291"


def upgrade() -> None:
    op.add_column("quarantine", sa.Column("asked", sa.LargeBinary(), nullable=True))
    op.add_column("quarantine", sa.Column("replayable", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("quarantine", sa.Column("replayed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("quarantine", "replayed_at")
    op.drop_column("quarantine", "replayable")
    op.drop_column("quarantine", "asked")
