"""Inquiries of centers to bodies, and by which law a body has to answer."""

import sqlalchemy as sa
from alembic import op

revision = "0310"
down_revision = "0309"


def upgrade() -> None:
    op.create_table(
        "inquiries",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("center", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("question", sa.LargeBinary(), nullable=False),
        sa.Column("enclosed", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("files", sa.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded", sa.Integer(), server_default="0", nullable=False),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["center"], ["centers.name"], name="fk_inquiries_center"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_inquiries_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_inquiries_report_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name="fk_inquiries_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_inquiries"),
        sa.UniqueConstraint("center", "year", "number", name="uq_inquiries_center_year_number"),
    )
    for column in ("center", "case_id", "report_id", "by_id"):
        op.create_index(f"ix_inquiries_{column}", "inquiries", [column])
    op.create_table(
        "inquiry_terms",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name="fk_inquiry_terms_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_inquiry_terms"),
    )
    op.create_index("ix_inquiry_terms_by_id", "inquiry_terms", ["by_id"])


def downgrade() -> None:
    for table in ("inquiry_terms", "inquiries"):
        op.drop_table(table)
