"""What was told, by whom and when; numbers of other bodies; why a file was refused; which papers a verifier saw."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0070"


def upgrade() -> None:
    op.create_table(
        "tellings",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_tellings_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tellings")),
    )
    op.create_index(op.f("ix_tellings_report_id"), "tellings", ["report_id"], unique=False)
    op.create_table(
        "known_numbers",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_known_numbers_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_numbers")),
    )
    op.create_index(op.f("ix_known_numbers_hash"), "known_numbers", ["hash"], unique=False)
    op.create_index(op.f("ix_known_numbers_report_id"), "known_numbers", ["report_id"], unique=False)
    op.add_column("files", sa.Column("refused_for", sa.Text(), nullable=True))
    op.add_column("kinships", sa.Column("seen", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("kinships", "seen")
    op.drop_column("files", "refused_for")
    op.drop_table("known_numbers")
    op.drop_table("tellings")
