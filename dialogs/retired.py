"""Names of former releases: what each is called today, or that it is no more.

Scripts, questions, choices, commands and references come back by name long after the release that wrote them: in stored
conversations, in buttons of old chats, in links on paper, in letters that wait. Whoever renames or removes one adds a
row to `RETIRED`; `tests/dialogs/test_retired.py` holds every name that was ever released against the code and this
table. A retired name is never used again for something else.

What has come back is translated where it enters: conversations at the beginning of a turn (`dialogs/renewing.py`),
commands and links in `dialogs/routing.py`, presses in `dialogs/taking.py`, letters in `storage/outbox.py`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pydantic import JsonValue

from casework import pushes
from casework.letters import Arg, Button, Say, Screen
from dialogs.questions import Answer, Question, Review
from dialogs.said import Press, Said

ANY = ""
"""Instead of a script's name: wherever the question is asked. Instead of a question's: wherever the choice stands."""


@dataclass(frozen=True)
class Retired:
    """Old names, each with its successor of today; None where there is none.

    `commands`: scripts, and so what begins them: typed words, buttons, links. `questions` by the script's name of today
    (or `ANY`) and the question's old one, without what it is about. `choices` by the question's name of today (or
    `ANY`) and the old choice. `references`: kinds of what letters name ("update" in "update:17"). `words`: messages of
    `locales/`, for letters that wait; those of questions and choices follow from their rows.
    """

    commands: Mapping[str, str | None] = field(default_factory=dict)
    questions: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    choices: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    references: Mapping[str, str | None] = field(default_factory=dict)
    words: Mapping[str, str | None] = field(default_factory=dict)

    def command(self, typed: str) -> str | None:
        """A command without its slash ("book lviv"), or a script's name, as it is called today."""
        name, space, rest = typed.partition(" ")
        today = self.commands.get(name, name)
        return None if today is None else f"{today}{space}{rest}"

    def question(self, name: str, script: str = ANY) -> str | None:
        """A question's name of today, still about the same thing; `script` is today's too."""
        message, colon, about = name.partition(":")
        today = self.questions.get((script, message), self.questions.get((ANY, message), message))
        return None if today is None else f"{today}{colon}{about}"

    def concerns(self, script: str) -> bool:
        """May an answer to a script of today be kept under another name than today's?"""
        return bool(self.choices) or not self._renamed_in.isdisjoint((script, ANY))

    @cached_property
    def _renamed_in(self) -> frozenset[str]:
        return frozenset(script for script, _ in self.questions)

    def choice(self, question: str, chosen: str) -> str:
        """A choice of a question as it is called today. One that is no more is none of the question's, so it is asked
        again, with the reason."""
        message = question.partition(":")[0]
        return self.choices.get((message, chosen), self.choices.get((ANY, chosen), chosen)) or chosen

    def answer(self, question: str, answer: Answer) -> Answer:
        """A stored answer to a question of today, with today's choices."""
        return replace(answer, value=self._value(question, answer.value))

    def _value(self, question: str, value: JsonValue) -> JsonValue:
        match value:
            case str():
                return self.choice(question, value)
            case list():
                return [self._value(question, one) for one in value]
            case dict() if "among" in value:  # which of a few is still in doubt
                return {**value, "among": self._value(question, value["among"])}
            case _:
                return value

    def said(self, said: Said, question: Question[Any], script: str) -> Said:
        """A press on a button that a former release has shown, as today's; a review's buttons are named after
        questions."""
        if not isinstance(said, Press):
            return said
        option = self.choice(question.name, said.option)
        if isinstance(question, Review):
            option = self.question(option, script) or option
        ticked = None if said.ticked is None else tuple(self.choice(question.name, one) for one in said.ticked)
        return replace(said, option=option, ticked=ticked)

    def reference(self, reference: str) -> str | None:
        """What a letter names ("update:17"), as it is named today."""
        kind, colon, id = reference.partition(":")
        today = self.references.get(kind, kind)
        return None if today is None else f"{today}{colon}{id}"

    def screen(self, screen: Screen, known: Collection[str]) -> Screen:
        """A letter's screen in today's names; `known` are the kinds of references. A button that leads nowhere any more
        goes, and so do words that are no more; what it would have fetched is told to be gone."""
        opens = None if screen.opens is None else self.reference(screen.opens)
        lost = screen.opens is not None and (opens is None or opens.partition(":")[0] not in known)
        says = (*filter(None, map(self._say, screen.says)), *(pushes.gone().says if lost else ()))
        rows = (tuple(filter(None, map(self._button, row))) for row in screen.buttons)
        return replace(
            screen,
            says=says if says or not screen.says else (Say("desk-step-gone"),),
            buttons=tuple(filter(None, rows)),
            opens=None if lost else opens,
            question=None if screen.question is None else self.question(screen.question),
        )

    def _button(self, button: Button) -> Button | None:
        id, label = button.id, self._say(button.label)
        if id.startswith("/"):
            command = self.command(id.removeprefix("/"))
            if command is None:
                return None
            id = f"/{command}"
        if id == button.id and label is button.label:
            return button
        return None if label is None else replace(button, id=id, label=label)

    def _say(self, what: Say) -> Say | None:
        name = self.message(what.name)
        if name == what.name and not any(isinstance(arg, Say) for arg in what.args.values()):
            return what
        return None if name is None else Say(name, {key: self._arg(arg) for key, arg in what.args.items()})

    def _arg(self, arg: Arg) -> Arg:
        return (self._say(arg) or arg) if isinstance(arg, Say) else arg

    def message(self, name: str) -> str | None:
        """A message of `locales/`, or one of its attributes, as it is called today."""
        if name in self.words:
            return self.words[name]
        message, dot, attribute = name.partition(".")
        if message == "script" and dot:
            return f"script.{self.command(attribute) or attribute}"
        today = self._asked.get(message, message)
        return None if today is None else f"{today}{dot}{self.choice(today, attribute)}"

    @cached_property
    def _asked(self) -> Mapping[str, str | None]:
        """Old messages of questions, whichever script asked them, and other words."""
        return {**{old: name for (_, old), name in self.questions.items()}, **self.words}


_OF_PROPOSED_NUMBERS = (
    *("phone-waits", "phone-none", "phone-proposed", "phone-refused", "phone-changed", "phone-by-another"),
    *("line-proposed", "line-confirmed", "line-refused", "staff-added", "staff-reset-done"),
)
_PHONES = {"inbox-passed-no-phone": "inbox-passed", "voice-kept-no-phone": "voice-kept"}
"""Own words are answered in writing: nobody needs to know where to call."""
_PROMISES = dict.fromkeys(("promise-week-full", "promise-not-managed", "promise-too-much"))
"""What does not fit is said in one: they told less than "promise-beyond" does."""

RETIRED = Retired(
    questions={("phone", "phone-right"): None, ("phone", "line-right"): None},
    words={**dict.fromkeys(_OF_PROPOSED_NUMBERS), **_PHONES, **_PROMISES},
)
"""Numbers that waited for a second person wait among all proposals (`/proposals`) now: what takes two has one place."""
