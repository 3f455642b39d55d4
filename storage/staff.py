"""Members of staff, their roles, their second factor and their invitations."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Column, LargeBinary, Table, Text, select
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Role, Staff, Structure
from casework.ids import CenterId, PersonId, StaffId
from storage.ids import Ids
from storage.schema import key, metadata, moment, ref, sealed
from storage.sealing import Seals

staff = Table(
    "staff",
    metadata,
    key(),
    Column("person_id", BigInteger, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("center", Text),
    Column("structure", Text),
    Column("active", Boolean, nullable=False, server_default="true"),
    sealed("name"),
    sealed("totp"),
    Column("totp_step", BigInteger),
    moment("factor_at"),
    moment("made_at", null=False),
)
"""`name` and `totp` are sealed under the person's key; `totp_step` is the last time step used: a code works once."""

invites = Table(
    "invites",
    metadata,
    key(),
    ref("staff_id", "staff", cascade=True),
    Column("hash", LargeBinary, nullable=False, unique=True),
    moment("expires_at", null=False),
    moment("used_at"),
)


class StoredStaff:
    """How members of staff are kept."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def behind(self, person: PersonId) -> Staff | None:
        """The member of staff that a person is, if any and still active."""
        found = await self._connection.execute(
            select(staff).where(staff.c.person_id == person, staff.c.active.is_(True))
        )
        row = found.one_or_none()
        if row is None:
            return None
        return Staff(
            StaffId(row.id),
            PersonId(row.person_id),
            Role(row.role),
            CenterId(row.center) if row.center else None,
            Structure(row.structure) if row.structure else None,
            row.factor_at,
            row.active,
        )
