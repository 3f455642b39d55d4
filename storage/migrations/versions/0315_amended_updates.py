"""An update that a later one corrects or withdraws."""

import sqlalchemy as sa
from alembic import op

revision = "0315"
down_revision = "0314"

RELEASED = "state <> 'released' OR approver_id IS NOT NULL"
OR_REPLACED = "state NOT IN ('released', 'replaced') OR approver_id IS NOT NULL"


def _signed(condition: str) -> None:
    op.drop_constraint("two_signatures", "updates", type_="check")
    op.create_check_constraint("two_signatures", "updates", condition)


def upgrade() -> None:
    op.add_column("updates", sa.Column("replaced_by_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key("fk_updates_replaced_by_id", "updates", "updates", ["replaced_by_id"], ["id"])
    op.create_index("ix_updates_replaced_by_id", "updates", ["replaced_by_id"])
    _signed(OR_REPLACED)


def downgrade() -> None:
    _signed(RELEASED)
    op.drop_column("updates", "replaced_by_id")
