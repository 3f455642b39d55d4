"""How the parsers of answers are judged: what was tried, how often it was right, asked about, and wrong.

A part (`places`, later `phones`, `names`, `dates`) brings a `Kind` for each row. To ask costs a family one press; to be
wrong costs it the wrong center, clock or person. So the limit is on what is wrong, and it is nought.
"""

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

ASKED: Final = None
"""The parser's answer where it asked, or asked again, instead of taking something."""
Answer = str | None
Parser = Callable[[str], Answer]


@dataclass(frozen=True)
class Case:
    """Something that is typed, and the answers that are right for it; none is where it should be asked."""

    typed: str
    right: Collection[str] = ()


@dataclass(frozen=True)
class Kind:
    """One row of the table. `cases` draws them by chance and takes whether there shall be few; `fault` is a parser that
    is wrong as people were served before, which `BREAK` puts in the place of ours."""

    id: str
    title: str
    cases: Callable[[random.Random, bool], Sequence[Case]]
    parser: Parser
    fault: Parser


@dataclass
class Row:
    """What became of a kind's cases."""

    id: str
    title: str
    tried: int = 0
    right: int = 0
    asked: int = 0
    wrong: list[tuple[Case, str]] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return self.tried > 0 and not self.wrong


def judge(kind: Kind, seed: int, *, few: bool = False, broken: bool = False) -> Row:
    """Ask the kind's parser about all of its cases; the same seed draws the same cases."""
    row = Row(kind.id, kind.title)
    parser = kind.fault if broken else kind.parser
    for case in kind.cases(random.Random(f"{seed} {kind.id}"), few):  # noqa: S311  a repeatable draw
        answer = parser(case.typed)
        row.tried += 1
        if answer is ASKED:
            row.right += not case.right
            row.asked += bool(case.right)
        elif answer in case.right:
            row.right += 1
        else:
            row.wrong.append((case, answer))
    return row
