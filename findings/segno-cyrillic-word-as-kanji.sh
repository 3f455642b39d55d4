#!/usr/bin/env bash
# segno 1.6.6, a QR code of one Ukrainian word without spaces.
# Seen: the word "Мама" becomes kanji mode (its letters stand in the Japanese Shift JIS table), "Їжак" becomes byte mode
# (Ї does not stand there). So a code's mode, and whether a simple reader shows it, depends on which letters a name has.
# A good guess: text that is not Japanese goes as UTF-8 bytes, as most readers expect; `encoding="utf-8"` does that.
# Source: segno/encoder.py, `find_mode`; ISO/IEC 18004, kanji mode.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check segno==1.6.6
"$folder/venv/bin/python" - <<'PY'
import segno

seen = {word: segno.make(word, micro=False).mode for word in ("Мама", "Їжак", "Київ")}
told = segno.make("Мама", micro=False, encoding="utf-8").mode
print(seen, "told utf-8:", told)
assert seen == {"Мама": "kanji", "Їжак": "byte", "Київ": "byte"}, "changed"
assert told == "byte", "changed"
PY
