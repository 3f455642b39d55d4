"""When each channel was last heard, the outages found, who is to be asked to write again; where a letter has been."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0060"


def upgrade() -> None:
    op.create_table(
        "watches",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("probes", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_watches")),
    )
    op.create_table(
        "outages",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outages")),
        sa.UniqueConstraint("channel", "began_at", name=op.f("uq_outages_channel_began_at")),
    )
    op.create_table(
        "missed",
        sa.Column("outage_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["outage_id"], ["outages.id"], name=op.f("fk_missed_outage_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_missed_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("outage_id", "person_id", name=op.f("pk_missed")),
    )
    op.create_index(op.f("ix_missed_outage_id"), "missed", ["outage_id"], unique=False)
    op.create_index(op.f("ix_missed_person_id"), "missed", ["person_id"], unique=False)
    op.create_index("ix_missed_due", "missed", ["due_at"], unique=False, postgresql_where=sa.text("asked_at IS NULL"))

    op.add_column("letters", sa.Column("given_up", sa.ARRAY(sa.Text()), server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("letters", "given_up")
    op.drop_table("missed")
    op.drop_table("outages")
    op.drop_table("watches")
