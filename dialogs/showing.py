"""What a person is shown: the question with its choices and buttons, and what was said before it. Pure.

What can be pressed can be typed as well: `dialogs/taking.py` reads against the same options. Buttons carry the turn on
which they were shown: a press on an old one changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from casework.actor import Actor
from casework.letters import Button, Say, Screen
from casework.values import Unclear
from dialogs.conversation import Conversation, Script
from dialogs.draft import Draft
from dialogs.questions import LATER, UNKNOWN, OnThePage, Option, Question, Review, Spellings
from dialogs.script import Asking, Passed

BACK, MORE, WHY, HUMAN, MENU, SKIP, KEEP = "~back", "~more", "~why", "~human", "~menu", "~skip", "~keep"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press as it came in: the turn on which the button was shown and its option."""

    turn: int
    option: str

    @classmethod
    def of(cls, id: str) -> "Pressed | None":
        turn, dot, option = id.partition(".")
        return cls(int(turn), option) if dot and turn.isdecimal() and len(turn) < 10 else None


def show(talk: Conversation, asking: Asking, script: Script, words: Spellings, left: int | None = None) -> Screen:
    """The screen: what was said, the question, its choices and at most two buttons more."""
    question, begun = filled(asking), so_far(asking, talk.active)
    says = [*talk.notes, *asking.tells]
    if asking.stale is not None:
        says.append(Say(asking.stale.reason, dict(asking.stale.args)))
    if isinstance(question, Review):
        says += [question.put(), *_summary(asking, question)]
    elif begun is not None and (gathered := question.gathered(begun)) is not None:
        says.append(gathered)
    else:
        says.append(question.put())
        if words.has(f"{question.message}.hint"):
            says.append(Say(f"{question.message}.hint", question.args))
    if left is not None and left > 1:
        says.append(Say("common.left", {"count": left}))
    rows: list[tuple[Button, ...]] = []
    own = choices(asking, talk.active)
    for option in own:
        row = rows.pop() if option.beside and rows else ()
        rows.append((*row, Button(f"{talk.turn}.{option.id}", option.label, option.ticked)))
    beside = [*talk.offered, *(_extras(asking, talk.active, script, words) if talk.more else ())]
    taken = {spelling for option in own for spelling in words.plain_spellings(option.label)} if beside else set()
    fresh = [option for option in beside if taken.isdisjoint(words.plain_spellings(option.label))]
    rows += [(Button(f"{talk.turn}.{option.id}", option.label),) for option in fresh]  # no two buttons read alike
    foot = []
    if script.name not in ("menu", "welcome") or asking.passed:
        foot.append(_nav(BACK))
    if not talk.more and script.name != "menu":
        foot.append(_nav(MORE))
    if foot:
        rows.append(tuple(Button(f"{talk.turn}.{o.id}", o.label) for o in foot))
    wants = question.wants if begun is None else None
    return Screen(
        tuple(says),
        tuple(rows),
        wants=wants,
        noted=len(talk.notes),
        pressed=question.pressed,
        question=None if question.secret else question.name,
        compares=script.compares,
    )


def _summary(asking: Asking, review: Review) -> list[Say]:
    lines = []
    for step in changeable(asking, review).values():
        given = step.answer.kind == "value"
        value = step.question.show(step.value) if given else Say(f"common.{step.answer.kind}")
        lines.append(Say("common.line", {"what": Say(f"{step.question.message}.label"), "value": value}))
    return lines


def choices(asking: Asking, draft: Draft) -> tuple[Option, ...]:
    """The question's own options, then "I don't know" and the former answer where there are such."""
    question = asking.question
    found = list(filled(asking).options(so_far(asking, draft)))
    if question.unknown and so_far(asking, draft) is None:
        found.append(Option(f"~{UNKNOWN}", Say(question.blank)))
    former = draft.former.get(question.name)
    if former is not None and not isinstance(question, Review) and so_far(asking, draft) is None:
        value = question.recall(former)
        if value is not None and not isinstance(value, Unclear):
            found.append(Option(KEEP, question.kept(value)))
    return tuple(found)


def _extras(asking: Asking, draft: Draft, script: Script, words: Spellings) -> tuple[Option, ...]:
    """What "More" opens."""
    question = asking.question
    found = []
    if question.later:
        found.append(Option(f"~{LATER}", Say("nav.later")))
        if script.counts:
            found.append(_nav(SKIP))
    if words.has(f"{question.message}.why"):
        found.append(_nav(WHY))
    human = (_nav(HUMAN),) if draft.of is None else ()  # a human is there already
    return (*found, *human, _nav(MENU))


def all_options(asking: Asking, draft: Draft, script: Script, words: Spellings) -> tuple[Option, ...]:
    """All that can be pressed at a question, with "More" opened or not."""
    return (*choices(asking, draft), *_extras(asking, draft, script, words), _nav(BACK), _nav(MORE))


def _nav(of: str) -> Option:
    return Option(of, Say(f"nav.{of[1:]}"))


def filled(asking: Asking) -> Question[Any]:
    """The question itself; a review with the questions that can be changed."""
    question: Question[Any] = asking.question
    if isinstance(question, Review):
        steps = changeable(asking, question)
        rest = tuple(name for name, step in steps.items() if step.answer.kind == LATER)
        return replace(question, of=tuple(steps), rest=rest)
    return question


def changeable(asking: Asking, review: Review) -> dict[str, Passed]:
    """What stands on a review, by name."""
    steps = {step.question.name: step for step in asking.passed if not isinstance(step.question, Review)}
    return {name: step for name, step in steps.items() if name not in review.fixed}


def so_far(asking: Asking, draft: Draft) -> object:
    """What an unfinished answer holds already."""
    answer = draft.answers.get(asking.question.name)
    if answer is None:
        return None
    if answer.done:
        return asking.question.remains(answer)
    value = asking.question.recall(answer)
    return None if isinstance(value, Unclear) else value


def put_off(asking: Asking, script: Script, talk: Conversation, actor: Actor, page: str) -> Asking:
    """For staff on a messenger, a question on a case's words waits until they open the page; their thread on the page
    holds no more of it."""
    if script.waits_for_page(actor) or talk.active.of is not None:
        asking = replace(asking, tells=())
    elif not asking.question.on_page:
        return asking
    return replace(asking, question=OnThePage.instead_of(asking.question, page), stale=None)


def once(says: Iterable[Say]) -> tuple[Say, ...]:
    """Each but once: of ten photos that were not wanted it is said in one sentence."""
    kept: list[Say] = []
    for say in says:
        if say not in kept:
            kept.append(say)
    return tuple(kept)
