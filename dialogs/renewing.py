"""A stored conversation in the names of today: what is renamed goes on, what is no more is told and given back. Pure.

A turn begins with `renewed`. A script that no release has retired and that is not there either is unknown: a row of
`RETIRED` was forgotten, or a newer release runs beside this one. Its draft is set aside untouched, and goes on as soon
as its name is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from casework.ids import FileId
from dialogs.conversation import Conversation, Scripts
from dialogs.draft import Draft
from dialogs.questions import Answer, Spellings, Story
from dialogs.questions.question import adapter
from dialogs.retired import Retired

GONE = ""
"""Instead of the name of the question that was asked: it is no more, or what was under way does not open."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """`over` holds the answers that nothing takes any more, by draft. `gone`: the script under way is no more.
    `unknown` are the names that nobody here knows, for the log: names of ours, no data."""

    talk: Conversation
    over: tuple[Draft, ...] = ()
    gone: bool = False
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _One:
    """One draft in today's names; None where its script is retired or unknown. `over` is what nothing takes."""

    draft: Draft | None
    over: Draft | None = None
    aside: Draft | None = None


def renewed(talk: Conversation, scripts: Scripts, words: Spellings) -> Renewed:
    """The conversation as this release plays it, always at a script that is there."""
    if _is_current(talk, scripts):
        return Renewed(talk, unknown=_unknown((talk.active, *talk.parked), words))
    active, parked = _one(talk.active, scripts), [_one(draft, scripts) for draft in talk.parked]
    every = (active, *parked)
    known = tuple(one.draft for one in parked if one.draft is not None)
    aside = (*talk.aside, *(one.aside for one in every if one.aside is not None))
    over = tuple(one.over for one in every if one.over is not None)
    asked = talk.asked
    if asked is not None and active.draft is not None:
        asked = scripts.retired.question(asked, active.draft.script) or GONE
    talk = replace(talk, parked=known, aside=aside, asked=asked)
    gone = active.draft is None
    talk = replace(talk.end(), asked=GONE) if active.draft is None else replace(talk, active=active.draft)
    unknown = tuple(dict.fromkeys(draft.script for draft in aside))
    return Renewed(talk, over, gone, (*unknown, *_unknown((talk.active, *talk.parked), words)))


def _is_current(talk: Conversation, scripts: Scripts) -> bool:
    """Nothing in it has another name today: so it is in almost every turn."""
    drafts = (talk.active, *talk.parked)
    return all(draft.script in scripts and not scripts.retired.concerns(draft.script) for draft in drafts)


def _one(draft: Draft, scripts: Scripts) -> _One:
    old = scripts.retired
    name = old.command(draft.script)
    if name is None:
        return _One(None, over=draft if draft.answers else None)
    if name not in scripts:
        return _One(None, aside=replace(draft, returns=False))
    taken = _named(draft.answers, name, old)
    lost = {asked: answer for asked, answer in draft.answers.items() if old.question(asked, name) is None}
    today = replace(draft, script=name, answers=taken, former=_named(draft.former, name, old))
    if not lost:
        return _One(today)
    return _One(replace(today, id=None), over=replace(draft, script=name, answers=lost))  # kept anew without them


def _named(answers: Mapping[str, Answer], script: str, old: Retired) -> Mapping[str, Answer]:
    named = ((old.question(name, script), answer) for name, answer in answers.items())
    return {name: old.answer(name, answer) for name, answer in named if name is not None}


def _unknown(drafts: tuple[Draft, ...], words: Spellings) -> tuple[str, ...]:
    """Questions that have no words: no script asks them. Their answers stay where they are."""
    messages = (f"{draft.script}.{name.partition(':')[0]}" for draft in drafts for name in draft.answers)
    return tuple(one for one in dict.fromkeys(messages) if not words.has(one.partition(".")[2]))


def untaken(draft: Draft, words: Spellings) -> Draft:
    """Of a draft that is over, the answers to questions that no script asks."""
    answers = {name: answer for name, answer in draft.answers.items() if not words.has(name.partition(":")[0])}
    return replace(draft, answers=answers)


def words_of(drafts: tuple[Draft, ...]) -> str:
    """All that was typed into them, one answer below the other."""
    return "\n".join(filter(None, (_typed(answer) for draft in drafts for answer in draft.answers.values())))


def files_of(drafts: tuple[Draft, ...]) -> tuple[FileId, ...]:
    """All that was sent into them."""
    return tuple(file for draft in drafts for answer in draft.answers.values() for file in _told(answer).files)


def _told(answer: Answer) -> Story:
    """What a question for a story keeps; nothing of any other."""
    if isinstance(answer.value, dict) and {"texts", "files"} <= answer.value.keys():
        story: Story = adapter(Story).validate_python(answer.value)
        return story
    return Story()


def _typed(answer: Answer) -> str:
    """The person's words. What was pressed is the name of a choice, and no words of theirs."""
    story = _told(answer)
    if story:
        return str(story)
    raw = answer.raw
    pressed = raw == answer.value and raw.isascii() and raw == raw.lower() and " " not in raw and raw[:1] != "+"
    return raw if answer.kind == "value" and not pressed else ""
