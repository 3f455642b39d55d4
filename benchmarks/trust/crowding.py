"""The crowd itself, in a process of its own: what it costs to be one is not what the others wait for.

`python -m benchmarks.trust.crowding URL SILENT STREAMS UPLOADS SEED` makes its visitors and says "here"; it comes
at the next line that it is given, and goes at the one after. Each visitor has an address of their own, by a proxy's
header.
"""

import asyncio
import random
import resource
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

AT_ONCE: Final = 8
"""Sessions that are begun side by side, before the crowd comes."""


async def session(client: aiohttp.ClientSession, url: str, number: int) -> dict[str, str]:
    """A new visitor's headers."""
    address = {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}
    async with client.post(url + "/api/session", json={"language": "uk"}, headers=address) as answer:
        token = (await answer.json())["token"]
    return address | {"Authorization": f"Bearer {token}"}


@dataclass
class Crowd:
    url: str
    client: aiohttp.ClientSession
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def visitors(self, many: int) -> list[dict[str, str]]:
        begun = asyncio.Semaphore(AT_ONCE)

        async def visitor(number: int) -> dict[str, str]:
            async with begun:
                return await session(self.client, self.url, number)

        return list(await asyncio.gather(*map(visitor, range(many))))

    async def once(self, headers: dict[str, str]) -> None:
        """A stream and an upload before the crowd, by which the service has met each kind."""
        async with self.client.get(self.url + "/api/events", headers=headers) as answer:
            await answer.content.readany()
        form = aiohttp.FormData()
        form.add_field("file", b"\xff" * 65_536, filename="a.jpg", content_type="image/jpeg")
        async with self.client.post(self.url + "/api/files", data=form, headers=headers) as answer:
            await answer.read()

    async def bad_line(self, kind: int) -> None:
        """Silent, with half a head, or with a body that comes a byte in five seconds; opened again when it is cut."""
        said = (
            b"",
            b"GET / HTTP/1.1\r\nHost: x\r\n",
            b"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n",
        )
        port = int(self.url.rpartition(":")[2])
        while not self.over.is_set():
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(1)
                continue
            writer.write(said[kind % 3])
            ended = asyncio.create_task(reader.read())
            while not self.over.is_set() and not ended.done():
                await asyncio.wait({ended}, timeout=5)
                if kind % 3 == 2 and not ended.done():
                    writer.write(b"x")
            ended.cancel()
            await asyncio.gather(ended, return_exceptions=True)
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def stream(self, headers: dict[str, str]) -> None:
        """An event stream that stands, as a page's does; opened again when it ends."""

        async def reads(answer: aiohttp.ClientResponse) -> None:
            async for _ in answer.content.iter_any():
                pass

        while not self.over.is_set():
            with suppress(aiohttp.ClientError, TimeoutError):
                async with self.client.get(self.url + "/api/events", headers=headers) as answer:
                    if answer.status != 200:
                        await asyncio.sleep(2)
                        continue
                    reading = asyncio.create_task(reads(answer))
                    stop = asyncio.create_task(self.over.wait())
                    await asyncio.wait({reading, stop}, return_when=asyncio.FIRST_COMPLETED)
                    for task in (reading, stop):
                        task.cancel()
                    await asyncio.gather(reading, stop, return_exceptions=True)

    async def upload(self, headers: dict[str, str]) -> None:
        """A file of a megabyte that comes slowly, again and again."""

        async def slowly() -> AsyncIterator[bytes]:
            for _ in range(16):
                yield b"\xff" * 65_536
                await asyncio.sleep(0.5)

        while not self.over.is_set():
            form = aiohttp.FormData()
            form.add_field("file", slowly(), filename="a.jpg", content_type="image/jpeg")
            sending: Any = self.client.post(self.url + "/api/files", data=form, headers=headers)
            with suppress(aiohttp.ClientError, TimeoutError):
                async with sending as answer:
                    await answer.read()
            with suppress(TimeoutError):
                await asyncio.wait_for(self.over.wait(), 2)


async def main(url: str, silent: int, streams: int, uploads: int, seed: int) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=60)) as client:
        crowd = Crowd(url, client)
        visitors = await crowd.visitors(max(streams, uploads))
        bad = [crowd.bad_line(n) for n in range(silent)]
        bad += [crowd.stream(visitors[n]) for n in range(streams)]
        bad += [crowd.upload(visitors[n]) for n in range(uploads)]
        random.Random(seed).shuffle(bad)  # noqa: S311  an order, not a secret
        await crowd.once(visitors[0])
        print("here", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        tasks = [asyncio.create_task(one) for one in bad]
        await asyncio.to_thread(sys.stdin.readline)
        crowd.over.set()
        await asyncio.wait(tasks, timeout=1)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], *map(int, sys.argv[2:])))
