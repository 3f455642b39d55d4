"""How often a number was guessed is counted in one table, whatever the number is of."""

import sqlalchemy as sa
from alembic import op

revision = "0300"
down_revision = "0299"


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_attempts_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "what", name="pk_attempts"),
    )
    op.execute(
        "INSERT INTO attempts (person_id, what, count, since)"
        " SELECT person_id, 'link', count, since FROM link_tries WHERE person_id IN (SELECT id FROM people)"
        " UNION ALL SELECT person_id, 'code', count(*), min(at) FROM code_tries GROUP BY person_id"
    )
    op.drop_table("link_tries")
    op.drop_table("code_tries")


def downgrade() -> None:
    op.create_table(
        "code_tries",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_code_tries_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_code_tries"),
    )
    op.create_index("ix_code_tries_person_id", "code_tries", ["person_id"])
    op.create_table(
        "link_tries",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_link_tries"),
    )
    op.execute(
        "INSERT INTO link_tries (person_id, count, since)"
        " SELECT person_id, count, since FROM attempts WHERE what = 'link'"
    )
    op.drop_table("attempts")
