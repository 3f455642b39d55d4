"""What our own messages cost, what may be paid for, and what becomes of the rest.

Viber asks nothing for answers within a day of what a person wrote, and a price for each message that we begin outside
that. Money is EUR in exact decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from casework.actor import Channel
from casework.board import Row, Section
from casework.centers import KYIV
from casework.letters import Arg, Purpose, Say
from casework.queries import Query

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

RESERVE = Decimal("0.2")
"""The part of a month's budget that is kept for appointments and updates."""

WARN_FROM = 80
"""Percent of the budget from which staff are warned; the reserve begins there."""

WEEKS_A_MONTH = Decimal(52) / 12
CENT = Decimal("0.01")

SESSION = timedelta(hours=24)
"""How long after a person's message everything that we say there is free."""

SOON = timedelta(hours=1)
"""How soon a human calls about an appointment of which no message could tell."""


class LetterRoute(StrEnum):
    """How a letter goes."""

    FREE = "free"  # here, and it costs nothing
    PAY = "pay"  # here, for its price
    WAIT = "wait"  # here, as soon as the person writes: it is free then
    ELSEWHERE = "elsewhere"  # to another messenger of the person's, which is free
    CALL = "call"  # a human calls; the page has it too, where there is one


WAYS: dict[Purpose, tuple[LetterRoute, ...]] = {
    Purpose.UPDATE: (LetterRoute.PAY, LetterRoute.ELSEWHERE, LetterRoute.CALL),
    Purpose.APPOINTMENT: (LetterRoute.PAY, LetterRoute.ELSEWHERE, LetterRoute.CALL),
    Purpose.KINSHIP: (LetterRoute.ELSEWHERE, LetterRoute.PAY, LetterRoute.CALL),
    Purpose.ANSWER: (LetterRoute.PAY, LetterRoute.ELSEWHERE, LetterRoute.CALL),
    Purpose.CALL: (LetterRoute.ELSEWHERE, LetterRoute.PAY, LetterRoute.WAIT),  # its call is due again as it is
    Purpose.WORK: (LetterRoute.ELSEWHERE, LetterRoute.WAIT),  # staff work on the page
    Purpose.URGENT: (LetterRoute.PAY, LetterRoute.ELSEWHERE, LetterRoute.WAIT),
    Purpose.ROUTINE: (LetterRoute.ELSEWHERE, LetterRoute.WAIT),
    Purpose.REPLY: (
        LetterRoute.PAY,
        LetterRoute.ELSEWHERE,
        LetterRoute.CALL,
    ),  # late, or asked for where it cannot be said
}
"""What is tried for each purpose, outside of a session, in this order."""

CHOSEN: dict[Purpose, tuple[LetterRoute, ...]] = {
    Purpose.KINSHIP: (LetterRoute.PAY, LetterRoute.ELSEWHERE, LetterRoute.CALL),
    Purpose.CALL: (LetterRoute.PAY, LetterRoute.ELSEWHERE, LetterRoute.WAIT),
    Purpose.ROUTINE: (LetterRoute.WAIT,),
}
"""The same where the family has chosen to have messages there: elsewhere they may be read by somebody else."""

TO_THE_LAST = frozenset({Purpose.UPDATE, Purpose.APPOINTMENT, Purpose.URGENT})
"""What is paid for from the reserve too."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a channel costs: `monthly` in any case, `price` a message that we begin outside a session; `budget` is what
    may be spent on such messages in a calendar month."""

    monthly: Decimal
    price: Decimal
    budget: Decimal

    def affords(self, purpose: Purpose, spent: Decimal) -> bool:
        """May one more message be paid for, when so much is spent this month or about to be?"""
        most = self.budget if purpose in TO_THE_LAST else self.budget * (1 - RESERVE)
        return spent + self.price <= most

    def used(self, spent: Decimal) -> int:
        """Whole percent of the budget; without a budget all of it is used up."""
        return int(spent * 100 / self.budget) if self.budget else 100

    def weekly(self, families: int) -> Decimal:
        """What a month costs with one push a week to so many families outside a session."""
        return (self.monthly + families * self.price * WEEKS_A_MONTH).quantize(CENT)


def way(purpose: Purpose, *, session: bool, affordable: bool, elsewhere: bool, chosen: bool = False) -> LetterRoute:
    """How a letter goes: `session` tells that it is free here, `elsewhere` that another messenger is, `chosen` that the
    family wants it here."""
    if session:
        return LetterRoute.FREE
    open_ways = {LetterRoute.PAY: affordable, LetterRoute.ELSEWHERE: elsewhere}
    ways = CHOSEN.get(purpose, WAYS[purpose]) if chosen else WAYS[purpose]
    return next(one for one in ways if open_ways.get(one, True))


def call_within(purpose: Purpose) -> timedelta | None:
    """How soon a human calls instead; None where the usual working day is soon enough."""
    return SOON if purpose is Purpose.APPOINTMENT else None


def month_of(moment: datetime) -> date:
    """The first day of the month, in Kyiv: budgets are counted by it."""
    return moment.astimezone(KYIV).date().replace(day=1)


@dataclass(frozen=True, slots=True)
class Spent:
    """What was paid in a month for one purpose."""

    purpose: Purpose
    messages: int
    amount: Decimal


class Costs(Protocol):
    """How what was spent is kept. `tariff` is None while there is no channel that costs anything."""

    @property
    def tariff(self) -> Tariff | None: ...

    async def spent(self, channel: Channel, month: date) -> Sequence[Spent]:
        """By purpose, the dearest first."""

    async def pay(self, channel: Channel, month: date, purpose: Purpose, amount: Decimal) -> None:
        """One message more."""

    async def families(self, channel: Channel) -> int:
        """How many persons are reached on a channel."""


async def total(work: Work) -> Decimal:
    """What was spent on Viber this month."""
    spent = await work.costs.spent(Channel.VIBER, month_of(work.now))
    return sum((one.amount for one in spent), Decimal(0))


@dataclass(frozen=True, slots=True)
class Meter:
    """This month's costs on Viber. `families` are reached there now."""

    tariff: Tariff
    spent: tuple[Spent, ...]
    families: int

    @property
    def total(self) -> Decimal:
        return sum((one.amount for one in self.spent), Decimal(0))

    @property
    def warns(self) -> bool:
        return self.tariff.used(self.total) >= WARN_FROM


@dataclass(frozen=True, slots=True)
class ViberMeter(Query[Meter | None]):
    """What Viber has cost this month; None without Viber."""

    example: ClassVar[Meter] = Meter(
        Tariff(Decimal(100), Decimal("0.02"), Decimal(50)),
        (Spent(Purpose.UPDATE, 1600, Decimal(32)), Spent(Purpose.APPOINTMENT, 500, Decimal(10))),
        6000,
    )


async def viber_meter(query: ViberMeter, actor: Actor, work: Work) -> Meter | None:
    tariff = work.costs.tariff
    if tariff is None:
        return None
    spent = await work.costs.spent(Channel.VIBER, month_of(work.now))
    return Meter(tariff, tuple(spent), await work.costs.families(Channel.VIBER))


def money(amount: Decimal) -> Say:
    """An amount in words: to the cent, a price of less than whole cents to the hundredth of one."""
    euros, _, fraction = f"{amount:.4f}".partition(".")
    return Say("costs-money", {"euros": int(euros), "cents": fraction.rstrip("0").ljust(2, "0")})


def used(meter: Meter) -> Say:
    """How much of the budget is used."""
    if not meter.tariff.budget:
        return Say("costs-no-budget")
    args: dict[str, Arg] = {
        "spent": money(meter.total),
        "budget": money(meter.tariff.budget),
        "percent": meter.tariff.used(meter.total),
    }
    return Say("costs-warning" if meter.warns else "costs-used", args)


async def costs_section(actor: Actor, work: Work) -> Section | None:
    """For the board of those who answer for the money: how much of the budget is used."""
    meter = await viber_meter(ViberMeter(), actor, work)
    if meter is None:
        return None
    return Section(Say("costs-board"), (Row((used(meter),), ((Say("costs-board.open"), "/costs"),)),))


COMMANDS: dict[type, Any] = {}
QUERIES: dict[type, Any] = {ViberMeter: viber_meter}
