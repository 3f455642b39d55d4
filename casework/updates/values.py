"""What an update is, who has signed it, and how updates are kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol

from casework.ids import CaseId, PersonId, ReportId, StaffId, UpdateId
from casework.stages import CaseStage
from casework.updates.stages import Amends, StageChange, Subject

if TYPE_CHECKING:
    from casework.updates.standing import CaseStanding

LONGEST_UPDATE = 2000
"""Characters of a text: with everything around it, it fits one message of every messenger."""


class Level(StrEnum):
    """How sure it is. No level tells of a death, of wounds or of remains, and none ever may: that is never a message.

    `tests/casework/test_updates.py` enumerates them: adding one is a decision of people, not of code.
    """

    SAID = "said"  # somebody said it; nobody has confirmed it
    UNIT = "unit"  # the unit where the person serves said it
    NIB = "nib"  # the person is in the register of the National Information Bureau
    ICRC = "icrc"  # the International Committee of the Red Cross has confirmed captivity
    RELEASED = "released"  # the person came home in an exchange or otherwise


class Office(StrEnum):
    """A body that states something and sends no specialist to the centers."""

    NIB = "nib"
    ICRC = "icrc"
    UNIT = "unit"


class Manner(StrEnum):
    """How the source said it."""

    DOCUMENT = "document"
    CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True)
class Source:
    """Whose words these are: a structure's or those of an `Office`. `on` is the day of the document or of
    the conversation."""

    body: str
    manner: Manner
    on: date


@dataclass(frozen=True, slots=True)
class Statement:
    """What two people sign. `uk` is the text; `en` may be empty: it then comes in Ukrainian, in an English frame.
    `subject` is what it is about, `stage` where the case stands from now on; None where it says neither. `amends` is
    the earlier update that it corrects or withdraws: it goes to those who received that one."""

    level: Level
    source: Source
    uk: str
    en: str = ""
    subject: Subject | None = None
    stage: StageChange | None = None
    amends: Amends | None = None

    @property
    def withdraws(self) -> bool:
        """It only takes back an earlier one: level and text are what is not to be relied on."""
        return self.amends is not None and self.amends.withdraws

    def told_in(self, language: str) -> tuple[str, str]:
        """The text for a reader, and the language that it is in."""
        return (self.en, "en") if language == "en" and self.en else (self.uk, "uk")


EXAMPLE = Statement(
    Level.NIB,
    Source("commissioner-missing", Manner.DOCUMENT, date(2026, 11, 20)),
    "Ім’я внесено до реєстру Національного інформаційного бюро.",
)


def signature(case: CaseId, statement: Statement, recipients: Sequence[PersonId]) -> str:
    """What a person signs, as 64 hex digits: texts, level, source, whom it reaches, and what else it says. Anything
    else changes it. What is not said leaves no trace in it, so what was signed before it could be said stays valid."""
    source = statement.source
    seen: list[Any] = [
        case,
        statement.level,
        [source.body, source.manner, source.on.isoformat()],
        {"uk": statement.uk, "en": statement.en},
        sorted(recipients),
    ]
    more: dict[str, Any] = {}
    if statement.subject is not None:
        more["subject"] = statement.subject
    if (change := statement.stage) is not None:
        more["stage"] = [change.stage, change.capacity, change.over, change.reason]
    if statement.amends is not None:
        more["amends"] = [statement.amends.update, statement.amends.how]
    if more:
        seen.append(more)
    return sha256(json.dumps(seen, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


class UpdateState(StrEnum):
    WAITING = "waiting"  # signed by its author, waits for a second person
    SENT_BACK = "sent-back"  # not released; its author knows why
    RELEASED = "released"
    REPLACED = "replaced"  # corrected or withdrawn by a later one: nobody opens it any more


@dataclass(frozen=True, slots=True)
class Update:
    """An update and its signatures. `signed` is what its author signed; `reason` why it was sent back."""

    id: UpdateId
    case: CaseId
    state: UpdateState
    author: StaffId
    author_person: PersonId
    statement: Statement
    signed: str
    written_at: datetime
    approver: StaffId | None = None
    decided_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UpdateCopy:
    """A released update as one relative has it, by their own `report`. `code` is valid for this person only. From
    `released_at` on they can read it; None while it is held until a call reaches them, and then it has no code either.
    `let_go_by` is the head who did not wait for that call, and `let_go_why` what they wrote."""

    update: UpdateId
    person: PersonId
    report: ReportId
    code: str
    released_at: datetime | None
    opened_at: datetime | None = None
    let_go_by: StaffId | None = None
    let_go_why: str = ""

    @property
    def held(self) -> bool:
        return self.released_at is None

    @property
    def readable_from(self) -> datetime:
        """Of one that can be read. `LookupError` for one that is held."""
        if self.released_at is None:
            raise LookupError(f"update {self.update} is held for {self.person}; nothing tells of it before a call")
        return self.released_at


class Updates(Protocol):
    """How updates are kept. Texts are sealed under the case's key, a code under its recipient's."""

    async def add(self, case: CaseId, author: StaffId, statement: Statement, signed: str) -> UpdateId: ...

    async def get(self, update: UpdateId, *, lock: bool = False) -> Update | None:
        """`lock`: nobody else decides on it until the transaction ends."""

    async def waiting(self) -> Sequence[Update]:
        """What waits for a second person, the oldest first."""

    async def latest_by(self, case: CaseId, author: StaffId) -> Update | None:
        """The author's newest of a case."""

    async def sign(self, update: UpdateId, signed: str) -> None:
        """The author has signed again."""

    async def send_back(self, update: UpdateId, by: StaffId, reason: str) -> None: ...

    async def release(
        self,
        update: UpdateId,
        by: StaffId,
        recipients: Sequence[PersonId],
        *,
        at: datetime | None = None,
        held: Collection[PersonId] = (),
    ) -> Sequence[UpdateCopy]:
        """Approved: each of them can read it from `at` on (None: now), with a check code of their own. Whoever is in
        `held` has none, and reads nothing before it is let go to them."""

    async def held(self, person: PersonId) -> Sequence[UpdateCopy]:
        """What is held for a person until a call reaches them; nothing that was corrected or withdrawn since."""

    async def let_go(
        self, update: UpdateId, person: PersonId, at: datetime, by: StaffId | None, why: str | None
    ) -> None:
        """What was held for a person can be read by them from then on; `by` is the head who says why."""

    async def leaving(self) -> Sequence[Update]:
        """What was approved and can still be stopped, the oldest first."""

    async def recall(self, update: UpdateId) -> None:
        """It was stopped before it left: it is its author's again, and nobody's to read. What it was to replace stands
        as before."""

    async def replace(self, former: UpdateId, by: UpdateId) -> None:
        """Nobody opens the former any more."""

    async def copies(self, update: UpdateId) -> Sequence[UpdateCopy]:
        """To whom it was released; what is held for somebody among them."""

    async def current_case(self, update: UpdateId) -> CaseId:
        """The case that the update belongs to now: cases are joined."""

    async def released(self, case: CaseId) -> Sequence[tuple[Update, Sequence[UpdateCopy]]]:
        """What was released in a case and in those joined to it, the newest first, and to whom."""

    async def stages(self, cases: Collection[CaseId]) -> Mapping[CaseId, CaseStage]:
        """Where each of these cases stands now, as far as an update has said it."""

    async def moved(self, case: CaseId) -> Sequence[CaseStanding]:
        """Each time a case moved to another stage, by `casework.updates.standing.history` of what was released."""

    async def reading(self, update: UpdateId, person: PersonId) -> UpdateCopy | None:
        """As the person can read it by now."""

    async def copy(self, update: UpdateId, person: PersonId) -> UpdateCopy | None:
        """As it was released to the person, though they cannot read it yet."""

    async def readings(self, person: PersonId) -> Sequence[UpdateCopy]:
        """What a person can read by now, the newest first."""

    async def by_code(self, person: PersonId, code: str) -> UpdateCopy | None:
        """What stands under a code of this very person, also if it was replaced since; another's code is as unknown as
        one that nobody has."""

    async def opened(self, update: UpdateId, person: PersonId) -> int | None:
        """The person has opened it; the first time counts: then the id of their copy, else None."""
