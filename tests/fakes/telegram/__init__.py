"""A fake Telegram, over real HTTP: `FakeTelegram`. It knows nothing of pytest, so the demo uses it too."""

from tests.fakes.telegram.people import FakeGroup, FakeUser
from tests.fakes.telegram.server import TOKEN, FakeTelegram, Request
from tests.fakes.telegram.shown import Shown

__all__ = ["TOKEN", "FakeGroup", "FakeTelegram", "FakeUser", "Request", "Shown"]
