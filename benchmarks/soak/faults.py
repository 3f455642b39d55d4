"""What each row of the soak is there to find, planted: Python that the service's process runs first."""

from typing import Final

LEAKS: Final = """
import handlers.desk
kept, receive = [], handlers.desk.Desk.receive
async def leaking(self, incoming):
    kept.append(bytearray(500_000))
    return await receive(self, incoming)
handlers.desk.Desk.receive = leaking
"""
"""A message leaves half a megabyte behind."""

STARVES: Final = """
import handlers.courier
made = handlers.courier.Courier.__init__
def only_replies(self, *args, **more):
    made(self, *args, **more)
    self.for_replies = self.at_once
handlers.courier.Courier.__init__ = only_replies
"""
"""The courier has places for replies alone: what we begin waits, and more comes."""

TWICE: Final = """
from itertools import count
import handlers.courier
numbers, mark = count(1), handlers.courier.Courier._send_and_mark
async def twice(self, claim, letter, then, way, message):
    if next(numbers) % 20 == 0:
        await self.speaker.send(claim.address, message)
    return await mark(self, claim, letter, then, way, message)
handlers.courier.Courier._send_and_mark = twice
"""
"""Every twentieth letter is sent, and once more."""
