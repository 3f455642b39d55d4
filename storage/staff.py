"""Members of staff, their roles, their second factor and their invitations."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Column, LargeBinary, Table, Text, select, text, update
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

    async def add(
        self,
        person: PersonId,
        role: Role,
        *,
        center: CenterId | None = None,
        structure: Structure | None = None,
        name: str = "",
    ) -> StaffId:
        """Make a person a member of staff. They are no relative: the door with its consent is not theirs."""
        id = StaffId(await self._ids.take(self._connection))
        data_key = await self._seals.person_key(person)
        await self._connection.execute(
            staff.insert().values(
                id=id,
                person_id=person,
                role=role,
                center=center,
                structure=structure,
                name=await self._seals.seal(data_key, "staff.name", id, name),
                made_at=self._now,
            )
        )
        await self._connection.execute(text("UPDATE people SET script = 'menu' WHERE id = :id"), {"id": person})
        return id

    async def gave_factor(self, member: StaffId) -> None:
        """The second factor was given on the page, now."""
        await self._connection.execute(update(staff).where(staff.c.id == member).values(factor_at=self._now))

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
