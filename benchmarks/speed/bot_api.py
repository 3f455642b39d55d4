"""A Bot API that takes everything: `python -m benchmarks.speed.bot_api`; its address is the first line of its output.

In a chat both sides' messages are numbered together: the answer to message 11 is 12. With `limited` it refuses what
Telegram's documentation says that it refuses (more than thirty messages in a second, more than one a second in a chat),
and tells at `/seen` what came. Each speaker may have an address of its own there, `/NUMBER`.
"""

import asyncio
import json
import sys
import time
from bisect import bisect_left
from collections import Counter
from typing import Any, Final

from aiohttp import web

POLL: Final = 20.0
"""Seconds after which a poll comes back empty: nobody writes here."""

MOST_IN_A_SECOND: Final = 30
"""Messages over all chats: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this."""

APART: Final = 1.0
"""Seconds between two messages in a chat, by the same page."""


class BotApi:
    """`seen` are the messages that came, in their order: the moment (of `time.monotonic`, which all processes of a
    machine share), the speaker's number, the chat, and whether it was taken."""

    def __init__(self, *, limited: bool) -> None:
        self.limited = limited
        self.seen: list[tuple[float, int, str, bool]] = []
        self._said: Counter[str] = Counter()
        self._taken: list[float] = []
        self._last: dict[str, float] = {}

    async def take(self, request: web.Request) -> web.Response:
        now, method = time.monotonic(), request.match_info["method"]
        result: object = True
        if method == "getMe":
            result = {"id": 7777777, "is_bot": True, "first_name": "Zviazok", "username": "zviazok_bot"}
        elif method == "sendMessage":
            given = await (request.json() if request.content_type == "application/json" else request.post())
            chat = str(given["chat_id"])
            if self.limited and not self._takes(now, int(request.match_info.get("speaker", 0)), chat):
                refused = {"error_code": 429, "description": "Too Many Requests: retry after 1"}
                return _answer({"ok": False, **refused, "parameters": {"retry_after": 1}}, status=429)
            self._said[chat] += 1
            result = {"message_id": 10 + 2 * self._said[chat], "date": 0, "chat": {"id": int(chat), "type": "private"}}
        elif method == "getUpdates":
            await asyncio.sleep(POLL)
            result = []
        return _answer({"ok": True, "result": result})

    def _takes(self, now: float, speaker: int, chat: str) -> bool:
        lately = len(self._taken) - bisect_left(self._taken, now - 1)
        takes = lately < MOST_IN_A_SECOND and now - self._last.get(chat, 0) >= APART
        if takes:
            self._taken.append(now)
            self._last[chat] = now
        self.seen.append((now, speaker, chat, takes))
        return takes

    async def tell(self, request: web.Request) -> web.Response:
        """What came since the message number `after`, from 0 on."""
        return _answer(self.seen[int(request.query.get("after", 0)) :])


def _answer(what: Any, *, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(what), content_type="application/json", status=status)


async def main() -> None:
    api, app = BotApi(limited="limited" in sys.argv), web.Application()
    app.router.add_route("*", "/bot{token}/{method}", api.take)
    app.router.add_route("*", "/{speaker:[0-9]+}/bot{token}/{method}", api.take)
    app.router.add_get("/seen", api.tell)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
