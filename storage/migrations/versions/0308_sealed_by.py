"""Under which key the own values of holders are sealed is found by indexes."""

import sqlalchemy as sa
from alembic import op

revision = "0308"
down_revision = "0307"

OWN = (("people", "profile"), ("reports", "claim"), ("notes", "text"), ("updates", "statement"))


def upgrade() -> None:
    for table, column in OWN:
        op.create_index(f"ix_{table}_sealed_by", table, [sa.text(f'"substring"({column}, 2, 8)')])


def downgrade() -> None:
    for table, _ in OWN:
        op.drop_index(f"ix_{table}_sealed_by", table)
