"""Do both languages say the same things: messages, attributes, variables; and does each count as its grammar does?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from compare_locales.checks import getChecker
from compare_locales.parser import getParser
from compare_locales.paths import File
from compare_locales.plurals import get_plural
from fluent.syntax import ast

from tests.locale_lint.texts import LANGUAGES, LOCALES, Fault, Text, Texts, inside, variables

_CATEGORIES = {"zero", "one", "two", "few", "many"}


def paired(one: Texts, other: Texts) -> Iterator[Fault]:
    """What `one` has and `other` has not, or has elsewhere or with other variables."""
    for text in one:
        twin = other.by_name.get(text.name)
        home = text.file.replace(f"/{one.language}/", f"/{other.language}/")
        if twin is None:
            yield text.fault(f"not said in {other.language!r}", f"add it to {home}")
        elif twin.file != home:
            yield text.fault(f"is in {twin.file}", f"move one, so that both are in {Path(home).name}")
        elif missing := variables(text.pattern) - variables(twin.pattern):
            names = ", ".join(f"${name}" for name in sorted(missing))
            yield twin.fault(f"leaves out {names}", f"say it as {one.language!r} does, or take it out there")


def counted(texts: Texts) -> Iterator[Fault]:
    """Choices by number that lack a category of the language, or name one that it does not have."""
    for text in texts:
        for node in inside(text.pattern):
            if isinstance(node, ast.SelectExpression):
                yield from _categories(text, node)


def _categories(text: Text, choice: ast.SelectExpression) -> Iterator[Fault]:
    keys = {v.key.name for v in choice.variants if isinstance(v.key, ast.Identifier)}
    if not keys & _CATEGORIES:
        return
    needed = set(get_plural(text.language))
    rest = "many" if "many" in needed else "other"
    if "other" in keys:  # as the default it stands for the last category
        keys |= {rest}
    if missing := needed - keys:
        yield text.fault(f"lacks [{'], ['.join(sorted(missing))}]", "write every category of this language")
    if foreign := keys - needed - {"other"}:
        yield text.fault(f"[{'], ['.join(sorted(foreign))}] never happens in {text.language!r}", "take it out")


def _entities(path: Path) -> dict[str, Any]:
    parser = getParser(".ftl")
    parser.readUnicode(path.read_text(encoding="utf-8"))
    return {entity.key: entity for entity in parser.parse() if hasattr(entity, "entry")}


def compared(folder: Path = LOCALES) -> Iterator[Fault]:
    """What compare-locales finds between the files: doubled attributes and variants, references that differ."""
    first = LANGUAGES[0]
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*.ftl")):
            reference = folder / first / path.name
            if not reference.exists():
                continue
            checker = getChecker(File(str(path), path.name, locale=language))
            known = _entities(reference)
            for key, entity in _entities(path).items():
                if key not in known:
                    continue
                for _, _, message, _ in checker.check(known[key], entity):
                    if not message.startswith("Plural categories"):  # `counted` knows that a default may be "other"
                        file = f"{folder.name}/{language}/{path.name}"
                        yield Fault(file, str(key), message, f"make it as in {folder.name}/{first}/{path.name}")
