#!/usr/bin/env bash
# fpdf2 2.8.9, a town or a surname with a hyphen in a narrow column (a label, a table of a day sheet).
# Seen: where the whole word does not fit, `multi_cell` breaks it before the letter that is too much and not after the
# hyphen, which would fit: "Кам’янець-Поділь" / "ський", without a hyphen at the break.
# A good guess: a line may end after a hyphen (Unicode UAX #14, class HY), so "Кам’янець-" / "Подільський".
# Source: fpdf/line_break.py knows spaces and the soft hyphen as places to break; the tutorial of `multi_cell` says
# that words are wrapped.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fpdf2==2.8.9 fonts==0.0.3 font-roboto==0.0.1 pypdfium2==5.15.2
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import pypdfium2
from font_roboto import Roboto
from fpdf import FPDF

label = FPDF(format=(52, 40))
label.set_margin(5)
label.add_page()
label.add_font("Roboto", "", Roboto)
label.set_font("Roboto", size=13)
label.multi_cell(0, 6, "Кам’янець-Подільський", align="L")
label.output("label.pdf")
lines = pypdfium2.PdfDocument("label.pdf")[0].get_textpage().get_text_range().split("\r\n")
print(lines)
assert len(lines) == 2, "changed"
assert not lines[0].endswith("-"), "changed"
assert "-П" in lines[0], "changed"
PY
