"""`python -m tests.releases NAME` writes the data folder of the release as it stands."""

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

from sqlalchemy import text

from bot.cluster import binaries
from bot.postgres import Server
from storage.database import migrate
from tests.releases import Release, write
from tests.releases.story import Story
from tests.visiting import MORNING, open_house

ROOT = bytes(range(32))
"""The key of `open_house`; it guards nobody."""


async def _play(url: str, name: str) -> Release:
    await migrate(url)
    async with open_house(url, MORNING) as house:
        story = Story(house)
        await story.play()
        await story.leave_a_letter_unsent()
        people = await story.people()
        async with house.database.work(house.clock()) as work:
            waiting = (
                await work.connection.execute(text("SELECT count(*) FROM letters WHERE state = 'waiting'"))
            ).scalar_one()
        at = house.clock()
    address = url.replace("postgresql+asyncpg", "postgresql")
    command = [str(binaries() / "pg_dump"), "--inserts", "--no-owner", "--dbname", address]
    dumped = subprocess.run(command, check=True, capture_output=True, text=True)  # nobody else waits for this loop
    dump = "\n".join(line for line in dumped.stdout.splitlines() if not line.startswith("\\"))  # psql's own commands
    return Release(name, at, ROOT, dump, people, waiting)


with tempfile.TemporaryDirectory() as folder:
    server = Server(Path(folder), fsync=False)
    url = server.start()
    try:
        print(write(asyncio.run(_play(url, sys.argv[1]))))
    finally:
        server.stop()
