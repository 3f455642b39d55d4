"""Names by which one floor refers to another are there: what a refusal forgets, what a button begins."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from casework import outages, pushes
from casework.asked import Asked
from casework.inquiries.asking import OpenInquiry
from casework.queries import Query
from dialogs.script import Asking
from dialogs.scripts import SCRIPTS
from dialogs.walking import examples, steps
from dialogs.wishes import BY_NAME
from tests.dialogs.test_scripts import facts_of

FLOORS = [Path(__file__).parents[2] / floor for floor in ("casework", "dialogs", "handlers", "storage")]
NO_SCRIPTS = {pushes.OPEN, outages.GO_ON}
"""Commands of buttons that disturb no conversation."""


def _sent(query: Query[Any]) -> Any:
    """Only what was sent can be answered."""
    if isinstance(query, OpenInquiry):
        return replace(
            query.example, inquiry=replace(query.example.inquiry, sent_at=datetime(2026, 11, 24, 9, tzinfo=UTC))
        )
    return examples(query)


@cache
def questions() -> frozenset[str]:
    """The messages of all questions that scripts ask."""
    kinds = examples, facts_of("known, with two reports and a draft"), _sent
    walked = (step.to for script in SCRIPTS.values() for facts in kinds for step in steps(script.play, facts))
    return frozenset(turn.question.message for turn in walked if isinstance(turn, Asking))


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in the program, with the name that is called."""
    for path in (path for floor in FLOORS for path in floor.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func).rpartition(".")[2], node


def head(node: ast.expr | None) -> str | None:
    """How a written string begins, f-strings too; None for what is no such."""
    if isinstance(node, ast.JoinedStr):
        node = node.values[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_what_a_refusal_forgets_is_asked_by_a_script() -> None:
    assert set(Asked) <= questions()
    found = 0
    for name, call in calls():
        for given in (keyword.value for keyword in call.keywords if name == "Refusal" and keyword.arg == "forget"):
            found += 1
            for part in ast.walk(given):
                assert head(part if isinstance(part, ast.expr) else None) is None, f"{ast.unparse(call)}: use `Asked`"
    assert found >= len(Asked) - 2


def test_what_buttons_and_rules_begin_is_there() -> None:
    begun: set[str] = set()
    for name, call in calls():
        first = head(call.args[0]) if call.args else None
        if first and (name in ("Redirect", "Draft") or (name == "Button" and first.startswith("/"))):
            begun.add(first)
        begun |= {then for keyword in call.keywords if keyword.arg == "then" and (then := head(keyword.value))}
        if name == "Row":
            pairs = (pair for part in call.args for pair in ast.walk(part) if isinstance(pair, ast.Tuple))
            labels = (head(pair.elts[1]) for pair in pairs if len(pair.elts) == 2)
            begun |= {label for label in labels if label and label.startswith("/")}
    names = {one.removeprefix("/").split()[0] for one in begun if one.strip("/ ")}
    assert len(names) > 20, "is it still written so?"
    assert names - NO_SCRIPTS <= set(SCRIPTS)


def test_what_wishes_lead_to_is_there() -> None:
    assert {wish.to.split()[0] for wish in BY_NAME.values() if wish.to} <= set(SCRIPTS)
