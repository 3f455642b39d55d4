"""Erasing: what a person told is gone for good, what another relative shares stays. Whoever asks for it gets a receipt.

The receipt says what is erased and when, what stays, how long and why. Its number is a keyed hash of the data key that
is erased: nothing is kept for it but the ledger of erased keys, which names nobody. Later the service knows by the
number that there was such an erasure, and on which day; not whose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NewType, Protocol

from casework.attempts import Guess
from casework.ids import PersonId
from casework.letters import AtTime, Say, say
from casework.refusal import Refusal
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

ReceiptNumber = NewType("ReceiptNumber", str)
"""Twelve digits."""

RECEIPT_DIGITS: Final = 12


def grouped_receipt(number: ReceiptNumber) -> str:
    """As people copy it: `1234-5678-9012`."""
    return "-".join(number[start : start + 4] for start in range(0, RECEIPT_DIGITS, 4))


class Erasing(Protocol):
    """How a person is erased."""

    async def erase(self, person: PersonId) -> None:
        """Everything of the person, and the keys under which it was sealed: copies of the database open no more either.

        A case that another relative shares stays, with what staff wrote of it; one that nobody shares is closed.
        """

    async def receipt(self, person: PersonId) -> ReceiptNumber:
        """The number of the receipt for this person's erasure; the same until they are erased."""

    async def erased_on(self, number: ReceiptNumber) -> datetime | None:
        """When the person with this receipt was erased; None where nobody was."""


PARTS: Final = (
    "receipt-erased",
    "receipt-stays-audit",
    "receipt-stays-key",
    "receipt-stays-case",
    "receipt-stays-copies",
)
"""What the receipt says between its head and how it is checked."""


def receipt(number: ReceiptNumber, asked: datetime, on: datetime, zone: str) -> tuple[Say, ...]:
    """The whole receipt, before it is done: it is offered while there is somebody to give it to."""
    shown = grouped_receipt(number)
    head = say("receipt-head", number=shown, asked=AtTime(asked, zone, "day"), on=AtTime(on, zone, "day"))
    return (head, *(Say(part) for part in PARTS), say("receipt-check", number=shown))


@dataclass(frozen=True, slots=True)
class CheckReceipt:
    """Was what this receipt is for done? Anybody may ask: the answer is a day."""

    receipt: ReceiptNumber


async def check_receipt(command: CheckReceipt, actor: Actor, work: Work) -> Result:
    if not await work.attempts.may(actor.person, Guess.RECEIPT):
        raise Refusal("receipt-too-often")
    shown = grouped_receipt(command.receipt)
    at = await work.erasing.erased_on(command.receipt)
    if at is None:
        return Result((say("receipt-unknown", number=shown),))
    return Result((say("receipt-known", number=shown, on=AtTime(at, style="day")),))


COMMANDS: dict[type, Any] = {CheckReceipt: check_receipt}
QUERIES: dict[type, Any] = {}
