"""A channel is a folder with the same file names as the others, and a module that joins it to the service."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest

import bot.joining
import handlers

SPEAKS = {"composing.py", "speaking.py"}
LISTENS = {"incoming.py", "listening.py"}
FOLDERS = sorted(file.parent for file in Path(handlers.__path__[0]).glob("*/speaking.py"))
JOINED = sorted(file.stem for file in Path(bot.joining.__path__[0]).glob("[!_]*.py"))


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.glob("*.py")}


def test_every_folder_is_joined_under_its_name() -> None:
    assert [folder.name for folder in FOLDERS] == JOINED
    assert set(bot.joining.SERVED) <= set(JOINED)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_files_have_the_same_names(folder: Path) -> None:
    """Whoever only speaks has the two files of that half and neither of the other."""
    assert names(folder) >= SPEAKS
    assert names(folder) & LISTENS in (set(), LISTENS)


@pytest.mark.parametrize("name", JOINED)
def test_joining_is_the_same_call(name: str) -> None:
    join = import_module(f"bot.joining.{name}").join
    assert inspect.iscoroutinefunction(join)
    assert list(inspect.signature(join).parameters) == ["services", "app"]
