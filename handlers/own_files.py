"""Files at any moment: a recording goes to a human, a photo or a paper where it belongs.

Works inside the desk's transaction, for one message; `Visit` decides when.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casework import inbox
from casework.actor import Actor
from dialogs import sent
from dialogs.conversation import Conversation, Scripts, take
from dialogs.questions import Told
from dialogs.said import Files, Text
from dialogs.script import Asking
from dialogs.words import Words
from handlers.incoming import Incoming

if TYPE_CHECKING:
    from handlers.desk import DeskWork


@dataclass(frozen=True)
class OwnFiles:
    """The files of one message. `agreed`: its sender has consented to anything being kept."""

    words: Words
    scripts: Scripts
    work: "DeskWork"
    actor: Actor
    incoming: Incoming
    agreed: bool

    async def heard(self, said: Files, talk: Conversation, asking: Asking) -> Conversation:
        """Tell what was refused, keep what is for listening, and take the rest to the question or apart from it."""
        talk = replace(talk, notes=(*talk.notes, *(file.say for file in dict.fromkeys(said.refused))))
        if not self.agreed:
            return sent.awaited(talk)
        alone = not said.files
        if said.recordings:
            talk = await self._recorded(said, said.caption if alone else "", talk)
        if alone and (said.recordings or not said.caption):
            return talk
        now, files = self.work.now, Files(said.files, said.caption)
        if alone:
            return take(talk, asking, Text(said.caption, self.incoming.at), now, self.scripts, self.words)
        if isinstance(asking.question, Told) or self.actor.staff is not None:
            return take(talk, asking, files, now, self.scripts, self.words)
        return sent.set_aside(talk, asking, files, now, self.scripts, self.words)

    async def _recorded(self, said: Files, caption: str, talk: Conversation) -> Conversation:
        """It stands with the person's one open call at once: it was spoken to somebody."""
        person, at, channel = self.actor.person, self.incoming.at, self.incoming.channel
        task = await inbox.pass_files(person, said.recordings, (caption,), self.work, at=at, channel=channel)
        return replace(talk, notes=(*talk.notes, await inbox.heard_by(task, self.work)))
