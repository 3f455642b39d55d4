#!/usr/bin/env bash
# translitua 2.0, a name whose apostrophe was typed as a grave accent or an opening quote, as many keyboards and old
# papers have it: "Мар`яна", "Мар‘яна".
# Seen: the mark stays in the Latin name and the letter after it is spelt as at the beginning of a word: "Mar`yana",
# where "Мар'яна", "Мар’яна" and "Марʼяна" give "Mariana". Whoever compares passports finds two persons.
# A good guess: every mark that people type for the apostrophe is one, or is refused.
# Source: Cabinet Resolution No. 55 of 27 January 2010: "the soft sign and the apostrophe are not rendered".
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check translitua==2.0
"$folder/venv/bin/python" - <<'PY'
from translitua import translit

seen = {mark: translit(f"Мар{mark}яна") for mark in ("'", "’", "ʼ", "`", "‘", "´")}
print(seen)
assert {seen[mark] for mark in ("'", "’", "ʼ")} == {"Mariana"}, "changed"
assert (seen["`"], seen["‘"], seen["´"]) == ("Mar`yana", "Mar‘yana", "Mar´yana"), "changed"
PY
