#!/usr/bin/env bash
# icalendar 7.3.0, a calendar file whose long line is folded between the two bytes of a Cyrillic letter, as simple
# writers of calendars do; RFC 5545 knows of them and wants readers to restore the letter.
# Seen: both halves of the letter become U+FFFD, so the summary of a meeting can no longer be read; no error is raised.
# A good guess: lines are unfolded as bytes and decoded afterwards, so that the letter is whole again.
# Source: RFC 5545, section 3.1; icalendar/parser/content_line.py, `Contentlines.from_ical` decodes first, then unfolds.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.0
"$folder/venv/bin/python" - <<'PY'
from icalendar import Calendar

HEAD = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//UK\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    b"DTSTAMP:20261130T080000Z\r\nDTSTART:20261201T080000Z\r\n"
)
TAIL = b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

def summary(line):
    return str(Calendar.from_ical(HEAD + line + TAIL).walk("VEVENT")[0]["summary"])

line = "SUMMARY:Зустріч".encode()
within = line.index("т".encode()) + 1
between = within + 1
seen = summary(line[:between] + b"\r\n " + line[between:]), summary(line[:within] + b"\r\n " + line[within:])
print("folded between letters:", seen[0], "| within a letter:", seen[1])
assert seen == ("Зустріч", "Зус\ufffd\ufffdріч"), "changed"
PY
