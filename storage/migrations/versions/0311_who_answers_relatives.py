"""Who answers each relative: lead and substitute, since when. Whoever took a case leads it from the first tick on."""

import sqlalchemy as sa
from alembic import op

revision = "0311"
down_revision = "0310"


def upgrade() -> None:
    op.create_table(
        "leads",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("lead_id", sa.BigInteger(), nullable=False),
        sa.Column("substitute_id", sa.BigInteger(), nullable=True),
        sa.Column("not_wanted_id", sa.BigInteger(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_leads_report_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["lead_id"], ["staff.id"], name="fk_leads_lead_id"),
        sa.ForeignKeyConstraint(["substitute_id"], ["staff.id"], name="fk_leads_substitute_id"),
        sa.ForeignKeyConstraint(["not_wanted_id"], ["staff.id"], name="fk_leads_not_wanted_id"),
        sa.PrimaryKeyConstraint("id", name="pk_leads"),
    )
    for column in ("report_id", "lead_id", "substitute_id", "not_wanted_id"):
        op.create_index(f"ix_leads_{column}", "leads", [column])


def downgrade() -> None:
    op.drop_table("leads")
