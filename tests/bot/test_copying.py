"""Copies: sealed, tried, brought back whole; whoever was erased since stays erased, whatever comes back."""

import io
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.app import opened
from bot.copying import backup, replay, restore
from bot.heads import verified
from bot.settings import Settings, StartError, load
from casework.ids import PersonId
from casework.people import Profile
from casework.values import PersonName
from dialogs import answers
from storage import sealed_stream
from storage.database import Database
from storage.vault import SealBroken
from tests.visiting import MORNING

KEY = bytes(range(32))


def settings(folder: Path, **more: Any) -> Settings:
    return load(**{"data_dir": folder / "data", "root_key_file": folder / "root.key", "database_url": None, **more})


def clock() -> Any:
    return MORNING


async def somebody(database: Database, name: str) -> PersonId:
    async with database.work(MORNING) as work:
        person = await work.people.get(await work.people.add("uk"))
        parsed = answers.name(name)
        assert isinstance(parsed, PersonName)
        await work.people.keep(replace(person, profile=Profile(name=parsed)))
        await work.commit()
        return person.id


async def names(database: Database) -> set[str]:
    async with database.work(MORNING) as work:
        ids = (await work.connection.scalars(text("SELECT id FROM people WHERE profile IS NOT NULL"))).all()
        names = [person.profile.name for person in (await work.people.many(list(ids))).values()]
    return {name.full for name in names if name}


async def _erased(database: Database, person: PersonId) -> None:
    async with database.work(MORNING) as work:
        await work.erasing.erase(person)
        await work.commit()


def _copies(folder: Path) -> tuple[Path, Path]:
    return next(folder.glob("*.data")), next(folder.glob("*.keys"))


async def test_whoever_is_erased_stays_so_whatever_copy_comes_back(tmp_path: Path) -> None:
    here, said = settings(tmp_path / "here"), list[str]()
    async with opened(here, clock=clock) as database:
        gone = await somebody(database, "Бойко Ганна")
        await somebody(database, "Дорош Семен")
        await backup(here, tmp_path / "copies", None, said.append, tried=True)
        await _erased(database, gone)
    data, keys = _copies(tmp_path / "copies")
    for copy in (data, keys):
        assert "Бойко".encode() not in copy.read_bytes()
        assert copy.stat().st_mode & 0o077 == 0
    assert any("sealed values of them were opened" in line for line in said)

    with pytest.raises(StartError, match="tables in this database"):
        await restore(here, data, keys, [], said.append)

    lines = tmp_path / "heads"  # with rows that were written after the copy
    lines.write_text(f"40 {'1' * 64}\n")
    there = settings(tmp_path / "there", root_key_file=here.root_key_file, audit_heads=str(lines))
    await restore(there, data, keys, [], said.append)  # the ledger is found beside the root key
    assert "1 persons who were erased" in said[-1]
    async with opened(there, clock=clock) as database:
        found, _ = await verified(database, str(lines))
        assert found.broken is None
        assert [(gap.first, gap.last, gap.copied) for gap in found.gaps] == [(2, 40, True)]
        assert await names(database) == {"Дорош Семен"}
        await somebody(database, "Гайовий Юхим")  # its ids are no longer those of before
        await somebody(database, "Яворська Ганна")


async def test_an_older_folder_is_brought_up_to_the_ledger(tmp_path: Path) -> None:
    here = settings(tmp_path)
    async with opened(here, clock=clock) as database:
        gone = await somebody(database, "Бойко Ганна")
    shutil.copytree(here.data_dir, tmp_path / "older")
    async with opened(here, clock=clock) as database:
        await _erased(database, gone)
    shutil.rmtree(here.data_dir)
    shutil.move(tmp_path / "older", here.data_dir)
    async with opened(here, clock=clock) as database:
        assert await names(database) == set()
        async with database.work(MORNING) as work:
            assert await work.connection.scalar(text("SELECT count(*) FROM keyring.keys WHERE holder = 'person'")) == 0
    ledger = here.ledger
    assert ledger is not None
    ledger.rename(tmp_path / "elsewhere")
    with pytest.raises(StartError, match="ERASURE_LEDGER"):
        async with opened(here, clock=clock):
            raise AssertionError("nothing may begin")
    said: list[str] = []
    await replay(here, [tmp_path / "elsewhere"], said.append)
    async with opened(here, clock=clock):
        assert ledger.read_text().count("\n") >= 1


async def test_data_of_another_server_are_refused_until_the_ledger_was_replayed(tmp_path: Path) -> None:
    here, said = settings(tmp_path), list[str]()
    async with opened(here, clock=clock) as database, database.engine.begin() as connection:
        await connection.execute(text("UPDATE origin SET cluster = '7/5'"))
    with pytest.raises(StartError, match="restore --replay"):
        async with opened(here, clock=clock):
            raise AssertionError("nothing may begin")
    await replay(here, [], said.append)
    async with opened(here, clock=clock) as database, database.engine.begin() as connection:
        await connection.execute(text("UPDATE origin SET keyring = 'another'"))
    with pytest.raises(StartError, match="another keyring"):
        async with opened(here, clock=clock):
            raise AssertionError("nothing may begin")


async def test_nothing_is_restored_while_a_service_runs(tmp_path: Path, database_url: str) -> None:
    here = settings(tmp_path, database_url=database_url)
    async with opened(here, clock=clock):
        with pytest.raises(StartError, match="A service runs"):
            await replay(here, [], print)


async def test_a_copy_that_was_changed_brings_nothing_back(tmp_path: Path) -> None:
    here = settings(tmp_path / "here")
    async with opened(here, clock=clock) as database:
        await somebody(database, "Дорош Семен")
        await backup(here, tmp_path / "copies", tmp_path / "keys", print, tried=False)
    data, keys = next((tmp_path / "copies").glob("*.data")), next((tmp_path / "keys").glob("*.keys"))
    content = bytearray(data.read_bytes())
    content[len(content) // 2] ^= 1
    data.write_bytes(content)
    there = settings(tmp_path / "there", root_key_file=here.root_key_file)
    with pytest.raises(StartError, match="does not open"):
        await restore(there, data, keys, [], print)
    stranger = settings(tmp_path / "stranger")
    async with opened(stranger, clock=clock):
        pass
    nowhere = settings(tmp_path / "nowhere", root_key_file=stranger.root_key_file)
    with pytest.raises(StartError, match="root"):
        await restore(nowhere, data, keys, [], print)


def _stream(*pieces: bytes) -> bytes:
    file = io.BytesIO()
    sealer = sealed_stream.Sealer(file, KEY, {"what": "data"})
    for piece in pieces:
        sealer.write(piece)
    sealer.close()
    return file.getvalue()


def _read(content: bytes, key: bytes = KEY) -> Sequence[bytes]:
    file = io.BytesIO(content)
    return list(sealed_stream.opened(file, key, sealed_stream.head_of(file)))


def test_a_stream_opens_only_whole_and_as_it_was() -> None:
    frames = [bytes([number]) * sealed_stream.FRAME for number in range(3)]
    content = _stream(*frames)
    assert b"".join(_read(content)) == b"".join(frames)
    assert b"".join(_read(_stream())) == b""
    with pytest.raises(SealBroken):
        _read(content, bytes(32))
    for wrong in (content[:-1], content[:-40], content + b"x", content[:30] + b"x" + content[31:], b"x" + content):
        with pytest.raises(SealBroken):
            _read(wrong)
    head = content.index(b"}") + 1
    size = 4 + int.from_bytes(content[head : head + 4], "big")
    first, second = content[head : head + size], content[head + size : head + 2 * size]
    for swapped in (second + first, first + first, first):
        with pytest.raises(SealBroken):
            _read(content[:head] + swapped + content[head + 2 * size :])


async def test_with_a_keyring_of_its_own_the_service_begins_and_a_copy_comes_back(
    tmp_path: Path, empty_database_url: str
) -> None:
    """The database of the data has no schema of the keyring at all."""
    here, said = settings(tmp_path / "here", keyring_url=empty_database_url), list[str]()
    async with opened(here, clock=clock) as database:
        await somebody(database, "Дорош Семен")
        await backup(here, tmp_path / "copies", tmp_path / "keys", said.append, tried=False)
    there = settings(tmp_path / "there", root_key_file=here.root_key_file, keyring_url=empty_database_url)
    await restore(there, next((tmp_path / "copies").glob("*.data")), None, [], said.append)
    async with opened(there, clock=clock) as database:
        assert await names(database) == {"Дорош Семен"}
