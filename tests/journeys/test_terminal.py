"""A family without any messenger, in a terminal: the program itself, over a real database."""

import asyncio
import os
import re
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.actor import Channel
from casework.letters import Letter, LetterKind, Say, Screen
from demo.patience import PATIENCE
from tests.visiting import MORNING, WORDS, House


@dataclass
class Seat:
    """Somebody at a terminal."""

    process: asyncio.subprocess.Process
    screen: str = ""

    async def types(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())
        await self.process.stdin.drain()

    async def sees(self, words: str, within: float = PATIENCE) -> None:
        """Wait for the words among what came since the last that were waited for."""
        assert self.process.stdout is not None
        async with asyncio.timeout(within):
            while words not in self.screen:
                more = await self.process.stdout.read(4096)
                assert more, f"the terminal ended without {words!r}: {self.screen[-500:]}"
                self.screen += more.decode("utf-8", "replace")
        self.screen = self.screen.partition(words)[2]

    async def hears(self, name: str) -> None:
        await self.sees(max(WORDS.say("uk", Say(name)).split("\n"), key=len))

    async def leaves(self) -> int:
        assert self.process.stdin is not None
        self.process.stdin.close()
        return await asyncio.wait_for(self.process.wait(), PATIENCE)


async def sits_down(folder: Path, url: str, name: str, *more: str) -> Seat:
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": url, "DATA_DIR": str(folder / "data")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "terminal", "--name", name, *more),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    return Seat(process)


async def test_a_mother_registers_is_killed_in_the_middle_and_goes_on(
    tmp_path: Path, database_url: str, engine: AsyncEngine
) -> None:
    seat = await sits_down(tmp_path, database_url, "olena")
    await seat.hears("consent")
    await seat.types("погоджуюся")
    await seat.hears("menu")
    await seat.types("1")
    await seat.types("1")  # typed ahead: taken when its question has been shown
    await seat.hears("missing-name")
    seat.process.send_signal(signal.SIGKILL)
    await seat.process.wait()

    seat = await sits_down(tmp_path, database_url, "olena")
    await seat.hears("missing-name")
    for line in ("Петренко Іван Миколайович", "12.03.1990", "Петренко Марія", "067 123 45 67", "Харьков", "так"):
        await seat.types(line)
    await seat.sees("Звернення зареєстровано")
    assert await seat.leaves() == 0
    async with engine.connect() as connection:
        kept = (await connection.execute(text("SELECT channel, count(*) FROM addresses GROUP BY 1"))).one()
        assert tuple(kept) == ("terminal", 1)
        assert await connection.scalar(text("SELECT count(*) FROM reports")) == 1


async def test_each_name_is_somebody_s_own_and_one_terminal_speaks_at_a_time(tmp_path: Path, database_url: str) -> None:
    olena = await sits_down(tmp_path, database_url, "olena")
    await olena.hears("consent")
    petro = await sits_down(tmp_path, database_url, "petro", "--language", "en")
    await petro.sees("open already in another window")
    assert await olena.leaves() == 0
    await petro.sees("Do you agree")
    assert await petro.leaves() == 0


async def test_what_was_sent_meanwhile_is_read_when_the_terminal_is_opened(
    house: House, tmp_path: Path, database_url: str
) -> None:
    (tmp_path / "data.key").write_text(bytes(range(32)).hex())
    (tmp_path / "data.key").chmod(0o600)
    async with house.database.work(house.clock()) as work:
        person = await work.people.add("uk")
        hash = work.seals.vault.lookup("address/terminal", "olena")
        await work.people.join_address(person, Channel.TERMINAL, "olena", hash)
        await work.send(Letter(person, Screen((Say("settings-language-done"),)), LetterKind.PUSH, due=MORNING))
        await work.commit()
    seat = await sits_down(tmp_path, database_url, "olena")
    await seat.hears("push")
    await seat.types(WORDS.say("uk", Say("push.open")))
    await seat.hears("settings-language-done")
    assert await seat.leaves() == 0


@pytest.mark.parametrize("name", ["with space", "x" * 65, "a/b"])
async def test_a_name_that_is_none_is_refused_with_the_remedy(tmp_path: Path, name: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "terminal", "--name", name),
        stderr=asyncio.subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data")},
        cwd=Path(__file__).parents[2],
    )
    _, told = await process.communicate()
    assert process.returncode == 2
    assert re.search(r"TERMINAL_NAME: it must be .* For example: TERMINAL_NAME=olena", told.decode())
