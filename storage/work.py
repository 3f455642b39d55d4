"""The unit of work that everything is done in: one transaction, how a turn begins and ends in it, and its commit."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cached_property
from types import TracebackType
from typing import Any, Final, Self

import asyncpg
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from casework import pushes, rulebook, seed
from casework.actor import Channel
from casework.centers import KYIV
from casework.ids import AddressId, PersonId
from casework.letters import Letter, LetterKind, Screen
from casework.work import Unavailable
from dialogs.incoming import Incoming
from dialogs.needs import Begun, Ended, Guest
from storage.binding import BoundConnection
from storage.effects import WOKEN, Effects
from storage.parts import Parts
from storage.sealing import Seals
from storage.turns import StoredTurns

log = structlog.get_logger()

GIVE_BACK_WITHIN = 3.0
"""Seconds that a cancelled task waits for its transaction to be undone; a server that is frozen never answers."""

_WAKE: Final = text("SELECT pg_notify(:on, :what)")


def is_away(error: BaseException) -> bool:
    """Does this error mean that the database is away or full, rather than that we asked it something wrong?"""
    if isinstance(error, DBAPIError) and (
        error.connection_invalidated or isinstance(error, InterfaceError | OperationalError)
    ):
        return True
    return isinstance(
        cause_of(error),
        OSError
        | PoolTimeout
        | asyncpg.PostgresConnectionError
        | asyncpg.CannotConnectNowError
        | asyncpg.OperatorInterventionError
        | asyncpg.InterfaceError
        | asyncpg.DiskFullError
        | asyncpg.TooManyConnectionsError,
    )


def cause_of(error: BaseException) -> BaseException:
    """The driver's own error, in SQLAlchemy's wrapping or without."""
    if isinstance(error, DBAPIError):
        error = error.orig or error
        error = error.__cause__ or error
    return error


class StoredWork(Parts):
    """One transaction (`casework.work.Work`). Leaving it without `commit()` undoes everything."""

    async def __aenter__(self) -> Self:
        try:
            if not self._database.vault.ready:
                await self._database.keyring.load()
            database = self._database
            self.connection = BoundConnection(database.engine, database.vault, database.broken)
            await database.queue.take()
            try:
                await self.connection.start()
            except BaseException:
                database.queue.give_back(worked=False)
                raise
            self.effects = Effects()
            self.seals = Seals(database.keyring, self.connection, database.ids, self.now, database.broken)
            await self._open_book()
        except Exception as error:
            if is_away(error):
                raise Unavailable from error
            raise
        return self

    async def _open_book(self) -> None:
        """Read the reference data again if somebody has changed it: what is said after this transaction is of today."""
        self.book.day = self.now.astimezone(KYIV).date()
        if not self.book.stale:
            return
        wanted = self.book.wanted
        try:
            self.book.put(await self.reference.read(), wanted)
        except BaseException:
            await self._give_back(worked=False)
            raise

    @cached_property
    def _turns(self) -> StoredTurns:
        return StoredTurns(self.now, self.page, self, self.people, self.staff, self.arrivals, self.outbox, self.effects)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self._give_back(worked=error is None or not is_away(error))
        except Exception as closing:
            if error is None and not is_away(closing):
                raise
        if error is None and (looks := self.audit.take()):
            await self._record(looks)
        if error is not None and is_away(error):
            if isinstance(cause_of(error), asyncpg.DiskFullError):
                self._database.room.lacked()
            raise Unavailable from error

    @property
    def lacks_room(self) -> bool:
        """Whether something could not be kept within the last minute: the database's disk is full."""
        return self._database.room.lacks()

    @property
    def broken_rows(self) -> int:
        """How many rows this process found that are not whose they say."""
        return len(self._database.broken)

    async def _record(self, looks: Sequence[dict[str, Any]]) -> None:
        """What was read in a transaction that is undone was seen all the same."""
        async with self._database.work(self.now) as work:
            await work.audit.write(looks)
            await work.commit()

    async def _give_back(self, *, worked: bool) -> None:
        try:
            if worked and not self.connection.in_transaction():
                await self.connection.close()  # there is nothing to undo: it waits for nothing, and is not cut off
            else:
                await self._undo()
        finally:
            self._database.queue.give_back(worked=worked)

    async def _undo(self) -> None:
        """Give the connection back, even to the end of a cancelled task: left to itself, it would come back to a pool
        that is closed by then, and nobody would ever close it."""
        giving = asyncio.ensure_future(self.connection.close())
        try:
            await asyncio.shield(giving)
        except asyncio.CancelledError:
            await asyncio.wait({giving}, timeout=GIVE_BACK_WITHIN)
            giving.cancel()
            raise

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        recorded = self.audit.count()
        try:
            async with self.connection.begin_nested():
                yield
        except BaseException:
            self.audit.undo(recorded)
            raise

    async def send(self, letter: Letter) -> int:
        for apart, page in await pushes.apart(letter, self.people):
            await self.outbox.add(apart, (page, Channel.WEB))
            letter = replace(letter, screen=pushes.notice(self.page))
        return await self.outbox.add(letter)

    async def begin_turn(self, incoming: Incoming, language: str) -> Begun | None:
        return await self._turns.begin(incoming, language)

    async def gather(self, guest: Guest, incoming: Incoming) -> Begun:
        return await self._turns.gather(guest, incoming)

    async def end_turn(self, begun: Begun, ended: Ended) -> None:
        await self._turns.end(begun, ended)

    async def retract(self, person: PersonId, address: AddressId, channel: Channel) -> None:
        await self.outbox.add(Letter(person, Screen(()), LetterKind.RETRACT), (address, channel))

    def signed(self, person: PersonId, command: str, signature: str) -> bool:
        return self.seals.vault.signed("go", f"{person}:{command}", signature)

    def sign(self, person: PersonId, command: str) -> str:
        """For a button that only this person may press."""
        return self.seals.vault.sign("go", f"{person}:{command}")

    def use_draft(self, key: int | None) -> None:
        self.reports.draft_key = key

    async def seed(self) -> None:
        """What a new service begins with, where the database does not know it yet."""
        await self.reference.seed(seed.entries())
        await self.centers.seed(seed.centers(), seed.lines())

    async def commit(self) -> None:
        """Commit, and wake whoever has something to send or to show. A human calls whom a letter does not wake that has
        ended on the page, or nowhere: here alone, for all ways in which it may."""
        await self.reaching.note(self.effects.failed)
        for person, purpose, reads in await self.outbox.unheard():
            await rulebook.call_instead(person, purpose, reads, self)
        await self._commit_and_wake(list(self.effects.names()))
        if self.effects.erased or self.effects.left:
            await self._let_keys_go()
        self.effects.clear()

    async def _commit_and_wake(self, woken: Sequence[str]) -> None:
        """Couriers of other processes are told after the commit, see `storage/announcing.py`; all else within it."""
        letters = self.effects.letters if self._database.announcer.open else frozenset[str]()
        for name in woken:
            if name not in letters:
                await self.connection.execute(_WAKE, {"on": WOKEN, "what": name})
        head = await self.audit.chain()
        if self.connection.in_transaction():
            await self.connection.commit()
        if head is not None:
            self._database.heads.grown(head)
        self._database.announcer.add(letters)
        for name in woken:
            self._database.wake(name)

    async def _let_keys_go(self) -> None:
        """After the commit: what is erased, or left by everybody, is deleted from the keyring. If that is away by now,
        a tick does it."""
        try:
            if self.effects.left:
                await self._database.keyring.erase(self.effects.left, self.now, noted=False)
            await self.tell_erased()
        except Exception as error:
            if not is_away(error):
                raise
            log.warning("the keyring is away; erased keys are deleted when it is back")

    async def tell_erased(self) -> None:
        """The keyring deletes keys that were erased here, and every process forgets them."""
        await self._commit_and_wake([f"erased:{key}" for key in await self.erasing.tell()])
