"""How kinship is talked about: relatives send papers, verifiers look at them and decide."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from casework.files import RefusedFiles
from casework.kinship import (
    Askable,
    Decide,
    Ground,
    KinshipOf,
    KinshipState,
    NeededPapers,
    OpenKinship,
    Presented,
    ProofOf,
    Provable,
    SeenPapers,
    SendPapers,
    VerifyByTwo,
)
from casework.letters import Say
from casework.numbers import ReportNumber
from casework.registering import MyReport
from casework.staff import Acting
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.questions import Choice, Option, Question, Several, Spellings, Story, Told, Took, Typed, YesNo
from dialogs.reports import NUMBER, at_hand, numbered
from dialogs.routing import Redirect
from dialogs.said import Said
from dialogs.script import answered, ask, look_up, perhaps, tell

PAPERS = Told(name="papers", files_only=True, noun="paper", example=Story())
PAPERS_WORDS = Typed(
    name="papers-words",
    type=str,
    example="—",
    unknown=True,
    blank="papers-words.none",
    later=True,
    parser=partial(parse.free_text, limit=1000),
    coordinates="left out",
)


async def papers() -> SendPapers:
    """Photos or PDF of the papers that this kinship needs, and words about them if there are any."""
    number = await numbered()
    report = await look_up(MyReport(number))
    refused = await look_up(RefusedFiles())
    whose = "paper" if await look_up(Acting()) is None else "paper-of"
    await tell("papers-begin", number=str(number))
    for paper in await look_up(NeededPapers(report.claim.kinship)):
        await tell("papers-need", paper=Say(f"{whose}.{paper}"))
    sent = await ask(replace(PAPERS.about(number), refused_files=dict(refused)))
    words = await perhaps(PAPERS_WORDS.about(number))
    return SendPapers(number, sent.files, (*sent.texts, *((words,) if words else ())))


async def kinship() -> OpenKinship:
    return OpenKinship(await at_hand(NUMBER, papers=True))


PAPERS_SHOWN: Question[Any] = Typed(
    name="kinship-papers-shown",
    type=int,
    example=0,
    parser=lambda text: (
        int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else Unclear("unclear-choice")
    ),
)
"""Up to which place the papers stand above; it comes with the claim, and is never asked."""
DECISION = Choice(name="kinship-decision", type=str, example="menu", on_page=True)
STILL = "still-verified"
"""What came after the decision was looked at, and changes nothing."""
OPEN = ("verified", "more-asked", "refused", "menu")
CHOICES: dict[KinshipState, tuple[str, ...]] = {
    KinshipState.DECLARED: OPEN,
    KinshipState.MORE_ASKED: OPEN,
    KinshipState.CHANGED: OPEN,
    KinshipState.REFUSED: ("verified", "more-asked", "menu"),
    KinshipState.REVOKED: ("verified", "more-asked", "menu"),
    KinshipState.VERIFIED: (STILL, "revoked", "menu"),
}
GROUND = Choice(name="kinship-ground", type=Ground, example=Ground.NAMES_DIFFER)


@dataclass(frozen=True, kw_only=True)
class _Papers(Several):
    """Which papers: at least one."""

    def _label(self, one: str) -> Say:
        return Say(f"paper-of.{one}")

    def read(self, said: Said, so_far: tuple[str, ...] | None, words: Spellings) -> Took[tuple[str, ...]] | Unclear:
        took = super().read(said, so_far, words)
        return Unclear("unclear-paper") if isinstance(took, Took) and took.done and not took.value else took


ASKED = _Papers(name="papers-asked", among=(), example=("passport",))
SEEN = _Papers(name="papers-seen", among=(), example=("passport",))
PRESENTED = Choice(name="kinship-shown", type=Presented, example=Presented.SENT)
ALSO_SAW = Choice(name="kinship-also-saw", type=YesNo, example=YesNo.YES)
WHY = Typed(
    name="kinship-less",
    type=str,
    example="Свідоцтво згоріло, є довідка з архіву.",
    parser=partial(parse.free_text, limit=500),
    coordinates="left out",
)


async def decide() -> Decide | VerifyByTwo | Redirect:
    """A decision is about the state that the verifier saw: an answer to another one is not taken for it."""
    number = await ask(NUMBER)
    shown: int | None = await ask(PAPERS_SHOWN) if await answered(PAPERS_SHOWN) else None
    state = await look_up(KinshipOf(number))
    options = (Option(name, Say(f"kinship-decision.{name}")) for name in CHOICES[state])
    chosen = await ask(DECISION.about(f"{number}.{state}").of(*options))
    if chosen == "menu":
        return Redirect("menu")
    decided = KinshipState.VERIFIED if chosen == STILL else KinshipState(chosen)
    why: tuple[str, ...] = ()
    seen = None
    if decided in (KinshipState.REFUSED, KinshipState.REVOKED):
        ground = await ask(GROUND.about(f"{number}.{state}"))
        why = (ground,)
    elif decided is KinshipState.MORE_ASKED:
        why = await ask(replace(ASKED.about(f"{number}.{state}"), among=await look_up(Askable())))
    else:
        papers = await look_up(Provable(number))
        marked = await ask(replace(SEEN.about(f"{number}.{state}"), among=papers))
        seen = SeenPapers(marked, await ask(PRESENTED.about(f"{number}.{state}")))
        if chosen != STILL and not (await look_up(ProofOf(number))).by_scans(seen):
            return VerifyByTwo(number, state, await _with_a_second(number, state, seen), shown)
    return Decide(number, state, decided, why, seen, shown)


async def _with_a_second(number: ReportNumber, state: KinshipState, seen: SeenPapers) -> SeenPapers:
    """A colleague who saw the papers as well, or a reason in writing, which whoever signs second reads."""
    proof = await look_up(ProofOf(number))
    if proof.by_eye(seen):
        if await ask(ALSO_SAW.about(f"{number}.{state}")) is YesNo.YES:
            return seen
    elif proof.papers:
        await tell("kinship-less-scans", scans=proof.scans, needed=len(proof.papers))
        for paper in proof.lacking(seen):
            await tell("kinship-less-lacks", paper=Say(f"paper-of.{paper}"))
    else:
        await tell("kinship-less-no-set")
    return replace(seen, why=await ask(WHY.about(f"{number}.{state}")))
