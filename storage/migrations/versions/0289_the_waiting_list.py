"""Who waits for an earlier time, and the times that are offered to them and held meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0289"
down_revision = "0288"


def upgrade() -> None:
    op.create_table(
        "waiting",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("center", sa.Text(), nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=True),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["center"], ["centers.name"], name=op.f("fk_waiting_center")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_waiting_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_waiting_report_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
        sa.UniqueConstraint("person_id", "what", name=op.f("uq_waiting_person_id_what")),
    )
    op.create_index(op.f("ix_waiting_center"), "waiting", ["center"], unique=False)
    op.create_index(op.f("ix_waiting_person_id"), "waiting", ["person_id"], unique=False)
    op.create_index(op.f("ix_waiting_report_id"), "waiting", ["report_id"], unique=False)
    op.create_index("ix_waiting_what_since", "waiting", ["what", "since"], unique=False)
    op.create_table(
        "offers",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("waiting_id", sa.BigInteger(), nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.ForeignKeyConstraint(["waiting_id"], ["waiting.id"], name=op.f("fk_offers_waiting_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint(
            "waiting_id", "resource", "starts_at", name=op.f("uq_offers_waiting_id_resource_starts_at")
        ),
    )
    op.create_index(
        "ix_offers_one_at_a_time", "offers", ["waiting_id"], unique=True, postgresql_where=sa.text("state = 'open'")
    )
    op.create_index("ix_offers_until", "offers", ["until"], unique=False, postgresql_where=sa.text("state = 'open'"))
    op.create_index(op.f("ix_offers_waiting_id"), "offers", ["waiting_id"], unique=False)
    op.add_column("held", sa.Column("offer_id", sa.BigInteger(), nullable=True))
    op.alter_column("held", "appointment_id", existing_type=sa.BIGINT(), nullable=True)
    op.create_index(op.f("ix_held_offer_id"), "held", ["offer_id"], unique=False)
    op.create_foreign_key(
        op.f("fk_held_offer_id"),
        "held",
        "offers",
        ["offer_id"],
        ["id"],
        ondelete="CASCADE",
        initially="DEFERRED",
        deferrable=True,
    )
    op.create_check_constraint(op.f("ck_held_by_one"), "held", "num_nonnulls(appointment_id, offer_id) = 1")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_held_by_one"), "held")
    op.execute("DELETE FROM held WHERE appointment_id IS NULL")
    op.drop_constraint(op.f("fk_held_offer_id"), "held", type_="foreignkey")
    op.drop_index(op.f("ix_held_offer_id"), table_name="held")
    op.alter_column("held", "appointment_id", existing_type=sa.BIGINT(), nullable=False)
    op.drop_column("held", "offer_id")
    op.drop_index(op.f("ix_offers_waiting_id"), table_name="offers")
    op.drop_index("ix_offers_until", table_name="offers", postgresql_where=sa.text("state = 'open'"))
    op.drop_index("ix_offers_one_at_a_time", table_name="offers", postgresql_where=sa.text("state = 'open'"))
    op.drop_table("offers")
    op.drop_index("ix_waiting_what_since", table_name="waiting")
    op.drop_index(op.f("ix_waiting_report_id"), table_name="waiting")
    op.drop_index(op.f("ix_waiting_person_id"), table_name="waiting")
    op.drop_index(op.f("ix_waiting_center"), table_name="waiting")
    op.drop_table("waiting")
