"""Persons, their addresses and their conversations: the row that every message locks first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    Table,
    Text,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from casework.actor import Channel
from casework.costs import SESSION
from casework.ids import AddressId, PersonId, StaffId
from casework.people import Opens, Person, Profile
from casework.unreadable import UNREADABLE, NotReadable
from casework.values import PersonName, Phone
from dialogs.calls import typed_phone
from dialogs.conversation import Conversation, Scripts
from dialogs.draft import Draft
from dialogs.questions import Answer
from dialogs.renewing import GONE
from storage.addresses import StoredAddresses, addresses
from storage.binding import BoundConnection
from storage.changes import changed
from storage.effects import Effects
from storage.ending import person_held
from storage.ids import Ids
from storage.keyring import KeyOf
from storage.schema import Holder, among, bound, found_by_key, key, metadata, moment, names_key, ref, sealed
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
    found_by_key("people", "profile"),
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


_ONE: Final = select(people).where(people.c.id == bindparam("id"))
_PARKED: Final = (
    select(drafts).where(drafts.c.person_id == bindparam("person")).order_by(drafts.c.parked_at, drafts.c.id)
)


class StoredPeople(StoredAddresses):
    """`casework.people.People`, and the conversations for the desk."""

    def __init__(
        self,
        connection: BoundConnection,
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
        found = await self._connection.execute(_PARKED, {"person": person})
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

    async def sealed_talk(self, person: PersonId, talk: Conversation) -> bytes:
        """What is under way in a conversation, as `active` holds it."""
        data_key = await self.draft_key(person, talk.active, own=False)
        under_way = _SealedDraft(dict(talk.active.answers), dict(talk.active.former), talk.asked)
        return await self._seals.seal(people.c.active, person, under_way, key=data_key)

    async def keep_drafts(self, person: PersonId, talk: Conversation) -> None:
        """Write or delete the drafts that came or went since the conversation was read."""
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
        for row in await self._connection.run(_ONE, {"id": person}):
            return await self._person(row)
        raise KeyError(f"person {person} is gone: erased, or never there")

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

    async def due_for_erasure(
        self, now: datetime, but: Collection[PersonId] = (), most: int | None = None
    ) -> Sequence[PersonId]:
        found = await self._connection.execute(
            select(people.c.id)
            .where(people.c.erase_at <= now, people.c.id.not_in(but), ~person_held(people.c.id))
            .order_by(people.c.id)
            .limit(most)
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
