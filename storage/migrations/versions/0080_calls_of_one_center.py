"""A call task is one center's, and knows the appointment that it is about; whom to call is asked the day before."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0095"


def upgrade() -> None:
    op.add_column("calls", sa.Column("appointment_id", sa.BigInteger(), nullable=True))
    op.add_column("calls", sa.Column("center", sa.Text(), nullable=True))
    op.add_column("calls", sa.Column("wished", sa.Text(), nullable=True))
    # As they were routed before; where nobody answered for the person, all centers saw the task: now the first does.
    op.execute(
        "UPDATE calls SET center = coalesce("
        " (SELECT center FROM reports WHERE id = calls.report_id),"
        " (SELECT center FROM reports WHERE person_id = calls.person_id ORDER BY filed_at DESC LIMIT 1),"
        " (SELECT center FROM appointments WHERE person_id = calls.person_id ORDER BY starts_at DESC LIMIT 1),"
        " (SELECT name FROM centers ORDER BY id LIMIT 1))"
    )
    op.alter_column("calls", "center", nullable=False)
    op.create_foreign_key(
        op.f("fk_calls_appointment_id"), "calls", "appointments", ["appointment_id"], ["id"], ondelete="CASCADE"
    )
    op.create_index(op.f("ix_calls_appointment_id"), "calls", ["appointment_id"], unique=False)
    op.create_index(
        "ix_calls_open", "calls", ["center", "due_at"], unique=False, postgresql_where=sa.text("done_at IS NULL")
    )
    op.create_index(
        "uq_calls_appointment_id_reason",
        "calls",
        ["appointment_id", "reason"],
        unique=True,
        postgresql_where=sa.text("done_at IS NULL"),
    )
    # What was booked before is asked of as well: does this person have to be called?
    op.execute(
        "INSERT INTO reminders (id, appointment_id, before, starts_at, due_at)"
        " SELECT nextval('ids'), appointment_id, 'call', starts_at, due_at FROM reminders"
        " WHERE before = 'day' AND state = 'waiting'"
    )


def downgrade() -> None:
    op.execute("DELETE FROM reminders WHERE before = 'call'")
    op.drop_index("uq_calls_appointment_id_reason", table_name="calls", postgresql_where=sa.text("done_at IS NULL"))
    op.drop_index("ix_calls_open", table_name="calls", postgresql_where=sa.text("done_at IS NULL"))
    op.drop_index(op.f("ix_calls_appointment_id"), table_name="calls")
    op.drop_constraint(op.f("fk_calls_appointment_id"), "calls", type_="foreignkey")
    op.drop_column("calls", "wished")
    op.drop_column("calls", "center")
    op.drop_column("calls", "appointment_id")
