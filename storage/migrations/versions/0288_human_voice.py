"""Cases, and single relatives, with whom only a human speaks of the search."""

import sqlalchemy as sa
from alembic import op

revision = "0288"
down_revision = "0287"


def upgrade() -> None:
    op.create_table(
        "voices",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("report_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(case_id IS NULL) <> (report_id IS NULL)", name="ck_voices_one"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_voices_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_voices_report_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_voices"),
    )
    op.create_index("ix_voices_case_id", "voices", ["case_id"])
    op.create_index("ix_voices_report_id", "voices", ["report_id"])
    for column in ("case_id", "report_id"):
        op.create_index(
            f"uq_voices_{column}", "voices", [column], unique=True, postgresql_where=sa.text("ended_at IS NULL")
        )


def downgrade() -> None:
    op.drop_table("voices")
