"""The end of a search has a date, and a case can be under a legal hold."""

import sqlalchemy as sa
from alembic import op

revision = "0297"
down_revision = "0296"


def upgrade() -> None:
    op.add_column("cases", sa.Column("search_ended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("search_ended_by", sa.BigInteger(), nullable=True))
    op.create_table(
        "legal_holds",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("ground", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("second_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_legal_holds_case_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name="fk_legal_holds_by_id"),
        sa.ForeignKeyConstraint(["second_id"], ["staff.id"], name="fk_legal_holds_second_id"),
        sa.ForeignKeyConstraint(["ended_by"], ["staff.id"], name="fk_legal_holds_ended_by"),
        sa.PrimaryKeyConstraint("id", name="pk_legal_holds"),
    )
    for column in ("case_id", "by_id", "second_id", "ended_by"):
        op.create_index(f"ix_legal_holds_{column}", "legal_holds", [column])
    op.create_index(
        "uq_legal_holds_case_id", "legal_holds", ["case_id"], unique=True, postgresql_where=sa.text("ended_at IS NULL")
    )


def downgrade() -> None:
    op.drop_table("legal_holds")
    op.drop_column("cases", "search_ended_by")
    op.drop_column("cases", "search_ended_at")
