"""Which addresses a courier leases next, and what it is handed with them: in one statement, by indexes in order.

What is due is walked from the oldest on, and no further than there are places: what waits behind is not walked, be it a
hundred letters or a hundred thousand. What may wait (a routine push, or one for the person's next session) is walked
only now and then: thousands of such letters can be held back for long.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    Integer,
    Select,
    Text,
    Update,
    and_,
    bindparam,
    column,
    func,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import UUID

from casework.actor import Channel
from storage.addresses import addresses
from storage.outbox import RANK, READY, WAITS, is_next, letters
from storage.people import people
from storage.staff import staff

MOST_LETTERS: Final = 20
"""Letters of one address that a lease hands out at most."""

DEEP: Final = 4
"""Letters that are walked for each place: of one address there may be several."""

_FREE: Final = "(addresses.leased_until IS NULL OR addresses.leased_until < :now) AND addresses.id <> ALL(:busy)"
_WALK: Final = """
    SELECT letters.address_id, letters.position, free.retry_at, {awaited} AS awaited
    FROM letters CROSS JOIN LATERAL (
        SELECT addresses.retry_at FROM addresses JOIN people ON people.id = addresses.person_id
        WHERE addresses.id = letters.address_id AND {free} AND {ready} OFFSET 0
    ) free
    WHERE letters.channel = :channel AND letters.state = 'waiting' AND {which}
    ORDER BY {order}, letters.position LIMIT {many}
"""  # OFFSET 0: each letter is looked at as it is walked, and none further than the limit


_RETRIED: Final = f"{_FREE} AND (addresses.retry_at IS NULL OR addresses.retry_at <= :now)"


def _walk(which: str, many: str, *, order: str = "letters.due_at", free: str = _RETRIED, awaited: str = "false") -> str:
    return _WALK.format(which=which, many=many, order=order, awaited=awaited, free=free, ready=READY)


_DUE: Final = "letters.due_at <= :now"
_AWAITED, _BEGUN, _BOTH, _PATIENT = _RANKS = [f"{RANK} = {rank}" for rank in range(4)]
_TAKE: Final = """
    WITH walked AS ({walked}), found AS (
        SELECT address_id, bool_or(awaited) AS awaited, min(position) AS first, max(retry_at) AS retry_at
        FROM walked GROUP BY address_id
    ), chosen AS (
        SELECT address_id, awaited, row_number() OVER (ORDER BY NOT awaited, retry_at NULLS FIRST, first) AS place
        FROM found
    ), free AS (
        SELECT addresses.id, addresses.leased_at, chosen.place
        FROM addresses JOIN chosen ON chosen.address_id = addresses.id
        WHERE place <= CASE WHEN awaited THEN :places ELSE :pushes END AND {free}
        ORDER BY place FOR UPDATE OF addresses SKIP LOCKED
    )
    UPDATE addresses SET lease = :lease, leased_at = :now, leased_until = :until FROM free WHERE addresses.id = free.id
    RETURNING addresses.id AS taken_id, free.leased_at AS left_at, free.place
"""


def _union(*walks: str) -> str:
    return " UNION ALL ".join(f"({walk})" for walk in walks)


_WALKS: Final = _union(
    _walk(f"{_AWAITED} AND {_DUE}", f":places * {DEEP}", awaited="true"),
    _walk(f"{_BEGUN} AND {_DUE}", f":pushes * {DEEP}"),
    _walk(f":patient AND {_BOTH} AND {_DUE}", f":places * {DEEP}", awaited="true"),
    _walk(f":patient AND {_PATIENT} AND {_DUE}", f":pushes * {DEEP}"),
)
_LATE: Final = _union(
    _walk("letters.moves_at <= :now AND letters.due_at <= :now", ":places", order="letters.moves_at", free=_FREE)
)
_TYPES: Final = (
    bindparam("lease", type_=addresses.c.lease.type),
    bindparam("busy", type_=ARRAY(BigInteger)),
    bindparam("places", type_=Integer),
    bindparam("pushes", type_=Integer),
)
_COMES: Final = "SELECT min(due_at) FROM letters WHERE channel = :channel AND state = 'waiting' AND due_at > :now"
_OTHER: Final = _RETRIED + " AND addresses.id NOT IN (SELECT taken_id FROM taken)"  # noqa: S608  our own words
_NEXT: Final = f"""
    SELECT least(
        (SELECT min(:now) FROM ({_walk(f"{_AWAITED} AND {_DUE}", "1", free=_OTHER)}) due),
        (SELECT min(:now) FROM ({_walk(f"{_BEGUN} AND {_DUE}", "1", free=_OTHER)}) due),
        {", ".join(f"({_COMES} AND {rank})" for rank in _RANKS)},
        (SELECT min(retry_at) FROM addresses WHERE channel = :channel AND retry_at > :now)
    ) AS next_due
"""  # noqa: S608  our own words


def left_behind(where: ColumnElement[bool], since: ColumnElement[datetime]) -> Update:
    """Whoever leased these addresses at `since` did not come back: of each the first letter that was due then may have
    been sent. On the page it is not shown before that is committed."""
    return (
        update(letters)
        .where(where, letters.c.channel != Channel.WEB, letters.c.state == WAITS, is_next(since))
        .values(perhaps_at=func.coalesce(letters.c.perhaps_at, since))
    )


def _claim(walked: str, *types: object) -> "Select[tuple[object, ...]]":
    """Addresses leased, each with its letters that are due, in their order, and with whose it is. Whose a row
    is, is looked at as it is read (`storage/binding.py`); an address that is broken comes back empty. With each, and
    alone where there is none, comes `next_due`: when there is something to claim again, now or later."""
    taken = (
        text(_TAKE.format(walked=walked, free=_FREE if walked is _LATE else _RETRIED))
        .bindparams(*types)  # type: ignore[arg-type]
        .columns(
            column("taken_id", BigInteger), column("left_at", DateTime(timezone=True)), column("place", BigInteger)
        )
        .cte("taken")
    )
    left = left_behind(and_(taken.c.left_at.is_not(None), letters.c.address_id == taken.c.taken_id), taken.c.left_at)
    upcoming = text(_NEXT).columns(column("next_due", DateTime(timezone=True))).cte("upcoming")
    now, soon = bindparam("now", type_=DateTime(timezone=True)), bindparam("soon", type_=DateTime(timezone=True))
    waiting = letters.alias("waiting")
    due = (
        select(waiting.c.id)
        .where(
            waiting.c.channel == addresses.c.channel,
            waiting.c.address_id == taken.c.taken_id,
            waiting.c.state == "waiting",
            or_(waiting.c.due_at <= now, and_(waiting.c.due_at <= soon, ~waiting.c.gathers)),
            text(READY.replace("letters.", "waiting.")),
        )
        .order_by(waiting.c.position)
        .limit(MOST_LETTERS)
        .lateral("due")
    )
    whole = (
        upcoming.outerjoin(taken, true())
        .outerjoin(addresses, addresses.c.id == taken.c.taken_id)
        .outerjoin(people, people.c.id == addresses.c.person_id)
        .outerjoin(staff, staff.c.person_id == people.c.id)
        .outerjoin(due, true())
        .outerjoin(letters, letters.c.id == due.c.id)
    )
    return (
        select(
            upcoming.c.next_due,
            taken.c.taken_id,
            addresses.c.id.label("address_id"),
            addresses.c.channel,
            addresses.c.address,
            addresses.c.person_id,
            addresses.c.chosen,
            addresses.c.session_until,
            people.c.language,
            people.c.profile,
            staff.c.role,
            staff.c.active.label("serves"),
            *(
                letters.c[name]
                for name in ("id", "screen", "kind", "purpose", "due_at", "reads", "tried_at", "moves_at")
            ),
            letters.c.given_up,
        )
        .add_cte(taken, left.cte("left_behind"))  # before what reads them in its own words
        .select_from(whole)
        .order_by(taken.c.place, letters.c.position)
    )


CLAIM: Final = _claim(_WALKS, *_TYPES, bindparam("patient", type_=Boolean))
CLAIM_LATE: Final = _claim(_LATE, *_TYPES)

MARK: Final = text(
    """
    WITH said AS (
        SELECT * FROM unnest(:letters, :addresses, :leases, :receipts, :thens)
            AS said(letter, address, lease, receipt, following)
    ), held AS (
        SELECT said.* FROM said JOIN addresses ON addresses.id = said.address AND addresses.lease = said.lease
    ), freed AS (
        UPDATE addresses SET lease = NULL, leased_at = NULL, leased_until = NULL, retry_at = NULL
        FROM said WHERE said.following IS NULL AND addresses.id = said.address AND addresses.lease = said.lease
    ), done AS (
        UPDATE letters SET state = 'sent', sent_at = coalesce(letters.sent_at, :now), receipt = held.receipt
        FROM held WHERE letters.id = held.letter AND letters.state IN ('waiting', 'dropped')
        RETURNING letters.id
    )
    SELECT said.letter, EXISTS (SELECT FROM done WHERE done.id = said.letter) AS done,
        EXISTS (
            SELECT FROM letters JOIN held ON held.letter = said.letter
            WHERE letters.id = said.following AND letters.address_id = said.address AND letters.state = 'waiting'
        ) AS waits,
        EXISTS (
            SELECT FROM letters WHERE letters.channel = :channel AND letters.address_id = said.address
            AND letters.state = 'waiting' AND letters.due_at <= :now AND letters.id <> said.letter
        ) AS more
    FROM said
    """
).bindparams(
    bindparam("letters", type_=ARRAY(BigInteger)),
    bindparam("addresses", type_=ARRAY(BigInteger)),
    bindparam("leases", type_=ARRAY(UUID(as_uuid=True))),
    bindparam("receipts", type_=ARRAY(Text)),
    bindparam("thens", type_=ARRAY(BigInteger)),
)
"""Letters that the platform has taken, marked as sent; the lease of an address where no letter follows is given back.
One that was dropped while it was on its way was sent all the same: it stands in the chat, and can be taken back.
`waits`: the letter that follows still does, at this address; `more` is due there."""
