"""Taking what a person said to the question now asked: an answer, a step back, "why?". Pure: said in, state out."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from casework.letters import Private, Say
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.answers.writing import plain
from dialogs.conversation import Conversation, Scripts
from dialogs.draft import Draft
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
from dialogs.said import Location, NotedFiles, Other, Press, Said, Text
from dialogs.script import Asking
from dialogs.showing import KEEP, all_options, changeable, choices, filled, so_far

NO_ANSWER = ("unclear-day", "unclear-loss", "unclear-phone")
"""Reasons that tell of words which are no answer at all, and not of half a one such as a month without its year."""

JOINED_WITHIN = timedelta(minutes=1)
"""How soon after an answer words may still be its end."""


def take(
    talk: Conversation, asking: Asking, said: Said, at: datetime, scripts: Scripts, words: Spellings
) -> Conversation:
    """Read what was said to the question now asked: an answer, a step back, "why?". Unclear words change nothing."""
    said = scripts.retired.said(said, asking.question, talk.active.script)
    if isinstance(said, Press) and said.ticked is not None and isinstance(asking.question, Several):
        talk = _ticked(talk, asking.question, said.ticked, at)
    question, draft, script = filled(asking), talk.active, scripts[talk.active.script]
    talk, begun = replace(talk, more=False), so_far(asking, draft)
    match _navigated(all_options(asking, draft, script, words), said, words):
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
        steps = changeable(asking, question)
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
    if _navigated(all_options(asking, talk.active, script, words), said, words) is not None:
        return True
    return pick(choices(asking, talk.active), said, words) is not None


def strays(talk: Conversation, asking: Asking, said: Said, scripts: Scripts, words: Spellings) -> bool:
    """Was this said to another question than is asked now, because that is no more or facts have changed? What leads
    away from every question alike never is."""
    if talk.asked is None or talk.asked == asking.question.name:
        return False
    options = all_options(asking, talk.active, scripts[talk.active.script], words)
    return _navigated(options, said, words) not in ("~back", "~more", "~why", "~human", "~menu")


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
    if not split and len(whole.split()) > question.words_in_parts:
        return None
    return _joining(talk, question, whole, at, words)


def _added(talk: Conversation, asking: Asking, text: str, at: datetime, words: Spellings) -> Conversation | None:
    """With these words added to those in doubt: the surname, after a first name alone. None where that is no answer."""
    question, begun = asking.question, so_far(asking, talk.active)
    if not isinstance(begun, Doubted) or pick(question.options(begun), Text(text), words) is not None:
        return None
    whole, again = f"{begun.text} {text}", set(begun.text.casefold().split()) & set(text.casefold().split())
    if again or len(whole.split()) > question.words_in_parts:
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
    if last.question.seems_incomplete is None or last.value is None or not last.question.seems_incomplete(last.value):
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
            if own and typed in words.plain_spellings(option.label):
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
        case NotedFiles(files, caption):
            kept = parse.without_coordinates(caption)
            return NotedFiles(files, kept), kept != caption
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
    several messages stays, and goes on to be gathered when its question comes again. From what an unfinished answer has
    led to (a doubt, the regions of a letter, the list of what can be changed) it is back to the question itself."""
    draft, question = talk.active, asking.question
    answer = draft.answers.get(question.name)
    if answer is not None and answer.kind == AGAIN:  # opened from a review: back to it
        if not question.gathers:
            draft = draft.give(question.name, replace(answer, value=None))
        return replace(talk, active=draft.close())
    if answer is not None and (isinstance(question, Review) or _led_on(asking, draft)):
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
        ended = talk.end().goes_on(scripts)
        return replace(ended, parked=(*ended.parked, *waits))
    return replace(talk, active=draft).begin(scripts["menu"], scripts=scripts)


def _led_on(asking: Asking, draft: Draft) -> bool:
    """Has what is answered so far led to something else than the question itself?"""
    begun = so_far(asking, draft)
    return begun is not None and not asking.question.gathers and asking.question.gathered(begun) is not None
