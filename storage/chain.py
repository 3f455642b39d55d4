"""The chain of the audit: each row's link is a keyed hash over the row and the link before it.

Whoever writes into the database without the key can change, swap, insert or delete no row unseen: the first link that
does not fit names it. Cutting off the end, or going back to an older state of the whole, leaves a chain that fits: that
shows against the heads (number and link of the newest row) that were published to a second place while it grew.
"""

import asyncio
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

import structlog
from sqlalchemy import BigInteger, Column, LargeBinary, RowMapping, Table, Text, bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import Index

from storage.schema import key, metadata, moment
from storage.vault import Vault

log = structlog.get_logger()

audit = Table(
    "audit",
    metadata,
    key(),
    Column("at", moment("at").type, nullable=False, index=True),
    Column("staff_id", BigInteger, nullable=False, index=True),
    Column("deed", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("case_id", BigInteger, index=True),
    Column("report_id", BigInteger),
    Column("person_id", BigInteger, index=True),
    Column("searched", LargeBinary),
    Column("cases", ARRAY(BigInteger)),
    Column("people", ARRAY(BigInteger)),
    Column("session_id", BigInteger),
    Column("number", BigInteger, unique=True),
    Column("link", LargeBinary),
    Index("ix_audit_cases", "cases", postgresql_using="gin"),
    Index("ix_audit_people", "people", postgresql_using="gin"),
)
"""`searched` is the keyed hash of what was looked for: two searches for the same can be told, no name can be read.
`cases` and `people` are what a list showed. `number` is the row's place in the chain, from 1 and without a gap; rows
from before there was a chain have none until the first start of a release that has one."""

LOCK: Final = 0x7A76_6175_6469_74
"""The advisory lock under which rows are chained, from just before a commit to its end."""

CHAINED: Final = tuple(column.name for column in audit.columns if column.name != "link")
AT_ONCE: Final = 5_000
"""Rows that are read at once while a chain is verified."""

COPIED: Final = "backup"
"""What the row says that a copy begins with: the data that come back from it end there."""
RESTORED: Final = "restored"
"""What the row says by which data that came back go on."""


_PLACE: Final = (
    update(audit).where(audit.c.id == bindparam("row")).values(number=bindparam("place"), link=bindparam("hash"))
)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest row of a chain: its number, from 1, and its link, 32 bytes. Number 0 is a chain without rows."""

    number: int = 0
    link: bytes = b""

    def line(self) -> str:
        """As it is published, in one line."""
        return f"{self.number} {self.link.hex()}"

    @classmethod
    def of(cls, line: str) -> "Head | None":
        """A published line read again; None for what is none."""
        number, _, link = line.strip().partition(" ")
        try:
            return cls(int(number), bytes.fromhex(link))
        except ValueError:
            return None


@dataclass
class Heads:
    """The newest row that this process has chained itself. `grew` is set when it grows. `published` is known where data
    are restored: the highest number that was published before."""

    known: Head = Head()
    published: int = 0
    grew: asyncio.Event = field(default_factory=asyncio.Event)

    def grown(self, head: Head) -> None:
        """After the commit."""
        if head.number > self.known.number:
            self.known = head
            self.grew.set()

    def fits(self, head: Head) -> bool:
        """Can the database's head be ours, or a later one? Otherwise rows that we have chained are gone."""
        known = self.known
        return head.number > known.number or head == known


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that is not as it was written: its place, its id where it is there, and what is wrong with it."""

    number: int
    id: int | None
    why: str

    def __str__(self) -> str:
        row = f"row {self.number}" + (f" (id {self.id})" if self.id is not None else "")
        return f"{row}: {self.why}"


@dataclass(frozen=True, slots=True)
class Gap:
    """Data came back, `at` a moment, as they were at `of`; rows from `first` to `last` are missing, if `last` is not
    before it. `copied`: from a copy of `python -m bot backup`."""

    first: int
    last: int
    at: datetime
    of: datetime | None
    copied: bool

    def __str__(self) -> str:
        of = f"{self.of:%Y-%m-%d %H:%M} UTC" if self.of is not None else "before the first row"
        way = f"from the copy of {of}" if self.copied else f"as they were at {of}"
        lost = f"rows {self.first} to {self.last} are missing" if self.last >= self.first else "no row is missing"
        return f"{self.at:%Y-%m-%d %H:%M} UTC: the data came back {way}; {lost}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was read of a chain: how many rows, the first that is not as it was written, and what is missing with a
    reason."""

    rows: int
    broken: Broken | None = None
    gaps: tuple[Gap, ...] = ()


def linked(vault: Vault, before: bytes, row: Mapping[str, Any] | RowMapping) -> bytes:
    """The link of a row, 32 bytes: over all its columns but the link itself, and the link before."""
    content = json.dumps({name: _plain(row[name]) for name in CHAINED}, separators=(",", ":")).encode()
    return hmac.digest(vault.chain, before + content, sha256)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.hex() if isinstance(value, bytes) else value


async def chain(connection: AsyncConnection, vault: Vault, heads: Heads, rows: Sequence[dict[str, Any]]) -> Head:
    """Put rows that this transaction has written at the chain's end; the new head. Commit at once: whoever else chains
    waits for it."""
    await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    head = await newest(connection)
    if not heads.fits(head):
        known = heads.known.number
        log.error("rows of the audit are gone; run: python -m bot audit verify", chained=known, last=head.number)
    places = []
    for row in rows:
        number = head.number + 1
        if row["what"] == RESTORED:
            number = max(number, heads.published + 1)
        head = Head(number, linked(vault, head.link, {**row, "number": number}))
        places.append({"row": row["id"], "place": head.number, "hash": head.link})
    await connection.execute(_PLACE, places)
    return head


async def newest(connection: AsyncConnection) -> Head:
    """The chain's head as the database has it."""
    found = await connection.execute(
        select(audit.c.number, audit.c.link).where(audit.c.number.is_not(None)).order_by(audit.c.number.desc()).limit(1)
    )
    row = found.one_or_none()
    return Head(row.number, row.link) if row is not None else Head()


async def adopt(connection: AsyncConnection, vault: Vault) -> Head:
    """Chain the rows from before there was a chain, in the order of their ids; only where nothing is chained yet, or a
    row that was put in by hand would be taken in. Commit afterwards."""
    await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    head = await newest(connection)
    if head.number:
        return head
    rows = (await connection.execute(select(audit).order_by(audit.c.id))).mappings().all()
    return await chain(connection, vault, Heads(), [dict(row) for row in rows]) if rows else head


async def verify(connection: AsyncConnection, vault: Vault, published: Iterable[Head] = ()) -> Judgement:
    """Read the whole chain against itself and against the heads that were published."""
    wanted: dict[int, set[bytes]] = {}
    for head in published:
        wanted.setdefault(head.number, set()).add(head.link)
    before, count, gaps = Head(), 0, list[Gap]()
    newest: RowMapping | None = None
    while True:
        query = select(audit).where(audit.c.number > before.number).order_by(audit.c.number, audit.c.id).limit(AT_ONCE)
        rows = (await connection.execute(query)).mappings().all()
        for row in rows:
            broken = _judged(vault, row, before, wanted.get(row["number"], set()))
            if broken is not None:
                return Judgement(count, broken, tuple(gaps))
            if row["what"] == RESTORED:
                gaps.append(_gap(row, before.number, newest))
                wanted = {number: links for number, links in wanted.items() if not _within(number, gaps[-1])}
            before, newest, count = Head(row["number"], row["link"]), row, count + 1
        if len(rows) < AT_ONCE:
            break
    last = before.number
    cut = min((number for number in wanted if number > last), default=None)
    if cut is not None:
        why = f"missing: the chain ends before it, and row {cut} was published"
        return Judgement(count, Broken(last + 1, None, why), tuple(gaps))
    outside = select(func.min(audit.c.id)).where((audit.c.number < 1) | audit.c.number.is_(None))
    loose = await connection.scalar(outside)
    if loose is not None:
        return Judgement(count, Broken(0, loose, "not in the chain: put in by hand"), tuple(gaps))
    return Judgement(count, None, tuple(gaps))


def _gap(row: RowMapping, last: int, before: RowMapping | None) -> Gap:
    of = before["at"] if before is not None else None
    return Gap(last + 1, row["number"] - 1, row["at"], of, before is not None and before["what"] == COPIED)


def _within(number: int, gap: Gap) -> bool:
    return gap.first <= number <= gap.last


def _judged(vault: Vault, row: RowMapping, before: Head, published: set[bytes]) -> Broken | None:
    expected = before.number + 1
    jumps = row["number"] != expected
    if jumps and row["what"] != RESTORED:
        return Broken(expected, None, "missing")
    if row["link"] is None or not hmac.compare_digest(row["link"], linked(vault, before.link, row)):
        return Broken(expected, None, "missing") if jumps else Broken(expected, row["id"], "altered")
    if published - {row["link"]}:
        return Broken(row["number"], row["id"], "another row was published under this number")
    return None
