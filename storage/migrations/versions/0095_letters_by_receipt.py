"""Letters by receipt: a platform tells that it could not deliver what it had taken."""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0090"


def upgrade() -> None:
    op.create_index(
        "ix_letters_receipt",
        "letters",
        ["receipt"],
        unique=False,
        postgresql_where=sa.text("channel = 'viber' AND state = 'sent'"),
    )


def downgrade() -> None:
    op.drop_index("ix_letters_receipt", table_name="letters")
