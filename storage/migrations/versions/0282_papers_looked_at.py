"""Of each paper is kept whether it stood before whoever decided on the kinship, and no longer guessed by its time."""

import sqlalchemy as sa
from alembic import op

revision = "0282"
down_revision = "0281"


def upgrade() -> None:
    op.add_column("kinship_documents", sa.Column("looked", sa.Boolean(), server_default="false", nullable=False))
    op.execute(
        """
        UPDATE kinship_documents AS d SET looked = true FROM kinships AS k
        WHERE k.report_id = d.report_id AND d.at <= k.changed_at AND k.state NOT IN ('declared', 'changed')
        """
    )


def downgrade() -> None:
    op.drop_column("kinship_documents", "looked")
