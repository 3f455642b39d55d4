"""Steps on the way to relatives whom nothing reaches; letters that nobody opened are followed.

What was sent before is not: only updates that wait to be opened, as of today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0306"
down_revision = "0305"


def upgrade() -> None:
    op.create_table(
        "reach_steps",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_reach_steps_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_reach_steps"),
    )
    op.create_index("ix_reach_steps_person_id", "reach_steps", ["person_id"])
    op.add_column("letters", sa.Column("followed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE letters SET followed_at = now() WHERE offers AND state = 'sent' AND purpose <> 'update'")


def downgrade() -> None:
    op.drop_column("letters", "followed_at")
    op.drop_table("reach_steps")
