"""The record of contacts, filled from what is known; calls that were tried keep a table of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0298"
down_revision = "0297"

NAMES = ("ix_{}_person_id", "ix_{}_report_id")
CONSTRAINTS = ("pk_{}", "fk_{}_person_id", "fk_{}_report_id")


def _rename(old: str, new: str) -> None:
    op.rename_table(old, new)
    for name in NAMES:
        op.execute(f"ALTER INDEX {name.format(old)} RENAME TO {name.format(new)}")
    for name in CONSTRAINTS:
        op.execute(f"ALTER TABLE {new} RENAME CONSTRAINT {name.format(old)} TO {name.format(new)}")


def _fill(query: str) -> None:
    op.execute(f"INSERT INTO contacts (id, person_id, report_id, kind, at, by_id, about) {query}")


def upgrade() -> None:
    _rename("contacts", "call_attempts")
    op.create_table(
        "contacts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.BigInteger(), nullable=False),
        sa.Column("bound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_contacts_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_contacts_report_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
        sa.UniqueConstraint("about", name="uq_contacts_about"),
    )
    for column in ("person_id", "report_id"):
        op.create_index(f"ix_contacts_{column}", "contacts", [column])
    _fill(
        "SELECT nextval('ids'), person_id, report_id, 'call', at, staff_id, id FROM call_attempts WHERE how = 'reached'"
    )
    _fill(
        "SELECT nextval('ids'), readings.person_id, readings.report_id, 'update', readings.opened_at,"
        " updates.author_id, readings.id FROM readings JOIN updates ON updates.id = readings.update_id"
        " WHERE readings.opened_at IS NOT NULL"
    )
    _fill(
        "SELECT nextval('ids'), person_id, report_id, 'visit', starts_at, staff_id, id FROM appointments"
        " WHERE state IN ('in', 'done')"
    )


def downgrade() -> None:
    op.drop_table("contacts")
    _rename("call_attempts", "contacts")
