"""Kinship and the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("report_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("searched", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_index(op.f("ix_audit_case_id"), "audit", ["case_id"], unique=False)
    op.create_index(op.f("ix_audit_staff_id"), "audit", ["staff_id"], unique=False)
    op.create_table(
        "kinship_documents",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"], ["files.id"], name=op.f("fk_kinship_documents_file_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_kinship_documents_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kinship_documents")),
    )
    op.create_index(op.f("ix_kinship_documents_file_id"), "kinship_documents", ["file_id"], unique=False)
    op.create_index(op.f("ix_kinship_documents_report_id"), "kinship_documents", ["report_id"], unique=False)
    op.create_table(
        "kinships",
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_kinships_decided_by")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_kinships_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_kinships")),
    )
    op.create_index(op.f("ix_kinships_decided_by"), "kinships", ["decided_by"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_kinships_decided_by"), table_name="kinships")
    op.drop_table("kinships")
    op.drop_index(op.f("ix_kinship_documents_report_id"), table_name="kinship_documents")
    op.drop_index(op.f("ix_kinship_documents_file_id"), table_name="kinship_documents")
    op.drop_table("kinship_documents")
    op.drop_index(op.f("ix_audit_staff_id"), table_name="audit")
    op.drop_index(op.f("ix_audit_case_id"), table_name="audit")
    op.drop_index(op.f("ix_audit_at"), table_name="audit")
    op.drop_table("audit")
