"""Sealing: personal data is encrypted by the program before it reaches the database.

AES-256-GCM; a data key for each holder (a relative, a report), kept in `keys` wrapped by a key derived from the root
key, which lives outside the database. Every sealed value names its key, so that merging, un-merging and erasing one
of two relatives re-seal nothing. Associated data binds table, column and row: a value moved elsewhere does not
open.

A sealed column knows the permanent name that its values are bound to, their type and whose key seals them
(`sealed` in `storage/schema.py`); no name is written where something is sealed or opened.

Layout of a sealed value: version (1 byte) | key id (8) | nonce (12) | ciphertext with tag.
"""

import hmac
import os
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Column, LargeBinary, Table, Text, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.ids import Ids
from storage.schema import Holder, among, key, metadata, moment, seal_of

keys = Table(
    "keys",
    metadata,
    key(),
    Column("holder", Text, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    moment("made_at", null=False),
    Column("person_id", BigInteger, index=True),
)
"""`holder` is a `KeyOf`. `person_id` is the person to whom a key came by joining, with all that is sealed under it:
erased with them. `made_at` of a key from before migration 0216 is the latest moment at which it can have been made."""


class KeyOf(StrEnum):
    """What a data key was made for: where a row is that names it, and what its end erases."""

    PERSON = "person"
    REPORT = "report"  # its draft's before it is filed
    CASE = "case"
    CENTER = "center"  # an address that is not published
    QUARANTINE = "quarantine"  # a message whose writer nobody can tell


_KEYS = {
    Holder.MEMBER: text("SELECT p.key_id FROM staff s JOIN people p ON p.id = s.person_id WHERE s.id = :id"),
    Holder.REPORT: text("SELECT key_id FROM reports WHERE id = :id"),
    Holder.CASE: text("SELECT key_id FROM cases WHERE id = :id"),
    Holder.UPDATE: text("SELECT c.key_id FROM updates u JOIN cases c ON c.id = u.case_id WHERE u.id = :id"),
}

VERSION = b"\x01"
REMEMBERED = 20_000
"""Data keys kept unwrapped in memory, at most; about 2 MB."""


class SealBroken(Exception):  # noqa: N818
    """A sealed value does not open: wrong root key, moved, or changed."""


class Vault:
    """The root key and what is derived from it: wrapping, keyed hashes for look-up, signatures on buttons, and `chain`,
    the key of the audit's links."""

    def __init__(self, root: bytes) -> None:
        if len(root) != 32:
            raise ValueError("the root key is 32 bytes; check ROOT_KEY_FILE")
        self._wrap = AESGCM(self._derive(root, b"wrap"))
        self._lookup = self._derive(root, b"lookup")
        self._sign = self._derive(root, b"sign")
        self.chain = self._derive(root, b"audit")
        self._known: OrderedDict[int, AESGCM] = OrderedDict()

    @staticmethod
    def _derive(root: bytes, purpose: bytes) -> bytes:
        return HKDF(SHA256(), 32, salt=None, info=b"zviazok/" + purpose).derive(root)

    def lookup(self, what: str, text: str) -> bytes:
        """The keyed hash by which a secret or an address is found: the same text gives the same 32 bytes."""
        return hmac.digest(self._lookup, f"{what}\0{text}".encode(), sha256)

    def sign(self, what: str, text: str) -> str:
        """A signature of 11 URL-safe characters (66 bits): enough for a button that only its recipient may press."""
        return urlsafe_b64encode(hmac.digest(self._sign, f"{what}\0{text}".encode(), sha256)).decode()[:11]

    def signed(self, what: str, text: str, signature: str) -> bool:
        return hmac.compare_digest(self.sign(what, text).encode(), signature.encode())

    def make(self, id: int) -> bytes:
        """A new data key, wrapped; remembered under `id`."""
        plain, nonce = os.urandom(32), os.urandom(12)
        self.remember(id, plain)
        return VERSION + nonce + self._wrap.encrypt(nonce, plain, f"keys:{id}".encode())

    def unwrap(self, id: int, wrapped: bytes) -> None:
        try:
            plain = self._wrap.decrypt(wrapped[1:13], wrapped[13:], f"keys:{id}".encode())
        except InvalidTag:
            raise SealBroken(f"data key {id} does not open; is ROOT_KEY_FILE the one of this database?") from None
        self.remember(id, plain)

    def remember(self, id: int, plain: bytes) -> None:
        self._known[id] = AESGCM(plain)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def recall(self, id: int) -> AESGCM | None:
        found = self._known.get(id)
        if found is not None:
            self._known.move_to_end(id)
        return found

    def forget(self, id: int) -> None:
        """An erased key must not live on in memory."""
        self._known.pop(id, None)


@cache
def _adapter(of: Any) -> TypeAdapter[Any]:
    return TypeAdapter(of)


def key_of(blob: bytes) -> int:
    """The id of the data key under which a value is sealed."""
    return int.from_bytes(blob[1:9], "big")


class Seals:
    """Sealing within one transaction: makes data keys, fetches those that are needed."""

    def __init__(self, vault: Vault, connection: AsyncConnection, ids: Ids, now: datetime) -> None:
        self.vault = vault
        self._connection = connection
        self._ids = ids
        self._now = now
        self._person_keys: dict[int, int] = {}

    def knows(self, person: int, key: int) -> None:
        """Remember a person's data key for the rest of the transaction."""
        self._person_keys[person] = key

    async def person_key(self, person: int) -> int:
        """The data key of a person."""
        if person not in self._person_keys:
            found = await self._connection.scalar(text("SELECT key_id FROM people WHERE id = :id"), {"id": person})
            if found is None:
                raise LookupError(f"person {person} is gone: erased, or never there")
            self._person_keys[person] = found
        return self._person_keys[person]

    async def key(self, holder: Holder, id: int) -> int:
        """The data key of a holder."""
        if holder is Holder.PERSON:
            return await self.person_key(id)
        found = await self._connection.scalar(_KEYS[holder], {"id": id})
        if found is None:
            raise LookupError(f"{holder} {id} is gone: erased, or never there")
        return int(found)

    async def new_key(self, holder: KeyOf) -> int:
        """A data key that nothing is sealed under yet."""
        id = await self._ids.take(self._connection)
        await self._connection.execute(
            keys.insert().values(id=id, holder=holder, wrapped=self.vault.make(id), made_at=self._now)
        )
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
        writer has at hand. `part` binds what the row's id alone does not tell. `LookupError` if the holder is gone."""
        seal = seal_of(column)
        if key is None:
            if holder is None:
                raise LookupError(f"{seal.name} is sealed under a key of {seal.holder}; say whose, or the key")
            key = await self.key(seal.holder, holder)
        plain = value if seal.of is bytes else _adapter(seal.of).dump_json(value)
        cipher = await self._cipher(key)
        nonce = os.urandom(12)
        bound = f"{seal.name}{part}:{row}".encode()
        return VERSION + key.to_bytes(8, "big") + nonce + cipher.encrypt(nonce, plain, bound)

    async def unseal(self, column: Column[Any], row: int, blob: bytes, *, part: str = "") -> Any:
        """The value of a column of a row. Raises `SealBroken`."""
        seal = seal_of(column)
        plain = await self.open(seal.name + part, row, blob)
        return plain if seal.of is bytes else _adapter(seal.of).validate_json(plain)

    async def open(self, name: str, row: int, blob: bytes) -> bytes:
        """What is sealed under a permanent name for a row, as it is. Raises `SealBroken`."""
        cipher = await self._cipher(key_of(blob))
        try:
            return cipher.decrypt(blob[9:21], blob[21:], f"{name}:{row}".encode())
        except InvalidTag:
            raise SealBroken(f"{name} of row {row} does not open: changed or moved") from None

    async def learn(self, blobs: Iterable[bytes | None]) -> None:
        """Fetch at once the keys of many sealed values, before they are opened one by one."""
        wanted = {key_of(blob) for blob in blobs if blob} - set(self.vault._known)
        if wanted:
            found = await self._connection.execute(select(keys.c.id, keys.c.wrapped).where(among(keys.c.id, wanted)))
            for row in found:
                self.vault.unwrap(row.id, row.wrapped)

    async def _cipher(self, id: int) -> AESGCM:
        cipher = self.vault.recall(id)
        if cipher is None:
            wrapped = await self._connection.scalar(select(keys.c.wrapped).where(keys.c.id == id))
            if wrapped is None:
                raise SealBroken(f"data key {id} is gone: its holder was erased")
            self.vault.unwrap(id, wrapped)
            cipher = self.vault.recall(id)
            assert cipher is not None  # noqa: S101  remembered one line above
        return cipher
