"""Who writes faster than anybody may is heard later, and loses nothing: each message waits for its turn."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pydantic import TypeAdapter

from casework.work import Unavailable
from dialogs.said import Location, Other, SharedPhone, Text
from handlers.incoming import ButtonPress, Content, Incoming, Opened, Sent
from handlers.waking import Wake, keep_looking

HEAR_EVERY = 1.0
"""Seconds between looks while something waits here: about the pace at which a chat is heard."""

IDLE = 30.0
"""Seconds between looks otherwise: what another process kept, and did not live to handle, is found."""

_KINDS: Final[Mapping[str, type[Any]]] = {
    "Text": Text,
    "Button": ButtonPress,
    "Contact": SharedPhone,
    "Location": Location,
    "Other": Other,
    "Opened": Opened,
    "Sent": Sent,
}
"""By the names that are stored, and so never change."""

_NAMES: Final = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True)
class _Deferred:
    """A message as it is kept: the content apart, under its kind's name."""

    kind: str
    content: Any
    rest: Incoming


_ADAPTER = TypeAdapter(_Deferred)
_NOTHING: Final = Opened()


def written_down(incoming: Incoming) -> str:
    """A message for keeping. A messenger's files are references; their bytes are fetched when its turn comes. The
    page's are there, and are written as base64."""
    kind = type(incoming.content)
    content = json.loads(TypeAdapter(kind).dump_json(incoming.content))
    return _ADAPTER.dump_json(_Deferred(_NAMES[kind], content, replace(incoming, content=_NOTHING))).decode()


def read_again(raw: str) -> Incoming:
    kept = _ADAPTER.validate_json(raw)
    content: Content = TypeAdapter(_KINDS[kept.kind]).validate_json(json.dumps(kept.content))
    return replace(kept.rest, content=content)


@dataclass
class Deferring:
    """Has the desk take what waits, in the pace that it allows; `catch_up` is the desk's, and tells how much still
    waits."""

    catch_up: Callable[[], Awaitable[int]]
    wake: Wake = field(default_factory=lambda: Wake("deferred", IDLE))

    async def run(self) -> None:
        """For ever; run as a task."""
        await keep_looking(self.wake, self._look)

    async def _look(self) -> int:
        try:
            waits = await self.catch_up()
        except Unavailable:
            waits = 1
        if waits:
            await asyncio.sleep(HEAR_EVERY)
        return waits
