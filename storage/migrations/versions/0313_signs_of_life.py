"""Signs of life that relatives tell, each with a number, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0313"
down_revision = "0312"


def upgrade() -> None:
    op.create_table(
        "sightings",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("taken_by", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("seen", sa.LargeBinary(), nullable=False),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_sightings_report_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_sightings_call_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["taken_by"], ["staff.id"], name="fk_sightings_taken_by"),
        sa.PrimaryKeyConstraint("id", name="pk_sightings"),
        sa.UniqueConstraint("number", name="uq_sightings_number"),
    )
    for column in ("report_id", "call_id", "taken_by"):
        op.create_index(f"ix_sightings_{column}", "sightings", [column])


def downgrade() -> None:
    op.drop_table("sightings")
