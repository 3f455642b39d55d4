"""Reminders of appointments: one row for each, however many processes tick."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Column, Index, Table, Text, UniqueConstraint, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.booking.reminding import Before, Reminder
from casework.ids import AppointmentId
from storage.ids import Ids
from storage.schema import key, metadata, moment, ref
from storage.sealing import Seals

SENT_AT_ONCE = 200
"""Rows that one tick takes; what is left is taken by the next."""

SURELY_OVER = timedelta(days=7)
"""So long after an appointment's beginning its reminders are dropped, and not before: a clock that is ahead and comes
back must not have taken away those of tomorrow."""

reminders = Table(
    "reminders",
    metadata,
    key(),
    ref("appointment_id", "appointments", cascade=True),
    Column("before", Text, nullable=False),
    moment("starts_at", null=False),
    moment("due_at", null=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    UniqueConstraint("appointment_id", "before", "starts_at"),
    Index("ix_reminders_waiting", "due_at", postgresql_where=text("state = 'waiting'")),
)


_ADD: Final = insert(reminders).on_conflict_do_nothing()


class ReminderState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"  # moved, cancelled, or too late to mean anything


class StoredReminders:
    """How reminders are kept: `casework.booking.reminding.Reminders`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._ids, self._now = connection, ids, now

    async def add(
        self, appointment: AppointmentId, starts_at: datetime, moments: Sequence[tuple[Before, datetime]]
    ) -> None:
        rows = [
            {
                "id": await self._ids.take(self._connection),
                "appointment_id": appointment,
                "before": before,
                "starts_at": starts_at,
                "due_at": due,
            }
            for before, due in moments
        ]
        if rows:
            await self._connection.execute(_ADD, rows)

    async def due(self) -> Sequence[Reminder]:
        found = await self._connection.execute(
            select(reminders)
            .where(reminders.c.state == ReminderState.WAITING, reminders.c.due_at <= self._now)
            .where(or_(reminders.c.starts_at > self._now, reminders.c.starts_at <= self._now - SURELY_OVER))
            .order_by(reminders.c.due_at)
            .limit(SENT_AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        return [_reminder(row) for row in found.all()]

    async def get(self, reminder: int) -> Reminder | None:
        row = (await self._connection.execute(select(reminders).where(reminders.c.id == reminder))).one_or_none()
        return _reminder(row) if row else None

    async def sent(self, reminder: int) -> None:
        await self._set(reminder, state=ReminderState.SENT)

    async def drop(self, reminder: int) -> None:
        await self._set(reminder, state=ReminderState.DROPPED)

    async def postpone(self, reminder: int, until: datetime) -> None:
        await self._set(reminder, due_at=until)

    async def _set(self, reminder: int, **values: Any) -> None:
        await self._connection.execute(update(reminders).where(reminders.c.id == reminder).values(**values))


def _reminder(row: Any) -> Reminder:
    return Reminder(row.id, AppointmentId(row.appointment_id), Before(row.before), row.starts_at)
