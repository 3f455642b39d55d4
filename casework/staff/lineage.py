"""Whose hand an account may be: who invited a member, who let them enrol anew, and who signed that as a second person.

Whoever invites or resets somebody can hold that account, so two signatures are two only if neither member is in the
other's hand, nor both in one third's. It is kept for good. The shell is a hand of its own: whoever has it may be
anybody, so an account that came from it counts for none of two until two others have answered for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from casework.ids import StaffId

SHELL = None
"""In place of a member: whoever runs commands on the machine."""

Hand = StaffId | None

FOUNDERS = 2
"""Administrators whom the shell may invite as persons of their own, as long as no family has come."""


class How(StrEnum):
    """How somebody came to hold an account."""

    INVITED = "invited"
    RESET = "reset"  # a new second factor was allowed
    VOUCHED = "vouched"  # two others answer for it: what was before counts no more


@dataclass(frozen=True, slots=True)
class Origin:
    """A member was invited, reset or vouched for by `by` (the shell if None) and by `signed_by` as the second person,
    if there was one. `founding`: by the shell, before there was anybody to ask."""

    member: StaffId
    how: How
    by: Hand
    at: datetime
    signed_by: StaffId | None = None
    founding: bool = False


class Lineage(Protocol):
    """How origins are kept: for good."""

    async def all(self) -> Sequence[Origin]:
        """Every origin of every member, the oldest first."""

    async def add(self, origin: Origin) -> str:
        """Returns, of an invitation or a reset that a second person signed, the word that only they are told: without
        it no link of the first person's opens anything."""

    async def open_for(self, member: StaffId) -> Origin | None:
        """The invitation or reset by which the member may enrol, and has not yet."""


def hands(origins: Iterable[Origin]) -> Mapping[StaffId, frozenset[Hand]]:
    """For each member who came by somebody's hand, all whose hand that may be, through whomever.

    `origins` are in the order in which they happened: a second person counts by what was so then, since a signature is
    not undone by what becomes of whoever gave it.
    """
    held: dict[StaffId, set[Hand]] = {}

    def line(one: Hand) -> set[Hand]:
        found: set[Hand] = set()
        left = [one]
        while left:
            here = left.pop()
            if here not in found:
                found.add(here)
                left += held.get(here, ()) if here is not SHELL else ()
        return found

    for origin in origins:
        if origin.founding:
            continue
        by, theirs = line(origin.by), line(origin.member)
        signed_by = line(origin.signed_by) if origin.signed_by is not None else {SHELL}
        signed = SHELL not in by | signed_by and not signed_by & (by | theirs)
        if origin.how is How.VOUCHED:
            if signed and not by & theirs:
                held.pop(origin.member, None)
        elif not signed:
            held.setdefault(origin.member, set()).add(origin.by)
    return {member: frozenset(line(member) - {member}) for member in held}


def are_two(one: StaffId, other: StaffId, origins: Iterable[Origin]) -> bool:
    """Are two members surely two persons, so that their signatures are two?"""
    held = hands(origins)
    mine, theirs = {one, *held.get(one, ())}, {other, *held.get(other, ())}
    return SHELL not in mine | theirs and not mine & theirs


def outside(one: StaffId, member: StaffId, origins: Iterable[Origin]) -> bool:
    """Has a member, who is surely a person of their own, no part in how another came by their account?"""
    held = hands(origins)
    mine, theirs = {one, *held.get(one, ())}, {member, *held.get(member, ())}
    return SHELL not in mine and not mine & theirs
