"""What was spent on messages, by month, channel and purpose: counts and sums, nothing about anybody."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Column, Date, Integer, Numeric, Table, Text, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Channel
from casework.costs import Spent, Tariff
from casework.letters import Purpose
from storage.addresses import addresses
from storage.schema import metadata

spending = Table(
    "spending",
    metadata,
    Column("month", Date, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("messages", Integer, nullable=False),
    Column("amount", Numeric(12, 4), nullable=False),
)
"""`amount` in EUR, to a hundredth of a cent: a price may be a fraction of one."""


class StoredCosts:
    """How what was spent is kept: `casework.costs.Costs`."""

    def __init__(self, connection: AsyncConnection, now: datetime, tariff: Tariff | None) -> None:
        self._connection, self._now, self.tariff = connection, now, tariff

    async def spent(self, channel: Channel, month: date) -> Sequence[Spent]:
        found = await self._connection.execute(
            select(spending)
            .where(spending.c.channel == channel, spending.c.month == month)
            .order_by(spending.c.amount.desc(), spending.c.purpose)
        )
        return [Spent(Purpose(row.purpose), row.messages, row.amount) for row in found]

    async def pay(self, channel: Channel, month: date, purpose: Purpose, amount: Decimal) -> None:
        await self._connection.execute(
            insert(spending)
            .values(month=month, channel=channel, purpose=purpose, messages=1, amount=amount)
            .on_conflict_do_update(
                index_elements=["month", "channel", "purpose"],
                set_={"messages": spending.c.messages + 1, "amount": spending.c.amount + amount},
            )
        )

    async def families(self, channel: Channel) -> int:
        live = or_(addresses.c.expires_at.is_(None), addresses.c.expires_at > self._now)
        return int(
            await self._connection.scalar(
                select(func.count(addresses.c.person_id.distinct())).where(
                    addresses.c.channel == channel, addresses.c.active, live
                )
            )
            or 0
        )
