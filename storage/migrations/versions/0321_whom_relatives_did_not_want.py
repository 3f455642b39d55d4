"""An index of whom relatives did not want to answer them."""

import sqlalchemy as sa
from alembic import op

revision = "0321"
down_revision = "0320"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_leads_not_wanted", "leads", ["report_id"], postgresql_where=sa.text("not_wanted_id IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index("ix_leads_not_wanted", table_name="leads")
