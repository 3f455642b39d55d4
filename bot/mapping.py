"""Draws a conversation as Mermaid text: questions are nodes, answers the arrows between them."""

from collections.abc import Iterable

from casework.letters import Say
from dialogs.routing import Redirect
from dialogs.script import Asking, Finished
from dialogs.scripts import SCRIPTS
from dialogs.walking import Step, steps
from dialogs.words import Words

SHORT = 40
"""Characters of a label that are drawn."""


def draw(script_name: str, language: str = "uk") -> str:
    """The map of a script, as far as example facts lead. `LookupError` names the scripts where there is no such."""
    if script_name not in SCRIPTS:
        raise LookupError(f"there is no script {script_name!r}; there are: {', '.join(sorted(SCRIPTS))}")
    words = Words()
    found = list(steps(SCRIPTS[script_name].play))
    lines = dict.fromkeys(_lines(script_name, found, words, language))  # each once, in order
    return "\n".join(["flowchart TD", *(f"    {line}" for line in lines)])


def _lines(name: str, found: Iterable[Step], words: Words, language: str) -> Iterable[str]:
    arrows: dict[tuple[str, str], list[str]] = {}
    yield f'begin(["/{name}"])'
    for step in found:
        yield _node(step.to, words, language)
        source = _id(step.question.message) if step.question else "begin"
        label = _label(words.say(language, step.reply.label)) if step.reply and step.reply.label else ""
        arrows.setdefault((source, _target(step.to)), []).append(label)
    for (source, target), labels in arrows.items():
        told = " / ".join(dict.fromkeys(label for label in labels if label))
        yield f'{source} -->|"{told}"| {target}' if told else f"{source} --> {target}"


def _node(turn: Asking | Finished, words: Words, language: str) -> str:
    if isinstance(turn, Finished):
        return f'{_target(turn)}(["{_end(turn)}"])'
    question = turn.question
    label = f"{question.message}.label"
    text = words.say(language, Say(label, question.args)) if words.has(label) else question.message
    return f'{_target(turn)}["{_label(text)}"]'


def _target(turn: Asking | Finished) -> str:
    return _id(turn.question.message) if isinstance(turn, Asking) else _id(f"end-{_end(turn)}")


def _end(turn: Finished) -> str:
    """What the script ends with: the next script, or the command that it decided on."""
    if isinstance(turn.command, Redirect):
        name = turn.command.to.partition(" ")[0]
        return f"/{name}" if name else "back"
    return type(turn.command).__name__


def _id(name: str) -> str:
    """A Mermaid node's id: letters, digits and `_`; `end` alone is a word of its language."""
    return "q_" + "".join(char if char.isalnum() else "_" for char in name)


def _label(text: str) -> str:
    """Text inside quotes: no quotes, no line breaks, not too long."""
    line = " ".join(text.replace('"', "'").split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"
