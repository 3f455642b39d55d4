"""One noun has one meaning: no class of the product bears the name of another, and few constants do."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLOORS = ("bot", "handlers", "storage", "dialogs", "casework")


@cache
def _modules() -> tuple[tuple[str, ast.Module], ...]:
    found = (file for floor in FLOORS for file in sorted((ROOT / floor).rglob("*.py")))
    return tuple(
        (file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8")))
        for file in found
        if "migrations" not in file.parts
    )


def _classes(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name


def test_no_class_bears_the_name_of_another() -> None:
    """A twin is renamed to what it is, in the field's term: `Line` was a telephone's, an inbox's and a record's. The
    class that keeps what a Protocol `Files` asks for is `StoredFiles`; one of a channel begins with the channel."""
    where = defaultdict[str, list[str]](list)
    for path, module in _modules():
        for name in _classes(module):
            where[name].append(path)
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}


AT_MOST = 5
"""Modules that may have a public constant of one name."""

EACH_ITS_OWN = ("ACTS", "COMMANDS", "LOOK_EVERY", "QUERIES", "READS", "SECTIONS", "SHOWS")
"""Constants that more have, of one meaning: a column's part of one table, and seconds between looks."""


def _constants(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(name)]) | ast.AnnAssign(target=ast.Name(name)):
                if name.isupper() and len(name) > 1 and not name.startswith("_"):
                    yield name


def test_a_constant_says_of_what_it_is_the_most() -> None:
    """`LONGEST` stood nine times, of nine things."""
    where = defaultdict[str, set[str]](set)
    for path, module in _modules():
        for name in _constants(module):
            where[name].add(path)
    many = {name: paths for name, paths in where.items() if len(paths) > AT_MOST and name not in EACH_ITS_OWN}
    assert many == {}
