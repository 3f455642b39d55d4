"""Cases, search, links."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("transaction", sa.BigInteger(), nullable=False),
        sa.Column("matched", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_transaction"), "changes", ["transaction"], unique=False)
    op.create_index(
        "ix_changes_unmatched",
        "changes",
        ["id"],
        unique=False,
        postgresql_where=sa.text("kind = 'report' AND NOT matched"),
    )
    op.create_table(
        "link_tries",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_link_tries")),
    )
    op.create_table(
        "links",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=True),
        sa.Column("typed_by", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_links_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("hash", name=op.f("uq_links_hash")),
    )
    op.create_index(op.f("ix_links_person_id"), "links", ["person_id"], unique=False)
    op.create_table(
        "notes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_notes_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_case_id"), "notes", ["case_id"], unique=False)
    op.create_table(
        "contacts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_contacts_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_contacts_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    op.create_index(op.f("ix_contacts_person_id"), "contacts", ["person_id"], unique=False)
    op.create_index(op.f("ix_contacts_report_id"), "contacts", ["report_id"], unique=False)
    op.create_table(
        "joins",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("from_case", sa.BigInteger(), nullable=False),
        sa.Column("into_case", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("parted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["from_case"], ["cases.id"], name=op.f("fk_joins_from_case")),
        sa.ForeignKeyConstraint(["into_case"], ["cases.id"], name=op.f("fk_joins_into_case")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_joins_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joins")),
    )
    op.create_index(op.f("ix_joins_from_case"), "joins", ["from_case"], unique=False)
    op.create_index(op.f("ix_joins_into_case"), "joins", ["into_case"], unique=False)
    op.create_index(op.f("ix_joins_report_id"), "joins", ["report_id"], unique=False)
    op.create_table(
        "likenesses",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("apart", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("report_id < other_id", name=op.f("ck_likenesses_ordered")),
        sa.ForeignKeyConstraint(["other_id"], ["reports.id"], name=op.f("fk_likenesses_other_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_likenesses_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likenesses")),
        sa.UniqueConstraint("report_id", "other_id", name=op.f("uq_likenesses_report_id_other_id")),
    )
    op.create_index(op.f("ix_likenesses_other_id"), "likenesses", ["other_id"], unique=False)
    op.create_index(op.f("ix_likenesses_report_id"), "likenesses", ["report_id"], unique=False)
    op.add_column(
        "kinship_documents",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
    )
    op.alter_column("kinship_documents", "at", server_default=None)
    # What was there before is read into the index, and compared, like what comes now.
    op.execute("INSERT INTO changes (id, kind, transaction) SELECT id, 'report', 0 FROM reports")
    op.execute(
        "INSERT INTO changes (id, kind, transaction) SELECT id, 'person', 0 FROM people WHERE profile IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_column("kinship_documents", "at")
    op.drop_index(op.f("ix_likenesses_report_id"), table_name="likenesses")
    op.drop_index(op.f("ix_likenesses_other_id"), table_name="likenesses")
    op.drop_table("likenesses")
    op.drop_index(op.f("ix_joins_report_id"), table_name="joins")
    op.drop_index(op.f("ix_joins_into_case"), table_name="joins")
    op.drop_index(op.f("ix_joins_from_case"), table_name="joins")
    op.drop_table("joins")
    op.drop_index(op.f("ix_contacts_report_id"), table_name="contacts")
    op.drop_index(op.f("ix_contacts_person_id"), table_name="contacts")
    op.drop_table("contacts")
    op.drop_index(op.f("ix_notes_case_id"), table_name="notes")
    op.drop_table("notes")
    op.drop_index(op.f("ix_links_person_id"), table_name="links")
    op.drop_table("links")
    op.drop_table("link_tries")
    op.drop_index(
        "ix_changes_unmatched", table_name="changes", postgresql_where=sa.text("kind = 'report' AND NOT matched")
    )
    op.drop_index(op.f("ix_changes_transaction"), table_name="changes")
    op.drop_table("changes")
