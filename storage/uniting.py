"""Two persons turn out to be one: everything of the other becomes the person's.

Nothing is sealed anew but addresses: every sealed value names its key, so the other's key is kept, as one that came to
the person and is erased with them.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework import holding
from casework.actor import TELEPHONE, Channel
from casework.ids import AddressId, PersonId, ReportId
from dialogs.conversation import Scripts
from storage.addresses import addresses
from storage.booking import appointments
from storage.call_words import call_words
from storage.calls import calls
from storage.cases import call_attempts
from storage.changes import changed
from storage.checks import no_news
from storage.contact import contacts
from storage.correspondence import answers, correspondences
from storage.deferred import deferred
from storage.files import files
from storage.holding import Holding
from storage.inbox import inbox
from storage.minors import minors
from storage.outages import missed
from storage.outbox import letters
from storage.people import StoredPeople, drafts, people
from storage.quarantine import quarantine
from storage.reaching import reach_steps
from storage.registering import reports
from storage.sealing import Seals, owned_keys
from storage.threads import StoredThreads
from storage.updates import StoredUpdates
from storage.waiting_list import waiting

MOVED: tuple[Table, ...] = (
    letters,
    files,
    calls,
    inbox,
    correspondences,
    answers,
    deferred,
    call_attempts,
    contacts,
    reach_steps,
    call_words,
    minors,
    no_news,
    appointments,
    waiting,
    reports,
    quarantine,
)
"""Tables whose rows simply become the person's. Apart are addresses, drafts, the thread, what was read of updates and
what is asked after an outage; codes and tries go with who they were."""


class Uniting:
    """Within one transaction."""

    def __init__(
        self,
        connection: AsyncConnection,
        seals: Seals,
        now: datetime,
        kept: StoredPeople,
        threads: StoredThreads,
        updates: StoredUpdates,
        held: Holding,
        scripts: Scripts,
    ) -> None:
        self._connection, self._seals, self._now, self._scripts = connection, seals, now, scripts
        self._people, self._threads, self._updates, self._holding = kept, threads, updates, held

    async def unite(self, person: PersonId, other: PersonId) -> Sequence[tuple[AddressId, Channel]] | None:
        """Returns the other's addresses, the one that they wrote from last at the end. None if one of the two is just
        being served: they may be in the middle of a message, and waiting for each other would never end."""
        if not await self._free(person) or not await self._free(other) or not await self._served(person, other):
            return None
        came = await self._addresses(person, other)
        await self._drafts(person, other)
        await self._threads.hand_over(other, person)
        await self._updates.hand_over(other, person)
        asked = select(missed.c.outage_id).where(missed.c.person_id == person)
        owed = missed.c.person_id == other, missed.c.outage_id.not_in(asked)
        await self._connection.execute(update(missed).where(*owed).values(person_id=person))
        lines = select(waiting.c.what).where(waiting.c.person_id == person)
        await self._connection.execute(delete(waiting).where(waiting.c.person_id == other, waiting.c.what.in_(lines)))
        await self._holding.hand_over(holding.person(other), holding.person(person))
        theirs = await self._connection.scalars(select(reports.c.id).where(reports.c.person_id == other))
        for report in theirs.all():
            await changed(self._connection, "report", ReportId(report))
        for table in MOVED:
            await self._connection.execute(update(table).where(table.c.person_id == other).values(person_id=person))
        theirs_now = update(reports).where(reports.c.person_id == person).values(contact_look_at=None)
        await self._connection.execute(theirs_now)
        key = await self._seals.person_key(other)
        owned = update(owned_keys).where(owned_keys.c.person_id == other).values(person_id=person)
        await self._connection.execute(owned)
        await self._connection.execute(insert(owned_keys).values(key_id=key, person_id=person))
        await self._connection.execute(delete(people).where(people.c.id == other))
        await changed(self._connection, "person", other)
        return came

    async def _free(self, person: PersonId) -> bool:
        """Take the person's row, if nobody else holds it."""
        found = await self._connection.scalar(
            select(people.c.id).where(people.c.id == person).with_for_update(skip_locked=True)
        )
        return found is not None

    async def _served(self, person: PersonId, other: PersonId) -> bool:
        """Staff who act in the other's name go on in the person's; False if one of them is just doing so."""
        serving = select(people.c.id).where(people.c.serving == other)
        all_of_them = (await self._connection.scalars(serving)).all()
        free = (await self._connection.scalars(serving.with_for_update(skip_locked=True))).all()
        if len(free) < len(all_of_them):
            return False
        await self._connection.execute(update(people).where(people.c.serving == other).values(serving=person))
        await self._connection.execute(update(drafts).where(drafts.c.of_id == other).values(of_id=person))
        return True

    async def _addresses(self, person: PersonId, other: PersonId) -> list[tuple[AddressId, Channel]]:
        came = []
        query = select(addresses).where(addresses.c.person_id == other).order_by(addresses.c.seen_at)
        for row in (await self._connection.execute(query)).all():
            if row.channel in TELEPHONE:  # chosen for the other; the person chooses anew
                await self._people.leave(AddressId(row.id))
                continue
            # The page's address is the person's id, a chat's is the platform's.
            web = row.channel == Channel.WEB
            text = str(person) if web else await self._seals.unseal(addresses.c.address, row.id, row.address)
            blob = await self._seals.seal(addresses.c.address, row.id, text, holder=person)
            await self._connection.execute(
                update(addresses).where(addresses.c.id == row.id).values(person_id=person, address=blob, chosen=False)
            )
            came.append((AddressId(row.id), Channel(row.channel)))
        return came

    async def _drafts(self, person: PersonId, other: PersonId) -> None:
        """What the other had begun can be gone on with; also what they were at just now."""
        for draft in await self._people.drafts(other):
            if self._scripts.keeps(draft):
                await self._people.park(person, draft)
