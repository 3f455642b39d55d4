"""The first name by which a member of staff agreed to be known to the families whose cases they lead."""

import sqlalchemy as sa
from alembic import op

revision = "0190"
down_revision = "0111"


def upgrade() -> None:
    op.add_column("staff", sa.Column("shown_as", sa.LargeBinary()))


def downgrade() -> None:
    op.drop_column("staff", "shown_as")
