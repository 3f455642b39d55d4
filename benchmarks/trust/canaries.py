"""What lies on disks: persons whose every word is a canary, looked for in all that a service leaves behind."""

import asyncio
import base64
import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, redirect_stderr, redirect_stdout, suppress
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from unittest import mock
from urllib.parse import quote

from sqlalchemy import Column, text
from sqlalchemy.exc import IntegrityError

from benchmarks.row import Measured, Row, Run
from benchmarks.trust.holdings import NOW, quiet
from bot.app import opened
from bot.cluster import binaries, environment
from bot.copying import backup
from bot.logs import set_up
from bot.settings import load
from casework.actor import Channel
from casework.calls import Reason
from casework.ids import CenterId, StaffId
from casework.letters import Letter, LetterKind, Say, Screen
from casework.people import Profile
from casework.registering import Claim, Kinship
from casework.thread import ThreadMessage
from casework.values import PersonName, Phone
from storage.database import Database
from storage.sealing import PADDED, Seals
from storage.vault import SealBroken

PERSONS: Final = 5_000
FEW: Final = 10
MARKS: Final = ("Ґжегжолкевич ", "Цвіркуненко ", "Бджолозіренко ", "+3806755", "kanarka-telegram-")
"""What every name, word, telephone and address of the row begins with; each ends in a number of its own."""
PIECE: Final = 64 << 20


def encodings(mark: str) -> Iterator[tuple[str, bytes]]:
    """The twelve ways in which a text may lie in a file, each by its name."""
    plain = mark.encode()
    yield "UTF-8", plain
    yield "UTF-16, little end first", mark.encode("utf-16-le")
    yield "UTF-16, big end first", mark.encode("utf-16-be")
    yield "UTF-32", mark.encode("utf-32-le")
    yield "Windows-1251", mark.encode("cp1251")
    yield "KOI8-U", mark.encode("koi8-u")
    yield "hexadecimal", plain.hex().encode()
    yield "JSON", json.dumps(mark)[1:-1].encode()
    yield "per cent", quote(mark).encode()
    yield "entities", "".join(f"&#{ord(letter)};" for letter in mark).encode()
    yield "octal", "".join(f"\\{byte:03o}" for byte in plain).encode()
    for shift in range(3):  # where in three bytes it begins
        encoded = base64.b64encode(b"\0" * shift + plain)
        yield "Base64", encoded[(0, 2, 3)[shift] : len(encoded) - 4]


async def _person(database: Database, number: int) -> None:
    """Somebody who has said all that can be said: of themselves, of the missing, in a letter, to staff."""
    missing, relative, words, phone, address = (f"{mark}{number:05}" for mark in MARKS)
    async with database.work(NOW) as work:
        person = await work.people.get(await work.people.add("uk"))
        profile = Profile(PersonName(relative), Phone(phone))
        await work.people.keep(replace(person, profile=profile, consent="consent-1", agreed_at=NOW))
        hash = work.seals.vault.lookup("address/telegram", address)
        await work.people.join_address(person.id, Channel.TELEGRAM, address, hash)
        report = await work.reports.add(person.id, Claim(Kinship.MOTHER, PersonName(missing)), CenterId("kharkiv"))
        await work.cases.add_note(report.case, StaffId(1), words)
        await work.outbox.add(Letter(person.id, Screen((Say("desk-own", {"words": words}),)), LetterKind.REPLY))
        await work.threads.add(person.id, ThreadMessage("you", words))
        await work.inbox.add(person.id, words, at=NOW, channel=Channel.TELEGRAM)
        await work.quarantine.add(Channel.TELEGRAM, words, "ValueError", person=person.id, script="menu")
        due, center = NOW + timedelta(days=1), CenterId("kharkiv")
        await work.calls.add_task(Reason.WROTE, person=person.id, center=center, due=due, note=words)
        await work.commit()


async def canaries(run: Run) -> Measured:
    """Persons, then a search in the folder (with its WAL), dumps, copies, logs and temporary files."""
    many, folder = FEW if run.fast else PERSONS, run.folder
    for name in ("tmp", "dumps"):
        (folder / name).mkdir()
    settings = load(data_dir=folder / "data", root_key_file=folder / "root.key", database_url=None, log_level="debug")
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(tempfile, "tempdir", str(folder / "tmp")))
        log = stack.enter_context((folder / "log").open("w"))
        stack.enter_context(redirect_stdout(log))
        stack.enter_context(redirect_stderr(log))
        set_up(settings)
        if run.broken:
            stack.enter_context(mock.patch.object(Seals, "seal", _in_clear))
        async with opened(settings, clock=lambda: NOW) as database:
            for number in range(many):
                await _person(database, number)
            async with database.work(NOW) as work:  # errors of the database, which its log tells
                with suppress(IntegrityError):
                    await work.connection.execute(text("INSERT INTO people SELECT * FROM people"))
            with suppress(SealBroken, ValueError):
                async with database.work(NOW) as work:
                    await work.search.find(f"{MARKS[0]}1", 10)
            await backup(settings, folder / "copies", None, quiet, tried=False)
            for form in ("plain", "custom"):
                await asyncio.to_thread(_dump, database, folder / "dumps" / form, form)
    return await asyncio.to_thread(_searched, folder, many)


def _dump(database: Database, to: Path, form: str) -> None:
    command = [str(binaries() / "pg_dump"), "-h", str(database.engine.url.query["host"]), "-U", "postgres"]
    command += [f"--format={form}", "--compress=0", f"--file={to}", "zviazok"]
    subprocess.run(command, env=environment(), check=True)


def _searched(folder: Path, many: int) -> Measured:
    wanted = [(mark, name, form) for mark in MARKS for name, form in encodings(mark)]
    found, known = set[str](), set[bytes]()
    longest = max(len(form) for _, _, form in wanted)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        where = path.relative_to(folder)
        with path.open("rb") as file:
            kept = b""
            while piece := file.read(PIECE):
                kept = kept[-longest:] + piece.rstrip(b"\0")
                if (content := sha256(kept).digest()) in known:  # as each database of a new cluster has them
                    continue
                known.add(content)
                found |= {f"{mark}… in {where}, {name}" for mark, name, form in wanted if form in kept}
    return Measured(many, len(found), tuple(sorted(found)))


async def _in_clear(
    seals: Seals, column: Column[Any], row: int, value: Any, *, holder: Any = None, key: Any = None, part: str = ""
) -> bytes:
    """The fault: what should be sealed is written as it is."""
    return PADDED + bytes(20) + str(value).encode()


ROWS: Final = (Row("canaries", "words of persons in dump, WAL, folder, logs, copies, temporary files", 0, canaries),)
