"""A draft: one script with the answers that were given so far. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from casework.ids import PersonId
from dialogs.questions import AGAIN, Answer
from dialogs.script import Passed


@dataclass(frozen=True, slots=True)
class Draft:
    """One script with the answers given so far. `id` and `key` are the storage's (None until kept). `returns`: an
    errand interrupted it, after which it is gone on with. `of` is the visitor in whose name staff play it."""

    script: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    former: Mapping[str, Answer] = field(default_factory=dict)
    id: int | None = None
    key: int | None = None
    returns: bool = False
    of: PersonId | None = None

    def give(self, name: str, answer: Answer) -> "Draft":
        former = {n: a for n, a in self.former.items() if n != name} if answer.done else self.former
        return replace(self, answers={**self.answers, name: answer}, former=former)

    def holds(self, answers: Mapping[str, Answer]) -> bool:
        """Were these answered so here?"""
        return all(n in self.answers and self.answers[n].value == answer.value for n, answer in answers.items())

    def forget(self, *names: str) -> "Draft":
        """Drop answers, but remember what they were: going back loses nothing."""
        dropped = {n: a for n, a in self.answers.items() if n in names}
        kept = {n: a for n, a in self.answers.items() if n not in names}
        return replace(self, answers=kept, former={**self.former, **{n: a for n, a in dropped.items() if a.done}})

    def reopen(self, steps: Sequence[Passed], at: datetime) -> "Draft":
        """Ask these again, also what was known before; what they were is remembered."""
        again, known = dict[str, Answer](), dict[str, Answer]()
        for question, answer in ((step.question, step.answer) for step in steps):
            gathered = answer.value if question.gathers else None
            again[question.name] = Answer(gathered, "", at, AGAIN, done=False)
            known[question.name] = answer
        return replace(self, answers={**self.answers, **again}, former={**self.former, **known})

    def close(self) -> "Draft":
        """What is open to be answered again stands as it was; what was gathered for it since, too."""
        draft = self
        for name, answer in self.answers.items():
            if answer.kind == AGAIN:
                whole = replace(answer, kind="value", done=True)
                draft = draft.give(name, self.former[name] if answer.value is None else whole)
        return draft


AT_MENU = Draft("menu")
