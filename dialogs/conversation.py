"""A person's conversation: which script is under way, and which drafts wait. Pure.

A turn plays the script (`dialogs/script.py`), lets `dialogs/taking.py` read what the person said to the question then
asked, plays again, and shows the result with `dialogs/showing.py`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from casework.actor import Actor
from casework.ids import PersonId
from casework.letters import Arg, Say
from casework.staff.access import Who, beginning, roles_of, waits_for_page
from dialogs.draft import AT_MENU, Draft
from dialogs.questions import Answer, Option, Question
from dialogs.retired import RETIRED, Retired
from dialogs.script import Play


@dataclass(frozen=True, slots=True)
class Script:
    """A script under its name, by which the access table says who may play it.

    `typed` are the questions that words after the command answer, in their order.
    `own_key`: it is about a third person, so its draft is sealed under a key of its own. `keeps_draft`: worth going on
    with later. `counts`: says how many questions are left. `command`: may be typed; `linkable`: a deep link may
    name it. `about_case`: what it shows may not be forwarded; plain help may. `errand`: what it interrupts is gone on
    with as soon as it is over. `within`: one of several that another script leads to; unless it interrupts something,
    it leads back there. `compares`: its questions are answered by looking at papers, which stay in view meanwhile."""

    name: str
    play: Play
    typed: tuple[Question[Any], ...] = ()
    own_key: bool = False
    keeps_draft: bool = False
    counts: bool = False
    command: bool = True
    linkable: bool = False
    about_case: bool = True
    errand: bool = False
    within: str = ""
    compares: bool = False

    @property
    def roles(self) -> Who:
        """Who may begin it; None among them: relatives too."""
        return roles_of(self.name)

    @property
    def in_a_name(self) -> bool:
        """Does a member of staff play it in the name of the visitor whom they serve?"""
        return bool(beginning(self.name, serving=True))

    def waits_for_page(self, actor: Actor) -> bool:
        """Does every question name or describe somebody, so that this member of staff plays it on the page only?"""
        return actor.staff is not None and waits_for_page(self.name, actor.staff.role)

    def open_to(self, actor: Actor) -> bool:
        return (actor.staff.role if actor.staff is not None else None) in self.roles


class Scripts(Mapping[str, Script]):
    """All scripts by their names, with the names that former releases had for them."""

    def __init__(self, all: Iterable[Script], retired: Retired = RETIRED) -> None:
        self._named = {script.name: script for script in all}
        self.retired = retired

    def __getitem__(self, name: str) -> Script:
        return self._named[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)

    def keeps(self, draft: Draft) -> bool:
        """Is it worth going on with? What nobody here knows may be."""
        script = self.get(self.retired.command(draft.script) or "")
        return bool(draft.answers) and (script is None or script.keeps_draft)

    @cached_property
    def in_a_name(self) -> frozenset[str]:
        """What a member of staff plays in the name of a visitor, by its names of today and before."""
        today = {name for name, script in self.items() if script.in_a_name}
        return frozenset(today | {old for old, name in self.retired.commands.items() if name in today})


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a person is. `turn` counts the screens shown; `serving` is the visitor whom a member of staff serves;
    `asked` names the question that the newest screen asks (None: not known). `aside` are drafts of scripts that this
    release does not know: kept, and shown nowhere. `answered` (the answer just given), `skipping` (on the way to the
    end), `notes` and what is `offered` beside the question's own choices live for one message and are not kept."""

    active: Draft = AT_MENU
    parked: tuple[Draft, ...] = ()
    aside: tuple[Draft, ...] = ()
    asked: str | None = None
    turn: int = 0
    more: bool = False
    serving: PersonId | None = None
    answered: str | None = None
    skipping: bool = False
    notes: tuple[Say, ...] = ()
    offered: tuple[Option, ...] = ()

    def note(self, name: str, /, **args: Arg) -> "Conversation":
        return replace(self, notes=(*self.notes, Say(name, args)))

    def kept(self) -> "Conversation":
        """As it comes back from storage: without what lives for one message."""
        return replace(self, answered=None, skipping=False, notes=(), offered=())

    def begin(self, script: Script, answers: Mapping[str, Answer] | None = None, *, scripts: Scripts) -> "Conversation":
        """Start a script; the one under way is parked if it is worth going on with. A parked draft of the same script
        is gone on with rather than begun again, unless other answers came along."""
        parked = self._parked_for(script, scripts)
        of = self.serving if script.in_a_name else None
        for draft in parked:
            if draft.script == script.name and draft.of == of and draft.holds(answers or {}):
                rest = tuple(d for d in parked if d is not draft)
                going_on = replace(self, active=replace(draft, id=None), parked=rest, more=False, answered=None)
                return going_on.goes_on(scripts)
        return replace(self, active=Draft(script.name, answers or {}, of=of), parked=parked, more=False, answered=None)

    def goes_on(self, scripts: Scripts) -> "Conversation":
        """Say that a draft is gone on with; what was only looked at is not spoken of."""
        if not self.active.answers or not scripts[self.active.script].keeps_draft:
            return self
        return self.note("desk-goes-on", what=Say(f"script.{self.active.script}"))

    def _parked_for(self, script: Script, scripts: Scripts) -> tuple[Draft, ...]:
        """What waits while a script is played. From an errand one comes back; whoever goes elsewhere has gone. One
        errand takes another's place, unless something was sent for one of them."""
        if script.errand:
            here = scripts[self.active.script]
            sent = script.keeps_draft or (here.keeps_draft and self.active.answers)
            if (here.name != "menu" or self.active.answers) and (sent or not here.errand):
                return (*self.parked, replace(self.active, returns=True))
            if script.within and not any(draft.script == script.within for draft in self.parked):
                return (*self.parked, Draft(script.within, returns=True))
            return self.parked
        interrupted = [replace(draft, returns=False, id=None) for draft in self.parked if draft.returns]
        worth = [d for d in (*interrupted, self.active) if scripts[d.script].keeps_draft and d.answers]
        return (*(draft for draft in self.parked if not draft.returns), *worth)

    def end(self) -> "Conversation":
        """The script under way is over; back to what it interrupted, else to the visitor, else to the menu."""
        back = next((draft for draft in reversed(self.parked) if draft.returns), None)
        if back is None:
            home = Draft("menu") if self.serving is None else Draft("visitor", of=self.serving)
            return replace(self, active=home, more=False, answered=None)
        rest = tuple(draft for draft in self.parked if draft is not back)
        return replace(self, active=replace(back, returns=False, id=None), parked=rest, more=False, answered=None)
