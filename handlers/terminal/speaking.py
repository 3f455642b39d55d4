"""What is said in a terminal."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, TextIO

from casework.actor import Channel
from casework.letters import Say
from dialogs.words import Words
from handlers.channel import Key, Message, Postponed, option_of
from handlers.terminal.composing import compose

CLOSED: Final = timedelta(minutes=1)
"""When to try again at a terminal that nobody has opened. Whoever opens it is served at once."""


REMEMBERED: Final = 20
"""Keys of pushes whose words still press them."""


class TerminalSpeaker:
    """A `Speaker` to one person's terminal; for everybody else's, letters wait until it is opened.

    Files are not written onto a disk unasked: the message says that they are on the page, which is at `page`.
    """

    channel = Channel.TERMINAL

    def __init__(self, name: str, sink: TextIO, words: Words, *, page: str, language: str) -> None:
        self._name, self._sink, self._words, self._page = name, sink, words, page
        self._language = language
        self._said = 0
        self.keys: list[Key] = []
        """Those that still do something: of the question now asked, and of the latest pushes."""

    async def send(self, address: str, message: Message) -> str:
        if address != self._name:
            raise Postponed(CLOSED, "nobody sits there")
        self._language = message.language
        text = compose(message, self._notes(message))
        self._write(text)
        shown = [key for row in message.keys for key in row]
        asks = any(option_of(key.id) for key in shown)
        pushed = [key for key in self.keys if option_of(key.id) is None][-REMEMBERED:]
        self.keys = [*pushed, *shown] if asks else [*self.keys, *shown]
        self._said += 1
        return str(self._said)

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        """What a terminal has shown is not ours to take back."""

    def tell(self, what: Say) -> None:
        """Something of the terminal's own, in the language that is spoken in it."""
        self._write(self._words.say(self._language, what))

    def _notes(self, message: Message) -> list[str]:
        notes = []
        if message.enclosures:
            notes.append(Say("terminal-files", {"count": len(message.enclosures), "page": self._page}))
        if message.location:
            notes.append(Say("terminal-place"))
        return [self._words.say(message.language, note) for note in notes]

    def _write(self, text: str) -> None:
        try:
            self._sink.write(f"\n{text}\n")
            self._sink.flush()
        except (OSError, ValueError) as error:  # ValueError: the stream was closed
            raise Postponed(CLOSED, type(error).__name__) from None
