"""What was asked about cases, and to whom it was told that nothing is new."""

import sqlalchemy as sa
from alembic import op

revision = "0307"
down_revision = "0306"


def upgrade() -> None:
    op.create_table(
        "checks",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("center", sa.Text(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["center"], ["centers.name"], name="fk_checks_center"),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name="fk_checks_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_checks"),
    )
    op.create_index("ix_checks_center", "checks", ["center"])
    op.create_index("ix_checks_by_id", "checks", ["by_id"])
    op.create_table(
        "checked_cases",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("check_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name="fk_checked_cases_check_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_checked_cases_case_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_checked_cases"),
        sa.UniqueConstraint("check_id", "case_id", name="uq_checked_cases_check_id_case_id"),
    )
    op.create_index("ix_checked_cases_check_id", "checked_cases", ["check_id"])
    op.create_index("ix_checked_cases_case_id", "checked_cases", ["case_id"])
    op.create_table(
        "no_news",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("check_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("checks", sa.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("never", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_no_news_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_no_news_report_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name="fk_no_news_check_id"),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name="fk_no_news_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_no_news"),
        sa.UniqueConstraint("report_id", "check_id", name="uq_no_news_report_id_check_id"),
    )
    for column in ("person_id", "report_id", "check_id", "by_id"):
        op.create_index(f"ix_no_news_{column}", "no_news", [column])


def downgrade() -> None:
    for table in ("no_news", "checked_cases", "checks"):
        op.drop_table(table)
