"""Codes that join a second address to a person."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Channel
from casework.ids import AddressId, AppointmentId, PersonId
from casework.linking import LETTERS, LINK_CODE_LENGTH, Link, LinkId
from storage.ids import Ids
from storage.schema import bound, key, metadata, moment, ref
from storage.sealing import Seals
from storage.uniting import Uniting

links = Table(
    "links",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("shown_at", BigInteger),
    Column("typed_by", BigInteger),
    moment("expires_at", null=False),
    Column("appointment_id", BigInteger, ForeignKey("appointments.id", ondelete="SET NULL"), index=True),
    bound("links", "person_id", "hash", "shown_at", "typed_by"),
)
"""`hash` is the code's keyed hash; `shown_at` an address, `typed_by` a person: ids only, either may be gone.
`appointment_id` is the visit to whose address a page that is joined goes on."""


class StoredLinks:
    """How codes are kept: `casework.linking.Links`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime, uniting: Uniting) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now
        self._uniting = uniting

    def _hash(self, code: str, what: str = "link") -> bytes:
        return self._seals.vault.lookup(what, code)

    async def show(
        self, person: PersonId, at: AddressId | None, until: datetime, visit: AppointmentId | None = None
    ) -> str:
        return await self._show("link", person, at, until, visit)

    async def claim(self, person: PersonId, at: AddressId | None, until: datetime) -> str:
        return await self._show("claim", person, at, until)

    async def hand(self, person: PersonId, until: datetime) -> str:
        return await self._show("hand", person, None, until)

    async def handed(self, code: str) -> Link | None:
        return await self._under(self._hash(code, "hand"))

    async def _show(
        self, what: str, person: PersonId, at: AddressId | None, until: datetime, visit: AppointmentId | None = None
    ) -> str:
        """A code of one kind is none of the other: each has a hash of its own."""
        code = "".join(secrets.choice(LETTERS) for _ in range(LINK_CODE_LENGTH))
        await self._connection.execute(delete(links).where(links.c.person_id == person))
        await self._connection.execute(delete(links).where(links.c.expires_at <= self._now))
        await self._connection.execute(
            links.insert().values(
                id=await self._ids.take(self._connection),
                person_id=person,
                hash=self._hash(code, what),
                shown_at=at,
                expires_at=until,
                appointment_id=visit,
            )
        )
        return code

    async def shown(self, code: str) -> Link | None:
        return await self._under(self._hash(code))

    async def typed(self, link: LinkId, by: PersonId) -> None:
        await self._connection.execute(update(links).where(links.c.id == link).values(typed_by=by))

    async def claimed(self, code: str) -> Link | None:
        return await self._under(self._hash(code, "claim"))

    async def _under(self, hash: bytes) -> Link | None:
        found = await self._connection.scalar(
            select(links.c.id).where(links.c.hash == hash, links.c.expires_at > self._now).with_for_update()
        )
        return await self.get(LinkId(found)) if found is not None else None

    async def get(self, link: LinkId) -> Link | None:
        row = (await self._connection.execute(select(links).where(links.c.id == link))).one_or_none()
        if row is None:
            return None
        return Link(
            LinkId(row.id),
            PersonId(row.person_id),
            AddressId(row.shown_at) if row.shown_at else None,
            PersonId(row.typed_by) if row.typed_by else None,
            row.expires_at,
            AppointmentId(row.appointment_id) if row.appointment_id else None,
        )

    async def join(self, person: PersonId, other: PersonId) -> Sequence[tuple[AddressId, Channel]] | None:
        joined = await self._uniting.unite(person, other)
        if joined is not None:  # the other's went with them
            await self._connection.execute(delete(links).where(links.c.person_id == person))
        return joined

    async def end(self, link: LinkId) -> None:
        await self._connection.execute(delete(links).where(links.c.id == link))
