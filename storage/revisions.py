"""At which revision the tables of a database are, and which is the newest: known without Alembic."""

from pathlib import Path
from typing import Final, cast

from sqlalchemy.engine import make_url

from storage.connecting import connect

FOLDER: Final = Path(__file__).parent / "migrations"


def newest() -> str:
    """The last of the line of migrations: files are named by their revisions, in their order."""
    return max(file.name for file in (FOLDER / "versions").glob("[0-9]*.py")).partition("_")[0]


async def stands_at(url: str) -> str | None:
    """Where the tables are; None where there are none. `url` is SQLAlchemy's address of the database."""
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await connect(dsn)
    try:
        if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
            return None
        return cast("str | None", await connection.fetchval("SELECT min(version_num) FROM alembic_version"))
    finally:
        await connection.close()
