"""What members of the security and intelligence services looked at is told to no family."""

import sqlalchemy as sa
from alembic import op

revision = "0296"
down_revision = "0295"


def upgrade() -> None:
    """What was kept before this release does not say so."""
    op.execute(
        sa.text("""
            UPDATE reference_versions SET traits = array_append(traits, 'untold')
            WHERE NOT 'untold' = ANY(traits) AND reference_id IN (
                SELECT id FROM reference WHERE sort = 'structure' AND name IN ('sbu', 'foreign-intelligence'))
        """)
    )


def downgrade() -> None:
    op.execute(
        sa.text("""
            UPDATE reference_versions SET traits = array_remove(traits, 'untold')
            WHERE 'untold' = ANY(traits)
        """)
    )
