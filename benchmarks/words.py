"""Own words of families, at the menu and in the middle of questions: do they come to their script, to a human, or are
they kept and offered?

`make prove-words`; JSON=1 ends with a line of JSON, FAST=1 asks a third, at one question only, BREAK=row plants its
fault: the row is red then, and the exit code 1. Two sets: `tuned.tsv`, on which the lists of stems were made, and
`held_out.tsv`, which was written before them and looked at only to measure.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from unittest import mock

from benchmarks.figures import Figure, end
from dialogs.conversation import Conversation
from dialogs.draft import Draft
from dialogs.questions import Answer
from dialogs.reading import Meaning, Read, reading
from dialogs.said import Text
from dialogs.script import Asking
from dialogs.scripts import SCRIPTS
from dialogs.walking import examples, onward
from dialogs.wishes import BY_NAME
from dialogs.words import Words

SETS: Final = Path(__file__).resolve().parent.parent / "tests" / "utterances"
AT: Final = datetime(2026, 11, 24, 9, tzinfo=UTC)
WORDS: Final = Words()

PLACES: Final[Mapping[str, tuple[str, int]]] = {
    "kinship": ("register", 0),
    "missing-name": ("register", 1),
    "born": ("register", 2),
    "phone": ("register", 4),
    "region": ("register", 5),
    "steps": ("steps", 0),
    "call-when": ("human", 0),
}
"""Questions in whose middle families write: the script, and how many answers were given before."""


@dataclass(frozen=True)
class Outcome:
    """What became of an utterance."""

    wanted: str
    text: str
    got: str
    right: bool
    served: bool


def utterances(name: str) -> list[tuple[str, str]]:
    """The wish that each means ("kept": none), and its words."""
    lines = (SETS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(wish, words) for wish, _, words in (line.partition("\t") for line in lines if not line.startswith("#"))]


def at_menu() -> tuple[Conversation, Asking]:
    return _at("menu", 0)


def at_question(place: str) -> tuple[Conversation, Asking]:
    talk, asking = _at(*PLACES[place])
    if asking.question.message != place:
        raise LookupError(f"{PLACES[place]} leads to {asking.question.message}; count the answers before {place} again")
    return talk, asking


def _at(script: str, answered: int) -> tuple[Conversation, Asking]:
    answers: dict[str, Answer] = {}
    while isinstance(turn := onward(SCRIPTS[script].play, answers, examples), Asking):
        if len(answers) == answered:
            return Conversation(active=Draft(script, answers)), turn
        answers[turn.question.name] = turn.question.rehearsed()
    raise LookupError(f"{script} asks nothing after {answered} answers")


def heard(text: str, talk: Conversation, asking: Asking) -> Read:
    """As the desk reads it, where no push waits."""
    return reading(Text(text), talk, asking, (), AT, SCRIPTS, WORDS, family=True)


def outcome(wanted: str, text: str, talk: Conversation, asking: Asking) -> Outcome:
    """Right: where the wish leads to, or there already; kept where there is none. Served also: a human, or kept."""
    read = heard(text, talk, asking)
    got = _got(read, talk)
    goal = BY_NAME[wanted].to or wanted if wanted in BY_NAME else wanted
    there = goal.partition(" ")[0] == talk.active.script and got in ("kept", "answer")
    return Outcome(wanted, text, got, there or got == goal, there or got in (goal, "human", "kept", "despair"))


def _got(read: Read, talk: Conversation) -> str:
    if read.despair:
        return "despair"
    match read.way:
        case Meaning.GO | Meaning.OFFER | Meaning.THANKS if read.wish is not None:
            return read.wish.to or read.wish.name
        case Meaning.ANSWER if talk.active.script == "menu":
            chosen = read.talk.active.answers.get("menu")
            return read.talk.active.script if chosen is None else str(chosen.value)
        case Meaning.ANSWER if read.talk.active.script != talk.active.script:
            return read.talk.active.script
        case way:
            return str(way)


def outcomes(name: str, *, fast: bool = False) -> Iterator[tuple[str, Outcome]]:
    """Each utterance of a set, at the menu and in the middle of each question."""
    places = list(PLACES)[:1] if fast else list(PLACES)
    for where, (talk, asking) in {"menu": at_menu(), **{one: at_question(one) for one in places}}.items():
        for wanted, text in utterances(name)[:: 3 if fast else 1]:
            yield where, outcome(wanted, text, talk, asking)


def measured(*, fast: bool = False) -> tuple[list[Figure], list[tuple[str, Outcome]]]:
    """The rows, and what did not come right."""
    rows, wrong, despair = [], [], list[Outcome]()
    for name, served_limit, right_limit in (("tuned", 100.0, 90.0), ("held_out", 90.0, 80.0)):
        found = list(outcomes(name, fast=fast))
        for where in ("menu", "question", "name"):
            here = [one for place, one in found if _kind(place) == where]
            if not here:
                continue
            served, right = _percent(here, lambda one: one.served), _percent(here, lambda one: one.right)
            rows.append(Figure(f"{name}-{where}-served", len(here), served, served_limit, "high"))
            rows.append(Figure(f"{name}-{where}-right", len(here), right, right_limit, "high"))
        wrong += [(f"{name}/{place}", one) for place, one in found if not one.right]
        despair += [one for _, one in found if name == "tuned" and one.wanted == "despair"]
    first = _percent(despair, lambda one: one.got == "despair")
    rows.append(Figure("despair-first", len(despair), first, 100.0, "high"))
    return rows, wrong


def _kind(place: str) -> str:
    return {"menu": "menu", "missing-name": "name"}.get(place, "question")


def _percent(found: Sequence[Outcome], good: Callable[[Outcome], bool]) -> float:
    return round(100 * sum(map(good, found)) / len(found), 1)


@contextmanager
def broken(row: str | None) -> Iterator[None]:
    """With the fault planted that a row is there to find."""
    if row is None:
        yield
        return
    faults: dict[str, tuple[str, Any]] = {
        "served": ("is_worth_keeping", lambda text: False),
        "right": ("wished", lambda text, **how: None),
        "first": ("despairs", lambda text: False),
    }
    name, fault = faults[row.rpartition("-")[2]]
    with mock.patch(f"dialogs.reading.{name}", fault):
        yield


def main() -> int:
    with broken(os.environ.get("BREAK") or None):
        rows, wrong = measured(fast=bool(os.environ.get("FAST")))
    for where, one in wrong:
        print(f"{where}: {one.text!r}: {one.wanted} wanted, {one.got} came{'' if one.served else ' (not served)'}")
    for row in rows:
        print(f"{row.id:28}{row.n:6}{row.value:8.1f} %  at least {row.limit:.0f}{'' if row.holds else '  RED'}")
    return end(rows)


if __name__ == "__main__":
    sys.exit(main())
