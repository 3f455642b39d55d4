"""The inbox: what a family sends when nothing asked for it."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0100"


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger()),
        sa.Column("file_id", sa.BigInteger()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_inbox_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["task_id"], ["calls.id"], name="fk_inbox_task_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_inbox_file_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
    )
    for column in ("person_id", "task_id", "file_id"):
        op.create_index(f"ix_inbox_{column}", "inbox", [column])
    op.create_index("ix_inbox_waiting", "inbox", ["person_id"], postgresql_where=sa.text("task_id IS NULL"))


def downgrade() -> None:
    op.drop_table("inbox")
