"""One process of a contestant: `python -m benchmarks.speed.worker NAME WANTED`, told by lines of JSON what to do.

Of several processes each takes every other update of a chat, so that nothing about a chat can be kept in memory from
one update to the next: whoever has stored one sends the chat's number, a byte, to the next process. Only the standard
library is needed here: contestants run in environments of their own.
"""

import asyncio
import importlib
import json
import os
import resource
import sys
import time
from typing import Any

from benchmarks.speed.contestant import Contestant
from benchmarks.speed.sampling import sampled


class Turns:
    """Whose turn is at which chat, between `of` processes of which this is `me`. `to` and `back` are pipes' ends."""

    def __init__(self, me: int, of: int, chats: int, to: int, back: int) -> None:
        self.me, self.of, self.to = me, of, to
        self._mine = [asyncio.Semaphore(int(self.has(chat, 0))) for chat in range(chats)]
        if of > 1:
            os.set_blocking(back, False)
            asyncio.get_running_loop().add_reader(back, self._told, back)

    def has(self, chat: int, step: int) -> bool:
        return (chat + step) % self.of == self.me

    def _told(self, back: int) -> None:
        for chat in os.read(back, 4096):
            self._mine[chat].release()

    async def wait(self, chat: int) -> None:
        if self.of > 1:
            await self._mine[chat].acquire()

    def pass_on(self, chat: int) -> None:
        if self.of > 1:
            os.write(self.to, bytes([chat]))


async def run(contestant: Contestant, turns: Turns, chats: int, first: int, many: int) -> None:
    """`many` updates of each chat, from the update `first` on; chats side by side."""

    async def talk(chat: int) -> None:
        for step in range(first, first + many):
            if turns.has(chat, step):
                await turns.wait(chat)
                await contestant.take(chat, step)
                turns.pass_on(chat)

    await asyncio.gather(*(talk(chat) for chat in range(chats)))


async def main() -> None:
    name, wanted = sys.argv[1], json.loads(sys.argv[2])
    loop = asyncio.get_running_loop()
    contestant: Any = importlib.import_module(f"benchmarks.speed.contestants.{name}").CONTESTANT()
    await contestant.open(wanted)
    turns = Turns(wanted["me"], wanted["of"], wanted["chats"], wanted["to"], wanted["back"])
    _say({"ready": True})
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        told = json.loads(line)
        if "check" in told:
            _say({"found": await contestant.check(wanted["chats"], told["check"])})
            continue
        await contestant.prepare(told["many"])
        if "sampled" in told:
            with sampled() as areas:
                await run(contestant, turns, wanted["chats"], told["first"], told["many"])
            _say({"areas": areas})
            continue
        began, cpu = time.perf_counter(), time.process_time()
        await run(contestant, turns, wanted["chats"], told["first"], told["many"])
        took = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
        _say(took | {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024})
    await contestant.close()


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
