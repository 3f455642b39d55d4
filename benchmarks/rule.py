"""How many bad texts pass, harmless ones are stopped, words of despair are missed, and words of grief taken for them.

On two sets of sentences: "working", by which the lists are made, and "held-out", by which they are measured. `make
prove-rule`; JSON=1 ends with a line of JSON; BREAK=<a row's id> spoils the list for that row, which then has to fail.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, end, planted
from casework import despair, wordlist
from casework.updates import forbidden_words

SENTENCES: Final = Path(__file__).parents[1] / "tests" / "rule"
SETS: Final = ("working", "held-out")


@dataclass(frozen=True, slots=True)
class Kind:
    """Sentences of one kind: which list judges them, whether it should find anything, the limit in percent."""

    name: str
    list: Path
    slips: bool
    wanted: bool
    limit: float


_RULE: Final = Path(str(forbidden_words.__file__)).with_name("forbidden_words.txt")
_DESPAIR: Final = Path(str(despair.__file__)).with_name("despair.txt")
KINDS: Final = (
    Kind("bad-passed", _RULE, slips=False, wanted=True, limit=5),
    Kind("harmless-stopped", _RULE, slips=False, wanted=False, limit=3),
    Kind("despair-missed", _DESPAIR, slips=True, wanted=True, limit=5),
    Kind("grief-taken-for-despair", _DESPAIR, slips=True, wanted=False, limit=2),
)


def sentences(kind: Kind, which: str) -> list[str]:
    name = f"{kind.name.split('-')[0]}_{which.replace('-', '_')}.txt"
    lines = (SENTENCES / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def wrong(kind: Kind, which: str, spoilt: bool = False) -> list[str]:
    """The sentences that are judged wrongly."""
    judge = _spoilt(kind) if spoilt else _judge(kind)
    return [sentence for sentence in sentences(kind, which) if judge(sentence) is not kind.wanted]


def _judge(kind: Kind) -> Callable[[str], bool]:
    return despair.despairs if kind.list == _DESPAIR else lambda text: bool(forbidden_words.stopped_by(text))


def _spoilt(kind: Kind) -> Callable[[str], bool]:
    """The list without its innocent phrases, or without two of three lines."""
    lines = kind.list.read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if line.startswith("@") and " = " in line]
    rest = [line for line in lines if line not in names]
    kept = rest[::3] if kind.wanted else [line for line in rest if not line.startswith("!")]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "spoilt.txt"
        file.write_text("\n".join([*names, *kept]), encoding="utf-8")
        listed = wordlist.WordList(file, slips=kind.slips)
    return lambda text: bool(listed.found(text))


def measured(broken: str = "") -> list[Figure]:
    """Percent of the sentences that are judged wrongly, in both sets; the row named `broken` has a spoilt list."""
    rows = []
    for which in SETS:
        for kind in KINDS:
            id, n = f"{kind.name}-{which}", len(sentences(kind, which))
            rows.append(Figure(id, n, round(100 * len(wrong(kind, which, id == broken)) / n, 2), kind.limit))
    return rows


def main() -> int:
    rows = measured(planted([f"{kind.name}-{which}" for which in SETS for kind in KINDS]))
    print(f"{'':<36}{'sentences':>10}{'wrong':>9}{'at most':>9}")
    for row in rows:
        print(f"{row.id:<36}{row.n:>10}{row.value:>8} %{row.limit:>7} %{'' if row.holds else '   RED'}")
    return end(rows)


if __name__ == "__main__":
    sys.exit(main())
