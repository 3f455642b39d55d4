"""What could not be handled belongs to whoever wrote it, and is erased with them."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0030"


def upgrade() -> None:
    op.add_column("quarantine", sa.Column("person_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_quarantine_person_id"), "quarantine", "people", ["person_id"], ["id"], ondelete="CASCADE"
    )
    op.create_index(op.f("ix_quarantine_person_id"), "quarantine", ["person_id"], unique=False)
    op.alter_column("quarantine", "question", new_column_name="script")


def downgrade() -> None:
    op.alter_column("quarantine", "script", new_column_name="question")
    op.drop_index(op.f("ix_quarantine_person_id"), table_name="quarantine")
    op.drop_constraint(op.f("fk_quarantine_person_id"), "quarantine", type_="foreignkey")
    op.drop_column("quarantine", "person_id")
