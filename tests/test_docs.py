"""What the documents name is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])

NAMED = re.compile(r"`([^`\n]+)`|\]\(([^)\s]+)\)")
PATH = re.compile(
    r"(?:\.?[\w*-][\w.*-]*/)+(?:[\w*-][\w.*-]*)?|[\w*-][\w.*-]*\.(?:py|md|toml|yaml|ftl|txt|tsv|gz|js|html)"
)
ANY = re.compile(r"\b[A-Z]{4,}\b")
"""NAME or COLUMN in a path stands for any."""

ELSEWHERE = re.compile(r"var/|\d+\.\d+")
"""Made by the first start, beside the code; and addresses of networks."""


def named(text: str, folder: Path) -> Iterator[str]:
    """Every path that a document in a folder names, in backticks or by a link, from the root."""
    for code, link in NAMED.findall(text):
        if link and "://" not in link:
            yield str((folder / link.partition("#")[0]).resolve().relative_to(ROOT))
        for token in code.split():
            if PATH.fullmatch(token) and not ELSEWHERE.match(token):
                yield ANY.sub("*", token)


def missing(text: str, folder: Path) -> list[str]:
    return [path for path in named(text, folder) if not _is_there(path)]


def _is_there(path: str) -> bool:
    """A bare name may be anywhere; a path begins at the root."""
    return any(ROOT.glob(path)) or ("/" not in path and any(ROOT.glob(f"[!.]*/**/{path}")))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_path_that_a_document_names_is_there(document: Path) -> None:
    assert missing(document.read_text(encoding="utf-8"), document.parent) == []


def test_a_path_that_is_not_there_is_found() -> None:
    text = "See `dialogs/gone.py`, `dialogs/turn.py`, `gone.py`, [that](gone.md) and `locales/*/NAME.ftl`; `a or b`."
    assert missing(text, ROOT / "docs") == ["dialogs/gone.py", "gone.py", "docs/gone.md"]


def test_each_decision_stands_once_in_the_index() -> None:
    text = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    decided = [heading for heading in re.findall(r"^## (.+)$", text, re.MULTILINE) if heading != "By column"]
    listed = re.findall(r"^- \[(.+)\]\(#(.+)\)$", text, re.MULTILINE)
    assert sorted(heading for heading, _ in listed) == sorted(decided), "add it to the index at the top"
    for heading, anchor in listed:
        assert anchor == re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
