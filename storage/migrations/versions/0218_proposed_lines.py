"""A line's first number waits for a second person, as a center's does."""

import sqlalchemy as sa
from alembic import op

revision = "0218"
down_revision = "0217"


def upgrade() -> None:
    op.add_column("lines", sa.Column("phone_proposed", sa.Text()))
    op.add_column("lines", sa.Column("phone_proposed_by", sa.BigInteger()))
    op.create_foreign_key(op.f("fk_lines_phone_proposed_by"), "lines", "staff", ["phone_proposed_by"], ["id"])
    op.create_index(op.f("ix_lines_phone_proposed_by"), "lines", ["phone_proposed_by"])


def downgrade() -> None:
    op.execute("DELETE FROM lines WHERE phone = ''")
    op.drop_column("lines", "phone_proposed_by")
    op.drop_column("lines", "phone_proposed")
