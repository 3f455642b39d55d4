"""What carries a notice to a telephone. A gateway is a class here and a line in `GATEWAYS`: see docs/channels.md."""

import sys
from collections.abc import Callable, Mapping
from typing import Final, Protocol, TextIO

from casework.actor import Channel


class Gateway(Protocol):
    """Sends an SMS, or calls and reads aloud: one object does one of the two."""

    async def carry(self, phone: str, notice: str, *, language: str, ref: str) -> str:
        """Bring the notice to a number in international form ("+380…"); the gateway's own id of it.

        `language` is "uk" or "en", for a voice; `ref` is the same when it is tried again. Raises `Postponed` (busy, no
        answer, the gateway is away), `Gone` (there is no such number) or `Rejected`.
        """


class ConsoleGateway:
    """Writes notices where the program was started, to try everything without a contract with anybody."""

    def __init__(self, channel: Channel, sink: TextIO | None = None) -> None:
        self._channel, self._sink = channel, sink
        self._carried = 0

    async def carry(self, phone: str, notice: str, *, language: str, ref: str) -> str:
        print(f"{self._channel} {phone}: {notice}", file=self._sink or sys.stdout, flush=True)
        self._carried += 1
        return str(self._carried)


GATEWAYS: Final[Mapping[str, Callable[[Channel], Gateway]]] = {"console": ConsoleGateway}
"""Every gateway, by the name that `SMS_GATEWAY` and `VOICE_GATEWAY` give."""
