"""Whose a row is, is bound by a keyed hash."""

import sqlalchemy as sa
from alembic import op

revision = "0294"
down_revision = "0293"

TABLES = (
    "addresses",
    "appointments",
    "calls",
    "cases",
    "contacts",
    "deferred",
    "drafts",
    "enrolments",
    "files",
    "inbox",
    "invitations",
    "invites",
    "joins",
    "kinship_documents",
    "kinships",
    "known_numbers",
    "letters",
    "links",
    "notes",
    "origins",
    "proposals",
    "quarantine",
    "readings",
    "reports",
    "staff",
    "tellings",
    "thread",
    "updates",
    "voices",
)


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("bound", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_column(table, "bound")
