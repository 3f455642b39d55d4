"""The terminal joined to the service: this process's input and output, under the name of whoever sits there."""

import asyncio
import io
import sys
from contextlib import suppress
from getpass import getuser
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from aiohttp import web

from casework.actor import Channel
from casework.letters import Say
from casework.work import Unavailable
from handlers.terminal.listening import LineReader, TerminalReception
from handlers.terminal.speaking import TerminalSpeaker
from handlers.waking import Wake
from storage.leader import Leadership, as_leader

if TYPE_CHECKING:
    from bot.app import Services

BUSY_AFTER: Final = 1.0
"""Seconds of waiting for another terminal to be closed, after which that is told."""

LOOK_EVERY: Final = 5.0
"""Seconds between looks for what has come, without being woken."""


async def join(services: "Services", app: web.Application) -> None:
    """Talk in this process's terminal, and end the house when its input is over. `app` gets nothing.

    One terminal at a time speaks on a database; the next begins when it is closed.
    """
    settings, database = services.settings, services.database
    name = settings.terminal_name or getuser()
    # Whatever the locale, Ukrainian can be written; and a blocked read holds no lock that the program's end would need.
    sink = io.TextIOWrapper(io.FileIO(sys.stdout.fileno(), "w", closefd=False), encoding="utf-8")
    lines = LineReader(io.FileIO(sys.stdin.fileno(), closefd=False))
    language = settings.terminal_language
    speaker = TerminalSpeaker(name, sink, services.words, page=database.page, language=language)
    reception = TerminalReception(
        services.desk, speaker, name=name, language=language, session=f"{name}-{uuid4().hex}", clock=services.clock
    )
    courier = await services.courier(speaker)
    wake, turn, began = Wake(Channel.TERMINAL, LOOK_EVERY), asyncio.Lock(), asyncio.Event()
    await services.stack.enter_async_context(database.woken(wake))

    async def answered() -> None:
        """Everything that is due has been said: the next line is an answer to what can be read."""
        with suppress(Unavailable):
            async with turn:
                while await courier.deliver_due():
                    pass

    async def look() -> None:
        while True:
            await wake.wait()
            wake.clear()
            await answered()

    async def speak_and_listen(leadership: Leadership) -> None:
        courier.leads = leadership.holds
        began.set()
        await courier.take_over()
        await reception.open()
        async with asyncio.TaskGroup() as group:
            group.create_task(look())
            await answered()
            await reception.run(lines, answered)
            services.end()

    async def mind_the_other() -> None:
        try:
            await asyncio.wait_for(began.wait(), BUSY_AFTER)
        except TimeoutError:
            speaker.tell(Say("terminal-busy"))

    speaker.tell(Say("terminal-hello", {"name": name}))
    services.background(mind_the_other())
    services.background(as_leader(database.dsn, "terminal", speak_and_listen))
