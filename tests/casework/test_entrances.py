"""Every field by which staff bring words to families passes the rule on bad news.

The fields are found here, from the commands themselves: whoever adds one is asked by this test what it is.
"""

import inspect
import sys
import typing
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest

from casework import rulebook
from casework.staff import access
from casework.updates.forbidden_words import stopped_by

COLLEAGUES = {
    "AddNote.text",
    "MarkMinor.adult",
    "HandOn.note",
    "Hold.ground",
    "LetGo.reason",
    "RecordCall.note",
    "SendBack.reason",
    "WriteUpdate.statement.stage.reason",
    "AskBody.question",
    "Decide.seen.why",
    "VerifyByTwo.seen.why",
}
"""Words that only colleagues, or the body that is asked, read."""

NAMED = {"digits", "seen", "body", "papers", "token", "code", "phone", "region", "confirmed", "line", "step", "traits"}
NAMED |= {"after", "needed_by", "name", "full", "address", "canned"}
"""What names, counts or signs something, and says nothing."""

CHOSEN = {"Decide.why", "SetTerm.source", "SetMinutes.activity"}
"""One of fixed reasons, or of fixed activities; a law, which takes two and stands in the same frame for everybody."""


def _hints(of: type) -> dict[str, Any]:
    try:
        return get_type_hints(of)
    except NameError:  # some names are there for the type checker only
        here = {**vars(typing), **vars(sys.modules[of.__module__])}
        return {one.name: _named(one.type, here) for one in fields(of)}


def _named(type: Any, here: dict[str, Any]) -> Any:
    try:
        return eval(type, here) if isinstance(type, str) else type  # noqa: S307  our own annotations
    except NameError:
        return None


def words_in(of: Any, seen: tuple[Any, ...] = ()) -> Iterator[str]:
    """The paths to all strings that a value of a type holds."""
    if of is str:
        yield ""
    elif isinstance(of, type) and is_dataclass(of):
        if of not in seen:
            for name, type_ in _hints(of).items():
                yield from (f"{name}.{rest}".rstrip(".") for rest in words_in(type_, (*seen, of)))
    else:
        for part in get_args(of):
            yield from words_in(part, seen)


def entrances() -> dict[str, type]:
    """The fields by which words of staff may come to families, found from what commands hold."""
    found = {}
    for command in rulebook.COMMANDS:
        if access.who_may(command.__name__) <= access.STAFF:
            for path in dict.fromkeys(words_in(command)):
                name = f"{command.__name__}.{path}"
                if path.rpartition(".")[2] not in NAMED and name not in COLLEAGUES | CHOSEN:
                    found[name] = command
    return found


def asks_the_rule(function: Callable[..., Any], seen: set[Any]) -> bool:
    """Does a function, or one that it calls, ask whether a text is stopped?"""
    if function is stopped_by:
        return True
    if function in seen or not inspect.isfunction(function):
        return False
    seen.add(function)
    names, known = _all_names(function.__code__), function.__globals__
    called = [known[name] for name in names if name in known]
    for module in [one for one in called if isinstance(one, ModuleType)]:
        called += [getattr(module, name) for name in names if hasattr(module, name)]
    return any(asks_the_rule(one, seen) for one in called if inspect.isfunction(inspect.unwrap(one)))


def _all_names(code: Any) -> set[str]:
    """What a function names, in what it holds inside, too."""
    inside = [one for one in code.co_consts if inspect.iscode(one)]
    return {*code.co_names, *(name for one in inside for name in _all_names(one))}


@pytest.mark.parametrize("entrance", entrances())
def test_words_for_families_pass_the_rule_on_bad_news(entrance: str) -> None:
    command = entrances()[entrance]
    rules: list[Callable[..., Any]] = [rulebook.COMMANDS[command]]
    rules += [act.prepare for act in rulebook.ACTS.values() if act.command is command]
    assert any(asks_the_rule(rule, set()) for rule in rules), (
        f"{entrance} can bring words to families and nothing asks the rule; call `stopped_by`, or say here that "
        "only colleagues read it"
    )


def test_the_entrances_are_found_by_what_commands_hold() -> None:
    assert {"WriteUpdate.statement.uk", "WriteUpdate.statement.en", "AnswerFamily.words"} <= set(entrances())


def test_what_is_said_to_be_for_colleagues_is_still_there() -> None:
    every = {f"{one.__name__}.{path}" for one in rulebook.COMMANDS for path in words_in(one)}
    assert every >= COLLEAGUES | CHOSEN
