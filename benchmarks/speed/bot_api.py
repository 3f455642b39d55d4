"""A Bot API that takes everything: `python -m benchmarks.speed.bot_api`; its address is the first line of its output.

In a chat both sides' messages are numbered together: the answer to message 11 is 12."""

import asyncio
import json
import sys
from collections import Counter
from typing import Final

from aiohttp import web

POLL: Final = 20.0
"""Seconds after which a poll comes back empty: nobody writes here."""

_SAID: Counter[str] = Counter()


async def taken(request: web.Request) -> web.Response:
    method = request.match_info["method"]
    if method == "getMe":
        result: object = {"id": 7777777, "is_bot": True, "first_name": "Zviazok", "username": "zviazok_bot"}
    elif method == "sendMessage":
        chat = str((await request.post()).get("chat_id"))
        _SAID[chat] += 1
        result = {"message_id": 10 + 2 * _SAID[chat], "date": 0, "chat": {"id": int(chat), "type": "private"}}
    elif method == "getUpdates":
        await asyncio.sleep(POLL)
        result = []
    else:
        result = True
    return web.Response(body=json.dumps({"ok": True, "result": result}), content_type="application/json")


async def main() -> None:
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", taken)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
