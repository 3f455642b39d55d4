"""The keys that one process has in its memory: roots, secrets, data keys. Only cryptography, no database.

A root (32 bytes, outside of every database) wraps all else. Data keys seal what is personal. Secrets make the keyed
hashes by which addresses and codes are found, and the signatures on buttons and printed codes: they are wrapped by a
root as data keys are, so a new root changes none of them.

Layout of a wrapped key: version (1 byte) | nonce (12) | ciphertext with tag.
"""

import hmac
import os
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION: Final = b"\x01"
LENGTH: Final = 32  # bytes of every key
REMEMBERED: Final = 20_000
"""Data keys kept unwrapped in memory, at most: about 5 MB as bytes. A cipher of each would take 50; one is made in a
microsecond."""

Roots = Callable[[], Sequence[bytes]]
"""Gives the roots that the operator has put there now: one, or two while one takes the place of the other."""


class SealBroken(Exception):  # noqa: N818
    """A sealed value does not open: wrong root key, moved, or changed."""


class Secret(StrEnum):
    """What a secret is for."""

    LOOKUP = "lookup"  # keyed hashes of addresses, codes, numbers
    SIGN = "sign"  # buttons, links, codes for the door
    BIND = "bind"  # whose a row is
    AUDIT = "audit"  # the chain of who looked
    BACKUP = "backup"  # seals the copies of the data


INHERITED: Final = frozenset({Secret.LOOKUP, Secret.SIGN, Secret.AUDIT})
"""Secrets that were derived from the root before they were secrets of their own: an installation keeps their values."""


def with_bound(lookup: bytes, names: Iterable[str]) -> bytes:
    """The secret of look-ups, and after it the tables whose rows are all bound."""
    known = set(lookup[LENGTH:].decode().split())
    return lookup[:LENGTH] + " ".join(sorted(known | set(names))).encode()


def derived(root: bytes, purpose: str) -> bytes:
    """32 bytes that a root gives for a purpose."""
    return HKDF(SHA256(), LENGTH, salt=None, info=b"zviazok/" + purpose.encode()).derive(root)


def root_id(root: bytes) -> str:
    """16 hexadecimal digits that name a root and tell nothing of it."""
    return derived(root, "id")[:8].hex()


class Vault:
    """What wraps, hashes and signs. `current` names the root that wraps what is new: the keyring says which."""

    def __init__(self, roots: bytes | Roots) -> None:
        self._source: Roots = roots if callable(roots) else lambda: (roots,)
        self._roots: dict[str, AESGCM] = {}
        self._first = b""
        self._copies: dict[str, bytes] = {}
        self.current = ""
        self._secrets: dict[Secret, bytes] = {}
        self.bound: frozenset[str] = frozenset()
        """The tables whose rows are all bound: one that is not counts for nothing."""
        self._known: OrderedDict[int, bytes] = OrderedDict()
        self.look_again()

    def look_again(self) -> None:
        """Ask for the roots again; it may read a file or wait for a command."""
        roots = self._source()
        if not roots or any(len(root) != LENGTH for root in roots):
            raise ValueError("a root key is 32 bytes; check ROOT_KEY_FILE")
        self._first = roots[0]
        self._copies = {root_id(root): derived(root, "copy") for root in roots}
        # What is being read just now may be wrapped by a root that has just gone: it stays in this process's memory.
        self._roots |= {root_id(root): AESGCM(derived(root, "wrap")) for root in roots}
        if not self.current:
            self.current = root_id(self._first)

    def has_root(self, id: str) -> bool:
        return id in self._roots

    @property
    def roots(self) -> Sequence[str]:
        """The names of the roots that are there, the operator's first one first."""
        return tuple(self._roots)

    def for_copies(self, root: str) -> bytes:
        """The key under which copies of the keyring are sealed. `SealBroken` for a root that is not here."""
        if root not in self._copies:
            raise SealBroken(f"the copy of the keyring is sealed under the root {root}: put it into ROOT_KEY_FILE")
        return self._copies[root]

    def wrap(self, name: str, plain: bytes, root: str | None = None) -> bytes:
        """A key wrapped by a root (the current one), for its place only."""
        nonce = os.urandom(12)
        return VERSION + nonce + self._roots[root or self.current].encrypt(nonce, plain, name.encode())

    def unwrap(self, name: str, root: str, wrapped: bytes) -> bytes:
        """The key that a root has wrapped for its place. Raises `SealBroken`."""
        if root not in self._roots:
            raise SealBroken(f"{name} is wrapped by the root {root}, which is not in ROOT_KEY_FILE: put it back there")
        try:
            return self._roots[root].decrypt(wrapped[1:13], wrapped[13:], name.encode())
        except InvalidTag:
            raise SealBroken(f"{name} does not open: changed, moved, or not wrapped by the root {root}") from None

    @property
    def ready(self) -> bool:
        """Whether the keyring has given the secrets."""
        return bool(self._secrets)

    def fresh(self, secret: Secret, *, inherited: bool) -> bytes:
        """The first value of a secret: by chance, or in an installation from before it the one that it had."""
        if inherited and secret in INHERITED:
            return derived(self._first, secret)
        return os.urandom(LENGTH)

    def trust(self, secrets: dict[Secret, bytes]) -> None:
        """Take the secrets that the keyring holds."""
        self._secrets = secrets | {Secret.LOOKUP: secrets[Secret.LOOKUP][:LENGTH]}
        self.bound = frozenset(secrets[Secret.LOOKUP][LENGTH:].decode().split())

    def bind(self, row: str) -> bytes:
        """The keyed hash, 16 bytes, of whose a row is."""
        return hmac.digest(self.secret(Secret.BIND), row.encode(), sha256)[:16]

    def secret(self, secret: Secret) -> bytes:
        """`LookupError` before the keyring was asked."""
        if not self._secrets:
            raise LookupError(f"the secret {secret!r} is not known yet: ask the keyring (`Keyring.load`)")
        return self._secrets[secret]

    @property
    def chain(self) -> bytes:
        """The key of the audit's chain."""
        return self.secret(Secret.AUDIT)

    def lookup(self, what: str, text: str) -> bytes:
        """The keyed hash by which a secret or an address is found: the same text gives the same 32 bytes."""
        return hmac.digest(self.secret(Secret.LOOKUP), f"{what}\0{text}".encode(), sha256)

    def sign(self, what: str, text: str) -> str:
        """A signature of 11 URL-safe characters (66 bits): enough for a button that only its recipient may press."""
        signature = hmac.digest(self.secret(Secret.SIGN), f"{what}\0{text}".encode(), sha256)
        return urlsafe_b64encode(signature).decode()[:11]

    def signed(self, what: str, text: str, signature: str) -> bool:
        return hmac.compare_digest(self.sign(what, text).encode(), signature.encode())

    def remember(self, id: int, plain: bytes) -> None:
        self._known[id] = plain
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def recall(self, id: int) -> AESGCM | None:
        """A data key that is in memory."""
        found = self._known.get(id)
        if found is None:
            return None
        self._known.move_to_end(id)
        return AESGCM(found)

    def unknown(self, ids: Iterable[int]) -> set[int]:
        """Those data keys that are not in memory."""
        return set(ids) - self._known.keys()

    def forget(self, id: int) -> None:
        """An erased key must not live on in memory."""
        self._known.pop(id, None)
