#!/usr/bin/env bash
# dateparser 1.5.0, "a week ago" without the numeral, as people say it in Ukrainian.
# Seen: "1 тиждень тому" is a date, "тиждень тому", "місяць тому", "рік тому" and "день тому" are None; "годину тому" and
# the same words in Russian ("неделю назад", "месяц назад", "год назад") are dates.
# A good guess: a unit without a numeral means one, in both languages alike.
# Source: dateparser/data/date_translation_data/uk.py beside ru.py.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
"$folder/venv/bin/python" - <<'PY'
from datetime import datetime

import dateparser

def day(text, language):
    found = dateparser.parse(text, languages=[language], settings={"RELATIVE_BASE": datetime(2026, 11, 30)})
    return found and str(found.date())

ukrainian = {text: day(text, "uk") for text in ("1 тиждень тому", "тиждень тому", "місяць тому", "рік тому", "день тому")}
russian = {text: day(text, "ru") for text in ("неделю назад", "месяц назад", "год назад")}
print(ukrainian, russian, sep="\n")
assert ukrainian.pop("1 тиждень тому") == "2026-11-23", "changed"
assert set(ukrainian.values()) == {None}, "changed"
assert list(russian.values()) == ["2026-11-23", "2026-10-30", "2025-11-30"], "changed"
PY
