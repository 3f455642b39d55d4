"""What an update can be about, and what it can say of where a case stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.ids import UpdateId
from casework.stages import CaseStage


class Subject(StrEnum):
    """What an update is about."""

    CIRCUMSTANCES = "circumstances"  # how contact was lost, or what is known of it
    SERVICE = "service"  # where the person served or serves
    NEXT_STEPS = "next-steps"  # what the family or an institution does now
    CAPTIVITY = "captivity"
    RETURN = "return"  # release, the way home, what comes after


class Amending(StrEnum):
    """What an update does to an earlier one."""

    CORRECTED = "corrected"  # the same with other words
    WITHDRAWN = "withdrawn"  # it no longer holds; nothing is said in its place


@dataclass(frozen=True, slots=True)
class Amends:
    """The earlier update that this one corrects or withdraws."""

    update: UpdateId
    how: Amending

    @property
    def withdraws(self) -> bool:
        return self.how is Amending.WITHDRAWN


class Capacity(StrEnum):
    """As what somebody was located alive."""

    SERVING = "serving"  # with a unit
    CAPTIVE = "captive"  # a prisoner of war
    DETAINED = "detained"  # a civilian who is held
    AT_LIBERTY = "at-liberty"  # among their own, or abroad


@dataclass(frozen=True, slots=True)
class StageChange:
    """From now on the case stands at `stage`; `capacity` with "located" alone. `over` is the update that said where it
    stood until then, as both who sign saw it; `reason` is for them and for colleagues, where the stage goes back."""

    stage: CaseStage
    capacity: Capacity | None = None
    over: UpdateId | None = None
    reason: str = ""
