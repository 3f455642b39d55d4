"""The threads of staff held what they were shown of families, and so did the answers that were sent to them."""

from alembic import op

revision = "0290"
down_revision = "0289"


def upgrade() -> None:
    """Both go; what staff are shown is fetched anew from now on, and recorded. Letters that have not gone yet are kept:
    they are sent without what is private."""
    op.execute("DELETE FROM thread WHERE person_id IN (SELECT person_id FROM staff)")
    op.execute(
        """
        DELETE FROM letters WHERE (kind = 'reply' OR purpose = 'work') AND state <> 'waiting'
        AND person_id IN (SELECT person_id FROM staff)
        """
    )
    op.execute("UPDATE people SET asked_letter = NULL WHERE id IN (SELECT person_id FROM staff)")


def downgrade() -> None:
    """What is gone does not come back."""
