"""Persons, their addresses and their conversations: the row that every message locks first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Integer,
    Table,
    Text,
    delete,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Channel
from casework.addresses import SILENCE
from casework.costs import SESSION
from casework.ids import AddressId, PersonId, StaffId
from casework.people import Opens, Person, Profile
from casework.unreadable import UNREADABLE, NotReadable
from casework.values import PersonName, Phone
from dialogs.calls import typed_phone
from dialogs.conversation import Conversation, Scripts
from dialogs.draft import Draft
from dialogs.needs import Guest
from dialogs.questions import Answer
from dialogs.renewing import GONE
from storage.addresses import StoredAddresses, addresses
from storage.changes import changed
from storage.effects import Effects
from storage.ending import person_held
from storage.ids import Ids
from storage.keyring import KeyOf
from storage.schema import Holder, among, bound, key, metadata, moment, names_key, ref, sealed
from storage.sealing import Seals, key_of


@dataclass(frozen=True)
class _SealedDraft:
    """A draft's inside, as it is sealed; of the one under way, also the name of the question that is asked."""

    answers: dict[str, Answer]
    former: dict[str, Answer]
    asked: str | None = None


UNREADABLE_PROFILE: Final = Profile(PersonName(UNREADABLE), Phone(UNREADABLE))

people = Table(
    "people",
    metadata,
    key(),
    names_key(),
    Column("language", Text, nullable=False),
    Column("consent", Text),
    sealed("profile", "people.profile", Holder.PERSON, Profile, broken=UNREADABLE_PROFILE),
    moment("paused_until"),
    moment("erase_at"),
    Column("opens", Text, nullable=False, server_default="chat"),
    moment("made_at", null=False),
    moment("agreed_at"),
    Column("heard_by", BigInteger),
    Column("serving", BigInteger, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("turn", Integer, nullable=False, server_default="0"),
    Column("more", Boolean, nullable=False, server_default="false"),
    Column("script", Text, nullable=False, server_default="menu"),
    Column("asked_letter", BigInteger),
    Column("said", Integer, nullable=False, server_default="0"),
    sealed("active", "people.active", Holder.OWN, _SealedDraft, shows=True),
)
"""`active` is the script under way with its answers; `asked_letter` the letter that carries the question now asked;
`said` counts the messages of the person's thread on the page. `serving` is the visitor in whose name a member of staff
acts; `heard_by` the member who heard the person agree."""

drafts = Table(
    "drafts",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    ref("of_id", "people", null=True, cascade=True),
    Column("script", Text, nullable=False),
    moment("parked_at", null=False),
    Column("returns", Boolean, nullable=False, server_default="false"),
    sealed("answers", "drafts.answers", Holder.OWN, _SealedDraft, null=False, shows=True),
    bound("drafts", "person_id", "of_id"),
)
"""`of_id` is the visitor in whose name a member of staff began it."""


_MISSED: ColumnElement[bool] = literal_column(
    "EXISTS (SELECT FROM missed WHERE missed.person_id = people.id AND missed.asked_at IS NULL)"
)
_DEFERRED: ColumnElement[bool] = literal_column(
    "EXISTS (SELECT FROM deferred WHERE deferred.address_id = addresses.id)"
)
_WROTE: ColumnElement[datetime | None] = literal_column(
    "(SELECT max(inbox.at) FROM inbox WHERE inbox.person_id = people.id)"
)


class StoredPeople(StoredAddresses):
    """`casework.people.People`, and the conversations for the desk."""

    def __init__(
        self,
        connection: AsyncConnection,
        seals: Seals,
        ids: Ids,
        now: datetime,
        scripts: Scripts,
        effects: Effects,
        without: Sequence[Channel] = (),
    ) -> None:
        """`without` are channels over which nothing can go from here."""
        self._connection, self._seals, self._ids, self._now, self._without = connection, seals, ids, now, without
        self._scripts = scripts
        self._kept: dict[int, tuple[Draft, ...]] = {}
        self._effects = effects

    async def enter(self, channel: Channel, address: str, language: str) -> Guest:
        """The person behind an address, locked until the transaction ends; a new one where there is none, and where
        the address is another's than it says."""
        hash = self._seals.vault.lookup(f"address/{channel}", address)
        for attempt in range(3):
            found = await self._connection.execute(
                select(people, addresses.c.id.label("address_id"), addresses.c.seen_at)
                .add_columns(_MISSED.label("missed_outage"), _WROTE.label("wrote_at"), _DEFERRED.label("deferred"))
                .join(addresses, addresses.c.person_id == people.c.id)
                .where(addresses.c.hash == hash)
                .with_for_update(of=people, key_share=True)  # a letter to the person need not wait for it
            )
            row = found.one_or_none()
            if row is not None:
                # A browser's session ends by itself long before.
                lapsed = channel is not Channel.WEB and row.seen_at <= self._now - SILENCE
                return await self._guest(row, lapsed=lapsed)
            if attempt == 1:  # it is there and counts for nothing: see `storage/binding.py`
                await self._connection.execute(delete(addresses).where(addresses.c.hash == hash))
            await self._welcome(channel, address, hash, language)
        raise LookupError("an address was made and is not there; has somebody deleted it meanwhile?")

    async def guest(self, address: AddressId) -> Guest | None:
        """Who is behind one of our addresses, and where their conversation is, as it is read and not locked."""
        found = await self._connection.execute(
            select(people, addresses.c.id.label("address_id"), addresses.c.seen_at)
            .add_columns(_MISSED.label("missed_outage"), _WROTE.label("wrote_at"), _DEFERRED.label("deferred"))
            .join(addresses, addresses.c.person_id == people.c.id)
            .where(addresses.c.id == address)
        )
        row = found.one_or_none()
        return None if row is None else await self._guest(row, lapsed=False)

    async def _welcome(self, channel: Channel, address: str, hash: bytes, language: str) -> None:
        """A person for a new address. Two first messages at once: one wins, the other finds it."""
        person = await self.add(language)
        await self.join_address(person, channel, address, hash)

    async def add(self, language: str) -> PersonId:
        """A person with a key of their own."""
        data_key = await self._seals.new_key(KeyOf.PERSON)
        person = PersonId(await self._ids.take(self._connection))
        await self._connection.execute(
            people.insert().values(id=person, key_id=data_key, language=language, made_at=self._now, script="welcome")
        )
        return person

    async def join_address(
        self, person: PersonId, channel: Channel, address: str, hash: bytes, expires_at: datetime | None = None
    ) -> None:
        id = await self._ids.take(self._connection)
        sealed_address = await self._seals.seal(addresses.c.address, id, address, holder=person)
        done = await self._connection.execute(
            insert(addresses)
            .values(
                id=id,
                person_id=person,
                channel=channel,
                hash=hash,
                address=sealed_address,
                made_at=self._now,
                seen_at=self._now,
                session_until=self._now + SESSION,
                expires_at=expires_at,
            )
            .on_conflict_do_nothing(index_elements=["hash"])
            .returning(addresses.c.id)
        )
        if done.scalar() is None:  # somebody else's first message won: this person is not needed
            await self._connection.execute(delete(people).where(people.c.id == person))

    async def _guest(self, row: Any, *, lapsed: bool) -> Guest:
        self._seals.knows(row.id, row.key_id)
        new = row.active is None and row.turn == 0
        active, asked = await self._active(row.id, row.script, row.active)
        if row.serving is not None and row.script in self._scripts.in_a_name:
            active = replace(active, of=PersonId(row.serving))
        talk = Conversation(
            active=active,
            parked=await self._parked(row.id),
            asked=asked,
            turn=row.turn,
            more=row.more,
            serving=PersonId(row.serving) if row.serving is not None else None,
        )
        person = await self._person(row)
        return Guest(
            person,
            AddressId(row.address_id),
            talk,
            row.asked_letter,
            new,
            row.missed_outage,
            lapsed,
            row.wrote_at,
            row.deferred,
        )

    async def _active(self, person: int, script: str, blob: bytes | None) -> tuple[Draft, str | None]:
        """What is under way, and the name of the question asked."""
        if blob is None:
            return Draft(script), None
        try:
            kept = await self._seals.unseal(people.c.active, person, blob)
        except NotReadable:
            return Draft(script), GONE  # it begins anew, and the person is told
        if not kept.answers and not kept.former:
            return Draft(script), kept.asked  # its key is chosen with its first answer
        return Draft(script, kept.answers, kept.former, key=key_of(blob)), kept.asked

    async def _parked(self, person: int) -> tuple[Draft, ...]:
        found = await self._connection.execute(
            select(drafts).where(drafts.c.person_id == person).order_by(drafts.c.parked_at, drafts.c.id)
        )
        parked = []
        for row in found:
            try:
                kept = await self._seals.unseal(drafts.c.answers, row.id, row.answers)
            except NotReadable:
                continue  # it stays as it is
            blob = row.answers
            of = PersonId(row.of_id) if row.of_id is not None else None
            parked.append(Draft(row.script, kept.answers, kept.former, row.id, key_of(blob), row.returns, of))
        self._kept[person] = tuple(parked)
        return tuple(parked)

    async def draft_key(self, person: PersonId, draft: Draft, own: bool) -> int:
        """The data key of a draft: its own for what is about a third person, else that of the person whose it is."""
        if draft.key is not None:
            return draft.key
        if own:
            return await self._seals.new_key(KeyOf.REPORT)
        return await self._seals.person_key(draft.of or person)

    async def remember(
        self, person: PersonId, address: AddressId, talk: Conversation, asked_letter: int | None
    ) -> None:
        """Keep where the conversation is. Drafts that came or went since it was read are written or deleted."""
        data_key = await self.draft_key(person, talk.active, own=False)
        under_way = _SealedDraft(dict(talk.active.answers), dict(talk.active.former), talk.asked)
        active = await self._seals.seal(people.c.active, person, under_way, key=data_key)
        await self._connection.execute(
            update(people)
            .where(people.c.id == person)
            .values(
                script=talk.active.script,
                active=active,
                turn=talk.turn,
                more=talk.more,
                asked_letter=asked_letter,
                serving=talk.serving,
            )
        )
        # Whoever has just written can be answered, whatever held back what we began: a limit, a balance.
        await self._connection.execute(
            update(addresses)
            .where(addresses.c.id == address)
            .values(seen_at=self._now, session_until=self._now + SESSION, active=True, retry_at=None)
        )
        before = {draft.id for draft in self._kept.get(person, ())}
        begun = (*talk.parked, *talk.aside)
        gone = before - {draft.id for draft in begun}
        if gone:
            await self._connection.execute(delete(drafts).where(among(drafts.c.id, gone)))
        for draft in begun:
            if draft.id is None:
                await self.park(person, draft)

    async def drafts(self, person: PersonId) -> Sequence[Draft]:
        """All that a person has begun, by its stored names: what is parked, then what is under way. They return to
        nothing by themselves."""
        row = (await self._connection.execute(select(people).where(people.c.id == person))).one()
        active, _ = await self._active(person, row.script, row.active)
        begun = (*await self._parked(person), active)
        return [replace(draft, id=None, returns=False) for draft in begun]

    async def typed_phone(self, person: PersonId) -> Phone | None:
        return typed_phone(reversed(await self.drafts(person)))

    async def park(self, person: PersonId, draft: Draft) -> None:
        """Keep a draft for later, under its own key where it has one."""
        id = await self._ids.take(self._connection)
        kept = _SealedDraft(dict(draft.answers), dict(draft.former))
        data_key = await self.draft_key(person, draft, own=False)
        blob = await self._seals.seal(drafts.c.answers, id, kept, key=data_key)
        await self._connection.execute(
            drafts.insert().values(
                id=id,
                person_id=person,
                script=draft.script,
                parked_at=self._now,
                returns=draft.returns,
                of_id=draft.of,
                answers=blob,
            )
        )

    async def _person(self, row: Any) -> Person:
        profile = Profile()
        if row.profile is not None:
            profile = await self._seals.unseal(people.c.profile, row.id, row.profile)
        return Person(
            PersonId(row.id),
            row.language,
            profile,
            row.consent,
            row.paused_until,
            row.erase_at,
            Opens(row.opens),
            row.agreed_at,
            StaffId(row.heard_by) if row.heard_by else None,
        )

    async def get(self, person: PersonId) -> Person:
        return (await self.many([person]))[person]

    async def many(self, wanted: Sequence[PersonId]) -> dict[PersonId, Person]:
        """Persons by id, their keys fetched at once."""
        rows = (await self._connection.execute(select(people).where(among(people.c.id, wanted)))).all()
        await self._seals.learn(row.profile for row in rows)
        return {PersonId(row.id): await self._person(row) for row in rows}

    async def keep(self, person: Person) -> None:
        values: dict[str, Any] = {}
        if person.profile != UNREADABLE_PROFILE:  # what does not open stays as it is, until it is told anew
            values["profile"] = await self._seals.seal(people.c.profile, person.id, person.profile, holder=person.id)
        await self._connection.execute(
            update(people)
            .where(people.c.id == person.id)
            .values(
                language=person.language,
                consent=person.consent,
                paused_until=person.paused_until,
                erase_at=person.erase_at,
                opens=person.opens,
                agreed_at=person.agreed_at,
                heard_by=person.heard_by,
                **values,
            )
        )
        await changed(self._connection, "person", person.id)

    async def page_only(self, person: PersonId) -> AddressId | None:
        """A browser of theirs, if that is the only place where they want to read."""
        chosen = await self._connection.scalar(select(people.c.opens).where(people.c.id == person))
        return await self.on_page(person) if chosen == Opens.PAGE else None

    async def due_for_erasure(self, now: datetime) -> Sequence[PersonId]:
        found = await self._connection.execute(
            select(people.c.id)
            .where(people.c.erase_at <= now, ~person_held(people.c.id))
            .with_for_update(skip_locked=True, of=people)
        )
        return [PersonId(id) for id in found.scalars()]

    async def next_number(self, person: PersonId) -> int:
        """The next place in the person's thread, under the lock of the person's row."""
        number = await self._connection.scalar(
            update(people).where(people.c.id == person).values(said=people.c.said + 1).returning(people.c.said)
        )
        if number is None:
            raise LookupError(f"person {person} is gone: erased, or never there")
        return int(number)

    async def count(self) -> int:
        return int(await self._connection.scalar(select(func.count()).select_from(people)) or 0)
