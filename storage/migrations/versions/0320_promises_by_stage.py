"""What is promised by the stage of a case, and what an activity takes at a center."""

import sqlalchemy as sa
from alembic import op

revision = "0320"
down_revision = "0319"


def upgrade() -> None:
    op.create_table(
        "activity_minutes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("center", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_activity_minutes_by_id")),
        sa.ForeignKeyConstraint(["center"], ["centers.name"], name=op.f("fk_activity_minutes_center")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_minutes")),
    )
    op.create_index(op.f("ix_activity_minutes_by_id"), "activity_minutes", ["by_id"], unique=False)
    op.create_index(op.f("ix_activity_minutes_center"), "activity_minutes", ["center"], unique=False)
    op.create_table(
        "stage_promises",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("promise_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Integer(), nullable=False),
        sa.Column("sooner", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promises.id"], name=op.f("fk_stage_promises_promise_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_promises")),
    )
    op.create_index(op.f("ix_stage_promises_promise_id"), "stage_promises", ["promise_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_stage_promises_promise_id"), table_name="stage_promises")
    op.drop_table("stage_promises")
    op.drop_index(op.f("ix_activity_minutes_center"), table_name="activity_minutes")
    op.drop_index(op.f("ix_activity_minutes_by_id"), table_name="activity_minutes")
    op.drop_table("activity_minutes")
