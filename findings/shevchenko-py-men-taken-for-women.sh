#!/usr/bin/env bash
# shevchenko-py 0.8.0, the gender of a man by his given name, where no patronymic is at hand.
# Seen: `detect_gender` calls Сава, Хома and the short names Саша and Женя feminine, though it knows Микита, Ілля, Лука and
# Кузьма; a letter about "Сава Петренко" is then declined as about a woman, without a warning.
# A good guess: Сава and Хома are given to men only; where a name is either's (Саша, Женя), it says that it does not know.
# Source: the package's docstring: "an undetectable gender raises InputValidationError".
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check shevchenko-py==0.8.0
"$folder/venv/bin/python" - <<'PY'
import shevchenko

seen = {name: shevchenko.detect_gender(given_name=name) for name in ("Микита", "Лука", "Сава", "Хома", "Саша", "Женя")}
letter = shevchenko.in_dative(given_name="Сава", family_name="Мельник")
print(seen, letter)
assert seen["Микита"] == seen["Лука"] == "masculine", "changed"
assert seen["Сава"] == seen["Хома"] == seen["Саша"] == seen["Женя"] == "feminine", "changed"
assert letter == {"given_name": "Саві", "family_name": "Мельник"}, "changed"
PY
