"""Whether the door of a center is marked on the map is kept, and no longer told by comparing with the first cities."""

import sqlalchemy as sa
from alembic import op

revision = "0219"
down_revision = "0218"


def upgrade() -> None:
    op.add_column("centers", sa.Column("marked", sa.Boolean(), server_default="false", nullable=False))
    op.execute(
        """
        UPDATE centers SET marked = true WHERE (name, latitude, longitude) NOT IN (
            ('lviv', 49.8397, 24.0297), ('mykolaiv', 46.9750, 31.9946),
            ('vinnytsia', 49.2331, 28.4682), ('kharkiv', 49.9935, 36.2304)
        )
        """
    )


def downgrade() -> None:
    op.drop_column("centers", "marked")
