"""Who answers a relative, and what is open at a center, are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0319"
down_revision = "0318"


def upgrade() -> None:
    op.create_index("ix_leads_newest", "leads", ["report_id", "since", "id"])
    closed = sa.text("closed_at IS NULL")
    op.create_index("ix_correspondences_open", "correspondences", ["center"], postgresql_where=closed)


def downgrade() -> None:
    op.drop_index("ix_correspondences_open", "correspondences")
    op.drop_index("ix_leads_newest", "leads")
