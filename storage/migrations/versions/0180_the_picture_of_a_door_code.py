"""An appointment knows the picture of its code for the door, so that it can be shown again.

Those of before find theirs: it was made in the transaction of the booking, at the same moment; where that is not one
picture, none is taken.
"""

import sqlalchemy as sa
from alembic import op

revision = "0180"
down_revision = "0190"


def upgrade() -> None:
    op.add_column("appointments", sa.Column("door_code_id", sa.BigInteger()))
    op.create_foreign_key(
        "fk_appointments_door_code_id", "appointments", "files", ["door_code_id"], ["id"], ondelete="SET NULL"
    )
    op.create_index("ix_appointments_door_code_id", "appointments", ["door_code_id"])
    op.execute(
        """
        UPDATE appointments a SET door_code_id = made.picture
        FROM (
            SELECT a.id, min(f.id) AS picture FROM appointments a
            JOIN files f ON f.person_id = a.person_id AND f.at = a.made_at AND f.type = 'image/png'
            WHERE a.means = 'visit'
            GROUP BY a.id HAVING count(*) = 1
        ) made
        WHERE made.id = a.id
        """
    )


def downgrade() -> None:
    op.drop_column("appointments", "door_code_id")
