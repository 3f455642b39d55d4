"""An update that is held until a call reaches its relative, and who let it go before."""

import sqlalchemy as sa
from alembic import op

revision = "0314"
down_revision = "0313"

HELD = ("code_hash", "code", "released_at")


def upgrade() -> None:
    for column in HELD:
        op.alter_column("readings", column, nullable=True)
    op.add_column("readings", sa.Column("let_go_by", sa.BigInteger(), nullable=True))
    op.add_column("readings", sa.Column("let_go_why", sa.LargeBinary(), nullable=True))
    op.create_foreign_key("fk_readings_let_go_by", "readings", "staff", ["let_go_by"], ["id"])
    op.create_index("ix_readings_let_go_by", "readings", ["let_go_by"])


def downgrade() -> None:
    op.drop_column("readings", "let_go_why")
    op.drop_column("readings", "let_go_by")
    op.execute("DELETE FROM readings WHERE code IS NULL")
    for column in HELD:
        op.alter_column("readings", column, nullable=False)
