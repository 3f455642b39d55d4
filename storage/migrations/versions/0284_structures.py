"""Structures are data: what rules ask of one (`traits`) stands with its versions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0284"
down_revision = "0283"


def upgrade() -> None:
    op.add_column(
        "reference_versions", sa.Column("traits", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}")
    )
    op.alter_column("reference_versions", "traits", server_default=None)
    # Until now the code itself knew what is true of psychologists.
    op.execute(
        "UPDATE reference_versions SET traits = '{no-papers,in-despair}' FROM reference"
        " WHERE reference.id = reference_id AND sort = 'structure' AND name = 'psychologist'"
    )


def downgrade() -> None:
    op.drop_column("reference_versions", "traits")
