"""The texts of `locales/<language>/*.ftl`, and what is wrong with one."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fluent.syntax import FluentParser, ast

from casework import seed
from casework.reference import SAID

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALES = ROOT / "locales"
LANGUAGES = ("uk", "en")
UNSIGNED = "unsigned: not yet read by a psychologist and by families"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where, and what to do about it."""

    file: str
    name: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.name}: {self.wrong}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class Text:
    """A message's value ("kinship") or one of its attributes ("kinship.mother"), with the message's comment."""

    language: str
    file: str
    line: int
    name: str
    pattern: ast.Pattern
    comment: str

    @property
    def message(self) -> str:
        return self.name.partition(".")[0]

    @property
    def attribute(self) -> str:
        return self.name.partition(".")[2]

    def fault(self, wrong: str, remedy: str) -> Fault:
        return Fault(f"{self.file}:{self.line}", self.name, wrong, remedy)


@dataclass(frozen=True)
class Texts:
    """All texts of one language by name; `faults` are of the files themselves: junk, and a name written twice."""

    language: str
    by_name: dict[str, Text]
    faults: tuple[Fault, ...]

    def __iter__(self) -> Iterator[Text]:
        return iter(self.by_name.values())

    @property
    def messages(self) -> dict[str, Text]:
        """One text of each message."""
        found: dict[str, Text] = {}
        for text in self:
            found.setdefault(text.message, text)
        return found


def read(language: str, folder: Path = LOCALES) -> Texts:
    """The texts of a language, in the order of files and lines."""
    found: dict[str, Text] = {}
    faults: list[Fault] = []
    for path in sorted((folder / language).glob("*.ftl")):
        file, source = f"{folder.name}/{language}/{path.name}", path.read_text(encoding="utf-8")
        for entry in FluentParser().parse(source).body:
            if isinstance(entry, ast.Junk):
                content = (entry.content or "").strip().splitlines()[0]
                why = entry.annotations[0].message if entry.annotations else "no Fluent"
                faults.append(Fault(f"{file}:{_line(source, entry)}", content[:60], str(why), "mend the syntax"))
            if not isinstance(entry, ast.Message):
                continue
            comment = entry.comment.content or "" if entry.comment else ""
            for name, pattern in _patterns(entry):
                text = Text(language, file, _line(source, pattern), name, pattern, comment)
                if name in found:
                    earlier = found[name]
                    faults.append(text.fault(f"also in {earlier.file}:{earlier.line}", "keep one of the two"))
                found[name] = text
    for text in _reference(language) if folder == LOCALES else ():
        found.setdefault(text.name, text)
    return Texts(language, found, tuple(faults))


def _reference(language: str) -> Iterator[Text]:
    """The words of what a new service begins with, by the names that the code says."""
    file = "casework/seed.toml"
    source = (ROOT / file).read_text(encoding="utf-8").splitlines()
    unsigned = seed.unsigned()
    for beginning, (sort, part) in SAID.items():
        for entry in seed.entries():
            words = entry.words[language]
            if entry.sort is not sort:
                continue
            line = next(n for n, told in enumerate(source, start=1) if words[part] in told)
            comment = UNSIGNED if (sort, entry.name, part) in unsigned else ""
            name = f"{beginning}{entry.name}"
            yield Text(language, file, line, name, ast.Pattern([ast.TextElement(words[part])]), comment)
            if "also" in words and "." in beginning:
                yield Text(language, file, line, f"{name}-also", ast.Pattern([ast.TextElement(words["also"])]), "")


def _patterns(message: ast.Message) -> Iterator[tuple[str, ast.Pattern]]:
    if message.value:
        yield message.id.name, message.value
    for attribute in message.attributes:
        yield f"{message.id.name}.{attribute.id.name}", attribute.value


def _line(source: str, node: ast.SyntaxNode) -> int:
    return source.count("\n", 0, node.span.start if node.span else 0) + 1


def inside(node: ast.BaseNode) -> Iterator[ast.BaseNode]:
    """The node and every node under it."""
    yield node
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.BaseNode):
                yield from inside(child)


def variables(pattern: ast.Pattern) -> set[str]:
    """The names after `$`."""
    return {node.id.name for node in inside(pattern) if isinstance(node, ast.VariableReference)}


def said(pattern: ast.Pattern) -> str:
    """All that can be read in it: the text of every variant."""
    nodes = inside(pattern)
    return "\n".join(str(n.value) for n in nodes if isinstance(n, ast.TextElement | ast.StringLiteral))


def longest(pattern: ast.Pattern) -> int:
    """Characters, with the longest variant of each choice; variables count as nothing."""
    length = 0
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            length += len(element.value)
        elif isinstance(element.expression, ast.SelectExpression):
            length += max(longest(variant.value) for variant in element.expression.variants)
    return length
