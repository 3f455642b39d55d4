"""Every name that the code says has words, and all words have a name in the code."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import EnumMeta
from pathlib import Path
from types import ModuleType
from typing import Any

from fluent.syntax import ast as ftl

import dialogs
from casework import seed
from casework.actor import Role
from casework.correspondence.own_words import Kept
from casework.letters import Say
from casework.places import EVERYWHERE
from casework.reaching import ReachKind
from casework.reference import LANGUAGES, PARTS, SAID, Sort
from casework.staff import commands_of
from casework.stages import CaseStage
from casework.updates.stages import Amending
from casework.updates.values import Level
from dialogs.questions import Choice, Option, Question, Review, Several, TypedPlace
from dialogs.scripts import SCRIPTS
from dialogs.wishes import WISHES
from handlers.web.problems import CODES
from tests.locale_lint.texts import ROOT, Fault, Text, Texts, inside, variables

CODE = ("casework", "dialogs", "handlers", "bot", "storage")
SAYING = {"Say", "tell", "say", "note", "Refusal", "Unclear"}


def _names_of(sort: Sort) -> tuple[str, ...]:
    return tuple(entry.name for entry in seed.entries() if entry.sort is sort)


DYNAMIC: Mapping[str, tuple[str, ...]] = {
    "region-": EVERYWHERE,
    **{beginning: _names_of(sort) for beginning, (sort, _) in SAID.items()},
    "common.counted-": ("photo", "paper", "file"),
    "unclear-": ("too-many-files", "too-many-bytes"),
    "script.": tuple(script.name for script in SCRIPTS.values() if script.keeps_draft or script.linkable),
    "staff-menu.": tuple({name for role in Role for name in commands_of(role)}),
    "words-": tuple(f"{sort}-{part}" for sort in Sort for part in PARTS[sort]),
    "in-": LANGUAGES,
    "inbox-": tuple(Kept),
    "reach-": tuple(ReachKind),
    "sighting-told-": ("passed", "known"),
    "wish-": tuple(wish.name for wish in WISHES if not wish.to),
    "despair-": tuple(line.name for line in seed.lines() if line.step == "crisis"),
    "bring-tie-": ("child", "marriage", "own", "both", "chain", "none", "unknown"),
    "visit-where-": ("phone", "video"),
    "reminder-": ("today", "tomorrow", "later"),
    "update-means-": tuple(Level),
    "update-stands-": tuple(CaseStage),
    "update-news-": tuple(Amending),
    "update-": tuple(Amending),
    "web-error-": CODES,
}
"""Beginnings of names that the code puts together, and what comes after."""

_QUOTED = re.compile(r"""["']([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)?)["']""")
_SAID_IN_TEMPLATE = re.compile(r"""\b(?:say|tell|t)\(\s*["']([a-z][a-z0-9.-]*)["']""")
_TEMPLATES = (".html", ".j2", ".jinja", ".js")


@dataclass(frozen=True, slots=True)
class Use:
    """A name as the code says it; `args` are its variables, None where they cannot be read from the call."""

    name: str
    place: str
    args: frozenset[str] | None = None

    def fault(self, wrong: str, remedy: str) -> Fault:
        return Fault(self.place, self.name, wrong, remedy)


@dataclass
class Code:
    """What was read: names said, beginnings put together, and all quoted words (a name may pass through a variable)."""

    uses: list[Use] = field(default_factory=list)
    beginnings: list[Use] = field(default_factory=list)
    quoted: set[str] = field(default_factory=set)


class _Reader(ast.NodeVisitor):
    def __init__(self, code: Code, file: str) -> None:
        self.code, self.file = code, file
        self.asking = {kind.__name__ for kind in _kinds(Question)}

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.code.quoted.add(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        head = node.values[0] if node.values else None
        if isinstance(head, ast.Constant) and str(head.value) in DYNAMIC:
            self.code.beginnings.append(Use(str(head.value), self._at(node)))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in SAYING and node.args:
            for literal in _branches(node.args[0]):
                if isinstance(literal, ast.Constant) and isinstance(literal.value, str):
                    self.code.uses.append(Use(literal.value, self._at(node), _args(name, node)))
                elif isinstance(literal, ast.JoinedStr) and isinstance(literal.values[0], ast.Constant):
                    self.code.beginnings.append(Use(str(literal.values[0].value), self._at(node)))
        if name in self.asking:
            for keyword in node.keywords:
                if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                    self.code.uses.append(Use(str(keyword.value.value), self._at(node)))
        self.generic_visit(node)

    def _at(self, node: ast.expr) -> str:
        return f"{self.file}:{node.lineno}"


def _kinds(of: type[Any]) -> Iterator[type[Any]]:
    yield of
    for narrower in of.__subclasses__():
        yield from _kinds(narrower)


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


def _args(callee: str, call: ast.Call) -> frozenset[str] | None:
    """The variables given in a call, if all are written in it."""
    if callee not in ("Say", "Unclear"):
        names = [keyword.arg for keyword in call.keywords]
        return None if None in names else frozenset(str(name).replace("_", "-") for name in names)
    given = [*call.args[1:], *(k.value for k in call.keywords)]
    if not given:
        return frozenset()
    keys = given[0].keys if isinstance(given[0], ast.Dict) else [None]
    if not all(isinstance(key, ast.Constant) for key in keys):
        return None
    return frozenset(str(key.value).replace("_", "-") for key in keys if isinstance(key, ast.Constant))


def read_code(root: Path = ROOT, packages: Iterable[str] = CODE) -> Code:
    """All names in the Python files and the templates of the packages."""
    code = Code()
    for path in sorted(path for package in packages for path in (root / package).rglob("*") if path.is_file()):
        file = path.relative_to(root).as_posix()
        if path.suffix == ".py":
            _Reader(code, file).visit(ast.parse(path.read_text(encoding="utf-8")))
        elif path.suffix in _TEMPLATES:
            source = path.read_text(encoding="utf-8")
            code.quoted.update(_QUOTED.findall(source))
            for found in _SAID_IN_TEMPLATE.finditer(source):
                code.uses.append(Use(found[1], f"{file}:{source.count(chr(10), 0, found.start()) + 1}"))
    return code


def read_questions() -> Iterator[tuple[str, Question[Any], bool]]:
    """The questions that stand at the top of modules, with where, and whether they can come to stand on a review."""
    seen: set[str] = set()
    for info in pkgutil.walk_packages(dialogs.__path__, "dialogs."):
        module = importlib.import_module(info.name)
        questions = [value for value in vars(module).values() if isinstance(value, Question)]
        reviewed = any(isinstance(question, Review) for question in questions) or _names_labels(module)
        for question in questions:
            key = f"{question.message} {reviewed}"
            if key not in seen:
                seen.add(key)
                yield info.name, question, reviewed and not isinstance(question, Review)


def _names_labels(module: ModuleType) -> bool:
    """Does the module itself put labels of questions into lines?"""
    return '.label")' in Path(str(module.__file__)).read_text(encoding="utf-8")


def question_uses(found: Iterable[tuple[str, Question[Any], bool]]) -> Iterator[Use]:
    """The names that questions make: their message, its label, their fixed choices."""
    for place, question, reviewed in found:
        yield Use(question.message, place)
        if reviewed:
            yield Use(f"{question.message}.label", place)
        for option in fixed_options(question):
            yield from (Use(name, place) for name in _names(option.label))


def fixed_options(question: Question[Any]) -> tuple[Option, ...]:
    """The choices that stand in the code; none where they come from facts."""
    match question:
        case Choice() if not question.among and not isinstance(question.type, EnumMeta):
            return ()
        case Choice() | Several() | TypedPlace() | Review():
            return question.options(None)
        case _:
            return ()


def _names(say: Say) -> Iterator[str]:
    yield say.name
    for arg in say.args.values():
        if isinstance(arg, Say):
            yield from _names(arg)


def spoken(languages: Sequence[Texts], code: Code, asked: Iterable[Use]) -> Iterator[Fault]:
    """Names without words, or whose words want a variable that the call does not give."""
    reported = set()
    for use in (*code.uses, *_put_together(code), *asked):
        silent = [texts.language for texts in languages if use.name not in texts.by_name]
        if silent and use.name not in reported:
            yield _wordless(use, silent)
            reported.add(use.name)
        for texts in languages:
            text = texts.by_name.get(use.name)
            if text and use.args is not None and (left_out := variables(text.pattern) - use.args):
                names = ", ".join(f"${name}" for name in sorted(left_out))
                yield use.fault(f"{texts.language!r} wants {names}", f"give it here, or take it out in {text.file}")
    for use in code.beginnings:
        message, dot, _ = use.name.partition(".")
        silent = [texts.language for texts in languages if message not in texts.messages]
        if dot and silent and use.name not in DYNAMIC and message not in reported:
            yield _wordless(use, silent)
            reported.add(message)
        elif not dot and use.name not in DYNAMIC:
            yield use.fault("a name that is put together", "add its beginning to names.DYNAMIC")


def _wordless(use: Use, languages: Iterable[str]) -> Fault:
    folders = " and ".join(f"locales/{language}/*.ftl" for language in languages)
    return use.fault("has no words", f"add it to {folders}")


def idle(texts: Texts, code: Code, asked: Iterable[Use]) -> Iterator[Fault]:
    """Messages that nothing says."""
    uses = (*code.uses, *code.beginnings, *_put_together(code), *asked)
    known = {name.partition(".")[0] for name in (*code.quoted, *(use.name for use in uses))}
    known |= {reference for text in texts for reference in _references(text)}
    for name, text in texts.messages.items():
        if name not in known:
            yield text.fault("nothing in the code says it", "take it out, or name it in the code")


def _put_together(code: Code) -> Iterator[Use]:
    """The names that beginnings make with what the table says comes after them."""
    for use in code.beginnings:
        yield from (Use(f"{use.name}{rest}", use.place) for rest in DYNAMIC.get(use.name, ()))


def _references(text: Text) -> set[str]:
    return {node.id.name for node in inside(text.pattern) if isinstance(node, ftl.MessageReference)}
