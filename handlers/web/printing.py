"""The card for a purse: a report's number on paper, for whoever has no telephone at hand or no internet. Pure.

A stranger who finds it learns of nobody: no name, no center's city, no word of what the report is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import segno

from casework.letters import Say
from dialogs.words import Words

if TYPE_CHECKING:
    from fpdf import FPDF

FONT: Final = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"
"""The fonts that every PDF reader has know no Ї."""

WIDTH, HEIGHT, MARGIN = 148.0, 105.0, 11.0
"""Millimetres: A6, a quarter of the usual sheet, which prints as it is or four to a sheet."""

CODE: Final = 38.0
"""Millimetres of the code's side, with the white that it needs around it."""

INK, PALE = (27, 42, 58), (92, 104, 116)


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed. `phone` is the center's own, None where it has none: nobody else knows the report's number.
    `hours` are when the center opens and closes, "10:00" and "17:00"."""

    number: str
    phone: str | None
    hours: tuple[str, str]
    page: str


def draw(card: Card, words: Words, language: str, now: datetime) -> bytes:
    """The card as a PDF of one page."""
    from fpdf import FPDF  # half a second that every start would take

    def say(name: str, **args: str) -> str:
        return words.say(language, Say(name, args))

    paper = FPDF(orientation="L", unit="mm", format=(HEIGHT, WIDTH))
    paper.set_title(say("card"))
    paper.set_lang(language)
    paper.set_creation_date(now)
    paper.set_margins(MARGIN, MARGIN, MARGIN)
    paper.set_auto_page_break(False)
    paper.add_page()
    paper.add_font("DejaVu", fname=FONT)
    column = WIDTH - 2 * MARGIN

    def line(text: str, size: float, ink: tuple[int, int, int] = INK, width: float = column, after: float = 0) -> None:
        paper.set_font("DejaVu", size=size)
        paper.set_text_color(*ink)
        paper.multi_cell(width, size * 0.5, text, align="L", new_x="LMARGIN", new_y="NEXT")
        paper.ln(after)

    line(say("card.number"), 10, PALE)
    line(card.number, 34, after=3)
    beside = column - CODE - 6
    top = paper.y
    if card.phone is not None:
        line(say("card.call"), 10, PALE, beside)
        phones = [phone.strip().replace(" ", "\u00a0") for phone in card.phone.split(",")]  # no number is broken
        line(", ".join(phones), 15 if len(phones) == 1 else 11, width=beside, after=1.5)
        opens, closes = card.hours
        line(say("card.hours", opens=opens, closes=closes), 10, width=beside)
        paper.ln(3)
    line(say("card.page"), 10, PALE, beside)
    line(card.page.removeprefix("https://"), 10, width=beside)
    _code(paper, card.page, WIDTH - MARGIN - CODE, top)
    paper.set_y(max(paper.y, top + CODE) + 3)
    line(say("card-how" if card.phone else "card-how-page"), 10.5)
    return bytes(paper.output())


SHEET: Final = 20.0
"""Millimetres of white around a sheet of A4."""


def draw_text(
    title: str, says: Sequence[Say], words: Words, language: str, now: datetime, head: Sequence[Say] = ()
) -> bytes:
    """Paragraphs on a sheet, as a PDF; `head` stands above the title, as on a letter."""
    from fpdf import FPDF

    paper = FPDF(unit="mm", format="A4")
    paper.set_title(words.say(language, Say(title)))
    paper.set_lang(language)
    paper.set_creation_date(now)
    paper.set_margins(SHEET, SHEET, SHEET)
    paper.set_auto_page_break(True, margin=SHEET)
    paper.add_page()
    paper.add_font("DejaVu", fname=FONT)
    above = ((10.0, each) for each in head)
    for size, say in (*above, (16.0, Say(title)), *((11.0, each) for each in says)):
        paper.set_font("DejaVu", size=size)
        paper.set_text_color(*INK)
        paper.multi_cell(0, size * 0.5, words.say(language, say), align="L", new_x="LMARGIN", new_y="NEXT")
        paper.ln(3)
    return bytes(paper.output())


def _code(paper: "FPDF", page: str, left: float, top: float) -> None:
    """The page's address for a camera, drawn as squares: sharp at any size."""
    picture = segno.make(page, error="m", micro=False)
    rows = [list(row) for row in picture.matrix_iter(border=2)]
    side = CODE / len(rows)
    paper.set_fill_color(*INK)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                paper.rect(left + across * side, top + down * side, side, side, style="F")
