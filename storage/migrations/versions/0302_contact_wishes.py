"""What a relative wishes of the contact with the center."""

import sqlalchemy as sa
from alembic import op

revision = "0302"
down_revision = "0301"


def upgrade() -> None:
    op.create_table(
        "contact_wishes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_contact_wishes_report_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_wishes"),
    )
    op.create_index("ix_contact_wishes_report_id", "contact_wishes", ["report_id"])


def downgrade() -> None:
    op.drop_table("contact_wishes")
