"""What is held is a resource of whatever kind, each in a row of its own, under one constraint."""

import sqlalchemy as sa
from alembic import op

revision = "0281"
down_revision = "0280"


def upgrade() -> None:
    op.drop_constraint("one_at_a_time_staff_id", "held")
    op.drop_constraint("one_at_a_time_person_id", "held")
    op.add_column("held", sa.Column("resource", sa.Text(), nullable=True))
    op.execute("UPDATE held SET resource = 'specialist:' || staff_id")
    op.alter_column("held", "staff_id", nullable=True)
    op.execute(
        """
        INSERT INTO held (id, appointment_id, person_id, resource, during)
        SELECT nextval('ids'), appointment_id, person_id, 'person:' || person_id, during FROM held
        """
    )
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is checked at the commit would keep the table from being altered
    op.alter_column("held", "resource", nullable=False)
    op.drop_column("held", "staff_id")
    op.drop_column("held", "person_id")
    op.create_exclude_constraint("one_at_a_time", "held", ("resource", "="), ("during", "&&"), using="gist")


def downgrade() -> None:
    op.drop_constraint("one_at_a_time", "held")
    op.add_column("held", sa.Column("staff_id", sa.BigInteger(), nullable=True))
    op.add_column("held", sa.Column("person_id", sa.BigInteger(), nullable=True))
    op.execute(
        """
        UPDATE held SET staff_id = split_part(held.resource, ':', 2)::bigint,
            person_id = split_part(theirs.resource, ':', 2)::bigint
        FROM held AS theirs
        WHERE held.resource LIKE 'specialist:%' AND theirs.resource LIKE 'person:%'
            AND theirs.appointment_id = held.appointment_id AND theirs.during = held.during
        """
    )
    op.execute("DELETE FROM held WHERE staff_id IS NULL")
    op.alter_column("held", "staff_id", nullable=False)
    op.alter_column("held", "person_id", nullable=False)
    op.drop_column("held", "resource")
    op.create_foreign_key(op.f("fk_held_person_id"), "held", "people", ["person_id"], ["id"], ondelete="CASCADE")
    op.create_index(op.f("ix_held_person_id"), "held", ["person_id"], unique=False)
    for whose in ("staff_id", "person_id"):
        op.create_exclude_constraint(f"one_at_a_time_{whose}", "held", (whose, "="), ("during", "&&"), using="gist")
