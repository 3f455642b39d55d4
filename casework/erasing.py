"""Erasing: what a person told is gone for good, what another relative shares stays."""

from __future__ import annotations

from typing import Protocol

from casework.ids import PersonId


class Erasing(Protocol):
    """How a person is erased."""

    async def erase(self, person: PersonId) -> None:
        """Everything of the person, and the keys under which it was sealed: copies of the database open no more either.

        A case that another relative shares stays, with what staff wrote of it; one that nobody shares is closed.
        """
