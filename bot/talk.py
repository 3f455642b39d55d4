"""Plays a conversation in the terminal, without database or token: facts are the examples that queries declare.

A newcomer's door: what is typed here is taken by the same turn as on every channel; only its needs are met by examples.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TextIO, TypeVar

from casework.actor import Actor, Channel, Role, Staff
from casework.ids import AddressId, CenterId, PersonId, StaffId
from casework.letters import Button, Say, Screen
from casework.people import CONSENT, Person, Profile
from casework.result import Result
from dialogs.answers.writing import plain
from dialogs.conversation import Conversation, Script
from dialogs.draft import Draft
from dialogs.incoming import ButtonPress as Pressed
from dialogs.incoming import Content, Incoming, Opened
from dialogs.needs import Asks, Begun, Call, Carried, CarryOut, Fetch, Guest
from dialogs.said import Text
from dialogs.scripts import SCRIPTS
from dialogs.showing import show
from dialogs.turn import Turn
from dialogs.walking import examples
from dialogs.words import Words

T = TypeVar("T")


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
        person = Person(self.actor.person, language, Profile(), consent=None if script.name == "welcome" else CONSENT)
        self.guest = Guest(person, AddressId(1), Conversation(active=Draft(script.name)))
        self.decided: Any = None

    def run(self) -> int:
        self._print("(Ctrl-D ends. Choices are typed by their words or number, what is in [brackets] by its words.)")
        begun, asking = self._drive(self._turn(Opened()).play(self.guest.talk))
        screen = show(begun, asking, SCRIPTS[begun.active.script], self.words)
        while self.decided is None:
            self._show(screen)
            line = self.source.readline()
            if not line:
                return 0
            screen = self._hear(line.strip(), screen)
        for what in screen.says[: screen.noted]:
            self._print(self._say(what))
        self._print(f"= {self.decided!r}")
        return 0

    def _turn(self, content: Content) -> Turn:
        now, staff = datetime.now(UTC), self.actor.staff
        begun = Begun(self.guest, now, "", lambda command: "", lambda command, by: False, staff=staff)
        return Turn(self.words, SCRIPTS, begun, self.actor, Incoming(self.actor.channel, "", "", now, content))

    def _drive(self, turn: Asks[T]) -> T:
        """Meet a turn's needs by examples. The first command ends the conversation."""
        try:
            need = next(turn)
            while True:
                match need:
                    case Fetch(query):
                        need = turn.send(examples(query))
                    case CarryOut(command):
                        self.decided = self.decided or command
                        need = turn.send(Carried(Result(), self.guest.person))
                    case Call(example=example):
                        need = turn.send(example)
                    case _:
                        raise LookupError(f"nobody can reply to {need!r} in the terminal; add it to _Talk")
        except StopIteration as end:
            came: T = end.value
            return came

    def _hear(self, typed: str, screen: Screen) -> Screen:
        pressed = next((b for row in screen.buttons for b in row if plain(self._say(b.label)) == plain(typed)), None)
        said = Text(typed)
        content = said if pressed is None else Pressed(pressed.id)
        ended = self._drive(self._turn(content).hear(said))
        self.guest = replace(self.guest, talk=(ended.talk or self.guest.talk).kept())
        return ended.replies[-1].screen

    def _show(self, screen: Screen) -> None:
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
    """A relative; for a script of the staff, somebody whose role may play it, as on the page: nothing is held back."""
    staff = None
    if None not in script.roles:
        role = next(role for role in Role if role in script.roles)
        staff = Staff(StaffId(1), PersonId(1), role, CenterId("lviv"), factor_at=datetime.now(UTC))
    return Actor(PersonId(1), language, Channel.WEB, staff)


def _option(button: Button) -> str:
    return button.id.partition(".")[2]
