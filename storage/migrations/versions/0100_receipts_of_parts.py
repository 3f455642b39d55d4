"""Letters by the receipt of any of their parts: a platform tells that it could not deliver one of them."""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0099"


def upgrade() -> None:
    op.drop_index("ix_letters_receipt", table_name="letters")
    op.create_index(
        "ix_letters_receipts",
        "letters",
        [sa.text("string_to_array(receipt, ' ')")],
        postgresql_using="gin",
        postgresql_where=sa.text("channel = 'viber'"),
    )


def downgrade() -> None:
    op.drop_index("ix_letters_receipts", table_name="letters")
    op.create_index(
        "ix_letters_receipt",
        "letters",
        ["receipt"],
        unique=False,
        postgresql_where=sa.text("channel = 'viber' AND state = 'sent'"),
    )
