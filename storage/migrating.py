"""Migrations: bringing the database's tables from one revision to another, by Alembic.

Importing this takes a tenth of a second, which a start with nothing to migrate does not spend.
"""

import asyncio

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from storage.revisions import FOLDER


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["url"] = url
    return config


async def upgrade(url: str, to: str) -> None:
    await asyncio.to_thread(command.upgrade, _config(url), to)


async def downgrade(url: str, to: str) -> None:
    """Take the tables back to an older revision; "base" leaves none."""
    await asyncio.to_thread(command.downgrade, _config(url), to)


def draft(url: str, revision: str, message: str) -> None:
    """Write a migration from the difference between the tables in code and those of a migrated database."""
    command.revision(_config(url), message=message, rev_id=revision, autogenerate=True)


def history() -> ScriptDirectory:
    """The migrations there are."""
    return ScriptDirectory.from_config(_config(""))
