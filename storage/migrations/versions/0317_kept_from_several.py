"""A correspondence is kept from every member instead of whom the relative has asked for another, not from the last."""

import sqlalchemy as sa
from alembic import op

revision = "0317"
down_revision = "0316"


def upgrade() -> None:
    op.add_column(
        "correspondences", sa.Column("kept_from", sa.ARRAY(sa.BigInteger()), server_default="{}", nullable=False)
    )
    # What binds the rows is another column now: they are bound anew, under another name, when the service starts.
    op.execute("UPDATE correspondences SET kept_from = array_remove(ARRAY[kept_from_id], NULL), bound = NULL")
    op.drop_column("correspondences", "kept_from_id")


def downgrade() -> None:
    op.add_column("correspondences", sa.Column("kept_from_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key("fk_correspondences_kept_from_id", "correspondences", "staff", ["kept_from_id"], ["id"])
    op.create_index("ix_correspondences_kept_from_id", "correspondences", ["kept_from_id"])
    op.execute("UPDATE correspondences SET kept_from_id = kept_from[array_upper(kept_from, 1)], bound = NULL")
    op.drop_column("correspondences", "kept_from")
