#!/usr/bin/env bash
# pymorphy3 2.0.6 with pymorphy3-dicts-uk, a woman's name with either apostrophe: Мар'яна (U+0027), Мар’яна (U+2019).
# Seen: with the straight one, as keyboards type it, she is the genitive of the man's name Мар'ян, and the dative is
# "мар'янові"; with the typographic one, as the dictionary is printed, she is no name but a thing of feminine gender.
# A good guess: both are the woman's name Мар'яна, dative "мар'яні".
# Source: the package's documentation: given names carry the grammeme Name; it says nothing of apostrophes.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pymorphy3==2.0.6 pymorphy3-dicts-ru==2.4.417150.4580142 pymorphy3-dicts-uk==2.4.1.1.1663094765
"$folder/venv/bin/python" -W ignore - <<'PY'
import pymorphy3

words = pymorphy3.MorphAnalyzer(lang="uk")
straight, printed = words.parse("Мар'яна")[0], words.parse("Мар’яна")[0]
print(straight.tag, straight.inflect({"datv"}).word, "|", printed.tag, printed.inflect({"datv"}).word)
assert {"Name", "masc", "gent"} <= set(straight.tag.grammemes), "changed"
assert straight.inflect({"datv"}).word == "мар'янові", "changed"
assert "Name" not in printed.tag.grammemes, "changed"
assert printed.tag.animacy == "inan", "changed"
PY
