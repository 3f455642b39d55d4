"""Updates, who may read them under which code, and invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "code_tries",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_code_tries_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_tries")),
    )
    op.create_index(op.f("ix_code_tries_person_id"), "code_tries", ["person_id"], unique=False)
    op.create_table(
        "updates",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("approver_id", sa.BigInteger(), nullable=True),
        sa.Column("corrects", sa.BigInteger(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("state <> 'released' OR approver_id IS NOT NULL", name=op.f("ck_updates_two_signatures")),
        sa.CheckConstraint("approver_id <> author_id", name=op.f("ck_updates_two_people")),
        sa.ForeignKeyConstraint(["approver_id"], ["staff.id"], name=op.f("fk_updates_approver_id")),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_updates_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_updates_case_id")),
        sa.ForeignKeyConstraint(["corrects"], ["updates.id"], name=op.f("fk_updates_corrects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_updates")),
    )
    op.create_index(op.f("ix_updates_approver_id"), "updates", ["approver_id"], unique=False)
    op.create_index(op.f("ix_updates_author_id"), "updates", ["author_id"], unique=False)
    op.create_index(op.f("ix_updates_case_id"), "updates", ["case_id"], unique=False)
    op.create_index(op.f("ix_updates_corrects"), "updates", ["corrects"], unique=False)
    op.create_index(op.f("ix_updates_state"), "updates", ["state"], unique=False)
    op.create_table(
        "readings",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_readings_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_readings_report_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["update_id"], ["updates.id"], name=op.f("fk_readings_update_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_readings_code_hash")),
        sa.UniqueConstraint("update_id", "person_id", name=op.f("uq_readings_update_id_person_id")),
    )
    op.create_index(op.f("ix_readings_person_id"), "readings", ["person_id"], unique=False)
    op.create_index(op.f("ix_readings_report_id"), "readings", ["report_id"], unique=False)
    op.create_index(op.f("ix_readings_update_id"), "readings", ["update_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_invitations_call_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_invitations_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
    )
    op.create_index(op.f("ix_invitations_call_id"), "invitations", ["call_id"], unique=False)
    op.create_index(op.f("ix_invitations_report_id"), "invitations", ["report_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_invitations_report_id"), table_name="invitations")
    op.drop_index(op.f("ix_invitations_call_id"), table_name="invitations")
    op.drop_table("invitations")
    op.drop_index(op.f("ix_readings_update_id"), table_name="readings")
    op.drop_index(op.f("ix_readings_report_id"), table_name="readings")
    op.drop_index(op.f("ix_readings_person_id"), table_name="readings")
    op.drop_table("readings")
    op.drop_index(op.f("ix_updates_state"), table_name="updates")
    op.drop_index(op.f("ix_updates_corrects"), table_name="updates")
    op.drop_index(op.f("ix_updates_case_id"), table_name="updates")
    op.drop_index(op.f("ix_updates_author_id"), table_name="updates")
    op.drop_index(op.f("ix_updates_approver_id"), table_name="updates")
    op.drop_table("updates")
    op.drop_index(op.f("ix_code_tries_person_id"), table_name="code_tries")
    op.drop_table("code_tries")
