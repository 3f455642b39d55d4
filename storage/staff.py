"""Members of staff, their roles, their second factor and their invitations."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    LargeBinary,
    Table,
    Text,
    bindparam,
    delete,
    exists,
    func,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Role, Staff
from casework.ids import AddressId, CenterId, PersonId, StaffId, StructureId
from casework.reference import Sort
from casework.sessions import INVITE_LASTS, TRIES, TRIES_WITHIN, Verdict, step_of
from casework.staff.lineage import FOUNDERS
from casework.staff.members import Member
from casework.unreadable import UNREADABLE
from storage.addresses import addresses
from storage.ids import Ids
from storage.lineage import used
from storage.schema import Holder, at_center, bound, key, metadata, moment, naming, ref, sealed
from storage.sealing import Seals

CODE_BYTES = 24

staff = Table(
    "staff",
    metadata,
    key(),
    Column("person_id", BigInteger, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    at_center(null=True, later=True),
    *naming("structure", Sort.STRUCTURE, null=True),
    Column("active", Boolean, nullable=False, server_default="true"),
    sealed("name", "staff.name", Holder.PERSON, broken=UNREADABLE),
    sealed("shown_as", "staff.shown_as", Holder.MEMBER, broken=UNREADABLE),
    sealed("totp", "staff.totp", Holder.MEMBER),
    Column("totp_step", BigInteger),
    Column("tries", Integer, nullable=False, server_default="0"),
    moment("tries_from"),
    moment("enrolled_at"),
    moment("made_at", null=False),
    bound("staff", "person_id", "role", "center", "structure", "active", "enrolled_at"),
)
"""`name`, `totp` and `shown_as`, the first name that families may see, are sealed under the person's key; `totp_step`
is the last time step used: a code works once; `enrolled_at` is when `totp` began; `tries` counts wrong codes since
`tries_from`."""

invites = Table(
    "invites",
    metadata,
    key(),
    ref("staff_id", "staff", cascade=True),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("reset", Boolean, nullable=False, server_default="false"),
    moment("expires_at", null=False),
    moment("used_at"),
    bound("invites", "staff_id", "hash", "reset"),
)
"""`reset`: whoever uses it enrols a new second factor, also where there is one already."""


_MEMBER: Final = (
    select(staff, addresses.c.factor_at.label("given"))
    .select_from(staff.outerjoin(addresses, addresses.c.id == bindparam("session")))
    .where(staff.c.person_id == bindparam("person"), staff.c.active.is_(True))
)


def _staff(row: Any, factor_at: datetime | None = None) -> Staff:
    return Staff(
        StaffId(row.id),
        PersonId(row.person_id),
        Role(row.role),
        CenterId(row.center) if row.center else None,
        StructureId(row.structure) if row.structure else None,
        factor_at,
        row.active,
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
        structure: StructureId | None = None,
        name: str = "",
    ) -> StaffId:
        """Make a person a member of staff. They are no relative: the door with its consent is not theirs."""
        id = StaffId(await self._ids.take(self._connection))
        await self._connection.execute(
            staff.insert().values(
                id=id,
                person_id=person,
                role=role,
                center=center,
                structure=structure,
                name=await self._seals.seal(staff.c.name, id, name, holder=person) if name else None,
                made_at=self._now,
            )
        )
        await self._connection.execute(text("UPDATE people SET script = 'menu' WHERE id = :id"), {"id": person})
        return id

    async def invite(self, member: StaffId, *, reset: bool = False) -> str:
        """A code that opens the page to a member once, within 15 minutes; any earlier one works no more."""
        await self._connection.execute(delete(invites).where(invites.c.staff_id == member))
        code = token_urlsafe(CODE_BYTES)
        await self._connection.execute(
            invites.insert().values(
                id=await self._ids.take(self._connection),
                staff_id=member,
                hash=self._seals.vault.lookup("invite", code),
                reset=reset,
                expires_at=self._now + INVITE_LASTS,
            )
        )
        return code

    async def administrator(self) -> StaffId | None:
        """The administrator who was made first, of those still active."""
        found = await self._connection.scalar(
            select(staff.c.id)
            .where(staff.c.role == Role.ADMINISTRATOR, staff.c.active)
            .order_by(staff.c.made_at, staff.c.id)
            .limit(1)
        )
        return StaffId(found) if found is not None else None

    async def founding(self) -> bool:
        come = await self._connection.scalar(text("SELECT EXISTS (SELECT FROM people WHERE consent IS NOT NULL)"))
        members = await self._connection.scalar(select(func.count()).select_from(staff))
        return not come and int(members or 0) <= FOUNDERS

    async def any_enrolled(self) -> bool:
        """Has anybody ever begun a role?"""
        return bool(await self._connection.scalar(select(exists().where(staff.c.totp.is_not(None)))))

    async def give_code(self, member: StaffId, code: str, *, new: str | None = None) -> Verdict:
        """Judge a code of the second factor; `new` is the secret now being enrolled, instead of the one known.

        Wrong codes are counted, so commit whatever the verdict.
        """
        row = (await self._connection.execute(select(staff).where(staff.c.id == member).with_for_update())).one()
        since = None if row.tries_from is None else self._now - row.tries_from
        # Counted by a clock that has been set back since, they lie ahead, and lock nobody out.
        tries = row.tries if since is not None and timedelta() <= since < TRIES_WITHIN else 0
        if tries >= TRIES:
            return Verdict.TOO_OFTEN
        if new is None and row.totp is None:
            return Verdict.NOT_ENROLLED
        secret = new or await self._seals.unseal(staff.c.totp, member, row.totp)
        step = step_of(secret, code, self._now, row.totp_step if new is None else None)
        if step is None:
            begun = row.tries_from if tries else self._now
            await self._change(member, tries=tries + 1, tries_from=begun)
            return Verdict.WRONG
        if new is not None:
            blob = await self._seals.seal(staff.c.totp, member, new, holder=member)
            await self._change(member, totp=blob, enrolled_at=self._now)
            await self._connection.execute(used(member, self._now))
        await self._change(member, totp_step=step, tries=0, tries_from=None)
        return Verdict.GIVEN

    async def enrolled_at(self, member: StaffId) -> datetime | None:
        found: datetime | None = await self._connection.scalar(select(staff.c.enrolled_at).where(staff.c.id == member))
        return found

    async def tries_again_at(self, member: StaffId) -> datetime | None:
        """When codes are looked at again, after too many wrong ones."""
        begun: datetime | None = await self._connection.scalar(select(staff.c.tries_from).where(staff.c.id == member))
        return begun + TRIES_WITHIN if begun is not None else None

    async def _change(self, member: StaffId, **values: Any) -> None:
        await self._connection.execute(update(staff).where(staff.c.id == member).values(**values))

    async def person_of(self, member: StaffId) -> PersonId:
        found = await self._connection.scalar(select(staff.c.person_id).where(staff.c.id == member))
        if found is None:
            raise LookupError(f"staff {member} is not there")
        return PersonId(found)

    async def is_or_was_member(self, person: PersonId) -> bool:
        """Is or was this person a member of staff?"""
        return bool(await self._connection.scalar(select(exists().where(staff.c.person_id == person))))

    async def all(self, *, locked: bool = False) -> Sequence[Member]:
        """Every member, by name; `locked` until the transaction ends."""
        query = select(staff).order_by(staff.c.id)
        rows = (await self._connection.execute(query.with_for_update() if locked else query)).all()
        await self._seals.learn(row.name for row in rows)
        members = [
            Member(
                _staff(row),
                await self._seals.unseal(staff.c.name, row.id, row.name) if row.name else "",
                bool(row.totp),
            )
            for row in rows
        ]
        return sorted(members, key=lambda one: one.name)

    async def name(self, member: StaffId) -> str:
        """A member's name; their number where none is known, so that who proposes or signs is never nobody."""
        blob = await self._connection.scalar(select(staff.c.name).where(staff.c.id == member))
        known = await self._seals.unseal(staff.c.name, member, blob) if blob else ""
        return known or str(member)

    async def name_as(self, member: StaffId, name: str) -> None:
        blob = await self._seals.seal(staff.c.name, member, name, holder=await self.person_of(member))
        await self._change(member, name=blob)

    async def shown_as(self, member: StaffId) -> str:
        blob = await self._connection.scalar(select(staff.c.shown_as).where(staff.c.id == member))
        return await self._seals.unseal(staff.c.shown_as, member, blob) if blob else ""

    async def show_as(self, member: StaffId, name: str) -> None:
        blob = await self._seals.seal(staff.c.shown_as, member, name, holder=member) if name else None
        await self._change(member, shown_as=blob)

    async def deactivate(self, member: StaffId) -> None:
        """No longer one of the staff: invitations and sessions end, and nothing more goes to their chats."""
        await self._change(member, active=False, totp=None, shown_as=None)
        await self._connection.execute(delete(invites).where(invites.c.staff_id == member))
        person = await self.person_of(member)
        await self._connection.execute(
            text("UPDATE letters SET state = 'dropped' WHERE person_id = :id AND state = 'waiting'"), {"id": person}
        )
        await self._connection.execute(
            text("DELETE FROM addresses WHERE person_id = :id AND (channel = 'web' OR NOT active)"), {"id": person}
        )

    async def get(self, member: StaffId) -> Staff:
        return _staff((await self._connection.execute(select(staff).where(staff.c.id == member))).one())

    async def member_of(self, person: PersonId, session: AddressId | None = None) -> Staff | None:
        """The member of staff that a person is, if any and still active, as they act in a `session` on the page: the
        second factor counts where it was given."""
        row = (await self._connection.execute(_MEMBER, {"person": person, "session": session})).one_or_none()
        return None if row is None else _staff(row, row.given)
