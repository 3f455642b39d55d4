"""Photos and papers that nothing asked for: kept, and then it is asked what they are for."""

from dataclasses import replace
from datetime import datetime

from casework.account import Account
from casework.correspondence.own_words import PassFiles
from casework.details import TellMore
from casework.files import DropFiles, RefusedFiles
from casework.ids import FileId
from casework.kinship import SendPapers
from casework.letters import Say
from casework.registering import MyReports
from dialogs import answers as parse
from dialogs.conversation import Conversation, Scripts
from dialogs.draft import Draft
from dialogs.questions import Choice, Option, Spellings, Story, Told, Took
from dialogs.renewing import files_of
from dialogs.reports import which_report
from dialogs.said import NotedFiles, Text
from dialogs.script import Asking, ask, look_up, tell
from dialogs.taking import take

SENT = Told(name="sent", photos=40, coordinates="left out", example=Story(("…",)))
FOR = Choice(name="sent-for", type=str, example="other")


async def sent() -> SendPapers | TellMore | PassFiles | DropFiles:
    """What was sent is an answer already; where it still has to be, after the consent, it is asked for."""
    refused = await look_up(RefusedFiles())
    told = await ask(replace(SENT, refused_files=dict(refused)))
    reports = await look_up(MyReports())
    if told.files:
        await tell("sent-kept" if reports else "sent-kept-alone", what=told.counted("file"))
    chosen = await ask(FOR.of(*(Option(name, Say(f"sent-for.{name}")) for name in _uses(told, bool(reports)))))
    match chosen:
        case "papers":
            return SendPapers(await which_report(), told.files, told.texts)
        case "photo":
            return TellMore(await which_report(), Account(photo=told.files, circumstances=told.texts))
        case "drop":
            return DropFiles(told.files)
        case _:
            return PassFiles(told.files, told.texts)


def _uses(told: Story, registered: bool) -> tuple[str, ...]:
    return (*(("photo", "papers") if told.files and registered else ()), "other", "drop")


def held(talk: Conversation) -> frozenset[FileId]:
    """The files of answers that are not sent yet, also of those that can still be left as they were."""
    drafts = (talk.active, *talk.parked, *talk.aside)
    before = (replace(draft, answers=draft.former) for draft in drafts if draft.former)
    return frozenset(files_of((*drafts, *before)))


def awaited(talk: Conversation) -> Conversation:
    """A file came before the consent: it is asked for afterwards."""
    if any(draft.script == "sent" for draft in talk.parked):
        return talk
    return replace(talk, parked=(*talk.parked, Draft("sent")))


def apart(talk: Conversation, files: tuple[FileId, ...], at: datetime) -> Conversation:
    """With files parked that were sent to a step which is no more: the menu offers to say what they are for."""
    before = next((draft for draft in talk.parked if draft.script == "sent"), Draft("sent"))
    rest = tuple(draft for draft in talk.parked if draft is not before)
    return replace(talk, parked=(*rest, replace(_with(before, NotedFiles(files), at), id=None)))


def set_aside(
    talk: Conversation, asking: Asking, said: NotedFiles, at: datetime, scripts: Scripts, words: Spellings
) -> Conversation:
    """Keep files for which the question asked has no use, and ask what they are for; then it is gone on with the
    question. Words beside them may be its answer; otherwise they stay with the files."""
    if talk.active.script == "sent":
        return replace(talk, active=_with(talk.active, said, at))
    caption = said.caption
    if caption:
        taken = take(talk, asking, Text(caption, at), at, scripts, words)
        talk, caption = (taken, "") if taken.active is not talk.active else (talk, caption)
    begun = talk.begin(scripts["sent"], scripts=scripts)
    return replace(begun, active=_with(begun.active, replace(said, caption=caption), at))


def _with(draft: Draft, said: NotedFiles, at: datetime) -> Draft:
    """The draft with files more, as an answer that the person was never asked for."""
    before = draft.answers.get(SENT.name)
    story = SENT.recall(before) if before is not None else None
    story = story if isinstance(story, Story) else Story()
    texts = (*story.texts, *((said.caption,) if said.caption else ()))
    story = Story(tuple(map(parse.without_coordinates, texts)), (*story.files, *said.files))
    return replace(draft, answers={SENT.name: replace(SENT.remember(Took(story), "", at), ours=True)})
