"""A stream of any length, encrypted and authenticated: what a copy of the database is kept in.

Layout: magic (8 bytes) | length of the head (4) | head, JSON in clear | frames. A frame is its length (4) and up to a
mebibyte, compressed and sealed by AES-256-GCM; its number and whether it is the last are bound into it, so that frames
cannot be changed, swapped, repeated or cut off. Each stream has a key of its own, made from the given one by its salt.
"""

import json
import os
import zlib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import IO, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.vault import SealBroken

MAGIC: Final = b"ZVIAZOK1"
FRAME: Final = 1 << 20
LARGEST_HEAD: Final = 1 << 20


class Sealer:
    """Writes a stream. Unless `close` ends it, it does not open."""

    def __init__(self, file: IO[bytes], key: bytes, head: Mapping[str, Any]) -> None:
        salt = os.urandom(16)
        told = json.dumps({**head, "salt": salt.hex()}, sort_keys=True).encode()
        self._file, self._number, self._kept = file, 0, bytearray()
        self._bound, self._cipher = sha256(told).digest(), _cipher(key, salt)
        file.write(MAGIC + len(told).to_bytes(4, "big") + told)

    def write(self, some: bytes) -> None:
        self._kept += some
        while len(self._kept) > FRAME:
            self._frame(bytes(self._kept[:FRAME]), last=False)
            del self._kept[:FRAME]

    def close(self) -> None:
        self._frame(bytes(self._kept), last=True)

    def _frame(self, plain: bytes, *, last: bool) -> None:
        packed = zlib.compress(plain, 1)
        sealed = self._cipher.encrypt(*_place(self._number, packed, self._bound, last=last))
        self._file.write(len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1


def head_of(file: IO[bytes]) -> dict[str, Any]:
    """What a stream says of itself in clear; it is believed only when the stream has opened. `SealBroken` if it is
    none."""
    if file.read(8) != MAGIC or (length := int.from_bytes(file.read(4), "big")) > LARGEST_HEAD:
        raise SealBroken("this is no sealed copy of this program")
    try:
        head: dict[str, Any] = json.loads(file.read(length))
        bytes.fromhex(head["salt"])
    except (ValueError, TypeError, KeyError):
        raise SealBroken("the head of the copy was changed") from None
    return head


def opened(file: IO[bytes], key: bytes, head: Mapping[str, Any]) -> Iterator[bytes]:
    """What is in a stream whose head was read. Nothing of a frame comes before it has proved genuine; `SealBroken` if
    one does not, or if the end is missing."""
    told = json.dumps(head, sort_keys=True).encode()
    bound, cipher, number, over = sha256(told).digest(), _cipher(key, bytes.fromhex(head["salt"])), 0, False
    while size := file.read(4):
        sealed = file.read(int.from_bytes(size, "big"))
        for last in (False, True):
            try:
                plain = cipher.decrypt(*_place(number, sealed, bound, last=last))
            except InvalidTag:
                continue
            over = last
            break
        else:
            raise SealBroken(f"frame {number} of the copy does not open: changed, moved, or under another key")
        yield zlib.decompress(plain)
        number += 1
        if over:
            break
    if not over or file.read(1):
        raise SealBroken("the copy does not end where it was ended: cut off, or something was added")


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=b"zviazok/copy").derive(key))


def _place(number: int, some: bytes, bound: bytes, *, last: bool) -> tuple[bytes, bytes, bytes]:
    return number.to_bytes(12, "big"), some, bound + (b"last" if last else b"more")
