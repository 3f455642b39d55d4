"""The second factor belongs to the session in which it was given, and no longer to the member."""

import sqlalchemy as sa
from alembic import op

revision = "0295"
down_revision = "0294"


def upgrade() -> None:
    """No session has one: every member gives a code once more."""
    op.add_column("addresses", sa.Column("factor_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_column("staff", "factor_at")


def downgrade() -> None:
    op.add_column("staff", sa.Column("factor_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_column("addresses", "factor_at")
