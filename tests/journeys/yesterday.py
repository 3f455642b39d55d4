"""A release before this one, with scripts, questions and choices that today have other names, or are no more."""

import shutil
from enum import StrEnum
from functools import partial
from pathlib import Path

from casework.calls import AskForCall, Window
from casework.letters import Say
from casework.staff.access import EVERYBODY, FAMILIES, RECEPTION, STAFF, TABLE, AllowedOn, May, by_thing
from dialogs import answers as parse
from dialogs.conversation import Script, Scripts
from dialogs.questions import Choice, Option, Story, Told, Typed
from dialogs.registering import register
from dialogs.retired import ANY, Retired
from dialogs.routing import Redirect
from dialogs.script import ask, perhaps
from dialogs.scripts import SCRIPTS
from dialogs.words import LANGUAGES, LOCALES, Words
from handlers.courier import Courier
from handlers.desk import Desk
from tests.visiting import WORDS, House


class When(StrEnum):
    EARLY = "early"
    WHENEVER = "whenever"


WHEN = Choice(name="chat-when", type=When, example=When.EARLY)
ABOUT = Typed(name="chat-about", type=str, example="—", later=True, parser=partial(parse.free_text, limit=1000))
PLEA = Told(name="plea", example=Story(("…",)))
SURE = Choice(name="plea-sure", type=str, example="send", among=(Option("register", Say("plea-sure.send")),))


async def chat() -> AskForCall:
    """What is `human` today."""
    await ask(WHEN)
    return AskForCall(Window.ANY, await perhaps(ABOUT) or "")


async def ring() -> AskForCall:
    """What is `human` today too: but that asks something else first."""
    return AskForCall(Window.ANY, await ask(ABOUT))


async def plea() -> Redirect:
    """What is no more."""
    await ask(PLEA)
    await ask(SURE)
    return Redirect("menu")


_WORDS = """
chat-when = Who calls?
    .early = Early
    .whenever = Whenever
chat-about = About what?
plea = Your plea?
    .more = Is that all?
plea-sure = Send it?
    .send = Send it now
chat-note = We have called you.
"""

YESTERDAY = Scripts(
    (
        *SCRIPTS.values(),
        Script("chat", chat, keeps_draft=True, linkable=True, about_case=False),
        Script("ring", ring, about_case=False),
        Script("enrol", register, own_key=True, keeps_draft=True),
        Script("plea", plea, keeps_draft=True, linkable=True, about_case=False),
    )
)
LINES = by_thing(
    {
        **TABLE,
        "What there was yesterday": (
            May("/chat /ring /plea", EVERYBODY),
            May("/enrol", FAMILIES),
            May("then:enrol", STAFF, at=AllowedOn.PAGE),
            May("then:enrol", RECEPTION, at=AllowedOn.PAGE, serving=True),
        ),
    }
)
TODAY = Scripts(
    SCRIPTS.values(),
    Retired(
        commands={"chat": "human", "ring": "human", "enrol": "register", "plea": None},
        questions={("human", "chat-when"): "call-when", (ANY, "chat-about"): "call-about"},
        choices={("call-when", "early"): "morning", ("call-when", "whenever"): "any"},
        references={"rumour": None},
        words={"chat-note": "menu"},
    ),
)
FORGOTTEN = SCRIPTS
"""Today, where somebody has forgotten to add the rows."""


def words_of_yesterday(folder: Path) -> Words:
    for language in LANGUAGES:
        shutil.copytree(LOCALES / language, folder / language)
        (folder / language / "yesterday.ftl").write_text(_WORDS, encoding="utf-8")
    return Words(folder)


def install(house: House, scripts: Scripts, words: Words = WORDS) -> None:
    """The house runs another release, over the same data and the same chats."""
    begin = house.database.work
    house.database.scripts = scripts
    house.desk = Desk(begin, words, scripts, house.clock)
    house.couriers.update({channel: Courier(begin, words, box, house.clock) for channel, box in house.boxes.items()})
