"""How a test waits: until something is true, looking often, and far longer than it takes on any machine.

    await until(lambda: mother.sees)
    await until(lambda: connection.scalar(waiting), 0)

No test asserts how soon, unless that is a promise of ours, and none sleeps in the hope that a thing has happened.
"""

import asyncio
import inspect
import time
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar, overload

PATIENCE: Final = 90.0
"""Seconds, by the machine's own clock, however fast a test's own world goes: what takes so long never comes."""

_OFTEN: Final = 0.005
_SELDOM: Final = 0.05

T = TypeVar("T")


@overload
async def until(
    look: Callable[[], Coroutine[Any, Any, T | None]],
    *wanted: object,
    within: float = PATIENCE,
    sees: Callable[[], object] = str,
) -> T: ...
@overload
async def until(
    look: Callable[[], T | None], *wanted: object, within: float = PATIENCE, sees: Callable[[], object] = str
) -> T: ...
async def until(
    look: Callable[[], object], *wanted: object, within: float = PATIENCE, sees: Callable[[], object] = str
) -> Any:
    """Look again and again until there is something, or just what is `wanted`; what was found. In a failure stands
    what was found last, or what the test `sees`."""
    deadline, pause = time.monotonic() + within, _OFTEN
    while True:
        seen = look()
        found = await seen if inspect.isawaitable(seen) else seen
        if found == wanted[0] if wanted else found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {within:g} s and found {found!r} {sees()}")
        await asyncio.sleep(pause)
        pause = min(pause * 1.2, _SELDOM)
