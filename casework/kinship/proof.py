"""Which papers prove a tie, and when one verifier may confirm it by them alone.

Which papers those are is reference data: the paper's `needed_by`. A paper is seen as a scan that the verifier has
opened and did not take in, or by two members, each by name. Less takes a written reason and a second person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from casework.kinship.ties import Presented, SeenPapers
from casework.numbers import ReportNumber
from casework.queries import Query
from casework.registering import Kinship, Report, for_staff
from casework.staff.lineage import are_two
from casework.unreadable import certain

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.ids import StaffId
    from casework.work import Work

BY_PAPERS: Final = frozenset(
    {
        *(Kinship.MOTHER, Kinship.FATHER, Kinship.WIFE, Kinship.HUSBAND),
        *(Kinship.DAUGHTER, Kinship.SON, Kinship.SISTER, Kinship.BROTHER),
    }
)
"""Ties whose papers the sources name as proof: the marriage certificate of a spouse, the birth certificate of a
parent's missing child, the own one of a child, both of a sibling, each with the passport (National Police on the search
algorithm; Ministry of Justice, 22 October 2025). Of a grandparent, another relative or a close person no set is known:
the papers that are asked of them show only a part."""


@dataclass(frozen=True, slots=True)
class Proof:
    """`papers` prove the tie together, none of them alone; empty where no set is known. `scans`: of how many papers the
    acting member has opened scans that count for them."""

    papers: tuple[str, ...]
    scans: int

    def lacking(self, seen: SeenPapers) -> tuple[str, ...]:
        return tuple(paper for paper in self.papers if paper not in seen.papers)

    def complete(self, seen: SeenPapers) -> bool:
        """Are all papers of the set among those that were seen?"""
        return bool(self.papers) and not self.lacking(seen)

    def by_scans(self, seen: SeenPapers) -> bool:
        """Did whoever saw them see all as scans? Then one person is enough."""
        return self.complete(seen) and seen.how is Presented.SENT and self.scans >= len(self.papers)

    def by_eye(self, seen: SeenPapers) -> bool:
        """Were some brought, so that a second person who saw them as well is enough?"""
        return self.complete(seen) and seen.how is not Presented.SENT


async def proof_of(report: Report, by: StaffId, work: Work) -> Proof:
    """What proves a report's tie for this verifier. What they took in themselves, or somebody who may be they, is no
    scan; a photo shows one paper, a PDF as many as it has pages, so all."""
    kinship = certain(report.claim).kinship
    papers = work.book.papers_for(kinship) if kinship in BY_PAPERS else ()
    if len(papers) < 2:  # the passport alone shows who somebody is, and not whose
        papers = ()
    tie, origins = await work.kinships.get(report.id), await work.lineage.all()
    opened, scans = await work.kinships.opened(report.id, by), 0
    for document, taken_in in zip(tie.documents, tie.brought_in, strict=True):
        if document in opened and (taken_in is None or are_two(taken_in, by, origins)):
            file = await work.files.get(document)
            scans += len(papers) if file is not None and file.type == "application/pdf" else 1
    return Proof(papers, scans)


@dataclass(frozen=True, slots=True)
class ProofOf(Query[Proof]):
    """What proves a report's kinship, for those who decide."""

    number: ReportNumber
    example: ClassVar[Proof] = Proof(("passport", "birth-missing"), 2)


async def proof(query: ProofOf, actor: Actor, work: Work) -> Proof:
    return await proof_of(await for_staff(query.number, actor, work), actor.acting.id, work)
