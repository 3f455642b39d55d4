"""How a family and the center write to each other: the family anywhere, members of staff on the page."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from casework.asked import Asked
from casework.correspondence.answering import (
    LONGEST_ANSWER,
    AnswerFamily,
    CloseCorrespondence,
    HandOn,
    OpenCorrespondence,
    OpenedCorrespondence,
    ShowEnclosed,
    WaitingCorrespondence,
    line,
    waits,
    whose,
)
from casework.correspondence.writing import AskAnotherPerson, MyCorrespondence, ReadAnswer, WriteToCenter
from casework.ids import CorrespondenceId, StaffId
from casework.letters import Private, Say, named, say
from casework.reference import Sort
from casework.updates.forbidden_words import stopped_by
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.questions import Choice, Listing, Option, Spellings, Story, Told, Took, Typed, YesNo
from dialogs.routing import Redirect
from dialogs.said import Press, Said, Text
from dialogs.script import Passed, answered, ask, hear, look_up, perhaps, say_all, tell

WRITE = Told(name="correspondence-write", photos=10, coordinates="left out", example=Story(("…",)))
WHAT = Choice(name="correspondence-what", type=str, example="write")
ANOTHER = Choice(name="correspondence-another", type=YesNo, example=YesNo.NO)

WHICH = Typed(
    name="correspondence-which",
    type=CorrespondenceId,
    example=CorrespondenceId(1),
    parser=lambda text: (
        CorrespondenceId(int(text))
        if text.isascii() and text.isdecimal() and len(text) < 19
        else Unclear("unclear-choice")
    ),
)


async def write() -> WriteToCenter | Redirect:
    """A relative writes; first they read what was answered, and who reads their words when."""
    mine = await look_up(MyCorrespondence())
    if mine.unopened is not None:
        return Redirect(f"answer {mine.unopened}")
    if mine.another:
        ways = (Option(way, Say(f"correspondence-what.{way}")) for way in ("write", "another"))
        if await ask(WHAT.of(*ways)) == "another":
            return Redirect("another")
    await tell("correspondence-goes-on" if mine.waits else "correspondence-begin")
    await say_all(mine.said)
    told = await ask(WRITE)
    return WriteToCenter(told.texts, told.files)


async def another() -> AskAnotherPerson | Redirect:
    """Nobody is asked why: the member may be a neighbour."""
    await tell("correspondence-another-what")
    return AskAnotherPerson() if await ask(ANOTHER) is YesNo.YES else Redirect("write")


async def answer() -> ReadAnswer:
    """Behind the button of the neutral line."""
    return ReadAnswer(await ask(WHICH))


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """What a member typed as their answer."""

    words: str


@dataclass(frozen=True, kw_only=True)
class _Reply(Choice[str | TypedAnswer]):
    """What a member does with it; whoever types, answers."""

    type: Any = str | TypedAnswer
    example: str | TypedAnswer = "close"
    on_page: bool = True

    def read(self, said: Said, so_far: Any, words: Spellings) -> Took[str | TypedAnswer] | Unclear:
        took = super().read(said, so_far, words)
        if not isinstance(took, Unclear) or not isinstance(said, Text):
            return took
        typed = answer_text(said.text)
        return typed if isinstance(typed, Unclear) else Took(TypedAnswer(typed))

    def refused(self, value: str | TypedAnswer) -> Unclear | None:
        return None if isinstance(value, TypedAnswer) else super().refused(value)

    def show(self, value: str | TypedAnswer) -> Say | str:
        return value.words if isinstance(value, TypedAnswer) else super().show(value)


@dataclass(frozen=True, kw_only=True)
class _Sending(Choice[str]):
    """What is sent is what was seen: a press on an earlier screen says that something has come since."""

    def read(self, said: Said, so_far: str | None, words: Spellings) -> Took[str] | Unclear:
        took = super().read(said, so_far, words)
        return Unclear(self.gone) if isinstance(took, Unclear) and isinstance(said, Press) else took


def answer_text(text: str) -> str | Unclear:
    """The words of an answer, unless the word list stops them: a help to people, not a proof."""
    read = parse.free_text(text, LONGEST_ANSWER)
    if isinstance(read, Unclear):
        return read
    stopped = stopped_by(read)
    return Unclear("correspondence-stopped", {"words": ", ".join(stopped)}) if stopped else read


REPLY = _Reply(name=Asked.ANSWER)
STORY = Told(
    name=Asked.ANSWER_STORY, photos=5, most=LONGEST_ANSWER, recordings=True, on_page=True, example=Story(("…",))
)
CANNED = Listing(name=Asked.CANNED, example="read", sort=Sort.CANNED, beginning="canned.")
SEND = _Sending(name=Asked.SEND_ANSWER, type=str, example="send", gone="correspondence-changed", on_page=True)
TO = Choice(name="correspondence-to", type=str, example="2", on_page=True)
NOTE = Typed(
    name="correspondence-note",
    type=str,
    example="—",
    unknown=True,
    blank="correspondence-note.none",
    on_page=True,
    parser=partial(parse.free_text, limit=3000),
)


async def correspondence() -> AnswerFamily | HandOn | CloseCorrespondence | ShowEnclosed | Redirect:
    """What waits; or one of it, which is read and answered."""
    which = WHICH
    if not await answered(WHICH):
        waiting = await look_up(WaitingCorrespondence())
        if not waiting:
            await tell("correspondence-none")
            return Redirect("menu")
        for one in waiting:
            await tell("correspondence-row", name=Private(one.name), waits=waits(one), whose=whose(one))
        names = (
            Option(str(one.id), say("correspondence-which.one", who=named(one.name, str(one.id)))) for one in waiting
        )
        which = WHICH.of(*names)
    opened = await look_up(OpenCorrespondence(await ask(which)))
    await _show(opened)
    passed = await hear(REPLY.about(opened.id).of(*_ways(opened)))
    match passed.value:
        case TypedAnswer(words):
            return await _send(opened, passed, Story((words,)))
        case "story":
            passed = await hear(STORY.about(opened.id))
            return await _send(opened, passed, passed.value)
        case "canned":
            passed = await hear(CANNED.about(opened.id).over(opened.canned))
            return await _send_canned(opened, passed)
        case "enclosed":
            return ShowEnclosed(opened.id)
        case "hand":
            return await _hand_on(opened)
        case "close":
            return CloseCorrespondence(opened.id, opened.seen)
        case way:
            return Redirect(way)


async def _show(opened: OpenedCorrespondence) -> None:
    relative = Private(opened.relative) if opened.relative else Say("call-family.no-name")
    number = str(opened.report) if opened.report else "—"
    await tell("correspondence-head", relative=relative, number=number, missing=Private(opened.missing))
    if opened.phone:
        await tell("correspondence-phone", phone=Private(opened.phone))
    if opened.holder:
        await tell("correspondence-holder", name=Private(opened.holder, keeps=True), mine=str(opened.mine).lower())
    if opened.another:
        await tell("correspondence-asked-another")
    if opened.by_voice:
        await tell("correspondence-by-voice")
    elif opened.unverified:
        await tell("correspondence-unverified")
    if opened.earlier:
        await tell("correspondence-earlier", count=opened.earlier)
    await say_all(line(one) for one in opened.lines)
    if opened.closed:
        await tell("correspondence-is-closed")


def _ways(opened: OpenedCorrespondence) -> tuple[Option, ...]:
    names = ["story", *(["canned"] if opened.canned and not opened.by_voice else [])]
    names += [*(["enclosed"] if opened.files else []), *(["hand"] if opened.colleagues else [])]
    options = [Option(name, Say(f"correspondence-answer.{name}")) for name in names]
    if opened.report is not None:
        options.append(Option(f"call {opened.report}", Say("correspondence-answer.call")))
    if not opened.closed:
        closes = "close-unanswered" if opened.waits_since is not None else "close"
        options.append(Option("close", Say(f"correspondence-answer.{closes}")))
    return (*options, Option("menu", Say("correspondence-answer.menu")))


async def _send(opened: OpenedCorrespondence, passed: Passed, story: Story) -> AnswerFamily | Redirect:
    """What was typed, and by a press it goes."""
    await _since(opened, passed)
    await tell("correspondence-to-send", text=Private(str(story)), files=len(story.files))
    if not await _sure(opened):
        return Redirect(f"correspondence {opened.id}")
    return AnswerFamily(opened.id, story.texts, opened.seen, story.files)


async def _send_canned(opened: OpenedCorrespondence, passed: Passed) -> AnswerFamily | Redirect:
    """The text as it is read today; the relative reads it in their own language."""
    await _since(opened, passed)
    await tell("correspondence-to-send", text=Say(f"canned-text-{passed.value}"), files=0)
    if not await _sure(opened):
        return Redirect(f"correspondence {opened.id}")
    return AnswerFamily(opened.id, (), opened.seen, canned=passed.value)


async def _since(opened: OpenedCorrespondence, passed: Passed) -> None:
    """What came since it was typed is shown first."""
    since = [one for one in opened.lines if one.at > passed.answer.at]
    if since:
        await tell("correspondence-since")
        await say_all(line(one) for one in since)


async def _sure(opened: OpenedCorrespondence) -> bool:
    """Is it sent, by whoever has seen all that was written?"""
    label = "not-search" if opened.by_voice else "send"
    ways = (
        Option(f"send-{opened.seen}", Say(f"correspondence-send.{label}")),
        Option("anew", Say("correspondence-send.anew")),
    )
    return await ask(SEND.about(opened.id).of(*ways)) != "anew"


async def _hand_on(opened: OpenedCorrespondence) -> HandOn:
    members = (
        Option(str(id), say("correspondence-to.one", name=named(name, str(id)), role=Say(f"role.{role}")))
        for id, name, role in opened.colleagues
    )
    to: str = await ask(TO.about(opened.id).of(*members))
    note = await perhaps(NOTE.about(opened.id))
    return HandOn(opened.id, StaffId(int(to)), note or "")
