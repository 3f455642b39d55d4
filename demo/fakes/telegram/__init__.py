"""A fake Telegram, over real HTTP: `FakeTelegram`. It knows nothing of pytest, so the demo uses it too."""

from demo.fakes.telegram.people import FakeGroup, FakeUser
from demo.fakes.telegram.server import TOKEN, FakeTelegram, Request
from demo.fakes.telegram.shown import Shown

__all__ = ["TOKEN", "FakeGroup", "FakeTelegram", "FakeUser", "Request", "Shown"]
