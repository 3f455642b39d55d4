#!/usr/bin/env bash
# fluent.runtime 0.4.0, a Ukrainian plural chosen by a Decimal, as sums of money are kept.
# Seen: 1 and 1.0 choose [one], 2 and 2.0 choose [few]; Decimal(1) and Decimal(2) choose the default, so "1 гривень" is
# said instead of "1 гривня", and no error is reported.
# A good guess: every number of Python chooses its plural, or an argument of another type is reported in the errors.
# Source: fluent/runtime/types.py takes Decimal for a number; resolver.py asks `isinstance(val, (int, float))` of it.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fluent.runtime==0.4.0
"$folder/venv/bin/python" - <<'PY'
from decimal import Decimal

from fluent.runtime import FluentBundle, FluentResource

bundle = FluentBundle(["uk"], use_isolating=False)
bundle.add_resource(FluentResource("sum = { $n ->\n  [one] гривня\n  [few] гривні\n *[many] гривень\n }\n"))
pattern = bundle.get_message("sum").value
seen = {repr(n): bundle.format_pattern(pattern, {"n": n}) for n in (1, 2, 1.0, 2.0, Decimal(1), Decimal(2))}
for number, result in seen.items():
    print(number, *result)
assert [text for text, _ in seen.values()] == ["гривня", "гривні"] * 2 + ["гривень"] * 2, "changed"
assert not any(errors for _, errors in seen.values()), "changed"
PY
