"""Files at any moment: a recording goes to a human, a photo or a paper where it belongs.

Works inside the desk's transaction, for one message; `Visit` decides when.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casework import inbox
from casework.actor import Actor
from dialogs import sent
from dialogs.conversation import Conversation, Scripts
from dialogs.questions import Told
from dialogs.said import Files, Text
from dialogs.script import Asking
from dialogs.showing import so_far
from dialogs.taking import take
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
        if self.actor.staff is not None and (said.recordings or not isinstance(asking.question, Told)):
            await self.work.files.drop((*said.files, *said.recordings), self.actor.person)
            return talk.note("unclear-text-wanted")
        alone = not said.files
        if said.recordings:
            talk = await self._recorded(said, said.caption if alone else "", talk)
        if alone and (said.recordings or not said.caption):
            return talk
        if alone:
            return take(talk, asking, Text(said.caption, self.incoming.at), self.work.now, self.scripts, self.words)
        return await self._taken(Files(said.files, said.caption), talk, asking)

    async def _taken(self, said: Files, talk: Conversation, asking: Asking) -> Conversation:
        """To the question as far as it has room; what is over is here already, so it is kept apart."""
        now, question = self.work.now, asking.question
        if isinstance(question, Told):
            room = question.room(so_far(asking, talk.active))
            fitting, said = replace(said, files=said.files[:room]), replace(said, files=said.files[room:])
            if fitting.files:
                talk, said = take(talk, asking, fitting, now, self.scripts, self.words), replace(said, caption="")
            if not said.files:
                return talk
            talk = talk.note("unclear-files-enough", most=question.photos)
        if self.actor.staff is not None:
            await self.work.files.drop(said.files, self.actor.person)
            return talk
        return sent.set_aside(talk, asking, said, now, self.scripts, self.words)

    async def _recorded(self, said: Files, caption: str, talk: Conversation) -> Conversation:
        """It stands with the person's one open call at once: it was spoken to somebody."""
        person, at, channel = self.actor.person, self.incoming.at, self.incoming.channel
        task = await inbox.pass_files(person, said.recordings, (caption,), self.work, at=at, channel=channel)
        return replace(talk, notes=(*talk.notes, await inbox.heard_by(task, self.work)))
