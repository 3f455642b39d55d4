"""A code that joins a page may lead on to the address of a visit."""

import sqlalchemy as sa
from alembic import op

revision = "0217"
down_revision = "0216"


def upgrade() -> None:
    op.add_column("links", sa.Column("appointment_id", sa.BigInteger()))
    op.create_foreign_key(
        "fk_links_appointment_id", "links", "appointments", ["appointment_id"], ["id"], ondelete="SET NULL"
    )
    op.create_index("ix_links_appointment_id", "links", ["appointment_id"])


def downgrade() -> None:
    op.drop_column("links", "appointment_id")
