"""A person's conversation: which script is under way, what was answered, what is shown. Pure: said in, state out.

The desk plays the script (`dialogs/script.py`), lets `take` read what the person said to the question then asked, plays
again, and shows the result with `show`. Buttons carry the turn on which they were shown: a press on an old one changes
nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from casework.actor import Actor
from casework.ids import PersonId
from casework.letters import Arg, Button, Private, Say, Screen
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.answers.writing import plain
from dialogs.questions import (
    AGAIN,
    CHANGE,
    LATER,
    REST,
    SEND,
    UNKNOWN,
    Answer,
    Doubted,
    Option,
    Question,
    Review,
    Several,
    Spellings,
    Took,
    pick,
)
from dialogs.said import Files, Location, Other, Press, Said, Text
from dialogs.script import Asking, Passed, Play


@dataclass(frozen=True, slots=True)
class Script:
    """A script under its name, and who may play it.

    `roles` empty: everybody. `typed` are the questions that words after the command answer, in their order.
    `own_key`: it is about a third person, so its draft is sealed under a key of its own. `keeps_draft`: worth going on
    with later. `counts`: says how many questions are left. `command`: may be typed; `linkable`: a deep link may
    name it. `on_page`: staff give it on the page only, every question of it names or describes somebody. `about_case`:
    what it shows may not be forwarded; plain help may. `errand`: what it interrupts is gone on with as soon as it is
    over. `in_a_name`: a member of staff plays it in the name of the visitor whom they serve."""

    name: str
    play: Play
    roles: frozenset[str] = frozenset()
    typed: tuple[Question[Any], ...] = ()
    own_key: bool = False
    keeps_draft: bool = False
    counts: bool = False
    command: bool = True
    linkable: bool = False
    on_page: bool = False
    about_case: bool = True
    errand: bool = False
    in_a_name: bool = False

    def open_to(self, actor: Actor) -> bool:
        return not self.roles or (actor.staff is not None and actor.staff.role in self.roles)


Scripts = Mapping[str, Script]


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


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a person is. `turn` counts the screens shown; `serving` is the visitor whom a member of staff serves;
    `answered` (the answer just given), `skipping` (on the way to the end), `notes` and what is `offered` beside the
    question's own choices live for one message and are not kept."""

    active: Draft = Draft("menu")
    parked: tuple[Draft, ...] = ()
    turn: int = 0
    more: bool = False
    serving: PersonId | None = None
    answered: str | None = None
    skipping: bool = False
    notes: tuple[Say, ...] = ()
    offered: tuple[Option, ...] = ()

    def note(self, name: str, /, **args: Arg) -> "Conversation":
        return replace(self, notes=(*self.notes, Say(name, args)))

    def begin(self, script: Script, answers: Mapping[str, Answer] | None = None, *, scripts: Scripts) -> "Conversation":
        """Start a script; the one under way is parked if it is worth going on with. A parked draft of the same script
        is gone on with rather than begun again, unless other answers came along."""
        parked = self._parked_for(script, scripts)
        of = self.serving if script.in_a_name else None
        for draft in parked:
            if draft.script == script.name and draft.of == of and draft.holds(answers or {}):
                rest = tuple(d for d in parked if d is not draft)
                going_on = replace(self, active=replace(draft, id=None), parked=rest, more=False, answered=None)
                return going_on.note("desk-goes-on", what=Say(f"script.{script.name}"))
        return replace(self, active=Draft(script.name, answers or {}, of=of), parked=parked, more=False, answered=None)

    def _parked_for(self, script: Script, scripts: Scripts) -> tuple[Draft, ...]:
        """What waits while a script is played. From an errand one comes back; whoever goes elsewhere has gone."""
        if script.errand:
            stays = scripts[self.active.script].errand or self.active.script == "menu"
            return self.parked if stays else (*self.parked, replace(self.active, returns=True))
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


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press as it came in: the turn on which the button was shown and its option."""

    turn: int
    option: str

    @classmethod
    def of(cls, id: str) -> "Pressed | None":
        turn, dot, option = id.partition(".")
        return cls(int(turn), option) if dot and turn.isdecimal() and len(turn) < 10 else None


BACK, MORE, WHY, HUMAN, MENU, SKIP, KEEP = "~back", "~more", "~why", "~human", "~menu", "~skip", "~keep"


NO_ANSWER = ("unclear-day", "unclear-loss", "unclear-phone")
"""Reasons that tell of words which are no answer at all, and not of half a one such as a month without its year."""

JOINED_WITHIN = timedelta(minutes=1)
"""How soon after an answer words may still be its end."""


def _nav(of: str) -> Option:
    return Option(of, Say(f"nav.{of[1:]}"))


def _extras(asking: Asking, draft: Draft, script: Script, words: Spellings) -> tuple[Option, ...]:
    """What "More" opens."""
    question = asking.question
    found = []
    if question.later:
        found.append(Option(f"~{LATER}", Say("nav.later")))
        if script.counts:
            found.append(_nav(SKIP))
    if words.has(f"{question.message}.why"):
        found.append(_nav(WHY))
    human = (_nav(HUMAN),) if draft.of is None else ()  # a human is there already
    return (*found, *human, _nav(MENU))


def _all_options(asking: Asking, draft: Draft, script: Script, words: Spellings) -> tuple[Option, ...]:
    """All that can be pressed at a question, with "More" opened or not."""
    return (*_choices(asking, draft), *_extras(asking, draft, script, words), _nav(BACK), _nav(MORE))


def _choices(asking: Asking, draft: Draft) -> tuple[Option, ...]:
    """The question's own options, then "I don't know" and the former answer where there are such."""
    question = asking.question
    found = list(filled(asking).options(so_far(asking, draft)))
    if question.unknown and so_far(asking, draft) is None:
        found.append(Option(f"~{UNKNOWN}", Say(question.blank)))
    former = draft.former.get(question.name)
    if former is not None and not isinstance(question, Review) and so_far(asking, draft) is None:
        value = question.recall(former)
        if value is not None and not isinstance(value, Unclear):
            found.append(Option(KEEP, question.kept(value)))
    return tuple(found)


def filled(asking: Asking) -> Question[Any]:
    """The question itself; a review with the questions that can be changed."""
    question: Question[Any] = asking.question
    if isinstance(question, Review):
        steps = _changeable(asking, question)
        rest = tuple(name for name, step in steps.items() if step.answer.kind == LATER)
        return replace(question, of=tuple(steps), rest=rest)
    return question


def _changeable(asking: Asking, review: Review) -> dict[str, Passed]:
    """What stands on a review, by name."""
    steps = {step.question.name: step for step in asking.passed if not isinstance(step.question, Review)}
    return {name: step for name, step in steps.items() if name not in review.fixed}


def so_far(asking: Asking, draft: Draft) -> object:
    """What an unfinished answer holds already."""
    answer = draft.answers.get(asking.question.name)
    if answer is None:
        return None
    if answer.done:
        return asking.question.remains(answer)
    value = asking.question.recall(answer)
    return None if isinstance(value, Unclear) else value


def take(
    talk: Conversation, asking: Asking, said: Said, at: datetime, scripts: Scripts, words: Spellings
) -> Conversation:
    """Read what was said to the question now asked: an answer, a step back, "why?". Unclear words change nothing."""
    if isinstance(said, Press) and said.ticked is not None and isinstance(asking.question, Several):
        talk = _ticked(talk, asking.question, said.ticked, at)
    question, draft, script = filled(asking), talk.active, scripts[talk.active.script]
    talk, begun = replace(talk, more=False), so_far(asking, draft)
    match _navigated(_all_options(asking, draft, script, words), said, words):
        case "~back":
            return _back(talk, asking, scripts)
        case "~more":
            return replace(talk, more=True)
        case "~why":
            return talk.note(f"{question.message}.why")
        case "~human" | "~menu" as leave:
            return talk.begin(scripts[leave[1:]], scripts=scripts)
        case "~skip":
            return replace(talk, skipping=True)
        case "~keep":
            return _given(talk, question.name, draft.former[question.name])
        case "~unknown" | "~later" as blank:
            return _given(talk, question.name, Answer(None, "", at, "unknown" if blank == "~unknown" else "later"))
    match said:
        case Other("edited"):
            return talk.note("unclear-edited" if asking.passed else "unclear-edited-alone")
        case Other(form):
            return talk.note("unclear-form", form=Say(f"form.{form}"))
        case Text(text) if question.unknown and not begun and parse.unknown(text):
            return _given(talk, question.name, Answer(None, text, at, kind=UNKNOWN))
    kept, left_out = heard(question, said)
    if kept is None or (left_out and question.coordinates == "refused"):
        return talk.note("unclear-coordinates")
    if isinstance(kept, Text) and (added := _added(talk, asking, kept.text, at, words)) is not None:
        return added
    said, took = kept, question.read(kept, so_far(asking, draft), words)
    if left_out:
        talk = talk.note("coordinates-left-out")
    if isinstance(took, Unclear):
        more = None
        if isinstance(said, Text) and took.reason in NO_ANSWER:
            more = _goes_on(talk, asking, said.text, at, words)
        return more or talk.note(took.reason, **dict(took.args))
    if isinstance(question, Review) and took.value not in (SEND, CHANGE):
        steps = _changeable(asking, question)
        chosen = question.rest if took.value == REST else (str(took.value),)
        return replace(talk, active=_drop(draft.reopen([steps[name] for name in chosen], at), question.name))
    return _kept(talk, question, took, _raw(said), at)


def _kept(talk: Conversation, question: Question[Any], took: Took[Any], raw: str, at: datetime) -> Conversation:
    """With what the question took; an answer that is being given again stays one until it is whole."""
    answer, before = question.remember(took, raw, at), talk.active.answers.get(question.name)
    if not answer.done and before is not None and before.kind == AGAIN:
        answer = replace(answer, kind=AGAIN)
    return _given(talk, question.name, answer)


def _ticked(talk: Conversation, question: Several, ticked: tuple[str, ...], at: datetime) -> Conversation:
    """With just these marked, of those that there are."""
    marked = tuple(one for one in question.among if one in ticked)
    return _kept(talk, question, Took(marked, done=False), "", at)


def chooses(talk: Conversation, asking: Asking, text: str, scripts: Scripts, words: Spellings) -> bool:
    """Do these words name one of the keys of the question now asked, as leniently as it reads them?"""
    said, script = Text(text), scripts[talk.active.script]
    if _navigated(_all_options(asking, talk.active, script, words), said, words) is not None:
        return True
    return pick(_choices(asking, talk.active), said, words) is not None


def joined(talk: Conversation, asking: Asking, text: str, at: datetime, words: Spellings) -> Conversation | None:
    """The answer just given with these words after it, for somebody who writes one thing in several messages.

    None where its question takes no such, where both together are no answer, or where too much time has passed.
    """
    if so_far(asking, talk.active) is not None:
        return _added(talk, asking, text, at, words)
    if not asking.passed:
        return None
    question, answer = asking.passed[-1].question, asking.passed[-1].answer
    if asking.passed[-1].known or heard(question, Text(text))[1]:
        return None
    split = parse.is_split(answer.raw)
    whole = parse.rejoined(answer.raw, text) if split else f"{answer.raw} {text}"
    if answer.kind != "value" or at - answer.at > JOINED_WITHIN:
        return None
    if not split and len(whole.split()) > question.joins:
        return None
    return _joining(talk, question, whole, at, words)


def _added(talk: Conversation, asking: Asking, text: str, at: datetime, words: Spellings) -> Conversation | None:
    """With these words added to those in doubt: the surname, after a first name alone. None where that is no answer."""
    question, begun = asking.question, so_far(asking, talk.active)
    if not isinstance(begun, Doubted) or pick(question.options(begun), Text(text), words) is not None:
        return None
    whole, again = f"{begun.text} {text}", set(begun.text.casefold().split()) & set(text.casefold().split())
    if again or len(whole.split()) > question.joins:
        return None
    return _joining(talk, question, whole, at, words)


def _joining(
    talk: Conversation, question: Question[Any], whole: str, at: datetime, words: Spellings
) -> Conversation | None:
    took = question.read(Text(whole), None, words)
    if isinstance(took, Unclear) or not took.done:
        return None
    shown = question.show(took.value)
    talk = talk.note("desk-joined", what=shown if isinstance(shown, Say) else Private(shown))
    return _given(talk, question.name, question.remember(took, whole, at))


def _goes_on(talk: Conversation, asking: Asking, text: str, at: datetime, words: Spellings) -> Conversation | None:
    """As `joined`, for words that came after the next question and are no answer to it: the rest of a name of which
    only one part was written."""
    if not asking.passed or not text[:1].isupper():
        return None
    last = asking.passed[-1]
    if last.question.scant is None or last.value is None or not last.question.scant(last.value):
        return None
    return joined(talk, asking, text, at, words)


def _given(talk: Conversation, name: str, answer: Answer) -> Conversation:
    return replace(talk, active=talk.active.give(name, answer), answered=name if answer.done else None)


def glide(talk: Conversation, asking: Asking, at: datetime) -> Conversation | None:
    """On the way to the end: what can wait is left for later, question by question, until one cannot (then None)."""
    if not (talk.skipping and asking.question.later):
        return None
    return _given(talk, asking.question.name, Answer(None, "", at, kind=LATER))


def _navigated(nav: tuple[Option, ...], said: Said, words: Spellings) -> str | None:
    """The navigation that was pressed, or typed word for word; a number is always the question's own choice."""
    if isinstance(said, Press) and said.option.startswith("~"):
        return said.option if said.option in {option.id for option in nav} else None
    if isinstance(said, Text):
        typed = plain(said.text)
        for option in nav:
            own = option.id.startswith("~") and option.id != KEEP
            if own and typed in {plain(word) for word in words.spellings(option.label)}:
                return option.id
    return None


def heard(question: Question[Any], said: Said) -> tuple[Said | None, bool]:
    """What was said without the coordinates of a place, where the question keeps none (None if nothing else was said),
    and whether any were left out."""
    if question.coordinates == "kept":
        return said, False
    match said:
        case Location():
            return None, True
        case Text(text):
            kept = parse.without_coordinates(text)
            return (Text(kept) if any(map(str.isalpha, kept)) else None, True) if kept != text else (said, False)
        case Files(files, caption):
            kept = parse.without_coordinates(caption)
            return Files(files, kept), kept != caption
        case _:
            return said, False


def _drop(draft: Draft, name: str) -> Draft:
    return replace(draft, answers={n: a for n, a in draft.answers.items() if n != name})


def _raw(said: Said) -> str:
    match said:
        case Text(text):
            return text
        case Press(option):
            return option
        case _:
            return ""


def _back(talk: Conversation, asking: Asking, scripts: Scripts) -> Conversation:
    """One question back; from the first one, to the menu, or to what an errand interrupted. What was gathered from
    several messages stays, and goes on to be gathered when its question comes again; any other unfinished answer is let
    go first, and remembered."""
    draft, question = talk.active, asking.question
    answer = draft.answers.get(question.name)
    if answer is not None and answer.kind == AGAIN:  # opened from a review: back to it
        if not question.gathers:
            draft = draft.give(question.name, replace(answer, value=None))
        return replace(talk, active=draft.close())
    if answer is not None and isinstance(question, Review):  # what can be changed was listed: back to the page itself
        return replace(talk, active=_drop(draft, question.name))
    if answer is not None and not question.gathers:
        unfinished = replace(answer, done=True)
        draft = replace(_drop(draft, question.name), former={**draft.former, question.name: unfinished})
    fixed = question.fixed if isinstance(question, Review) else ()
    asked = [step for step in asking.passed if not step.known and not step.answer.ours]
    given = [step.question.name for step in asked if step.question.name not in fixed]
    if given:
        last = next(step for step in asked if step.question.name == given[-1])
        if last.question.gathers and last.answer.kind == "value":
            return replace(talk, active=draft.give(given[-1], replace(last.answer, done=False)))
        return replace(talk, active=draft.forget(given[-1]))
    if scripts[draft.script].errand:
        waits = (draft,) if scripts[draft.script].keeps_draft and draft.answers else ()
        ended = talk.end()
        return replace(ended, parked=(*ended.parked, *waits))
    return replace(talk, active=draft).begin(scripts["menu"], scripts=scripts)


def show(talk: Conversation, asking: Asking, script: Script, words: Spellings, left: int | None = None) -> Screen:
    """The screen: what was said, the question, its choices and at most two buttons more."""
    question, begun = filled(asking), so_far(asking, talk.active)
    says = [*talk.notes, *asking.tells]
    if asking.stale is not None:
        says.append(Say(asking.stale.reason, dict(asking.stale.args)))
    if isinstance(question, Review):
        says += [question.put(), *_summary(asking, question)]
    elif begun is not None and (gathered := question.gathered(begun)) is not None:
        says.append(gathered)
    else:
        says.append(question.put())
        if words.has(f"{question.message}.hint"):
            says.append(Say(f"{question.message}.hint", question.args))
    if left is not None and left > 1:
        says.append(Say("common.left", {"count": left}))
    rows: list[tuple[Button, ...]] = [
        (Button(f"{talk.turn}.{option.id}", option.label, option.ticked),) for option in _choices(asking, talk.active)
    ]
    rows += [(Button(f"{talk.turn}.{o.id}", o.label),) for o in talk.offered]
    if talk.more:
        rows += [(Button(f"{talk.turn}.{o.id}", o.label),) for o in _extras(asking, talk.active, script, words)]
    foot = []
    if script.name not in ("menu", "welcome") or asking.passed:
        foot.append(_nav(BACK))
    if not talk.more and script.name != "menu":
        foot.append(_nav(MORE))
    if foot:
        rows.append(tuple(Button(f"{talk.turn}.{o.id}", o.label) for o in foot))
    wants = question.wants if begun is None else None
    return Screen(
        tuple(says),
        tuple(rows),
        wants=wants,
        noted=len(talk.notes),
        pressed=question.pressed,
        question=None if question.secret else question.name,
    )


def _summary(asking: Asking, review: Review) -> list[Say]:
    lines = []
    for step in _changeable(asking, review).values():
        given = step.answer.kind == "value"
        value = step.question.show(step.value) if given else Say(f"common.{step.answer.kind}")
        lines.append(Say("common.line", {"what": Say(f"{step.question.message}.label"), "value": value}))
    return lines
