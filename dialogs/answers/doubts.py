"""What can be read in more than one way: the person is asked which, with a button for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """One way to read what was typed. `label` is the attribute of the doubt's message that its button carries."""

    value: T
    label: str = "this"


@dataclass(frozen=True, slots=True)
class Doubt(Generic[T]):
    """Words that may be no answer, or two: whoever wrote them presses what was meant, or writes anew.

    `reason` is the name of a Fluent message in `locales/*/unclear.ftl`, such as `doubt-name-two`; `args` are its
    variables. A name that is also a word ("Солдат") is among the readings, so that nobody's is refused.
    """

    reason: str
    readings: tuple[Reading[T], ...]
    args: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}), hash=False)
