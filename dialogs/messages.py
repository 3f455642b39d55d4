"""The messages of one language, each parsed when it is first said.

To parse all costs every process half a second and ten megabytes, and a service says a part of them. `make lint` reads
all, so a message that cannot be parsed is found there.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any, Final, cast

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Message
from fluent.syntax.ast import MessageReference, TermReference
from fluent.syntax.visitor import Visitor

_ENTRY: Final = re.compile(r"^(-?[a-zA-Z][\w-]*) *=", re.MULTILINE)
"""How a message or a term begins: nothing else of our files stands at the beginning of a line."""


class LanguageMessages:
    """What is said in one language, from a folder of `.ftl` files; `functions` are those that they call."""

    def __init__(self, folder: Path, locale: str, functions: Mapping[str, Any]) -> None:
        self._bundle = FluentBundle([locale], functions=dict(functions), use_isolating=False)
        self._sources = dict[str, str]()
        """Those that nobody has said yet."""
        self._parsing = Lock()  # what is printed is drawn beside the loop, in a thread
        for file in sorted(folder.glob("*.ftl")):
            self._sources = entries(file.read_text(encoding="utf-8")) | self._sources

    def get(self, name: str) -> Message | None:
        """A message, if there is one."""
        if name in self._sources:
            with self._parsing:
                self._parse(name)
        return self._bundle.get_message(name) if self._bundle.has_message(name) else None

    def format(self, pattern: Any, args: dict[str, Any]) -> tuple[str, list[Exception]]:
        """The text of a message, or of one of its attributes, and what is wrong with it."""
        text, errors = self._bundle.format_pattern(pattern, args)
        return str(text), errors

    def _parse(self, name: str) -> None:
        """Parse a message with all that it refers to. It leaves the sources last: what is not there can be said."""
        told, names = _References(), [name]
        for one in names:
            if one in self._sources:
                resource = FluentResource(self._sources[one])
                told.visit(resource)
                self._bundle.add_resource(resource)
                names += [other for other in told.found if other not in names]
        for one in reversed(names):
            self._sources.pop(one, None)


class _References(Visitor):
    """The messages and terms that are named within what is visited."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_MessageReference(self, node: MessageReference) -> None:  # noqa: N802  the library's name
        self.found.append(node.id.name)

    def visit_TermReference(self, node: TermReference) -> None:  # noqa: N802
        self.found.append(f"-{node.id.name}")
        self.generic_visit(cast("Any", node))


def entries(text: str) -> dict[str, str]:
    """The messages and terms (with their dash) of a file by name, each as it is written."""
    begun = list(_ENTRY.finditer(text))
    ends = [*(one.start() for one in begun[1:]), len(text)]
    return {one[1]: text[one.start() : end] for one, end in zip(reversed(begun), reversed(ends), strict=True)}
