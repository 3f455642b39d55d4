"""What cannot start says which setting it is, and what to do."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.app import opened, serving
from bot.settings import StartError, load
from demo.fakes.road import free_port


def settings(folder: Path, **more: Any) -> Any:
    return load(**{"data_dir": folder / "data", "root_key_file": folder / "root.key", "database_url": None, **more})


async def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    nobody = f"postgresql://user:secret@127.0.0.1:{free_port()}/db"
    with pytest.raises(StartError, match="DATABASE_URL: the database does not answer") as told:
        async with opened(settings(tmp_path, database_url=nobody)):
            pass
    assert "secret" not in str(told.value)


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match=r"DATA_DIR=.*Name a folder"):
        async with opened(settings(tmp_path, data_dir=tmp_path / "file")):
            pass


async def test_a_port_where_another_listens(tmp_path: Path, database_url: str) -> None:
    other = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = other.sockets[0].getsockname()[1]
    with pytest.raises(StartError, match=rf"PORT={port}.*another port"):
        async with serving(settings(tmp_path, database_url=database_url, host="127.0.0.1", port=port)):
            pass
    other.close()
    await other.wait_closed()


def test_a_script_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", "nope"]) == 2
    assert "there is no script 'nope'" in capsys.readouterr().err


def test_telegram_is_joined_without_what_is_not_used_of_it_and_reads_all_that_it_asks_for() -> None:
    code = """
import bot.joining.telegram
from aiogram.methods import DeleteWebhook, GetMe, GetUpdates, SendMessage, SetWebhook
from aiogram.methods.base import Response
from aiogram.types import Message, Update
assert Update.__pydantic_complete__
assert not SendMessage.__pydantic_complete__
for method in (GetMe, GetUpdates, SetWebhook, DeleteWebhook):
    assert Response[method.__returning__].model_validate({"ok": False}).result is None
told = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
assert Message.model_validate(told).chat.id == 1
assert SendMessage(chat_id=1, text="x").model_dump()["text"] == "x"
"""
    subprocess.run([sys.executable, "-c", code], check=True)
