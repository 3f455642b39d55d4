"""The page about who may do what is drawn from the table, and is the one that lies in `docs`."""

from pathlib import Path

from bot.access import drawn
from casework.staff.access import TABLE


def test_the_page_is_of_this_table() -> None:
    page = Path(__file__).parents[2] / "docs" / "access.md"
    assert page.read_text(encoding="utf-8") == drawn(), "the access table was changed: run `make access`"


def test_every_line_of_the_table_is_on_it() -> None:
    rows = [line for line in drawn().splitlines() if line.startswith("| `")]
    assert len(rows) == sum(map(len, TABLE.values()))
