"""Migrations go up and down, and make exactly the tables that the code describes."""

import ast
import importlib
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.database import metadata, migrate
from storage.migrating import downgrade, history
from storage.revisions import newest, stands_at


def test_whoever_opens_the_database_knows_all_of_its_tables() -> None:
    """In a process of its own: here some other test may have imported the module that describes a table."""
    code = """
import importlib, pkgutil, storage
from storage.database import metadata
known = set(metadata.tables)
for module in pkgutil.iter_modules(storage.__path__, "storage."):
    importlib.import_module(module.name)
assert set(metadata.tables) == known, set(metadata.tables) - known
"""
    subprocess.run([sys.executable, "-c", code], check=True)


async def test_they_make_the_tables_that_the_code_describes(database_url: str) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))

    engine = create_async_engine(database_url, poolclass=NullPool)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_each_goes_down_and_up_again(empty_database_url: str) -> None:
    revisions = [script.revision for script in history().walk_revisions()]
    await migrate(empty_database_url)
    for revision, below in pairwise([*revisions, "base"]):
        await downgrade(empty_database_url, below)
        await migrate(empty_database_url, revision)
        await downgrade(empty_database_url, below)
    await migrate(empty_database_url)
    await downgrade(empty_database_url, "base")
    engine = create_async_engine(empty_database_url, poolclass=NullPool)
    async with engine.connect() as connection:
        left = await connection.scalars(
            text("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')")
        )
        assert set(left) == {"alembic_version"}
    await engine.dispose()


def test_the_script_that_drafts_one_imports_what_there_is() -> None:
    script = Path(".ci/new-migration").read_text().partition("<<'PY'\n")[2].partition("\nPY\n")[0]
    imports = [node for node in ast.parse(script).body if isinstance(node, ast.ImportFrom)]
    assert imports
    for node in imports:
        module = importlib.import_module(str(node.module))
        assert [alias.name for alias in node.names if not hasattr(module, alias.name)] == []


async def test_where_the_tables_are_is_known_without_alembic(empty_database_url: str) -> None:
    assert await stands_at(empty_database_url) is None
    await migrate(empty_database_url)
    assert await stands_at(empty_database_url) == newest() == history().get_current_head()


def test_from_now_on_their_numbers_are_their_order() -> None:
    """Those before 0216 came from several hands at once, and stay as they were released."""
    line = [script.revision for script in history().walk_revisions()]
    later = line[: line.index("0216") + 1]
    assert later == sorted(later, reverse=True), "give yours the next number: docs/where-things-go.md"
    files = {Path(str(script.module.__file__)).name[:4]: script.revision for script in history().walk_revisions()}
    assert all(number == revision for number, revision in files.items()), "a file begins with its revision"


def test_there_is_one_line_of_them() -> None:
    script: ScriptDirectory = history()
    assert len(script.get_heads()) == 1
