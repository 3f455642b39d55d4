"""Sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "enrolments",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("reset", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("totp", sa.LargeBinary(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_enrolments_staff_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
        sa.UniqueConstraint("hash", name=op.f("uq_enrolments_hash")),
    )
    op.create_index(op.f("ix_enrolments_staff_id"), "enrolments", ["staff_id"], unique=False)
    op.add_column("arrivals", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column("invites", sa.Column("reset", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("staff", sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    op.add_column("staff", sa.Column("tries_from", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("staff", "tries_from")
    op.drop_column("staff", "tries")
    op.drop_column("invites", "reset")
    op.drop_column("arrivals", "number")
    op.drop_index(op.f("ix_enrolments_staff_id"), table_name="enrolments")
    op.drop_table("enrolments")
