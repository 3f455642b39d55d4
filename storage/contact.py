"""The record of contacts."""

from collections.abc import Sequence

from sqlalchemy import BigInteger, Column, Table, Text, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.contact.record import Contact, ContactKind
from casework.ids import PersonId, ReportId, StaffId
from storage.ids import Ids
from storage.schema import bound, key, metadata, moment, ref

contacts = Table(
    "contacts",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    ref("report_id", "reports", null=True, cascade=True),
    Column("kind", Text, nullable=False),
    moment("at", null=False),
    Column("by_id", BigInteger, nullable=False),
    Column("about", BigInteger, nullable=False, unique=True),
    bound("contact", "person_id", "report_id", "kind", "at", "by_id", "about"),
)
"""Only added to. `about` is the id of what it came of, which may be gone: a copy of an update, a call, a visit."""


class StoredContacts:
    """How it is kept: `casework.contact.record.Contacts`."""

    def __init__(self, connection: AsyncConnection, ids: Ids) -> None:
        self._connection, self._ids = connection, ids

    async def add(self, contact: Contact, about: int) -> None:
        id = await self._ids.take(self._connection)
        values = {
            "person_id": contact.person,
            "report_id": contact.report,
            "kind": contact.kind,
            "at": contact.at,
            "by_id": contact.by,
        }
        once = insert(contacts).values(id=id, about=about, **values).on_conflict_do_nothing(index_elements=["about"])
        await self._connection.execute(once)

    async def of(self, person: PersonId) -> Sequence[Contact]:
        query = select(contacts).where(contacts.c.person_id == person).order_by(contacts.c.at.desc(), contacts.c.id)
        return [
            Contact(
                PersonId(row.person_id),
                ReportId(row.report_id) if row.report_id else None,
                ContactKind(row.kind),
                row.at,
                StaffId(row.by_id),
            )
            for row in await self._connection.execute(query)
        ]
