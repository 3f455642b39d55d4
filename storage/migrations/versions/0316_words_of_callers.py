"""Words that callers say, each good once."""

import sqlalchemy as sa
from alembic import op

revision = "0316"
down_revision = "0315"


def upgrade() -> None:
    op.create_table(
        "call_words",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("word", sa.LargeBinary(), nullable=False),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_call_words_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name="fk_call_words_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_call_words"),
    )
    op.create_index("ix_call_words_person_id", "call_words", ["person_id"])
    op.create_index("ix_call_words_by_id", "call_words", ["by_id"])


def downgrade() -> None:
    op.drop_table("call_words")
