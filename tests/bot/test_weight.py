"""What a start costs, held by what it imports and reads: every process has it, and every start waits for it."""

import json
import subprocess
import sys
from pathlib import Path

from bot.postgres import SHARED_BUFFERS
from storage.connecting import connect
from storage.database import Database

ROOT = Path(__file__).parents[2]

SERVICE = """
import gc, json, sys, tracemalloc
from bot.settings import Settings
from storage.memory import loading

settings = Settings(telegram_token="123456:abcdefghijklmnopqrstuvwxyz012345678", _env_file=None)
begun = gc.get_stats()
with loading():
    from bot import joining
    from bot.app import read_ahead
    joining.load_served(settings)
searches = sum(one["collections"] for one in gc.get_stats()) - sum(one["collections"] for one in begun)
from dialogs.words import Words
tracemalloc.start()
read_ahead()
Words()
read, _ = tracemalloc.get_traced_memory()
imported = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps({"imported": imported, "searches": searches, "enabled": gc.isenabled(), "read": read}))
"""

NAMES = """
import json, sys
import storage.names.worker
print(json.dumps(sorted(sys.modules)))
"""

RARE = {"alembic", "mako", "dateparser", "fpdf", "PIL", "pypdfium2", "matplotlib", "numpy", "pandas", "lxml"}
"""What a service needs for a migration, a card, a picture or a paper: a process of its own, or a thread, imports it."""

NOT_FOR_NAMES = {
    "asyncio",
    "ssl",
    "aiohttp",
    "sqlalchemy",
    "asyncpg",
    "pydantic",
    "structlog",
    "dialogs",
    "cryptography",
}

READ_AHEAD = 22_000_000
"""Bytes that places, lists of words and messages may take; as strings, sets and parsed messages they took 37 MB."""


def _ran(program: str) -> str:
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert not ran.returncode, ran.stderr
    return ran.stdout


def test_a_service_imports_what_it_serves_with_in_one_go_and_reads_compact_tables() -> None:
    found = json.loads(_ran(SERVICE))
    assert {"aiogram", "telegram", "aiohttp", "sqlalchemy"} <= set(found["imported"]), "or it imports them later"
    assert RARE.isdisjoint(found["imported"])
    assert not found["searches"], "what is imported is not searched for garbage"
    assert found["enabled"], "but from then on"
    assert found["read"] < READ_AHEAD


def test_the_process_with_the_names_imports_little() -> None:
    imported = json.loads(_ran(NAMES))
    assert NOT_FOR_NAMES.isdisjoint(imported)


async def test_our_own_server_shares_little_memory_out(database_url: str) -> None:
    """What PostgreSQL takes as usual would be the most that is held with many cases."""
    database = Database(database_url, bytes(range(32)))
    connection = await connect(database.dsn)
    assert await connection.fetchval("SHOW shared_buffers") == SHARED_BUFFERS
    await connection.close()
    await database.close()
