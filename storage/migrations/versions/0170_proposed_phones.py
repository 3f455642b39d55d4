"""The phone that a head proposes for a center, until a second person confirms it."""

import sqlalchemy as sa
from alembic import op

revision = "0170"
down_revision = "0110"


def upgrade() -> None:
    op.add_column("centers", sa.Column("phone_proposed", sa.Text()))
    op.add_column("centers", sa.Column("phone_proposed_by", sa.BigInteger()))
    op.create_foreign_key("fk_centers_phone_proposed_by", "centers", "staff", ["phone_proposed_by"], ["id"])
    op.create_index("ix_centers_phone_proposed_by", "centers", ["phone_proposed_by"])


def downgrade() -> None:
    op.drop_column("centers", "phone_proposed_by")
    op.drop_column("centers", "phone_proposed")
