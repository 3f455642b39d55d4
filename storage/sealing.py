"""Sealing: personal data is encrypted by the program before it reaches the database.

AES-256-GCM; a data key for each holder (a relative, a report), kept wrapped in the keyring (`storage/keyring.py`).
Every sealed value names its key, so that merging, un-merging and erasing one
of two relatives re-seal nothing. Associated data binds table, column and row: a value moved elsewhere does not
open.

A sealed column knows the permanent name that its values are bound to, their type and whose key seals them
(`sealed` in `storage/schema.py`); no name is written where something is sealed or opened. It knows too what is shown
of a value that does not open. `Seals.unseal` is the one place where that is decided, and where it is told.

Layout of a sealed value: version (1 byte) | key id (8) | nonce (12) | ciphertext with tag. Before it is encrypted a
value is padded to a class of sizes, as ISO/IEC 7816-4 says (0x80, then zeros), so that its length does not tell a name
or a "yes"; version 1, from before, has none and still opens.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Boolean, Column, Index, Table, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.unreadable import NotReadable, certain
from storage.binding import BrokenRows
from storage.ids import Ids
from storage.keyring import KeyOf, Keyring
from storage.schema import Holder, metadata, moment, ref, seal_of
from storage.vault import SealBroken

owned_keys = Table(
    "owned_keys",
    metadata,
    Column("key_id", BigInteger, primary_key=True, autoincrement=False),
    ref("person_id", "people", cascade=True),
)
"""Keys that belong to a person beside their own, with all that is sealed under them, and are erased with them: those of
another whom they turned out to be. The key of a case could come to the one who returned in the same way."""

erased_keys = Table(
    "erased_keys",
    metadata,
    Column("key_id", BigInteger, primary_key=True, autoincrement=False),
    moment("at", null=False),
    Column("told", Boolean, nullable=False, server_default="false"),
    Index("ix_erased_keys_untold", "key_id", postgresql_where=text("NOT told")),
)
"""Whose key was erased in these data. Until the keyring was `told`, the key is still there: a tick tells it again."""


PADDED: Final = b"\x02"
SMALLEST: Final = 64
FINE: Final = 256
"""Bytes: up to here a class is each multiple of the smallest; above, a quarter of the power of two below."""


def padded(plain: bytes) -> bytes:
    """A value with its mark, of the length of its class: at most a quarter longer, from 256 bytes on."""
    length = len(plain) + 1
    step = SMALLEST if length <= FINE else 1 << ((length - 1).bit_length() - 3)
    return (plain + b"\x80").ljust(-(-length // step) * step, b"\0")


def unpadded(plain: bytes) -> bytes:
    """What was padded."""
    return plain.rstrip(b"\0")[:-1]


_KEYS = {
    Holder.MEMBER: text("SELECT p.key_id FROM staff s JOIN people p ON p.id = s.person_id WHERE s.id = :id"),
    Holder.REPORT: text("SELECT key_id FROM reports WHERE id = :id"),
    Holder.CASE: text("SELECT key_id FROM cases WHERE id = :id"),
    Holder.UPDATE: text("SELECT c.key_id FROM updates u JOIN cases c ON c.id = u.case_id WHERE u.id = :id"),
}


@cache
def _adapter(of: Any) -> TypeAdapter[Any]:
    return TypeAdapter(of)


def key_of(blob: bytes) -> int:
    """The id of the data key under which a value is sealed."""
    return int.from_bytes(blob[1:9], "big")


class ValueBroken(SealBroken, NotReadable):
    """A value does not open, and something depends on it."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.args = (why,)


class Seals:
    """Sealing within one transaction: makes data keys, fetches those that are needed."""

    def __init__(
        self, keyring: Keyring, connection: AsyncConnection, ids: Ids, now: datetime, broken: BrokenRows
    ) -> None:
        self.keyring, self.vault, self.broken = keyring, keyring.vault, broken
        self._connection = connection
        self._ids = ids
        self._now = now
        self._person_keys: dict[int, int] = {}

    def knows(self, person: int, key: int) -> None:
        """Remember a person's data key for the rest of the transaction."""
        self._person_keys[person] = key

    async def person_key(self, person: int) -> int:
        """The data key of a person. Where it does not open, or is gone, a new one takes its place, so that the person
        can be written to: what is sealed under the old one stays as it is, and is erased with them."""
        if person not in self._person_keys:
            found = await self._connection.scalar(text("SELECT key_id FROM people WHERE id = :id"), {"id": person})
            if found is None:
                raise LookupError(f"person {person} is gone: erased, or never there")
            self._person_keys[person] = found
        known = self._person_keys[person]
        try:
            await self._cipher(known)
        except SealBroken:
            self.broken.tell_key("people", person)
            self._person_keys[person] = await self._in_place_of(known, person)
        return self._person_keys[person]

    async def _in_place_of(self, key: int, person: int) -> int:
        anew = await self.new_key(KeyOf.PERSON)
        old = insert(owned_keys).values(key_id=key, person_id=person).on_conflict_do_nothing()
        await self._connection.execute(old)
        await self._connection.execute(
            text("UPDATE people SET key_id = :key WHERE id = :id"), {"key": anew, "id": person}
        )
        return anew

    async def key(self, holder: Holder, id: int) -> int:
        """The data key of a holder."""
        if holder is Holder.PERSON:
            return await self.person_key(id)
        found = await self._connection.scalar(_KEYS[holder], {"id": id})
        if found is None:
            raise LookupError(f"{holder} {id} is gone: erased, or never there")
        return int(found)

    async def new_key(self, holder: KeyOf) -> int:
        """A data key that nothing is sealed under yet. It is in the keyring at once; if this transaction is undone, it
        is swept."""
        id = await self._ids.take(self._connection)
        await self.keyring.make(id, holder, self._now)
        return id

    async def seal(
        self,
        column: Column[Any],
        row: int,
        value: Any,
        *,
        holder: int | None = None,
        key: int | None = None,
        part: str = "",
    ) -> bytes:
        """Seal a value for a column of a row: under the key of the `holder` with this id, or under a `key` that the
        writer has at hand. `part` binds what the row's id alone does not tell. `LookupError` if the holder is gone;
        `NotReadable` for what would take the place of a value that does not open, or if the key does not."""
        seal = seal_of(column)
        if key is None:
            if holder is None:
                raise LookupError(f"{seal.name} is sealed under a key of {seal.holder}; say whose, or the key")
            key = await self.key(seal.holder, holder)
        plain = value if seal.of is bytes else _adapter(seal.of).dump_json(value if seal.shows else certain(value))
        try:
            return await self._close(seal.name + part, row, plain, key)
        except SealBroken as broken:
            self.broken.tell_value(column, row)
            raise ValueBroken(str(broken)) from None

    async def _close(self, name: str, row: int, plain: bytes, key: int) -> bytes:
        cipher = await self._cipher(key)
        nonce = os.urandom(12)
        bound = PADDED + f"{name}:{row}".encode()
        return PADDED + key.to_bytes(8, "big") + nonce + cipher.encrypt(nonce, padded(plain), bound)

    async def under(self, column: Column[Any], row: int, blob: bytes, key: int, *, part: str = "") -> bytes:
        """The same value under another key. Raises `SealBroken`."""
        name = seal_of(column).name + part
        return await self._close(name, row, await self.open(name, row, blob), key)

    async def unseal(self, column: Column[Any], row: int, blob: bytes, *, part: str = "", sure: bool = False) -> Any:
        """The value of a column of a row. Of one that does not open, what the column shows in its place; `NotReadable`
        where it shows nothing, or where somebody must be `sure` of it."""
        seal = seal_of(column)
        try:
            plain = await self.open(seal.name + part, row, blob)
        except SealBroken as broken:
            self.broken.tell_value(column, row)
            if sure or seal.broken is None:
                raise ValueBroken(str(broken)) from None
            return seal.broken
        return plain if seal.of is bytes else _adapter(seal.of).validate_json(plain)

    async def open(self, name: str, row: int, blob: bytes) -> bytes:
        """What is sealed under a permanent name for a row, as it is. Raises `SealBroken`."""
        cipher, bound = await self._cipher(key_of(blob)), f"{name}:{row}".encode()
        try:
            if blob[:1] == PADDED:
                return unpadded(cipher.decrypt(blob[9:21], blob[21:], PADDED + bound))
            return cipher.decrypt(blob[9:21], blob[21:], bound)
        except (InvalidTag, ValueError):  # an altered one can be too short for its parts
            raise SealBroken(f"{name} of row {row} does not open: changed or moved") from None

    async def learn(self, blobs: Iterable[bytes | None]) -> None:
        """Fetch at once the keys of many sealed values, before they are opened one by one."""
        wanted = self.vault.unknown(key_of(blob) for blob in blobs if blob)
        with suppress(SealBroken):  # a key that does not open is met again where its value is opened
            await self.keyring.fetch(wanted)

    async def _cipher(self, id: int) -> AESGCM:
        cipher = self.vault.recall(id)
        if cipher is None:
            await self.keyring.fetch([id])
            cipher = self.vault.recall(id)
            if cipher is None:
                raise SealBroken(f"data key {id} is gone: its holder was erased")
        return cipher
