#!/usr/bin/env bash
# dateparser 1.5.0, Ukrainian, a day and an hour as people say when something happened: "8 вересня о 12".
# Seen: the hour is taken for a year. "8 вересня о 12" is 8 September 2012, "8 вересня о 10" is 2010, without a warning;
# "8 вересня о 9" is nothing at all; only with minutes ("о 12:00") it is this year's day at noon.
# A good guess: 8 September of this year at 12 o'clock, or nothing. For a day on which somebody went missing, a date that
# is wrong by fourteen years is worse than none.
# Source: the documentation's "DATE_ORDER" and "REQUIRE_PARTS" speak of years in full; nothing says that "о 12" is one.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
"$folder/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime

import dateparser

base = {"RELATIVE_BASE": datetime(2026, 11, 30, 12)}
seen = {}
for typed in ("8 вересня о 12", "8 вересня о 10", "8 вересня о 9", "8 вересня о 12:00"):
    seen[typed] = str(dateparser.parse(typed, languages=["uk"], settings=base))
    print(typed, "->", seen[typed])
assert list(seen.values()) == ["2012-09-08 00:00:00", "2010-09-08 00:00:00", "None", "2026-09-08 12:00:00"], "changed"
PY
