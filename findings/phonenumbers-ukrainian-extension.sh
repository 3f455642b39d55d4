#!/usr/bin/env bash
# phonenumberslite 9.0.42, a number with an extension as Ukrainians write it, region UA.
# Seen: the Russian abbreviation "доб." is read as an extension, as "ext." is; with the Ukrainian one, "дод.", the whole
# number is refused (NumberParseException: not a phone number), though its digits are whole and valid.
# A good guess: both languages of the same telephone network are known, or the digits before the word are taken.
# Source: phonenumbers/phonenumberutil.py, the labels in `_create_extn_pattern`.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check phonenumberslite==9.0.42
"$folder/venv/bin/python" - <<'PY'
import phonenumbers

def read(text):
    try:
        number = phonenumbers.parse(text, "UA")
    except phonenumbers.NumberParseException as refused:
        return type(refused).__name__
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), number.extension

seen = {word: read(f"067 123 45 67 {word} 12") for word in ("ext.", "доб.", "дод.")}
for word, result in seen.items():
    print(word, result)
whole = ("+380671234567", "12")
assert seen == {"ext.": whole, "доб.": whole, "дод.": "NumberParseException"}, "changed"
PY
