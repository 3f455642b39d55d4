"""Sessions on the web page: which browser belongs to whom, and which has only used an invitation so far.

A session is an address like any other: its hash is that of its token, its text the person's id, for the page's speaker
appends to a thread and not to a browser. The token itself is kept nowhere.
"""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Final

import pyotp
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    LargeBinary,
    Table,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from casework.actor import Channel
from casework.ids import AddressId, PersonId, StaffId
from casework.sessions import INVITE_LASTS, SESSION_LASTS, Enrolment, Session, Verdict
from storage.addresses import addresses
from storage.binding import BoundConnection
from storage.effects import Effects
from storage.ids import Ids
from storage.lineage import open_origin, word_hash
from storage.people import StoredPeople, people
from storage.schema import Holder, bound, key, metadata, moment, ref, sealed
from storage.sealing import Seals, owned_keys
from storage.staff import StoredStaff, invites, staff

TOKEN_BYTES = 32
TOUCH_EVERY = timedelta(hours=1)
"""A session's end moves on at most so often: reading needs no write."""

enrolments = Table(
    "enrolments",
    metadata,
    key(),
    ref("staff_id", "staff", cascade=True),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("reset", Boolean, nullable=False, server_default="false"),
    sealed("totp", "enrolments.totp", Holder.MEMBER),
    moment("ends_at", null=False),
    bound("enrolments", "staff_id", "hash", "reset"),
)
"""Browsers between the press on an invitation and the first code; `totp` is the secret now being enrolled."""

_BY_TOKEN: Final = (
    select(addresses.c.id, addresses.c.expires_at, people.c.id.label("person"), people.c.language)
    .add_columns(people.c.consent, exists().where(staff.c.person_id == people.c.id).label("is_or_was_member"))
    .join(people, people.c.id == addresses.c.person_id)
    .where(addresses.c.hash == bindparam("hash"), addresses.c.expires_at > bindparam("now"))
)
"""Made once: it is asked for every request, and for each look of a waiting page."""


class StoredSessions:
    """Sessions and enrolments, found by the token that a browser shows."""

    def __init__(
        self,
        connection: BoundConnection,
        seals: Seals,
        ids: Ids,
        now: datetime,
        kept: StoredPeople,
        members: StoredStaff,
        effects: Effects,
    ) -> None:
        self._effects = effects
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now
        self._people, self._staff = kept, members

    def _hash(self, token: str) -> bytes:
        return self._seals.vault.lookup(f"address/{Channel.WEB}", token)

    async def begin(self, language: str) -> str:
        """A session for somebody new; its token."""
        return await self._begin_for(await self._people.add(language))

    async def _begin_for(self, person: PersonId) -> str:
        token = token_urlsafe(TOKEN_BYTES)
        ends = self._now + SESSION_LASTS
        await self._people.join_address(person, Channel.WEB, str(person), self._hash(token), ends)
        return token

    async def find(self, token: str) -> Session | Enrolment | None:
        """Whose browser this is; None if it is nobody's, or no longer. Its use puts off its end."""
        return await self._session(token) or await self._enrolment(token)

    async def _session(self, token: str) -> Session | None:
        found = await self._connection.run(_BY_TOKEN, {"hash": self._hash(token), "now": self._now})
        if not found:
            return None
        [row] = found
        ends = row.expires_at
        if ends < self._now + SESSION_LASTS - TOUCH_EVERY:
            ends = self._now + SESSION_LASTS
            await self._connection.execute(update(addresses).where(addresses.c.id == row.id).values(expires_at=ends))
        member = None
        if row.is_or_was_member:  # no family waits for a second statement
            member = await self._staff.member_of(PersonId(row.person), AddressId(row.id))
            if member is None:
                return None  # no longer one of the staff: what they were shown there is not theirs to keep
        return Session(
            AddressId(row.id), PersonId(row.person), row.language, ends, consented=row.consent is not None, staff=member
        )

    async def _enrolment(self, token: str) -> Enrolment | None:
        row = (
            await self._connection.execute(
                select(enrolments, staff.c.totp.label("known"), staff.c.name.label("name"), people.c.language)
                .join(staff, staff.c.id == enrolments.c.staff_id)
                .join(people, people.c.id == staff.c.person_id)
                .where(enrolments.c.hash == self._hash(token), enrolments.c.ends_at > self._now, staff.c.active)
            )
        ).one_or_none()
        if row is None:
            return None
        known = row.known is not None and not row.reset
        return Enrolment(
            row.id,
            StaffId(row.staff_id),
            row.language,
            row.ends_at,
            known=known,
            shown=row.totp is not None,
            named=bool(row.name and await self._seals.unseal(staff.c.name, row.staff_id, row.name)),
        )

    async def open_invite(self, code: str) -> str | None:
        """Use an invitation up; the token of a browser that may now enrol. None if it is used, old or unknown, or comes
        without the word that goes with it, "code.WORD"."""
        code, _, word = code.partition(".")
        if not await self._worded(code, word):
            return None
        used = (
            await self._connection.execute(
                update(invites)
                .where(
                    invites.c.hash == self._seals.vault.lookup("invite", code),
                    invites.c.used_at.is_(None),
                    invites.c.expires_at > self._now,
                    exists().where(staff.c.id == invites.c.staff_id, staff.c.active),
                )
                .values(used_at=self._now)
                .returning(invites.c.staff_id, invites.c.reset)
            )
        ).one_or_none()
        if used is None:
            return None
        token = token_urlsafe(TOKEN_BYTES)
        await self._connection.execute(
            enrolments.insert().values(
                id=await self._ids.take(self._connection),
                staff_id=used.staff_id,
                hash=self._hash(token),
                reset=used.reset,
                ends_at=self._now + INVITE_LASTS,
            )
        )
        return token

    async def _worded(self, code: str, word: str) -> bool:
        """Does an invitation that lets a second factor be enrolled come with the second person's word, if any?"""
        named = (
            select(invites.c.staff_id, invites.c.reset, staff.c.totp)
            .join(staff, staff.c.id == invites.c.staff_id)
            .where(invites.c.hash == self._seals.vault.lookup("invite", code))
        )
        row = (await self._connection.execute(named)).one_or_none()
        if row is None or (row.totp is not None and not row.reset):
            return True
        found = (await self._connection.execute(open_origin(row.staff_id))).one_or_none()
        return found is None or found.word is None or found.word == word_hash(self._seals, word)

    async def secret(self, enrolment: Enrolment) -> str | None:
        """A new second factor's secret; None where it was told before, or one is known that must be given instead."""
        if enrolment.known:
            return None
        fresh = pyotp.random_base32()
        blob = await self._seals.seal(enrolments.c.totp, enrolment.id, fresh, holder=enrolment.staff)
        done = await self._connection.execute(
            update(enrolments).where(enrolments.c.id == enrolment.id, enrolments.c.totp.is_(None)).values(totp=blob)
        )
        return fresh if done.rowcount else None

    async def enrol(self, enrolment: Enrolment, code: str, name: str = "") -> tuple[Verdict, str | None]:
        """Begin the role with a code, and under a `name` where none was known; the token of the session, which is a
        new one. Commit whatever the verdict."""
        row = (
            await self._connection.execute(select(enrolments).where(enrolments.c.id == enrolment.id).with_for_update())
        ).one_or_none()
        if row is None:
            return Verdict.WRONG, None
        new = None
        if row.totp is not None and not enrolment.known:
            new = await self._seals.unseal(enrolments.c.totp, row.id, row.totp)
        verdict = await self._staff.give_code(enrolment.staff, code, new=new)
        if verdict is not Verdict.GIVEN:
            return verdict, None
        await self._connection.execute(delete(enrolments).where(enrolments.c.staff_id == enrolment.staff))
        person = await self._staff.person_of(enrolment.staff)
        if name and not enrolment.named:
            await self._staff.name_as(enrolment.staff, name)
        if new is not None:  # whoever had the old second factor, or a browser of before, has them no longer
            await self._connection.execute(
                delete(addresses).where(addresses.c.person_id == person, addresses.c.channel == Channel.WEB)
            )
        token = await self._begin_for(person)
        await self._given(addresses.c.hash == self._hash(token))
        return verdict, token

    async def renew(self, session: Session, code: str) -> Verdict:
        """The second factor again, for this session alone. Commit whatever the verdict."""
        if session.staff is None:
            return Verdict.NOT_ENROLLED
        verdict = await self._staff.give_code(session.staff.id, code)
        if verdict is Verdict.GIVEN:
            await self._given(addresses.c.id == session.address)
        return verdict

    async def _given(self, here: ColumnElement[bool]) -> None:
        await self._connection.execute(update(addresses).where(here).values(factor_at=self._now))

    async def tries_again_at(self, member: StaffId) -> datetime | None:
        """When codes of the second factor are looked at again, after too many wrong ones."""
        return await self._staff.tries_again_at(member)

    async def end(self, session: Session | Enrolment) -> None:
        """This browser is nobody's any more."""
        if isinstance(session, Session):
            await self._people.leave(session.address)
        else:
            await self._connection.execute(delete(enrolments).where(enrolments.c.id == session.id))

    async def forget_ended(self) -> None:
        """Let go of sessions that have ended, and of persons who never agreed and have no way left to us."""
        await self._connection.execute(delete(enrolments).where(enrolments.c.ends_at <= self._now))
        await self._connection.execute(
            delete(addresses).where(
                or_(addresses.c.channel == Channel.WEB, addresses.c.expires_at < self._now - TOUCH_EVERY),
                # without an end: made by the desk for a message that came while its session was being left
                func.coalesce(addresses.c.expires_at, addresses.c.made_at + TOUCH_EVERY) <= self._now,
            )
        )
        nobody = (
            people.c.consent.is_(None),
            people.c.made_at < self._now - TOUCH_EVERY,
            ~exists().where(addresses.c.person_id == people.c.id),
            ~exists().where(staff.c.person_id == people.c.id),
        )
        owned = select(owned_keys.c.key_id).join(people, people.c.id == owned_keys.c.person_id).where(*nobody)
        self._effects.left |= set(await self._connection.scalars(owned))
        gone = await self._connection.scalars(delete(people).where(*nobody).returning(people.c.key_id))
        self._effects.left |= set(gone)
