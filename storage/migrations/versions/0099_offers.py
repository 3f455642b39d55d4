"""Which letters offer something that has not been pressed yet: what is on their buttons can be typed."""

import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "0098"


def upgrade() -> None:
    op.add_column("letters", sa.Column("offers", sa.Boolean(), nullable=False, server_default="false"))
    op.create_index(
        "ix_letters_offers",
        "letters",
        ["address_id", "position"],
        postgresql_where=sa.text("offers AND state = 'sent'"),
    )


def downgrade() -> None:
    op.drop_index("ix_letters_offers", "letters")
    op.drop_column("letters", "offers")
