"""When it was last looked at whether a relative under 18 is of age: at most once a day."""

import sqlalchemy as sa
from alembic import op

revision = "0323"
down_revision = "0322"


def upgrade() -> None:
    op.add_column("minors", sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("minors", "looked_at")
