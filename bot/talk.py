"""Plays a conversation in the terminal, without database or token: facts are the examples that queries declare.

A newcomer's door: what is typed here goes through the same scripts, questions and words as on every channel.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TextIO

from casework.actor import Actor, Channel, Role, Staff
from casework.ids import CenterId, PersonId, StaffId
from casework.letters import Button, Say, Screen
from casework.queries import Query
from dialogs.answers.writing import plain
from dialogs.conversation import Conversation, Script
from dialogs.draft import Draft
from dialogs.going import Go, by_command
from dialogs.said import Press, Text
from dialogs.script import Asking, Finished, Wondering, play
from dialogs.scripts import SCRIPTS
from dialogs.showing import show
from dialogs.taking import glide, take
from dialogs.walking import LONGEST, examples
from dialogs.words import Words


def talk(script_name: str, language: str, source: TextIO, sink: TextIO) -> int:
    """Play a script: ask on `sink`, read answers from `source`, line by line. Returns an exit code."""
    if script_name not in SCRIPTS:
        print(f"There is no script {script_name!r}. There are: {', '.join(sorted(SCRIPTS))}.", file=sink)
        return 2
    return _Talk(SCRIPTS[script_name], language, source, sink).run()


class _Talk:
    """One conversation and where it is."""

    def __init__(self, script: Script, language: str, source: TextIO, sink: TextIO) -> None:
        self.words, self.language, self.source, self.sink = Words(), language, source, sink
        self.actor = _actor(script, language)
        self.facts: dict[Query[Any], Any] = {}
        self.conversation = Conversation(active=Draft(script.name))

    def run(self) -> int:
        self._print("(Ctrl-D ends. Choices are typed by their words or number, what is in [brackets] by its words.)")
        while True:
            turn = self._play()
            if isinstance(turn, Finished):
                for what in (*self.conversation.notes, *turn.tells):
                    self._print(self._say(what))
                self._print(f"= {_end(turn.command)}")
                return 0
            self.conversation = replace(self.conversation, turn=self.conversation.turn + 1)
            screen = show(self.conversation, turn, SCRIPTS[self.conversation.active.script], self.words)
            self._show(screen, turn)
            line = self.source.readline()
            if not line:
                return 0
            self._hear(line.strip(), screen, turn)

    def _play(self) -> Asking | Finished:
        for _ in range(LONGEST):
            talk = self.conversation
            match play(SCRIPTS[talk.active.script].play, talk.active.answers, self.facts, talk.answered):
                case Wondering(query):
                    self.facts[query] = examples(query)
                case Asking() as asking:
                    further = glide(talk, asking, _now())
                    if further is None:
                        return asking
                    self.conversation = further
                case Finished() as finished:
                    return finished
        raise RecursionError(f"{self.conversation.active.script} does not come to a question")

    def _hear(self, typed: str, screen: Screen, asking: Asking) -> None:
        talk = replace(self.conversation, notes=(), answered=None)
        if typed.startswith("/"):
            self.conversation = by_command(talk, typed, self.actor, SCRIPTS, self.words, _now())
            return
        pressed = next((b for row in screen.buttons for b in row if plain(self._say(b.label)) == plain(typed)), None)
        said = Text(typed) if pressed is None else Press(_option(pressed))
        self.conversation = take(talk, asking, said, _now(), SCRIPTS, self.words)

    def _show(self, screen: Screen, asking: Asking) -> None:
        self._print("")
        for what in screen.says:
            self._print(self._say(what))
        number, nav = 0, []
        for button in (button for row in screen.buttons for button in row):
            if _option(button).startswith("~"):
                nav.append(f"[{self._say(button.label)}]")
            else:
                number += 1
                self._print(f"  {number}. {self._say(button.label)}")
        self._print("  " + " ".join(nav))
        self.sink.write("> ")
        self.sink.flush()

    def _say(self, what: Say) -> str:
        return self.words.say(self.language, what)

    def _print(self, text: str) -> None:
        print(text, file=self.sink)


def _actor(script: Script, language: str) -> Actor:
    """A relative; for a script of the staff, somebody whose role may play it."""
    staff = None
    if script.roles:
        role = next(role for role in Role if role in script.roles)
        staff = Staff(StaffId(1), PersonId(1), role, CenterId("lviv"), factor_at=_now())
    return Actor(PersonId(1), language, Channel.TERMINAL, staff)


def _option(button: Button) -> str:
    return button.id.partition(".")[2]


def _end(command: Any) -> str:
    return f"/{command.to}" if isinstance(command, Go) else repr(command)


def _now() -> datetime:
    return datetime.now(UTC)
