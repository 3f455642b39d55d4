"""Correspondence: what families and centers write to each other. Own words that wait with an open call become one."""

import sqlalchemy as sa
from alembic import op

revision = "0309"
down_revision = "0308"

WAITS = "task_id IS NULL"


def upgrade() -> None:
    op.create_table(
        "correspondences",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("center", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holder_id", sa.BigInteger(), nullable=True),
        sa.Column("kept_from_id", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_correspondences_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["center"], ["centers.name"], name="fk_correspondences_center"),
        sa.ForeignKeyConstraint(["holder_id"], ["staff.id"], name="fk_correspondences_holder_id"),
        sa.ForeignKeyConstraint(["kept_from_id"], ["staff.id"], name="fk_correspondences_kept_from_id"),
        sa.PrimaryKeyConstraint("id", name="pk_correspondences"),
    )
    for column in ("person_id", "holder_id", "kept_from_id"):
        op.create_index(f"ix_correspondences_{column}", "correspondences", [column])
    waiting = sa.text("waits_since IS NOT NULL")
    op.create_index(
        "ix_correspondences_waiting", "correspondences", ["center", "waits_since"], postgresql_where=waiting
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("correspondence_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("waited", sa.Integer(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["correspondence_id"], ["correspondences.id"], name="fk_answers_correspondence_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_answers_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name="fk_answers_by_id"),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_answers_file_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
    )
    for column in ("correspondence_id", "person_id", "by_id", "file_id"):
        op.create_index(f"ix_answers_{column}", "answers", [column])
    op.add_column("inbox", sa.Column("correspondence_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        "fk_inbox_correspondence_id", "inbox", "correspondences", ["correspondence_id"], ["id"], ondelete="CASCADE"
    )
    op.create_index("ix_inbox_correspondence_id", "inbox", ["correspondence_id"])
    op.drop_index("ix_inbox_waiting", "inbox")
    both = sa.text(f"{WAITS} AND correspondence_id IS NULL")
    op.create_index("ix_inbox_waiting", "inbox", ["person_id"], postgresql_where=both)
    _of_open_calls()


def _of_open_calls() -> None:
    """One for each person with own words that somebody was to call about, at the center and by the time of that call,
    under its id; the call is no longer due. The lines stay with it, too: whose they are is bound."""
    op.execute(
        "INSERT INTO correspondences (id, person_id, center, began_at, waits_since, due_at)"
        " SELECT DISTINCT ON (person_id) id, person_id, center, made_at, made_at, due_at FROM calls"
        " WHERE reason = 'wrote' AND done_at IS NULL ORDER BY person_id, due_at, id"
    )
    op.execute(
        "UPDATE inbox SET correspondence_id = correspondences.id FROM correspondences, calls"
        " WHERE calls.id = inbox.task_id AND calls.reason = 'wrote' AND calls.done_at IS NULL"
        " AND correspondences.person_id = inbox.person_id"
    )
    op.execute("UPDATE calls SET done_at = now() WHERE reason = 'wrote' AND done_at IS NULL")


def downgrade() -> None:
    op.execute(
        "UPDATE calls SET done_at = NULL FROM correspondences WHERE calls.id = correspondences.id"
        " AND calls.reason = 'wrote' AND correspondences.waits_since IS NOT NULL"
    )
    op.execute("DELETE FROM inbox WHERE task_id IS NULL AND correspondence_id IS NOT NULL")
    op.drop_index("ix_inbox_waiting", "inbox")
    op.create_index("ix_inbox_waiting", "inbox", ["person_id"], postgresql_where=sa.text(WAITS))
    op.drop_constraint("fk_inbox_correspondence_id", "inbox", type_="foreignkey")
    op.drop_index("ix_inbox_correspondence_id", "inbox")
    op.drop_column("inbox", "correspondence_id")
    op.drop_table("answers")
    op.drop_table("correspondences")
