"""What pushes are for, where they open, and what they cost."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0045"


def upgrade() -> None:
    op.create_table(
        "spending",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=4), nullable=False),
        sa.PrimaryKeyConstraint("month", "channel", "purpose", name=op.f("pk_spending")),
    )
    op.add_column("people", sa.Column("opens", sa.Text(), server_default="chat", nullable=False))
    op.add_column("addresses", sa.Column("session_until", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE addresses SET session_until = seen_at + interval '24 hours'")
    op.add_column("letters", sa.Column("purpose", sa.Text(), server_default="reply", nullable=False))
    op.add_column("letters", sa.Column("for_session", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("letters", sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("letters", "tried_at")
    op.drop_column("letters", "for_session")
    op.drop_column("letters", "purpose")
    op.drop_column("addresses", "session_until")
    op.drop_column("people", "opens")
    op.drop_table("spending")
