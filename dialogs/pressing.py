"""A press: on the screen shown last, on a letter of ours, signed for its recipient, or on an old one. Pure."""

from dataclasses import dataclass

from casework import letters, outages, pushes
from casework.actor import Actor
from dialogs.conversation import Conversation, Scripts
from dialogs.incoming import ButtonPress
from dialogs.needs import Begun
from dialogs.own_words import TO
from dialogs.renewing import GONE
from dialogs.routing import by_command
from dialogs.said import Press
from dialogs.script import Asking
from dialogs.showing import Pressed
from dialogs.taking import strays, take
from dialogs.wishes import BY_NAME
from dialogs.words import Words


@dataclass(frozen=True)
class Pressing:
    """What the buttons of one turn mean."""

    words: Words
    scripts: Scripts
    begun: Begun
    actor: Actor

    def command(self, button: ButtonPress) -> str | None:
        """The command of a push's button, if it was made for this person. One that is no more stays as it was."""
        go, _, rest = button.id.partition(".")
        signature, _, command = rest.partition(".")
        if go != "go" or not self.begun.signed(command, signature):
            return None
        return self.scripts.retired.command(command) or command

    def typed(self, button: letters.Button) -> ButtonPress:
        """The press that stands for typed words: what they say is on this button of a letter."""
        command = button.id.removeprefix("/")
        return ButtonPress(f"go.{self.begun.sign(command)}.{command}")

    def cover(self, button: ButtonPress) -> int | None:
        """The letter whose cover was pressed."""
        name, _, letter = (self.command(button) or "").partition(" ")
        return int(letter) if name == pushes.OPEN else None

    def mark_pressed(self, button: ButtonPress) -> set[int]:
        """The letters that offer this: they lie unpressed no longer."""
        command = self.command(button)
        return {offer.letter for offer in self.begun.offers if f"/{command}" in {one.id for one in offer.buttons}}

    def unknown(self, button: ButtonPress) -> set[str]:
        """The name of its command, if no release is known to have had such a script."""
        name = (self.command(button) or pushes.OPEN).partition(" ")[0]
        known = name in self.scripts or name in self.scripts.retired.commands or name in (pushes.OPEN, outages.GO_ON)
        return set() if known else {name}

    def taken(self, button: ButtonPress, talk: Conversation, asking: Asking) -> Conversation:
        """The conversation after the press."""
        pressed = Pressed.of(button.id)
        if pressed is not None and pressed.turn == talk.turn:
            wish = BY_NAME.get(pressed.option.removeprefix(TO)) if pressed.option.startswith(TO) else None
            if wish is not None:
                return self._go(wish.to, talk)
            if strays(talk, asking, Press(pressed.option), self.scripts, self.words):
                return talk if talk.asked == GONE else talk.note("desk-old-button")
            ticked = button.ticked
            marks = None if ticked is None else tuple(mark.option for mark in map(Pressed.of, ticked) if mark)
            return take(talk, asking, Press(pressed.option, marks), self.begun.now, self.scripts, self.words)
        command = self.command(button)
        if command == outages.GO_ON:
            return talk
        return talk.note("desk-old-button") if command is None else self._go(command, talk)

    def _go(self, to: str, talk: Conversation) -> Conversation:
        return by_command(talk, f"/{to}", self.actor, self.scripts, self.words, self.begun.now, pressed=True)
