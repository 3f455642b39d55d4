"""What a transaction has done that others must hear of: one object, which every part writes to and the commit reads."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from casework.actor import Channel
from casework.ids import PersonId

WOKEN = "zviazok_woken"
"""The NOTIFY channel on which is said what commits have brought, by the names that `Effects` gives."""


@dataclass
class Effects:
    """`letters` are the channels for which letters wait; `unheard` letters that wake nobody, so that a human calls;
    `failed` the letters that a channel has not taken, with that channel. `threads` have grown on the page; `erased`
    tells that data keys were erased, of which the keyring has to hear after the commit; under the keys that are `left`
    nothing is sealed any more. `files` were noted, messages `deferred`, reports filed or corrected (to be compared),
    `reference` data changed; `places` came free."""

    letters: set[str] = field(default_factory=set)
    unheard: set[int] = field(default_factory=set)
    failed: dict[int, Channel] = field(default_factory=dict)
    threads: set[PersonId] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    erased: bool = False
    files: bool = False
    deferred: bool = False
    reports: bool = False
    reference: bool = False
    places: bool = False

    def names(self) -> Iterator[str]:
        """What the commit wakes, in this order: a channel's name, "thread:PERSON", "files", "deferred", "reports",
        "places". "reference" comes first: what the letters say may hang on it."""
        if self.reference:
            yield "reference"
        yield from sorted(self.letters)
        yield from (f"thread:{person}" for person in sorted(self.threads))
        if self.files:
            yield "files"
        if self.deferred:
            yield "deferred"
        if self.reports:
            yield "reports"
        if self.places:
            yield "places"

    def clear(self) -> None:
        """After the commit: nothing is told twice."""
        for heard in (self.letters, self.unheard, self.failed, self.threads, self.left):
            heard.clear()
        self.files = self.deferred = self.reports = self.reference = self.places = self.erased = False
