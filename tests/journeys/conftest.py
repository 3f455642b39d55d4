"""Journeys over the whole service may ask for a hurried world: `pytest.mark.asyncio(loop_factories=["hurried"])`."""

import asyncio
from collections.abc import Callable, Mapping

import pytest

from tests.fakes.hurried import HurriedLoop

Factory = Callable[[], asyncio.AbstractEventLoop]
LOOPS: Mapping[str, Factory] = {"plain": asyncio.new_event_loop, "hurried": HurriedLoop}


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> Mapping[str, Factory]:
    """The loops that a test asks for by its marker; a plain one if it asks for none."""
    marked = item.get_closest_marker("asyncio")
    asked = marked.kwargs.get("loop_factories", ("plain",)) if marked else ("plain",)
    return {name: LOOPS[name] for name in asked}
