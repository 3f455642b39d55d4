"""No family is told that a case is closed, that a search has ended, or why: by no text, list, status, push or answer.

What says so is found from the words of both languages, and what a family can reach from the access table: whoever adds
a message about a closing, or a new entrance for families, is asked here without being remembered.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

import pytest
from fluent.syntax import FluentParser, ast

from casework import rulebook
from casework.cases.card import OpenCase
from casework.staff import access
from dialogs.scripts import SCRIPTS
from dialogs.words import LOCALES

CLOSING = re.compile(
    r"(справ|пошук)\w*\s+(\w+\s+){0,2}(закри|заверш|закінч|припин)|(закри|заверш|закінч|припин)\w*\s+(справ|пошук)"
    r"|(case|search)\w*\s+(\w+\s+){0,2}(closed|ended|over|stopped)|(close|end|stop)\w*\s+(of\s+)?(the|this|a)?\s*(case|search)\b",
    re.IGNORECASE,
)
"""Ways to say it, in both languages."""


def _texts(node: Any) -> str:
    return " ".join(part.value for part in _walk(node) if isinstance(part, ast.TextElement))


def _walk(node: Any) -> Iterator[Any]:
    if isinstance(node, list):
        for one in node:
            yield from _walk(one)
    elif isinstance(node, ast.BaseNode):
        yield node
        for value in vars(node).values():
            yield from _walk(value)


BY_ROLE = {"help.ended": "/ended", "staff-menu.ended": "/ended", "proposal-act.end-search": "EndSearch"}
"""What is named only to whoever may have the thing: lists of commands, and what a member of staff proposed."""


@cache
def closings() -> set[str]:
    """The messages of `locales/` whose words, or those of an attribute, speak of a closing."""
    found = set()
    for path in sorted(LOCALES.glob("*/*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Message):
                parts = {entry.id.name: entry.value}
                parts |= {f"{entry.id.name}.{one.id.name}": one.value for one in entry.attributes}
                found |= {name for name, value in parts.items() if CLOSING.search(_texts(value))}
    return found


@cache
def families_reach() -> dict[str, Callable[..., Any]]:
    """What a family may do, ask, open or be sent, by name, as the access table has it."""
    rules: dict[str, Callable[..., Any]] = {
        **{one.__name__: rule for one, rule in rulebook.COMMANDS.items()},
        **{one.__name__: rule for one, rule in rulebook.QUERIES.items()},
        **{f"/{name}": script.play for name, script in SCRIPTS.items()},
        **{f"opens:{kind}": rule for kind, rule in rulebook.OPENS.items()},
        **{f"reads:{kind}": rule for kind, rule in rulebook.READS.items()},
    }
    return {name: rule for name, rule in rules.items() if access.who_may(name) - access.STAFF}


def says(function: Callable[..., Any], seen: set[Any]) -> Iterator[str]:
    """All strings that a function, or one that it calls, holds."""
    function = inspect.unwrap(function)
    if function in seen or not inspect.isfunction(function):
        return
    seen.add(function)
    names, strings = _held(function.__code__)
    yield from strings
    known = function.__globals__
    called = [known[name] for name in names if name in known]
    for module in [one for one in called if isinstance(one, ModuleType)]:
        called += [getattr(module, name) for name in names if hasattr(module, name)]
    for one in called:
        if inspect.isfunction(one):
            yield from says(one, seen)


def _held(code: Any) -> tuple[set[str], set[str]]:
    """What a function names and which strings it holds, in what it holds inside, too."""
    names, strings = set(code.co_names), {one for one in code.co_consts if isinstance(one, str)}
    for inside in (one for one in code.co_consts if inspect.iscode(one)):
        more = _held(inside)
        names |= more[0]
        strings |= more[1]
    return names, strings


def told(rule: Callable[..., Any]) -> set[str]:
    """The closings that an entrance can say: by their names, or by a name that is put together."""
    held = set(says(rule, set()))
    begun = tuple(one for one in held if one.endswith((".", "-")) and len(one) > 2)
    found = {one for one in closings() if one in held or one.startswith(begun)}
    return {one for one in found if one not in BY_ROLE or not access.who_may(BY_ROLE[one]) <= access.STAFF}


@pytest.mark.parametrize("entrance", sorted(families_reach()))
def test_no_entrance_of_families_says_that_a_case_is_closed(entrance: str) -> None:
    assert not told(families_reach()[entrance])


def test_the_closings_and_the_entrances_are_found() -> None:
    assert {"case-closed", "case-search-ended", "ended-done", "staff-menu.ended", "proposal-end-search"} <= closings()
    assert {"/reports", "MyStanding", "MyReport", "ReadUpdate", "opens:update", "reads:lead"} <= set(families_reach())
    assert "case-search-ended" in told(rulebook.COMMANDS[OpenCase]), "what a member reads is seen from here"


@pytest.mark.parametrize(
    "words",
    ["Справу закрито.", "Пошук завершено.", "Ми припинили пошук.", "The case is closed.", "We have ended the search."],
)
def test_it_is_known_however_it_is_said(words: str) -> None:
    assert CLOSING.search(words)
