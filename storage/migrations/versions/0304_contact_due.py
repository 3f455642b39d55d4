"""By when each relative is to be in contact is kept, in an index; the calls that were planned for it have one."""

import sqlalchemy as sa
from alembic import op

revision = "0304"
down_revision = "0303"


def upgrade() -> None:
    op.add_column("reports", sa.Column("contact_due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("reports", sa.Column("contact_look_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_reports_contact_due",
        "reports",
        ["center", "contact_due_at"],
        postgresql_where=sa.text("contact_due_at IS NOT NULL"),
    )
    op.create_index("ix_reports_contact_look", "reports", ["center", "contact_look_at"])
    op.create_index("ix_calls_contact", "calls", ["center", "made_at"], postgresql_where=sa.text("reason = 'contact'"))


def downgrade() -> None:
    op.drop_index("ix_calls_contact", "calls")
    op.drop_index("ix_reports_contact_look", "reports")
    op.drop_index("ix_reports_contact_due", "reports")
    op.drop_column("reports", "contact_look_at")
    op.drop_column("reports", "contact_due_at")
