"""Journeys over the whole service may ask for a hurried world: `pytest.mark.asyncio(loop_factories=["hurried"])`."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path

import pytest
import pytest_asyncio

from casework.ids import StructureId
from demo.fakes.hurried import HurriedLoop
from tests.conftest import Databases
from tests.journeys import lines, steps
from tests.journeys.browsing import shared_chromium
from tests.journeys.lines import Line

__all__ = ["shared_chromium"]

Factory = Callable[[], asyncio.AbstractEventLoop]
LOOPS: Mapping[str, Factory] = {"plain": asyncio.new_event_loop, "hurried": HurriedLoop}


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> Mapping[str, Factory]:
    """The loops that a test asks for by its marker; a plain one if it asks for none."""
    marked = item.get_closest_marker("asyncio")
    asked = marked.kwargs.get("loop_factories", ("plain",)) if marked else ("plain",)
    return {name: LOOPS[name] for name in asked}


@pytest.fixture(scope="module", params=lines.LINES)
def where(
    request: pytest.FixtureRequest, databases: Databases, migrated: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path, str]]:
    """A line's name, its folder, and a database of its own."""
    name = databases.create(template=migrated)
    yield request.param, tmp_path_factory.mktemp(request.param), databases.address(name)
    databases.drop(name)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(where: tuple[str, Path, str]) -> AsyncIterator[Line]:
    """One service for all journeys on a channel."""
    async with lines.opened(*where) as line:
        for structure in (StructureId("psychologist"), StructureId("lawyer")):
            await steps.specialist(line, structure)
        yield line


@pytest_asyncio.fixture(loop_scope="module")
async def service(running: Line) -> Line:
    """The same at the beginning of one of them."""
    await running.begins()
    return running
