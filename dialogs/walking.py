"""Every step of a script, found by walking it: what maps are drawn from and what tests go through.

A long script has more whole paths than anybody can walk (10^9), so each step from a question to the next one is taken
once, with the answers that first led there: finite, and loops are cut.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from casework.letters import Say
from casework.queries import Query
from casework.reference import Sort
from dialogs.questions import LATER, UNKNOWN, Answer, Choice, Question, Review, Several, Spellings, Took
from dialogs.said import Press
from dialogs.script import Asking, Finished, Play, Wondering, play

MOST_TURNS = 300
"""Facts and questions in a row that no script needs: one that does, loops."""

_AT = datetime(2025, 4, 3, 7, tzinfo=UTC)

Facts = Callable[[Query[Any]], Any]
"""What is known, for a walk: `examples`, or a variant of it."""


def examples(query: Query[Any]) -> Any:
    """The example that each query declares for itself."""
    return type(query).example


@dataclass(frozen=True)
class ExampleReply:
    """One way to answer a question; `label` is the words on its button, None for what is typed or sent."""

    label: Say | None
    answer: Answer


@dataclass(frozen=True)
class Step:
    """From a question (None at the script's beginning) by a reply to the person's next turn, or to the end."""

    question: Question[Any] | None
    reply: ExampleReply | None
    to: Asking | Finished
    answers: Mapping[str, Answer]


class _NoWords:
    """A walk presses; it never types."""

    def plain_spellings(self, label: Say) -> tuple[str, ...]:
        return ()

    def has(self, name: str) -> bool:
        return False

    def listed(self, sort: Sort) -> tuple[str, ...]:
        return ()


def replies(question: Question[Any], words: Spellings | None = None) -> tuple[ExampleReply, ...]:
    """Every way to answer: each choice, an example of what is typed or sent, "I don't know", "later"."""
    found = []
    for option in question.options(None):
        took = question.read(Press(option.id), None, words or _NoWords())
        if isinstance(took, Took) and took.done:
            found.append(ExampleReply(option.label, question.remember(took, option.id, _AT)))
    if not isinstance(question, Choice | Review | Several):
        found.append(ExampleReply(None, replace(question.rehearsed(), done=True)))
    if question.unknown:
        found.append(ExampleReply(Say("nav.unknown"), Answer(None, "", _AT, UNKNOWN)))
    if question.later:
        found.append(ExampleReply(Say("nav.later"), Answer(None, "", _AT, LATER)))
    return tuple(found)


def onward(script: Play, answers: Mapping[str, Answer], facts: Facts) -> Asking | Finished:
    """Play with facts as they are wondered about."""
    known: dict[Query[Any], Any] = {}
    for _ in range(MOST_TURNS):
        match play(script, answers, known):
            case Wondering(query):
                known[query] = facts(query)
            case turn:
                return turn
    raise RecursionError(f"{script.__name__} wonders about {MOST_TURNS} facts; does a loop look up by a new name?")


def steps(script: Play, facts: Facts = examples, given: Mapping[str, Answer] | None = None) -> Iterator[Step]:
    """Every step between two questions, each once. `given` are answers that were typed or are fixed."""
    first = onward(script, given or {}, facts)
    yield Step(None, None, first, given or {})
    seen: set[tuple[str, str | None, str]] = set()
    waiting: list[tuple[Asking, Mapping[str, Answer]]] = [(first, given or {})] if isinstance(first, Asking) else []
    while waiting:
        asking, answers = waiting.pop()
        for reply in replies(asking.question):
            after = {**answers, asking.question.name: reply.answer}
            to = onward(script, after, facts)
            yield Step(asking.question, reply, to, after)
            if isinstance(to, Finished):
                continue
            step = (asking.question.name, reply.answer.raw or reply.answer.kind, to.question.name)
            if step not in seen:
                seen.add(step)
                waiting.append((to, after))
