"""What stands in a chat, as the person sees it now."""

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Button:
    label: str
    id: str


@dataclass(frozen=True)
class BelowKey:
    """A key of the keyboard below the chat. `sends` is what a press sends instead of its label."""

    label: str
    sends: Literal["text", "contact", "location"] = "text"


@dataclass(frozen=True)
class Attachment:
    kind: Literal["photo", "document", "venue"]
    name: str
    type: str
    content: bytes = field(repr=False)


@dataclass
class Shown:
    """A message with its edits applied."""

    id: int
    text: str
    by_bot: bool
    raw: dict[str, Any] = field(repr=False)
    buttons: list[list[Button]] = field(default_factory=list)
    attachment: Attachment | None = None
    protected: bool = False
    edits: int = 0
    changed: int = 0  # the fake's count of events when it was sent or last edited
    markup: Literal["inline", "reply"] | None = None

    def button(self, what: str) -> Button | None:
        """By id, by label, or by the only label that contains it."""
        every = [button for row in self.buttons for button in row]
        for button in every:
            if what in (button.id, button.label):
                return button
        near = [button for button in every if what.casefold() in button.label.casefold()]
        return near[0] if len(near) == 1 else None
