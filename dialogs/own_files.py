"""Files at any moment: a recording goes to a human, a photo or a paper where it belongs.

For one message; the turn decides when.
"""

from dataclasses import dataclass, replace

from casework import inbox
from casework.actor import Actor
from casework.ids import FileId
from casework.letters import AtTime, Say
from casework.work import Work
from dialogs import sent
from dialogs.conversation import Conversation, Scripts
from dialogs.incoming import Incoming
from dialogs.needs import Asks, Begun, Call
from dialogs.questions import Told
from dialogs.said import Files, Text
from dialogs.script import Asking
from dialogs.showing import so_far
from dialogs.taking import take
from dialogs.words import Words


@dataclass(frozen=True)
class OwnFiles:
    """The files of one message. `agreed`: its sender has consented to anything being kept."""

    words: Words
    scripts: Scripts
    begun: Begun
    actor: Actor
    incoming: Incoming
    agreed: bool

    def heard(self, said: Files, talk: Conversation, asking: Asking) -> Asks[Conversation]:
        """Tell what was refused, keep what is for listening, and take the rest to the question or apart from it."""
        talk = replace(talk, notes=(*talk.notes, *(file.say for file in dict.fromkeys(said.refused))))
        if not self.agreed:
            return sent.awaited(talk)
        if self.actor.staff is not None and (said.recordings or not isinstance(asking.question, Told)):
            yield from self._dropped((*said.files, *said.recordings))
            return talk.note("unclear-text-wanted")
        alone = not said.files
        if said.recordings:
            talk = yield from self._recorded(said, said.caption if alone else "", talk)
        if alone and (said.recordings or not said.caption):
            return talk
        if alone:
            return take(talk, asking, Text(said.caption, self.incoming.at), self.begun.now, self.scripts, self.words)
        return (yield from self._taken(Files(said.files, said.caption), talk, asking))

    def _taken(self, said: Files, talk: Conversation, asking: Asking) -> Asks[Conversation]:
        """To the question as far as it has room; what is over is here already, so it is kept apart."""
        now, question = self.begun.now, asking.question
        if isinstance(question, Told):
            room = question.room(so_far(asking, talk.active))
            fitting, said = replace(said, files=said.files[:room]), replace(said, files=said.files[room:])
            if fitting.files:
                talk, said = take(talk, asking, fitting, now, self.scripts, self.words), replace(said, caption="")
            if not said.files:
                return talk
            talk = talk.note("unclear-files-enough", most=question.photos)
        if self.actor.staff is not None:
            yield from self._dropped(said.files)
            return talk
        return sent.set_aside(talk, asking, said, now, self.scripts, self.words)

    def _recorded(self, said: Files, caption: str, talk: Conversation) -> Asks[Conversation]:
        """It stands with the person's one open call at once: it was spoken to somebody."""
        person, at, channel = self.actor.person, self.incoming.at, self.incoming.channel

        async def passed(work: Work) -> Say:
            task = await inbox.pass_files(person, said.recordings, (caption,), work, at=at, channel=channel)
            return await inbox.heard_by(task, work)

        by = yield from Call(passed, Say("voice-kept-no-phone", {"by": AtTime(self.begun.now)}))
        return replace(talk, notes=(*talk.notes, by))

    def _dropped(self, files: tuple[FileId, ...]) -> Asks[None]:
        person = self.actor.person
        yield from Call(lambda work: work.files.drop(files, person), None)
