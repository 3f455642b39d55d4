"""Files at any moment: a recording goes to a human, a photo or a paper where it belongs.

For one message; the turn decides when.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from casework import correspondence
from casework.actor import Actor
from casework.ids import FileId
from casework.letters import Say
from casework.work import Work
from dialogs import sent
from dialogs.conversation import Conversation, Scripts
from dialogs.incoming import Incoming
from dialogs.needs import Asks, Begun, Call
from dialogs.own_words import offered
from dialogs.questions import Told
from dialogs.reading import Meaning, Read
from dialogs.said import NotedFiles
from dialogs.script import Asking
from dialogs.showing import so_far
from dialogs.taking import take
from dialogs.words import Words


@dataclass(frozen=True)
class OwnFiles:
    """The files of one message. `agreed`: its sender has consented to anything being kept. `go` begins a script."""

    words: Words
    scripts: Scripts
    begun: Begun
    actor: Actor
    incoming: Incoming
    agreed: bool
    go: Callable[[str, Conversation], Conversation]

    def heard(self, said: NotedFiles, talk: Conversation, asking: Asking, read: Read | None) -> Asks[Conversation]:
        """Keep what is for listening, and take the rest to the question or apart from it. The words beside it lead
        where they would lead alone, as soon as it is known what the files are for."""
        if not self.agreed:
            return sent.awaited(talk)
        if isinstance(asking.question, Told) and asking.question.recordings:
            said = NotedFiles((*said.files, *said.recordings), said.caption)
        if self.actor.staff is not None and (said.recordings or not isinstance(asking.question, Told)):
            yield from self._dropped((*said.files, *said.recordings))
            return talk.note("unclear-text-wanted")
        if read is not None and read.wish is not None and self.actor.staff is None:
            if read.way is Meaning.GO and not isinstance(asking.question, Told):
                talk = self.go(read.wish.to, talk)
            elif read.way is Meaning.OFFER:
                talk = offered(read.wish, talk)
        if said.recordings:
            talk = yield from self._recorded(said, "" if said.files else said.caption, talk)
        return (yield from self._taken(NotedFiles(said.files, said.caption), talk, asking)) if said.files else talk

    def _taken(self, said: NotedFiles, talk: Conversation, asking: Asking) -> Asks[Conversation]:
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

    def _recorded(self, said: NotedFiles, caption: str, talk: Conversation) -> Asks[Conversation]:
        """It goes to the center at once: it was spoken to somebody."""
        person, at, channel = self.actor.person, self.incoming.at, self.incoming.channel

        async def passed(work: Work) -> tuple[Say, ...]:
            found, first = await correspondence.write(person, (caption,), said.recordings, work, at=at, channel=channel)
            kept = Say("voice-kept")
            return (kept, *(await correspondence.passed(found, first, work))[1:]) if first else (kept,)

        example = (Say("voice-kept"),)
        says: tuple[Say, ...] = yield from Call[tuple[Say, ...]](passed, example)
        return replace(talk, notes=(*talk.notes, *says))

    def _dropped(self, files: tuple[FileId, ...]) -> Asks[None]:
        person = self.actor.person
        yield from Call(lambda work: work.files.drop(files, person), None)
