"""Which member took a paper in, and which has opened it."""

import sqlalchemy as sa
from alembic import op

revision = "0293"
down_revision = "0292"


def upgrade() -> None:
    op.add_column("kinship_documents", sa.Column("by_id", sa.BigInteger(), nullable=True))
    op.create_index("ix_kinship_documents_by_id", "kinship_documents", ["by_id"])
    op.create_foreign_key("fk_kinship_documents_by_id", "kinship_documents", "staff", ["by_id"], ["id"])
    op.create_table(
        "kinship_openings",
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["kinship_documents.id"], name="fk_kinship_openings_document_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_kinship_openings_staff_id"),
        sa.PrimaryKeyConstraint("document_id", "staff_id", name="pk_kinship_openings"),
    )


def downgrade() -> None:
    op.drop_table("kinship_openings")
    op.drop_constraint("fk_kinship_documents_by_id", "kinship_documents", type_="foreignkey")
    op.drop_index("ix_kinship_documents_by_id", "kinship_documents")
    op.drop_column("kinship_documents", "by_id")
