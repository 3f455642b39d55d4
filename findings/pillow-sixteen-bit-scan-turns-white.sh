#!/usr/bin/env bash
# Pillow 13.0.0, a scan of a paper in 16-bit grey (mode I;16, as scanners write TIFF and PNG), made an ordinary picture.
# Seen: `convert("L")` and `convert("RGB")` cut every value at 255 instead of scaling, so a page of greys becomes white
# without a warning: whoever sent it is thanked for an empty sheet.
# A good guess: 65,535 becomes 255 and what lies between is scaled, as between other depths.
# Source: libImaging/Convert.c, the conversions from I;16 clip; the documentation of modes says nothing of it.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
"$folder/venv/bin/python" - <<'PY'
from PIL import Image

page = Image.new("I;16", (3, 1))
for at, grey in enumerate((300, 20_000, 60_000)):
    page.putpixel((at, 0), grey)
seen = [page.convert("L").getpixel((at, 0)) for at in range(3)]
print("kept:", [page.getpixel((at, 0)) for at in range(3)], "as L:", seen)
assert seen == [255, 255, 255], "changed"
assert page.convert("RGB").getpixel((0, 0)) == (255, 255, 255), "changed"
PY
