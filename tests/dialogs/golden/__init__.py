"""Stored sessions that every later release goes on with: answers, facts, and the question that followed.

Each release adds some: `python -m tests.dialogs.golden SCRIPT ANSWERS` writes one after so many example answers.
None is ever changed or taken away: whoever has such a draft would lose it. A question that is renamed, or a choice that
is gone, needs a line where old answers are read, and not a new file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import TypeAdapter

from casework import rulebook
from casework.queries import Now, Query, Today
from dialogs.questions import Answer
from dialogs.routing import Drafts, Serving
from dialogs.script import Asking, Finished, Wondering, play
from dialogs.scripts import SCRIPTS
from dialogs.walking import examples

FOLDER = Path(__file__).parent
_ALL: tuple[type[Query[Any]], ...] = (*rulebook.QUERIES, Now, Today, Drafts, Serving)
QUERIES: Mapping[str, type[Query[Any]]] = {query.__name__: query for query in _ALL}
CALLED_SINCE = {
    "Begin": "BeginUpdate",
    "desk.Colleagues": "CenterSpecialists",
    "members.Colleagues": "ManagedMembers",
    "Shown": "ShownEntry",
    "Unconfirmed": "VisitsToConfirm",
    "Go": "Redirect",
    "Invite": "InviteFamily",
}
"""Queries, and what scripts end with, by the names that their classes had when sessions were stored."""

GONE = {"ProposedPhones"}
"""Queries that no script asks any more."""


def _as_it_is(value: Any) -> Any:
    return value


def _recorded(value: Any) -> Any:
    """A page of the audit was a list of its lines."""
    return value if isinstance(value, dict) else {"lines": value}


SHAPED_SINCE = {"Record": _recorded}
"""Facts that have another form since: looked up afresh in a real session, they are never stored there."""

_ANSWERS = TypeAdapter(dict[str, Answer])


@dataclass(frozen=True)
class Session:
    """One stored session. `asks` is the question's name, `ends` the command's, whichever came next."""

    name: str
    script: str
    answers: Mapping[str, Answer]
    facts: Mapping[str, Any]
    asks: str | None
    ends: str | None

    def fact(self, query: Query[Any]) -> Any:
        """The fact as it was then; what a later release looks up besides is answered by its example."""
        return self.facts.get(type(query).__name__, examples(query))


def adapter(query: type[Query[Any]]) -> TypeAdapter[Any]:
    """For the answers of a query, as its example is declared."""
    return TypeAdapter(get_args(get_type_hints(query)["example"])[0])


@cache
def stored() -> tuple[Session, ...]:
    """Read once in a process: three modules ask for them before the first test runs."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.json")))


@cache
def _adapter_of(name: str) -> TypeAdapter[Any]:
    return adapter(QUERIES[name])


def _read(path: Path) -> Session:
    kept = json.loads(path.read_text(encoding="utf-8"))
    told = {CALLED_SINCE.get(name, name): value for name, value in kept["facts"].items() if name not in GONE}
    facts = {
        name: _adapter_of(name).validate_python(SHAPED_SINCE.get(name, _as_it_is)(value))
        for name, value in told.items()
    }
    answers = _ANSWERS.validate_python(kept["answers"])
    ends = CALLED_SINCE.get(kept["ends"], kept["ends"])
    return Session(path.stem, kept["script"], answers, facts, kept["asks"], ends)


def store(script: str, many: int) -> Path:
    """Play a script with so many example answers and keep where it then stands."""
    answers: dict[str, Answer] = {}
    known: dict[Query[Any], Any] = {}
    while True:
        match play(SCRIPTS[script].play, answers, known):
            case Wondering(query):
                known[query] = examples(query)
            case Asking(question) if len(answers) < many:
                answers[question.name] = question.rehearsed()
            case Asking(question):
                return _write(script, answers, known, asks=question.name, ends=None)
            case Finished(command):
                return _write(script, answers, known, asks=None, ends=type(command).__name__)


def _write(script: str, answers: dict[str, Answer], known: dict[Query[Any], Any], **came: str | None) -> Path:
    facts = {type(query).__name__: adapter(type(query)).dump_python(fact, mode="json") for query, fact in known.items()}
    kept = {"script": script, "answers": _ANSWERS.dump_python(answers, mode="json"), "facts": facts, **came}
    path = FOLDER / f"{script}-{len(answers)}.json"
    if path.exists():
        raise FileExistsError(f"{path.name} is there already; golden files are never written over")
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path
