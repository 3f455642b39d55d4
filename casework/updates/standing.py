"""Where a case stands, as an update says it: under the same two signatures, with its source and its history.

No stage is kept beside the updates: a case stands where the last of those that were released says it does. So nothing
else can change it, cases that are joined stand where the later source says, and parted again each stands where it did.
That a search has ended is no stage: two set it (`casework/ending.py`), and no family is told so by a message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from casework.ids import UpdateId
from casework.numbers import ReportNumber
from casework.refusal import Refusal
from casework.stages import CaseStage
from casework.updates.stages import StageChange, Subject
from casework.updates.values import Level, Statement, Update, UpdateState

if TYPE_CHECKING:
    from casework.ids import CaseId
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """Where a case stands: by which update of which source's day, since when."""

    update: UpdateId
    change: StageChange
    sourced: date
    since: datetime


SAYS: Final[Mapping[Level, tuple[CaseStage, ...]]] = {
    Level.SAID: (),
    Level.UNIT: (CaseStage.MISSING, CaseStage.PROBABLY_CAPTIVE, CaseStage.LOCATED),
    Level.NIB: (
        CaseStage.NOT_REGISTERED,
        CaseStage.MISSING,
        CaseStage.REGISTERED,
        CaseStage.PROBABLY_CAPTIVE,
        CaseStage.LOCATED,
    ),
    Level.ICRC: (CaseStage.CAPTIVE, CaseStage.LOCATED),
    Level.RELEASED: (CaseStage.RELEASED, CaseStage.RETURNED, CaseStage.REINTEGRATION),
}
"""Which stages what is so sure can bear: captivity is what the Committee confirms, and hearsay moves nothing."""

TOLD_BY_RELEASE: Final = frozenset({Subject.RETURN})
"""What is spoken of only where the release is confirmed: each relative hears of it by voice first."""

_ORDER: Final = tuple(CaseStage)


def subjects(level: Level) -> tuple[Subject, ...]:
    """What an update of a level can be about."""
    return tuple(one for one in Subject if one not in TOLD_BY_RELEASE or level is Level.RELEASED)


def goes_back(stage: CaseStage, sourced: date, standing: CaseStanding | None) -> bool:
    """Does it say less than what is known, or on an older source? Then both who sign have to know why."""
    if standing is None:
        return False
    return _ORDER.index(stage) < _ORDER.index(standing.change.stage) or sourced < standing.sourced


def history(updates: Sequence[Update]) -> tuple[CaseStanding, ...]:
    """Each time a case moved, the oldest first, by all updates of it and of the cases that were joined to it, in
    whatever order and with those that were replaced. The later source stands, and what two signed knowing of it. What
    corrects words stands in the place of what it corrects; what was signed over one that is withdrawn, over the one
    before that."""
    known = {one.id: one for one in updates}

    def place(id: UpdateId) -> UpdateId:
        amends = known[id].statement.amends if id in known else None
        return id if amends is None else place(amends.update)

    told = {place(one.id): one for one in updates if one.state is UpdateState.RELEASED and one.statement.stage}

    def over(change: StageChange) -> UpdateId | None:
        at = place(change.over) if change.over is not None else None
        before = known[at].statement.stage if at in known and at not in told else None
        return at if before is None else over(before)

    moved: list[CaseStanding] = []
    for first, one in sorted(told.items(), key=lambda entry: (_since(known.get(entry[0], entry[1])), entry[0])):
        change, on, since = one.statement.stage, one.statement.source.on, _since(known.get(first, one))
        assert change is not None  # noqa: S101  chosen by it above
        if not moved or over(change) == place(moved[-1].update) or on >= moved[-1].sourced:
            moved.append(CaseStanding(one.id, change, on, since))
    return tuple(moved)


def _since(update: Update) -> datetime:
    return update.decided_at or update.written_at


async def standing(case: CaseId, work: Work) -> CaseStanding | None:
    """Where a case stands now; None where no update has said so yet."""
    moved = await work.updates.moved(case)
    return moved[-1] if moved else None


def check(statement: Statement, now_at: CaseStanding | None, number: ReportNumber) -> None:
    """`Refusal` of a statement that says more than its level bears, that somebody is located without saying as what, or
    that sets a case back and does not say why. What only corrects words moves nothing."""
    if statement.amends is not None:
        return
    change, about = statement.stage, statement.subject
    borne = about is None or about in subjects(statement.level)
    if not borne or (change is not None and change.stage not in SAYS[statement.level]):
        raise Refusal("write-unborne")
    if change is None:
        return
    if (change.stage is CaseStage.LOCATED) is not (change.capacity is not None):
        raise Refusal("write-located", number=str(number))
    if change.over != (now_at.update if now_at else None):
        raise Refusal("approve-moved")
    if goes_back(change.stage, statement.source.on, now_at) and not change.reason.strip():
        raise Refusal("write-goes-back")
