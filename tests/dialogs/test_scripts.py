"""Every script, walked: each ends well, survives storage, has its words, and fits every messenger.

A long script has 10^9 whole paths, so every question, every choice and every step between two questions is taken once
with several kinds of facts; random walks with presses, typed words, nonsense, Back and More come on top.
"""

import types
from collections.abc import Callable, Coroutine, Generator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from casework import rulebook
from casework.account import Account, Body, KnownAs, Registry, Sex, Telling
from casework.actor import Role
from casework.booking.appointments import EXAMPLE as VISIT
from casework.booking.families import FreeSlots, MyVisits
from casework.costs import Tariff, ViberMeter
from casework.files import RefusedFiles
from casework.ids import FileId, OfferId, PersonId, ReportId, StructureId, UpdateId
from casework.kinship import VerifiedReports
from casework.letters import AtTime, OnDay, Say, Screen, say
from casework.numbers import make_number
from casework.offers import InLine, MyWaiting, WaitingHere
from casework.people import Me, Person, Profile
from casework.queries import Query
from casework.registering import MyReport, MyReports
from casework.staff import Acting, ActingRole
from casework.staff.access import commands_of
from casework.updates.inviting import Invitation, Stage
from casework.updates.reading import MyUpdates
from casework.updates.values import LONGEST_UPDATE as LONGEST_TEXT
from casework.updates.writing import BeginUpdate, ToSign, WaitingUpdates
from casework.values import PartialDate, PersonName, Phone
from dialogs.conversation import Conversation, Script
from dialogs.draft import Draft
from dialogs.questions import Answer, Question, Typed
from dialogs.renewing import renewed
from dialogs.retired import RETIRED
from dialogs.routing import Drafts, Redirect
from dialogs.said import Location, NotedFiles, Other, Press, Said, SharedPhone, Text
from dialogs.script import Asking, Finished, Play, Wondering, ask, play, rehearse
from dialogs.scripts import SCRIPTS
from dialogs.showing import show
from dialogs.taking import glide, take
from dialogs.walking import Facts, examples, onward, steps
from dialogs.words import LANGUAGES, Words
from tests.dialogs.golden import Session, stored

WORDS = Words()
TURN = 123_456
"""A turn of six digits: few people will ever have seen more screens."""

TEXT, LABEL, DATA = 4096, 64, 64
"""What the narrowest messenger takes: characters of a text and of a label, bytes of callback data."""

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
_CONVERSATION = TypeAdapter(Conversation)

KNOWN = Profile(PersonName("Петренко Марія Іванівна"), Phone("+380671234567"), "kharkiv")
FIRST = MyReport.example
SECOND = replace(FIRST, id=ReportId(2), number=make_number(7654321))
TOLD = (
    Telling(
        AT,
        Account(
            sex=Sex.MAN,
            military=True,
            unit="А0000",
            lost_on=PartialDate(2025, 3),
            circumstances=("Дзвонив увечері.",),
            files=(FileId(1), FileId(2)),
            share_with=(Body.NIB,),
            known_as=(KnownAs(Registry.NIB, "4711-25"),),
            unknown=("rank", "captivity"),
        ),
    ),
)
OTHER_VISIT = replace(VISIT, number=make_number(7654321), structure=StructureId("psychologist"))
IN_LINE = tuple(
    InLine(
        what, say("waiting-line", place=0, who=say("specialist.lawyer"), where=say("center-lviv"), any="yes", when="")
    )
    for what in ("slot:lviv.lawyer", "slot:call.psychologist")
)
IN_LINE = (
    replace(IN_LINE[0], offer=OfferId(12), told=(say("offer-until", time="11:00", day="—", clock="own"),)),
    IN_LINE[1],
)
VARIANTS: Mapping[str, Mapping[type[Query[Any]], Callable[[Any], Any]]] = {
    "a first visit": {},
    "known, with two reports and a draft": {
        Me: lambda query: Person(PersonId(1), "en", KNOWN, consent="2026-11"),
        MyReports: lambda query: (FIRST, SECOND),
        Drafts: lambda query: ("register", "details", "register"),
        Invitation: lambda query: replace(Invitation.example, stage=Stage.CALL),
        MyReport: lambda query: replace(FIRST, number=query.number, tellings=TOLD),
        RefusedFiles: lambda query: ((FileId(1), "file-not-had"),),
        VerifiedReports: lambda query: (query.number,),
    },
    "one report, paused and leaving": {
        Me: lambda query: Person(PersonId(1), "uk", KNOWN, "2026-11", paused_until=AT, erase_at=AT),
        MyReports: lambda query: (FIRST,),
        MyUpdates: lambda query: (),
        WaitingUpdates: lambda query: (),
        Invitation: lambda query: replace(Invitation.example, stage=Stage.REACHED),
        BeginUpdate: lambda query: replace(BeginUpdate.example, recipients=()),
        ViberMeter: lambda query: None,
    },
    "changed since it was signed": {
        ToSign: lambda query: replace(ToSign.example, id=query.update, current=False),
        WaitingUpdates: lambda query: WaitingUpdates.example[:1],
        Invitation: lambda query: replace(Invitation.example, stage=Stage.SENT),
        BeginUpdate: lambda query: replace(BeginUpdate.example, former=ToSign.example.statement, reason="…"),
        ViberMeter: lambda query: replace(
            ViberMeter.example, tariff=Tariff(Decimal(100), Decimal("0.0145"), Decimal(0))
        ),
    },
    "in line, with an offer, and no time is free": {
        MyVisits: lambda query: (
            VISIT,
            replace(VISIT, number=make_number(7654321), structure=StructureId("psychologist")),
        ),
        MyWaiting: lambda query: IN_LINE,
        FreeSlots: lambda query: (),
        WaitingHere: lambda query: 1,
    },
    "one's own": {ToSign: lambda query: replace(ToSign.example, id=query.update, own=True)},
    **{
        f"staff: {role}": {Acting: lambda query, role=role: ActingRole(role, commands_of(role))}  # type: ignore[misc]
        for role in Role
    },
}


def facts_of(variant: str) -> Facts:
    """Examples, but for what the variant says."""

    def fact(query: Query[Any]) -> Any:
        told = VARIANTS[variant].get(type(query))
        return told(query) if told else examples(query)

    return fact


def ends_well(turn: Finished) -> None:
    """With a command that a rule carries out, or by going to a script that is there, or back."""
    if isinstance(turn.command, Redirect):
        assert turn.command.to.split()[:1] in [[], *([name] for name in SCRIPTS)], turn.command
    else:
        assert type(turn.command) in rulebook.COMMANDS, turn.command
    for what in turn.tells:
        for language in LANGUAGES:
            assert WORDS.say(language, what)


def fits(screen: Screen) -> None:
    for language in LANGUAGES:
        text = "\n\n".join(WORDS.say(language, what) for what in screen.says)
        assert len(text) <= TEXT, text
        for button in (button for row in screen.buttons for button in row):
            label = WORDS.say(language, button.label)
            assert 0 < len(label) <= LABEL, label
            assert len(button.id.encode()) <= DATA, button.id
            assert button.id.isascii(), button.id


def screens(talk: Conversation, asking: Asking, script: Script) -> Screen:
    """The question's screen, in both of its forms, in every language."""
    talk = replace(talk, turn=TURN)
    fits(show(replace(talk, more=True), asking, script, WORDS))
    question = asking.question
    assert WORDS.has(question.message), f"no words for {question.message}"
    plain = show(talk, asking, script, WORDS, left=7)
    fits(plain)
    return plain


def kept(talk: Conversation) -> Conversation:
    """The conversation as it comes back from storage: what lives for one message only is gone."""
    lasting = talk.kept()
    again = _CONVERSATION.validate_json(_CONVERSATION.dump_json(lasting))
    assert again == lasting
    return again


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", SCRIPTS)
def test_every_step_of_every_script(name: str, variant: str) -> None:
    script, facts, asked = SCRIPTS[name], facts_of(variant), set[str]()
    for step in steps(script.play, facts):
        talk = kept(Conversation(active=Draft(name, dict(step.answers))))
        again = onward(script.play, talk.active.answers, facts)
        if isinstance(step.to, Finished):
            assert isinstance(again, Finished)
            assert again.command == step.to.command
            ends_well(step.to)
            continue
        assert isinstance(again, Asking)
        assert again.question.name == step.to.question.name
        screens(talk, step.to, script)
        if step.to.question.name not in asked:
            asked.add(step.to.question.name)
            known = {query: facts(query) for query in looked_up(script.play, step.answers, facts)}
            assert rehearse(script.play, step.answers, known) is not None


def looked_up(script: Play, answers: Mapping[str, Answer], facts: Facts) -> list[Query[Any]]:
    known: dict[Query[Any], Any] = {}
    while isinstance(turn := play(script, answers, known), Wondering):
        known[turn.query] = facts(turn.query)
    return list(known)


NONSENSE = ("🙏", "?", "1", "2", "99", "так", "ні", "не знаю", "назад", "ще", "12.03.1990", "ж" * 5000, "A3C4-K7MX")


@st.composite
def _said(draw: st.DrawFn, screen: Screen, question: Question[Any]) -> Said:
    """What a person may do on a screen: press, type the button's words, answer, or something else entirely."""
    buttons = [button for row in screen.buttons for button in row]
    pressing = [Press(button.id.partition(".")[2]) for button in buttons]
    typing = [Text(WORDS.say("uk", button.label)) for button in buttons]
    answering = [
        Text(str(question.example)),
        NotedFiles((FileId(1),), "підпис"),
        SharedPhone("+380671234567", own=True),
    ]
    other = [Location(49.99, 36.23), Other("sticker"), Press("gone"), SharedPhone("+380671234567", own=False)]
    kinds: list[list[Any]] = [
        *(pressing, typing) * bool(buttons),
        answering,
        other,
        [Text(words) for words in NONSENSE],
    ]
    said: Said = draw(st.sampled_from(draw(st.sampled_from(kinds))))
    return said


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(sorted(SCRIPTS)), st.sampled_from(sorted(VARIANTS)))
def test_random_walks(data: st.DataObject, name: str, variant: str) -> None:
    facts, talk = facts_of(variant), Conversation(active=Draft(name))
    for _ in range(25):
        turn = onward(SCRIPTS[talk.active.script].play, talk.active.answers, facts)
        if isinstance(turn, Finished):
            ends_well(turn)
            return
        if (further := glide(talk, turn, AT)) is not None:
            talk = replace(further, skipping=True)
            continue
        script = SCRIPTS[talk.active.script]
        screen = screens(talk, turn, script)
        talk = kept(talk)
        said = data.draw(_said(screen, turn.question))
        talk = take(talk, turn, said, AT, SCRIPTS, WORDS)


SINCE = {
    # Who had answered nothing yet is also asked what it is about, and where the case stands; who had, goes on without.
    "update-1": "update-level:1234-5671:stages",
    "audit-1": "audit-next",  # the record comes in pages
    # Reports were filed unseen, a greeting as a name: now the family sees first what was understood.
    "register-6": "register-review",
    "move-2": "move-sure:12345671.1795593600",  # old and new time are shown before a visit is moved
}
"""Stored sessions that meet a question which their release did not ask, and its name."""


ENDS_SINCE = {
    # Who had answered nothing yet is also asked what it is about, and where the case stands; who had, goes on without.
    "update-1": "update-level:1234-5671:stages",
    # A new number takes two now; what waited for a second person is read and signed among all that does.
    "center-3": "NewPhone",
    "join-3": "KeepApart",
    "line-2": "NewNumber",
    "phone-0": "Redirect",
    "phone-1": "Redirect",
}
"""Stored sessions that end with another command than their release's."""


def _expected(session: Session) -> tuple[str | None, str | None]:
    if session.name in SINCE:
        return SINCE[session.name], None
    if session.name in ENDS_SINCE:
        return None, ENDS_SINCE[session.name]
    return session.asks and RETIRED.question(session.asks, _today(session).script), session.ends


def _today(session: Session) -> Draft:
    """The session as a turn of this release begins with it."""
    return renewed(Conversation(active=Draft(session.script, session.answers)), SCRIPTS, WORDS).talk.active


def test_every_script_has_a_stored_session() -> None:
    """`python -m tests.dialogs.golden SCRIPT ANSWERS` writes one."""
    assert set(SCRIPTS) <= {session.script for session in stored()}


@pytest.mark.parametrize("session", stored(), ids=lambda session: session.name)
def test_stored_sessions_go_on(session: Session) -> None:
    draft = _today(session)
    turn = onward(SCRIPTS[draft.script].play, draft.answers, session.fact)
    came = (turn.question.name, None) if isinstance(turn, Asking) else (None, type(turn.command).__name__)
    assert came == _expected(session)
    assert not (isinstance(turn, Asking) and turn.stale), "an answer that was taken then is refused now"


INSERTED = Typed(name="inserted", type=str, example="…", parser=lambda text: text)


@dataclass(frozen=True)
class _Inserted:
    """A script with one more question, before its `place`-th."""

    script: Play
    place: int
    __name__: str = "inserted"

    def __call__(self) -> Coroutine[Any, Any, Any]:
        return self._walk()

    async def _walk(self) -> Any:
        return await _between(self.script(), self.place)


@types.coroutine
def _between(walk: Coroutine[Any, Any, Any], place: int) -> Generator[Any, Any, Any]:
    reply, count = None, 0
    try:
        while True:
            request = walk.send(reply)
            if hasattr(request, "question"):
                if count == place:
                    yield from ask(INSERTED).__await__()
                count += 1
            reply = yield request
    except StopIteration as end:
        return end.value
    finally:
        walk.close()


@pytest.mark.parametrize("session", stored(), ids=lambda session: session.name)
def test_a_question_inserted_anywhere_breaks_no_session(session: Session) -> None:
    """By name all go on: either the new question is asked, and then what was asked before; or it comes later."""
    draft = _today(session)
    script = SCRIPTS[draft.script].play
    for place in range(len(draft.answers) + 1):
        answers = dict(draft.answers)
        turn = onward(_Inserted(script, place), answers, session.fact)
        if isinstance(turn, Asking) and turn.question.name == "inserted":
            answers["inserted"] = turn.question.rehearsed()
            turn = onward(_Inserted(script, place), answers, session.fact)
        came = (turn.question.name, None) if isinstance(turn, Asking) else (None, type(turn.command).__name__)
        assert came == _expected(session), place


def test_an_update_of_full_length_fits_one_message() -> None:
    """With everything that stands around it, in the longer language."""
    around = [
        say("update-head", number="1234-5671", at=AtTime(AT)),
        say("update-means-icrc"),
        say("update-only-in-ukrainian"),
        say("update-told", text="ж" * LONGEST_TEXT),
        say(
            "update-from",
            body=Say("update-source.commissioner-missing"),
            manner=Say("update-manner.conversation"),
            on=OnDay(AT.date()),
        ),
        say("update-code", code="A3C4-K7MX"),
        say("check-ours", at=AtTime(AT)),
    ]
    for language in LANGUAGES:
        assert len("\n\n".join(WORDS.say(language, what) for what in around)) <= TEXT
    assert len(f"go.{'x' * 11}.read {UpdateId(10**15)}") <= DATA
