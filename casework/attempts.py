"""How often a person may give a number that could be guessed. Right or wrong, each is counted."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from casework.ids import PersonId


class Guess(StrEnum):
    """What is given. The names are permanent: they are kept."""

    CODE = "code"  # the check code of an update
    LINK = "link"  # a code that joins another device
    RECEIPT = "receipt"  # the number of a receipt of erasure


MOST: Final = {Guess.CODE: 10, Guess.LINK: 5, Guess.RECEIPT: 10}
"""Within an hour: enough for anybody who has one, too few for guessing."""

WITHIN: Final = timedelta(hours=1)


class Attempts(Protocol):
    """How they are counted: for each person, and each thing that is guessed."""

    async def may(self, person: PersonId, what: Guess) -> bool:
        """Count one more; False where it is one too many. What a refusal undoes is not counted."""
