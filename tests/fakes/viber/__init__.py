"""A fake Viber, over real HTTP: `FakeViber`. It knows nothing of pytest, so the demo can use it too."""

from tests.fakes.viber.people import FakeUser
from tests.fakes.viber.server import TOKEN, FakeViber, Request, sign
from tests.fakes.viber.shown import Key, Shown

__all__ = ["TOKEN", "FakeUser", "FakeViber", "Key", "Request", "Shown", "sign"]
