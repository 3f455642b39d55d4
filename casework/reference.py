"""Reference data: centers, telephone lines, the family's steps, papers on kinship, structures, canned texts.

Each entry has versions with days of effect in Kyiv, and words in every language. Staff keep them by commands; what is
said of them is looked up in a `ReferenceBook`, which every process holds in memory (`storage/reference.py` fills it).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from casework.ids import StaffId, StructureId
from casework.queries import Query

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

LANGUAGES: Final = ("uk", "en")


class Sort(StrEnum):
    """What an entry is."""

    CENTER = "center"
    LINE = "line"
    STEP = "step"
    PAPER = "paper"
    STRUCTURE = "structure"
    CANNED = "canned"  # a text that members answer families with


class Trait(StrEnum):
    """What rules ask of a structure, whichever it is."""

    NO_PAPERS = "no-papers"  # families bring no papers to its specialists
    IN_DESPAIR = "in-despair"  # its specialists are told when somebody is in despair
    UNTOLD = "untold"  # the law keeps secret what its specialists looked at: no family is told


PARTS: Final[Mapping[Sort, Mapping[str, int]]] = {
    Sort.CENTER: {"name": 40},
    Sort.LINE: {"name": 120, "short": 40},
    Sort.STEP: {"title": 50, "text": 1500},
    Sort.PAPER: {"name": 64, "of": 64},
    Sort.STRUCTURE: {"name": 64, "staff": 64, "why": 300, "bring": 300, "source": 64},
    Sort.CANNED: {"title": 50, "text": 1500},
}
"""The words that an entry of a sort has in each language, with the most characters of each; what stands on a button is
short. Beside them "also" may hold what people type for it, divided by semicolons."""

SAID: Final[Mapping[str, tuple[Sort, str]]] = {
    "center-": (Sort.CENTER, "name"),
    "line-": (Sort.LINE, "name"),
    "which-line.": (Sort.LINE, "short"),
    "steps.": (Sort.STEP, "title"),
    "step-": (Sort.STEP, "text"),
    "paper.": (Sort.PAPER, "name"),
    "paper-of.": (Sort.PAPER, "of"),
    "specialist.": (Sort.STRUCTURE, "name"),
    "structure.": (Sort.STRUCTURE, "staff"),
    "specialist-for-": (Sort.STRUCTURE, "why"),
    "bring-": (Sort.STRUCTURE, "bring"),
    "update-source.": (Sort.STRUCTURE, "source"),
    "canned.": (Sort.CANNED, "title"),
    "canned-text-": (Sort.CANNED, "text"),
}
"""By which names a `Say` means an entry's words: "center-lviv", "steps.police". Stored letters and conversations hold
these names, so they stay."""
BEGINNINGS: Final = tuple(SAID)


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """One version of an entry: `words` by language and part, in effect from `since` until the day before `until` (None:
    from ever, for ever). `position` orders those of one sort. `needed_by` are the kinships that a paper shows, `traits`
    those of a structure (`Trait`). `source` and `read` tell where the facts are from and when they were last compared
    with it; `by` is who changed it."""

    sort: Sort
    name: str
    position: int
    words: Mapping[str, Mapping[str, str]]
    since: date | None = None
    until: date | None = None
    needed_by: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    source: str = ""
    read: date | None = None
    by: StaffId | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class EntryWords:
    """What a name says: the words, and for a step its place in the list of the day."""

    sort: Sort
    part: str
    text: str
    number: int = 0


@dataclass
class ReferenceBook:
    """Every version of every entry, as this process knows them, and the day in Kyiv for which it speaks.

    `wanted` counts what was heard of changes, `known` up to which of them the entries were read.
    """

    entries: Sequence[ReferenceEntry] = ()
    day: date = date(2025, 4, 3)
    wanted: int = 1
    known: int = 0
    _by_name: dict[tuple[Sort, str], list[ReferenceEntry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.put(self.entries, self.known)

    def put(self, entries: Iterable[ReferenceEntry], known: int) -> None:
        """Take what was read when `known` changes had been heard of; older than what is here, it is dropped."""
        if known < self.known:
            return
        self.entries, self.known, self._by_name = tuple(entries), known, {}
        for entry in sorted(self.entries, key=lambda one: one.since or date.min):
            self._by_name.setdefault((entry.sort, entry.name), []).append(entry)

    @property
    def stale(self) -> bool:
        return self.known < self.wanted

    def heard(self) -> None:
        """Something was changed, here or by another process."""
        self.wanted += 1

    def today(self, sort: Sort) -> tuple[ReferenceEntry, ...]:
        """Those that are in effect, in their order."""
        found = (entry for entry in self.entries if entry.sort is sort and entry.holds(self.day))
        return tuple(sorted(found, key=lambda one: (one.position, one.name)))

    def papers_for(self, kinship: str) -> tuple[str, ...]:
        """The papers that show a kinship, by name."""
        return tuple(paper.name for paper in self.today(Sort.PAPER) if kinship in paper.needed_by)

    def holds(self, sort: Sort, name: str, day: date) -> bool:
        """Is the entry in effect on that day?"""
        return any(entry.holds(day) for entry in self._by_name.get((sort, name), ()))

    def begins(self, sort: Sort, name: str) -> date | None:
        """The first day of its first version; None: from ever on."""
        return next((entry.since for entry in self._by_name.get((sort, name), ())), None)

    def has(self, structure: StructureId, trait: Trait) -> bool:
        """Is it true of the structure? Of one that is over, as it last was."""
        entry = self.version(Sort.STRUCTURE, structure)
        return entry is not None and trait in entry.traits

    def version(self, sort: Sort, name: str) -> ReferenceEntry | None:
        """The version in effect; of an entry that is over or not yet there, the nearest: old letters speak of it."""
        versions = self._by_name.get((sort, name), [])
        begun = [entry for entry in versions if entry.since is None or entry.since <= self.day]
        return begun[-1] if begun else next(iter(versions), None)

    def spoken(self, language: str, say: str) -> EntryWords | None:
        """What the name of a message says, if it means an entry: "steps.police", "center-lviv"."""
        if not say.startswith(BEGINNINGS):
            return None
        for beginning, (sort, part) in SAID.items():
            entry = self.version(sort, say.removeprefix(beginning)) if say.startswith(beginning) else None
            if entry is not None and part in entry.words[language]:
                return EntryWords(sort, part, entry.words[language][part], self._number(entry))
        return None

    def also(self, language: str, say: str) -> tuple[str, ...]:
        """What people type for the entry that the name of a message means."""
        if not say.startswith(BEGINNINGS):
            return ()
        for beginning, (sort, _) in SAID.items():
            entry = self.version(sort, say.removeprefix(beginning)) if say.startswith(beginning) else None
            if entry is not None:
                return tuple(part.strip() for part in entry.words[language].get("also", "").split(";") if part.strip())
        return ()

    def _number(self, entry: ReferenceEntry) -> int:
        """Its place in the list of the day, from 1."""
        before = (one for one in self.today(entry.sort) if (one.position, one.name) < (entry.position, entry.name))
        return sum(1 for _ in before) + 1


class References(Protocol):
    """How reference data is kept."""

    async def add(self, entry: ReferenceEntry) -> bool:
        """A new entry; False if there is one of that sort and name already, also by somebody at the same moment."""

    async def keep(self, entry: ReferenceEntry) -> None:
        """From the entry's first day on this version is in effect; what was planned for later days is undone."""

    async def end(self, sort: Sort, name: str, since: date) -> None:
        """From that day on the entry is in effect no more; old letters still speak of it."""


@dataclass(frozen=True, slots=True)
class Steps(Query[tuple[str, ...]]):
    """The family's steps in their order, by name."""

    example: ClassVar[tuple[str, ...]] = ("notice", "police")


async def steps(query: Steps, actor: Actor, work: Work) -> tuple[str, ...]:
    return tuple(step.name for step in work.book.today(Sort.STEP))


@dataclass(frozen=True, slots=True)
class Structures(Query[tuple[StructureId, ...]]):
    """The bodies that specialists come from, in their order, by name."""

    example: ClassVar[tuple[StructureId, ...]] = (StructureId("lawyer"), StructureId("psychologist"))


async def structures(query: Structures, actor: Actor, work: Work) -> tuple[StructureId, ...]:
    return tuple(StructureId(one.name) for one in work.book.today(Sort.STRUCTURE))


COMMANDS: dict[type, Any] = {}
QUERIES: dict[type, Any] = {Steps: steps, Structures: structures}
