"""Many addresses of one person: the chosen one, drafts that return, keys that came by joining, places in a chat."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0080"


def upgrade() -> None:
    op.add_column("addresses", sa.Column("chosen", sa.Boolean(), nullable=False, server_default="false"))
    op.add_column("drafts", sa.Column("returns", sa.Boolean(), nullable=False, server_default="false"))
    op.add_column("keys", sa.Column("person_id", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_keys_person_id"), "keys", ["person_id"], unique=False)
    op.add_column("arrivals", sa.Column("address_id", sa.BigInteger(), nullable=True))
    op.add_column("arrivals", sa.Column("place", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_arrivals_address_id"), "arrivals", ["address_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_arrivals_address_id"), table_name="arrivals")
    op.drop_column("arrivals", "place")
    op.drop_column("arrivals", "address_id")
    op.drop_index(op.f("ix_keys_person_id"), table_name="keys")
    op.drop_column("keys", "person_id")
    op.drop_column("drafts", "returns")
    op.drop_column("addresses", "chosen")
