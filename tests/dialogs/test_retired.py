"""Whatever is renamed or removed, stored sessions go on: each script, question and choice of all in turn."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from casework import rulebook
from casework.ids import FileId, PersonId
from casework.letters import Button, Private, Say, Screen
from casework.registering import Kinship
from dialogs.conversation import Conversation, Scripts
from dialogs.draft import Draft
from dialogs.questions import Answer, Story, Took
from dialogs.registering import KINSHIP, NAME
from dialogs.renewing import GONE, files_of, renewed, untaken, words_of
from dialogs.retired import ANY, RETIRED, Retired
from dialogs.said import Press
from dialogs.script import Asking, Finished
from dialogs.scripts import SCRIPTS
from dialogs.sent import SENT
from dialogs.walking import onward
from dialogs.words import Words
from tests.dialogs.golden import Session, stored

WORDS = Words()
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
SESSIONS = stored()
LIVING = [
    session
    for session in SESSIONS
    if all(RETIRED.question(name, session.script) == name for name in (*session.answers, session.asks or "menu"))
]
"""Those whose questions are all asked today."""


def with_names(retired: Retired) -> Scripts:
    return Scripts(SCRIPTS.values(), retired)


def messages(answers: Mapping[str, Answer]) -> list[str]:
    return list(dict.fromkeys(name.partition(":")[0] for name in answers))


def under(draft: Draft, message: str, name: str) -> Draft:
    """The draft as a release kept it that called a question so."""
    answers = {
        f"{name}{colon}{about}" if asked == message else f"{asked}{colon}{about}": answer
        for full, answer in draft.answers.items()
        for asked, colon, about in [full.partition(":")]
    }
    return replace(draft, answers=answers)


def chosen(value: Any) -> set[str]:
    """The choices in a stored value: names of ours, and not what somebody wrote."""
    found = {value} if isinstance(value, str) else set(value) if isinstance(value, list) else set()
    return {one for one in found if isinstance(one, str) and one.isascii() and one and " " not in one}


def with_choice(draft: Draft, message: str, choice: str, name: str) -> Draft:
    def put(value: Any) -> Any:
        if isinstance(value, list):
            return [put(one) for one in value]
        return name if value == choice else value

    return replace(
        draft,
        answers={
            asked: replace(answer, value=put(answer.value)) if asked.partition(":")[0] == message else answer
            for asked, answer in draft.answers.items()
        },
    )


def renames(session: Session) -> Iterator[tuple[str, Draft, Retired]]:
    """The session as it would be stored if one of its names had been another, with the row that tells today's."""
    script, draft = session.script, Draft(session.script, session.answers)
    yield script, replace(draft, script="former"), Retired(commands={"former": script})
    for message in messages(session.answers):
        old = under(draft, message, "former")
        yield message, old, Retired(questions={(script, "former"): message})
        yield message, old, Retired(questions={(ANY, "former"): message})
        values = (answer.value for name, answer in session.answers.items() if name.partition(":")[0] == message)
        for choice in {one for value in values for one in chosen(value)}:
            old = with_choice(draft, message, choice, "former")
            yield f"{message}.{choice}", old, Retired(choices={(message, "former"): choice})
            yield f"{message}.{choice}", old, Retired(choices={(ANY, "former"): choice})


def came(turn: Asking | Finished) -> tuple[str, str]:
    return ("asks", turn.question.name) if isinstance(turn, Asking) else ("ends", type(turn.command).__name__)


@pytest.mark.parametrize("session", LIVING, ids=lambda session: session.name)
def test_every_rename_leaves_every_session_as_it_was(session: Session) -> None:
    play = SCRIPTS[session.script].play
    before = onward(play, session.answers, session.fact)
    for name, old, retired in renames(session):
        found = renewed(Conversation(active=old, parked=(old,)), with_names(retired), WORDS)
        assert found.talk.active == found.talk.parked[0], name
        assert found.talk.active.script == session.script, name
        assert (found.over, found.gone, found.unknown) == ((), False, ()), name
        after = onward(play, found.talk.active.answers, session.fact)
        assert came(after) == came(before), name
        assert not (isinstance(after, Asking) and after.stale), name
        if isinstance(after, Finished) and isinstance(before, Finished):
            assert after.command == before.command, name


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_that_is_no_more_leaves_the_menu_and_what_was_told(script: str) -> None:
    scripts = with_names(Retired(commands={"former": None}))
    for session in (session for session in SESSIONS if session.script == script):
        draft = Draft("former", session.answers)
        found = renewed(Conversation(active=draft, asked="anything"), scripts, WORDS)
        assert found.gone
        assert found.talk.active == Draft("menu")
        assert found.talk.asked == GONE, "what is said next answers nothing"
        assert not found.unknown
        told = words_of(found.over)
        for answer in session.answers.values():
            assert isinstance(answer.value, dict) or answer.raw in told or answer.raw == answer.value
        parked = renewed(Conversation(parked=(draft,)), scripts, WORDS)
        assert not parked.gone
        assert parked.talk.parked == ()
        assert words_of(parked.over) == told


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session.name)
def test_a_question_that_is_no_more_gives_its_answer_back(session: Session) -> None:
    draft = Draft(session.script, session.answers, id=7)
    for message in messages(session.answers):
        old, scripts = under(draft, message, "former"), with_names(Retired(questions={(ANY, "former"): None}))
        found = renewed(Conversation(active=old, parked=(old,), asked="former:1"), scripts, WORDS)
        (over, again) = found.over
        assert set(over.answers) == {name for name in old.answers if name.partition(":")[0] == "former"}
        assert not set(over.answers) & set(found.talk.active.answers)
        assert found.talk.parked[0].id is None, "it is kept anew, or it would be given back for ever"
        assert found.talk.asked == GONE
        assert not found.gone
        assert isinstance(
            onward(SCRIPTS[session.script].play, found.talk.active.answers, session.fact), Asking | Finished
        )
        assert again == replace(over, id=7)


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session.name)
def test_what_nobody_knows_waits_until_somebody_does(session: Session) -> None:
    """A newer release beside this one, or a row that was forgotten: nothing of it is touched."""
    draft = Draft("of-tomorrow", session.answers, of=PersonId(3), key=5)
    found = renewed(Conversation(active=draft, parked=(replace(draft, id=7, returns=True),)), SCRIPTS, WORDS)
    assert found.gone
    assert found.talk.active == Draft("menu")
    assert found.talk.parked == ()
    assert found.unknown == ("of-tomorrow",)
    assert not found.over
    assert found.talk.aside == (draft, replace(draft, id=7))
    scripts = with_names(Retired(commands={"of-tomorrow": session.script}))
    again = renewed(Conversation(parked=found.talk.aside), scripts, WORDS)
    assert [parked.answers for parked in again.talk.parked] == [session.answers, session.answers]


def test_an_answer_that_no_script_asks_for_is_named_and_given_back_at_the_end() -> None:
    session = next(session for session in SESSIONS if session.answers)
    (name, first), *_ = session.answers.items()
    answers = {**session.answers, "of-tomorrow:12": replace(first, value="Так і було.", raw="Так і було.")}
    found = renewed(Conversation(active=Draft(session.script, answers)), SCRIPTS, WORDS)
    assert found.unknown == (f"{session.script}.of-tomorrow",)
    assert not found.over
    assert found.talk.active.answers == answers, "a newer release may ask for it"
    assert words_of((untaken(found.talk.active, WORDS),)) == "Так і було."
    assert name not in untaken(found.talk.active, WORDS).answers


def test_files_and_words_of_a_step_that_is_no_more_are_found() -> None:
    photos = SENT.remember(Took(Story(("Це він.",), (FileId(4), FileId(5)))), "Це він.", AT)
    mother = KINSHIP.remember(Took(Kinship.MOTHER), "mother", AT)
    draft = Draft("former", {"photos": photos, "name": NAME.rehearsed(), "kin": mother})
    assert files_of((draft,)) == (4, 5)
    assert words_of((draft,)) == "Це він.", "a rehearsed name was never typed, a choice is no word of theirs"


def test_an_errand_that_is_no_more_goes_back_to_what_it_interrupted() -> None:
    waits = Draft("register", next(s for s in SESSIONS if s.name == "register-3").answers, id=4, returns=True)
    scripts = with_names(Retired(commands={"former": None}))
    found = renewed(Conversation(active=Draft("former"), parked=(waits,)), scripts, WORDS)
    assert found.talk.active == replace(waits, id=None, returns=False)
    assert found.talk.parked == ()


OLD = Retired(
    commands={"reserve": "book", "petition": None, "phone-me": "book call"},
    questions={(ANY, "who"): "kinship", ("register", "called"): "missing-name", (ANY, "motto"): None},
    choices={("kinship", "mum"): "mother", ("kinship", "nanny"): None},
    references={"rumour": None, "news": "update"},
    words={"told-so": "register-begin"},
)


def test_commands_and_references_keep_what_follows_them() -> None:
    assert OLD.command("reserve lviv") == "book lviv"
    assert OLD.command("phone-me") == "book call"
    assert OLD.command("reserved") == "reserved"
    assert OLD.command("petition 17") is None
    assert OLD.reference("news:17") == "update:17"
    assert OLD.reference("visit:17") == "visit:17"
    assert OLD.reference("rumour:17") is None


def test_what_staff_play_in_a_name_is_known_by_its_old_name_too() -> None:
    """Or what they answered for a visitor would go on as theirs, and outlive the visitor's erasure."""
    assert {"book", "reserve", "visitor"} <= with_names(OLD).in_a_name
    assert "petition" not in with_names(OLD).in_a_name


def test_a_press_on_a_button_of_a_former_release() -> None:
    session = next(session for session in SESSIONS if session.name == "register-0")
    asking = onward(SCRIPTS["register"].play, session.answers, session.fact)
    assert isinstance(asking, Asking)
    assert OLD.said(Press("mum"), asking.question, "register") == Press("mother")
    assert OLD.said(Press("nanny"), asking.question, "register") == Press("nanny"), "asked again, with the reason"
    boxes = OLD.said(Press("mum", ("mum", "~more")), asking.question, "register")
    assert boxes == Press("mother", ("mother", "~more"))
    review = next(session for session in SESSIONS if session.asks == "register-review" or session.name == "register-6")
    asking = onward(SCRIPTS["register"].play, review.answers, review.fact)
    assert isinstance(asking, Asking)
    assert OLD.said(Press("called"), asking.question, "register") == Press("missing-name")
    assert OLD.said(Press("send"), asking.question, "register") == Press("send")


def test_a_letter_that_waits_speaks_of_today() -> None:
    """Its words, what its buttons begin, and what it names."""
    screen = Screen(
        (
            Say("told-so"),
            Say("who.hint"),
            Say("desk-goes-on", {"what": Say("script.reserve"), "who": Private("reserve")}),
        ),
        (
            (Button("7.mum", Say("who.mum")), Button("/reserve lviv", Say("menu.book"))),
            (Button("/petition", Say("menu.human")),),
        ),
        opens="news:17",
        question="who:4",
    )
    today = OLD.screen(screen, rulebook.OPENS)
    assert today.says == (
        Say("register-begin"),
        Say("kinship.hint"),
        Say("desk-goes-on", {"what": Say("script.book"), "who": Private("reserve")}),
    )
    assert today.buttons == ((Button("7.mum", Say("kinship.mother")), Button("/book lviv", Say("menu.book"))),)
    assert (today.opens, today.question) == ("update:17", "kinship:4")
    gone = OLD.screen(replace(screen, opens="rumour:1"), rulebook.OPENS)
    assert gone.opens is None
    asks = Screen((Say("motto"), Say("motto.hint")), ((Button("7.yes", Say("motto.yes")),),), question="motto")
    assert OLD.screen(asks, rulebook.OPENS) == Screen((Say("desk-step-gone"),))
    assert Say("push-gone") in gone.says
    assert OLD.screen(replace(screen, opens="of-tomorrow:1"), rulebook.OPENS).opens is None


def test_what_is_not_renamed_is_left_alone() -> None:
    for session in LIVING:
        talk = Conversation(active=Draft(session.script, session.answers), asked=session.asks)
        assert renewed(talk, SCRIPTS, WORDS).talk == talk


def test_old_names_are_never_used_again() -> None:
    """Or a stored name would mean two things. Successors are there: a name that is renamed twice has two rows."""
    for old, name in RETIRED.commands.items():
        assert old not in SCRIPTS
        assert name is None or name.partition(" ")[0] in SCRIPTS, name
    for (script, old), name in RETIRED.questions.items():
        assert script == ANY or script in SCRIPTS, script
        assert not WORDS.has(old) or script != ANY, old
        assert name is None or WORDS.has(name), name
    for (question, _), chosen in RETIRED.choices.items():
        assert question == ANY or WORDS.has(question), question
        assert chosen is None or question == ANY or WORDS.has(f"{question}.{chosen}"), chosen
    for old, name in RETIRED.references.items():
        assert old not in {*rulebook.READS, *rulebook.OPENS}
        assert name is None or name in {*rulebook.READS, *rulebook.OPENS}, name
    for old, name in RETIRED.words.items():
        assert not WORDS.has(old), old
        assert name is None or WORDS.has(name), name


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session.name)
def test_every_name_of_a_stored_session_is_known(session: Session) -> None:
    """By a script of today, or by a row of `RETIRED`."""
    found = renewed(Conversation(active=Draft(session.script, session.answers)), SCRIPTS, WORDS)
    assert not found.unknown
    if found.gone:
        return
    turn = onward(SCRIPTS[found.talk.active.script].play, found.talk.active.answers, session.fact)
    assert {step.question.name for step in turn.passed} >= set(found.talk.active.answers), (
        "an answer that nothing takes"
    )
