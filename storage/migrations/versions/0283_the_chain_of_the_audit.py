"""The chain of the audit: each row holds its number and a keyed hash over itself and the row before, and what a list
showed."""

import sqlalchemy as sa
from alembic import op

revision = "0283"
down_revision = "0282"


def upgrade() -> None:
    """Rows of before are chained by the service at its next start: the key is none of the database's."""
    op.add_column("audit", sa.Column("cases", sa.ARRAY(sa.BigInteger()), nullable=True))
    op.add_column("audit", sa.Column("people", sa.ARRAY(sa.BigInteger()), nullable=True))
    op.add_column("audit", sa.Column("session_id", sa.BigInteger(), nullable=True))
    op.add_column("audit", sa.Column("number", sa.BigInteger(), nullable=True))
    op.add_column("audit", sa.Column("link", sa.LargeBinary(), nullable=True))
    op.create_index("ix_audit_cases", "audit", ["cases"], unique=False, postgresql_using="gin")
    op.create_index("ix_audit_people", "audit", ["people"], unique=False, postgresql_using="gin")
    op.create_index(op.f("ix_audit_person_id"), "audit", ["person_id"], unique=False)
    op.create_unique_constraint(op.f("uq_audit_number"), "audit", ["number"])


def downgrade() -> None:
    op.drop_constraint(op.f("uq_audit_number"), "audit", type_="unique")
    op.drop_index(op.f("ix_audit_person_id"), table_name="audit")
    op.drop_index("ix_audit_people", table_name="audit", postgresql_using="gin")
    op.drop_index("ix_audit_cases", table_name="audit", postgresql_using="gin")
    op.drop_column("audit", "link")
    op.drop_column("audit", "number")
    op.drop_column("audit", "session_id")
    op.drop_column("audit", "people")
    op.drop_column("audit", "cases")
