"""Visitors: in whose name a member of staff acts, and when and to whom somebody agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0130"
down_revision = "0171"


def upgrade() -> None:
    op.add_column("people", sa.Column("agreed_at", sa.DateTime(timezone=True)))
    op.add_column("people", sa.Column("heard_by", sa.BigInteger()))
    op.add_column("people", sa.Column("serving", sa.BigInteger()))
    op.create_foreign_key("fk_people_serving", "people", "people", ["serving"], ["id"], ondelete="SET NULL")
    op.create_index("ix_people_serving", "people", ["serving"])
    op.add_column("drafts", sa.Column("of_id", sa.BigInteger()))
    op.create_foreign_key("fk_drafts_of_id", "drafts", "people", ["of_id"], ["id"], ondelete="CASCADE")
    op.create_index("ix_drafts_of_id", "drafts", ["of_id"])


def downgrade() -> None:
    op.execute("DELETE FROM drafts WHERE of_id IS NOT NULL")
    op.drop_column("drafts", "of_id")
    op.execute("UPDATE people SET script = 'menu', active = NULL WHERE serving IS NOT NULL")
    op.drop_column("people", "serving")
    op.drop_column("people", "heard_by")
    op.drop_column("people", "agreed_at")
