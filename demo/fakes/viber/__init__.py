"""A fake Viber, over real HTTP: `FakeViber`. It knows nothing of pytest, so the demo can use it too."""

from demo.fakes.viber.people import FakeUser
from demo.fakes.viber.server import TOKEN, FakeViber, Request, sign
from demo.fakes.viber.shown import Key, Shown

__all__ = ["TOKEN", "FakeUser", "FakeViber", "Key", "Request", "Shown", "sign"]
