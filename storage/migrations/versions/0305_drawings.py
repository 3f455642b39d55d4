"""A code for the door and a calendar are drawn when they are read: what they are drawn from."""

import sqlalchemy as sa
from alembic import op

revision = "0305"
down_revision = "0304"


def upgrade() -> None:
    op.add_column("files", sa.Column("drawing", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM files WHERE drawing IS NOT NULL")  # it knows no way to draw them
    op.drop_column("files", "drawing")
