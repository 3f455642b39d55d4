"""What takes two waits as a proposal, and how each member came by their account is kept. Numbers that waited for a
second person wait as proposals from now on."""

import sqlalchemy as sa
from alembic import op

revision = "0286"
down_revision = "0285"

WAITED = {
    "phone": "SELECT phone_proposed_by AS by, json_build_object('center', name, 'phone', phone_proposed)::text AS said,"
    " name AS center FROM centers WHERE phone_proposed IS NOT NULL AND phone_proposed_by IS NOT NULL",
    "number": "SELECT phone_proposed_by AS by, json_build_object('line', name, 'phone', phone_proposed)::text AS said,"
    " NULL AS center FROM lines WHERE phone_proposed IS NOT NULL AND phone_proposed_by IS NOT NULL",
}


def upgrade() -> None:
    op.create_table(
        "origins",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("signed_by", sa.BigInteger(), nullable=True),
        sa.Column("founding", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("word", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_origins_staff_id")),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_origins_by_id")),
        sa.ForeignKeyConstraint(["signed_by"], ["staff.id"], name=op.f("fk_origins_signed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origins")),
    )
    for column in ("staff_id", "by_id", "signed_by"):
        op.create_index(op.f(f"ix_origins_{column}"), "origins", [column])
    op.create_table(
        "proposals",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("open", sa.Text(), nullable=True),
        sa.Column("command", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("center", sa.Text(), nullable=True),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("report_id", sa.BigInteger(), nullable=True),
        sa.Column("delayed", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("waited", sa.Interval(), server_default="0", nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_proposals_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["staff.id"], name=op.f("fk_proposals_member_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_proposals_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_proposals_report_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ended_by"], ["staff.id"], name=op.f("fk_proposals_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    for column in ("by_id", "member_id", "case_id", "report_id", "state", "ended_by"):
        op.create_index(op.f(f"ix_proposals_{column}"), "proposals", [column])
    op.add_column("staff", sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=True))
    for act, waited in WAITED.items():
        op.execute(
            f"INSERT INTO proposals (id, act, open, by_id, at, center)"  # noqa: S608  of the two above
            f" SELECT nextval('ids'), '{act}', said, by, now(), center FROM ({waited}) AS waited"
        )
    for table in ("centers", "lines"):
        op.drop_column(table, "phone_proposed_by")
        op.drop_column(table, "phone_proposed")


def downgrade() -> None:
    for table, act, name in (("centers", "phone", "center"), ("lines", "number", "line")):
        op.add_column(table, sa.Column("phone_proposed", sa.Text()))
        op.add_column(table, sa.Column("phone_proposed_by", sa.BigInteger()))
        op.create_foreign_key(op.f(f"fk_{table}_phone_proposed_by"), table, "staff", ["phone_proposed_by"], ["id"])
        op.create_index(op.f(f"ix_{table}_phone_proposed_by"), table, ["phone_proposed_by"])
        op.execute(
            f"UPDATE {table} SET phone_proposed = open::json->>'phone', phone_proposed_by = by_id FROM proposals"  # noqa: S608
            f" WHERE act = '{act}' AND state = 'waiting' AND open::json->>'{name}' = {table}.name"
        )
    op.drop_column("staff", "enrolled_at")
    op.drop_table("proposals")
    op.drop_table("origins")
