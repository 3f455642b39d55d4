"""Going from script to script: by a typed command, a deep link, a press, the menu. One mechanism for all of them.

A command is a script whose first answers were typed: `/book lviv` is the booking script with one answer filled in; what
is missing is asked. A link may fill in only questions marked `linkable`: anybody can forge one.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from typing import ClassVar

from casework.actor import Actor
from casework.letters import Private
from casework.queries import Query
from casework.values import Unclear
from dialogs.conversation import Conversation, Script, Scripts
from dialogs.questions import Answer, Spellings
from dialogs.said import Text


@dataclass(frozen=True, slots=True)
class Redirect:
    """What the menu's script ends with: another script, as a command without its slash ("book", "case 1234-5676").
    "": back to where one came from."""

    to: str


@dataclass(frozen=True, slots=True)
class Serving(Query[bool]):
    """Is the acting member of staff serving a visitor?"""

    example: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Drafts(Query[tuple[str, ...]]):
    """The names of the scripts that are parked: what the menu offers to go on with. In a visitor's name, of theirs."""

    example: ClassVar[tuple[str, ...]] = ()


def by_command(
    talk: Conversation,
    typed: str,
    actor: Actor,
    scripts: Scripts,
    words: Spellings,
    at: datetime,
    *,
    pressed: bool = False,
) -> Conversation:
    """Begin the script that a typed command names, with the answers that its words give.

    `pressed`: it comes from a button of ours. Words that a question does not take are left out, and asked. What a
    command of a former release is called today, or that it is no more, stands in `dialogs/retired.py`.
    """
    name, _, rest = typed.removeprefix("/").strip().partition(" ")
    name = name.partition("@")[0].lower()
    command = scripts.retired.command(f"{name} {rest}".strip())
    name, _, rest = (command or "").partition(" ")
    script = scripts.get(name)
    if command is None or (pressed and script is None):
        return talk.begin(scripts["menu"], scripts=scripts).note("desk-command-gone")
    if script is None or (not script.command and not pressed):
        return talk.note("desk-command-unknown", command=Private(f"/{name[:32]}"))
    whose = _is_visitors(script, talk, actor)
    script = scripts["walkin"] if whose else script
    if not script.open_to(actor):
        return talk.note("desk-command-not-yours", command=f"/{name}")
    if whose:
        rest, talk = "", talk.note("visitor-whose")
    given = rest.split(maxsplit=max(len(script.typed) - 1, 0))
    return _begin(talk, script, given, scripts, words, at, discreet=actor.discreet, ours=pressed)


def by_link(
    talk: Conversation, link: str, actor: Actor, scripts: Scripts, words: Spellings, at: datetime
) -> Conversation:
    """Begin what a deep link names ("book", "book_lviv"); a link that names nothing we know opens the menu."""
    name, *given = link.split("_")
    name, *given = f"{scripts.retired.command(name) or ''} {' '.join(given)}".split(" ")
    script = scripts.get(name)
    if script is not None and script.linkable and _is_visitors(script, talk, actor):
        return by_command(talk, f"/{name}", actor, scripts, words, at)
    if script is None or not script.linkable or not script.open_to(actor):
        return talk.begin(scripts["menu"], scripts=scripts).note("desk-link-unknown")
    script = replace(script, typed=tuple(question for question in script.typed if question.linkable))
    if talk.active.script != "welcome":
        return _begin(talk, script, given, scripts, words, at)
    if any(draft.script == script.name for draft in talk.parked):
        return talk  # what was begun before is gone on with, whatever the link says
    # The consent comes first; what the link names waits behind it.
    begun = _begin(replace(talk, parked=()), script, given, scripts, words, at)
    return replace(talk, parked=(begun.active, *talk.parked))


def _is_visitors(script: Script, talk: Conversation, actor: Actor) -> bool:
    """Would staff register or book for nobody in particular? It is a visitor's: first it is asked whose."""
    return script.in_a_name and actor.staff is not None and talk.serving is None


def _begin(
    talk: Conversation,
    script: Script,
    given: list[str],
    scripts: Scripts,
    words: Spellings,
    at: datetime,
    *,
    discreet: bool = False,
    ours: bool = False,
) -> Conversation:
    answers: dict[str, Answer] = {}
    assumed = [question.assumed for question in script.typed[len(given) :]]
    for question, word in zip(script.typed, (*given, *takewhile(bool, assumed)), strict=False):
        took = question.read(Text(word), None, words)
        if isinstance(took, Unclear):
            talk = talk.note(took.reason, **dict(took.args))
            break
        if discreet and not question.discreet(took.value):
            break  # typed on a messenger, where it is not kept: asked on the page
        answers[question.name] = replace(question.remember(took, word, at), ours=ours)
    return talk.begin(scripts[script.name], answers, scripts=scripts)
