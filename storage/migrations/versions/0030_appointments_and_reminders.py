"""Appointments and reminders."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0040"


def upgrade() -> None:
    # Lets one constraint compare a plain number and a range of time. It stays when the tables go: others may use it.
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute(sa.schema.CreateSequence(sa.Sequence("appointment_numbers")))
    op.create_table(
        "absences",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_absences_made_by")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_absences_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_made_by"), "absences", ["made_by"], unique=False)
    op.create_index(op.f("ix_absences_staff_id"), "absences", ["staff_id"], unique=False)
    op.create_table(
        "timetables",
        sa.Column("staff_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("pause", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_timetables_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_timetables")),
    )
    op.create_table(
        "appointments",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=True),
        sa.Column("center", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("structure", sa.Text(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("moves", sa.Integer(), server_default="0", nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("coming_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["confirmed_by"], ["staff.id"], name=op.f("fk_appointments_confirmed_by")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_appointments_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_appointments_report_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_appointments_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sa.UniqueConstraint("number", name=op.f("uq_appointments_number")),
        sa.UniqueConstraint("token", name=op.f("uq_appointments_token")),
    )
    op.create_index("ix_appointments_center_starts_at", "appointments", ["center", "starts_at"], unique=False)
    op.create_index(op.f("ix_appointments_confirmed_by"), "appointments", ["confirmed_by"], unique=False)
    op.create_index(op.f("ix_appointments_person_id"), "appointments", ["person_id"], unique=False)
    op.create_index(op.f("ix_appointments_report_id"), "appointments", ["report_id"], unique=False)
    op.create_index(op.f("ix_appointments_staff_id"), "appointments", ["staff_id"], unique=False)
    op.create_table(
        "held",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("appointment_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.CheckConstraint("NOT isempty(during)", name=op.f("ck_held_some_time")),
        postgresql.ExcludeConstraint(
            (sa.column("person_id"), "="), (sa.column("during"), "&&"), using="gist", name="one_at_a_time_person_id"
        ),
        postgresql.ExcludeConstraint(
            (sa.column("staff_id"), "="), (sa.column("during"), "&&"), using="gist", name="one_at_a_time_staff_id"
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_held_appointment_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_held_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held")),
    )
    op.create_index(op.f("ix_held_appointment_id"), "held", ["appointment_id"], unique=False)
    op.create_index(op.f("ix_held_person_id"), "held", ["person_id"], unique=False)
    op.create_table(
        "reminders",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("appointment_id", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointments.id"], name=op.f("fk_reminders_appointment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint(
            "appointment_id", "before", "starts_at", name=op.f("uq_reminders_appointment_id_before_starts_at")
        ),
    )
    op.create_index(op.f("ix_reminders_appointment_id"), "reminders", ["appointment_id"], unique=False)
    op.create_index(
        "ix_reminders_waiting", "reminders", ["due_at"], unique=False, postgresql_where=sa.text("state = 'waiting'")
    )


def downgrade() -> None:
    op.drop_index("ix_reminders_waiting", table_name="reminders", postgresql_where=sa.text("state = 'waiting'"))
    op.drop_index(op.f("ix_reminders_appointment_id"), table_name="reminders")
    op.drop_table("reminders")
    op.drop_index(op.f("ix_held_person_id"), table_name="held")
    op.drop_index(op.f("ix_held_appointment_id"), table_name="held")
    op.drop_table("held")
    op.drop_index(op.f("ix_appointments_staff_id"), table_name="appointments")
    op.drop_index(op.f("ix_appointments_report_id"), table_name="appointments")
    op.drop_index(op.f("ix_appointments_person_id"), table_name="appointments")
    op.drop_index(op.f("ix_appointments_confirmed_by"), table_name="appointments")
    op.drop_index("ix_appointments_center_starts_at", table_name="appointments")
    op.drop_table("appointments")
    op.drop_table("timetables")
    op.drop_index(op.f("ix_absences_staff_id"), table_name="absences")
    op.drop_index(op.f("ix_absences_made_by"), table_name="absences")
    op.drop_table("absences")
    op.execute(sa.schema.DropSequence(sa.Sequence("appointment_numbers")))
