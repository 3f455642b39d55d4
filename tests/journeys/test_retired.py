"""Somebody comes back to what the release before had another name for, or to what is no more; nobody is locked out."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
import structlog.testing
from sqlalchemy import select, text

from casework.actor import Channel, Role
from casework.letters import Button, Letter, LetterKind, Purpose, Say, Screen
from casework.staff import access
from handlers.incoming import ButtonPress
from storage.outbox import letters
from tests.journeys.yesterday import FORGOTTEN, LINES, TODAY, YESTERDAY, install, words_of_yesterday
from tests.visiting import MORNING, WORDS, Guest, House, open_house

CHANNELS = pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.WEB])
STORY = "Він востаннє дзвонив у березні, з Донеччини."


@pytest.fixture
async def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """Yesterday's release."""
    monkeypatch.setattr(access, "LINES", LINES)
    async with open_house(database_url, MORNING) as house:
        install(house, YESTERDAY, words_of_yesterday(tmp_path))
        yield house


async def mother_of(house: House, channel: Channel) -> Guest:
    mother = house.guest(channel)
    await mother.consents()
    return mother


async def kept_lines(house: House, guest: Guest) -> Sequence[str]:
    person = await guest.person()
    async with house.database.work(house.clock()) as work:
        return [line.words for line in await work.inbox.waiting(person)]


async def calls_of(house: House, guest: Guest) -> Sequence[str]:
    person = await guest.person()
    async with house.database.work(house.clock()) as work:
        return [str(task.note) for task in await work.calls.open_of(person, None)]


@CHANNELS
async def test_a_renamed_conversation_goes_on_with_its_answers(house: House, channel: Channel) -> None:
    mother = await mother_of(house, channel)
    await mother.says("/chat")
    await mother.presses("Early")
    install(house, TODAY)
    await mother.says("Хочу спитати про сина.")
    assert not mother.asked("call-when"), "it was answered before"
    await mother.presses("Номера немає")
    (note,) = await calls_of(house, mother)
    assert "Хочу спитати про сина." in note


@CHANNELS
async def test_a_button_of_the_question_that_was_asked_then_answers_it(house: House, channel: Channel) -> None:
    """Its choice has another name now, as its question and its script have."""
    mother = await mother_of(house, channel)
    await mother.says("/chat")
    install(house, TODAY)
    await mother.presses("Whenever")
    assert mother.asked("call-about")


@CHANNELS
async def test_a_step_that_is_no_more_is_told_and_nothing_is_lost(house: House, channel: Channel) -> None:
    mother = await mother_of(house, channel)
    await mother.says("/plea")
    await mother.says(STORY)
    await mother.sends_photo()
    install(house, TODAY)
    await mother.says("А ще він любить шахи.")
    assert mother.hears("desk-step-gone")
    assert mother.asked("menu")
    assert await kept_lines(house, mother) == [STORY, "А ще він любить шахи."]
    labels = [key.label for key in mother.keys]
    assert "Передати центру написане (2)" in labels
    assert WORDS.say("uk", Say("menu.go-on", {"what": Say("script.sent")})) in labels, "what is the photo for?"
    await mother.says("/menu")
    assert mother.asked("menu")
    assert not mother.hears("desk-step-gone"), "it is told once"
    assert len(await kept_lines(house, mother)) == 2


@CHANNELS
async def test_what_is_said_to_a_question_that_is_no_more_answers_no_other(house: House, channel: Channel) -> None:
    """A press on its button, whose choice is called as one of the menu's; its number."""
    mother = await mother_of(house, channel)
    await mother.says("/plea")
    await mother.says(STORY)
    await mother.presses("Це все")
    install(house, TODAY)
    key = next(key for key in mother.keys if key.label == "Send it now")
    assert key.id.endswith(".register")
    await mother.sends(ButtonPress(key.id))
    assert mother.hears("desk-step-gone")
    assert mother.asked("menu")
    assert not mother.asked("kinship")


@CHANNELS
async def test_a_number_typed_to_a_question_that_is_no_more_chooses_nothing(house: House, channel: Channel) -> None:
    mother = await mother_of(house, channel)
    await mother.says("/plea")
    install(house, TODAY)
    await mother.says("1")
    assert mother.asked("menu")
    assert not mother.asked("kinship")
    assert mother.hears("desk-question-gone", text="1")


@CHANNELS
async def test_a_question_that_now_comes_first_takes_no_answer_of_another(house: House, channel: Channel) -> None:
    mother = await mother_of(house, channel)
    await mother.says("/ring")
    install(house, TODAY)
    await mother.says("2")
    assert mother.asked("call-when")
    assert mother.hears("desk-question-gone", text="2")
    await mother.says("2")
    assert mother.asked("call-about"), "now it is an answer"


@CHANNELS
async def test_parked_drafts_of_both_kinds(house: House, channel: Channel) -> None:
    mother = await mother_of(house, channel)
    await mother.says("/plea")
    await mother.says(STORY)
    await mother.says("/chat")
    await mother.presses("Early")
    await mother.says("/register")
    await mother.says("Мати")
    install(house, TODAY)
    await mother.says("Савчук Лука")
    assert mother.asked("born"), "what is under way goes on"
    assert await kept_lines(house, mother) == [STORY]
    await mother.says("/menu")
    await mother.presses("Продовжити: поговорити")
    assert mother.asked("call-about")


@CHANNELS
async def test_signed_buttons_in_old_chats(house: House, channel: Channel) -> None:
    mother = await mother_of(house, channel)
    rows = ((Button("/chat", Say("nav.human")),), (Button("/plea", Say("nav.why")),))
    await write(house, mother, Screen((Say("menu"),), rows, neutral=True))
    go_on, gone = [key.id for key in mother.keys]
    install(house, TODAY)
    await mother.sends(ButtonPress(go_on))
    assert mother.asked("call-when")
    await mother.sends(ButtonPress(gone))
    assert mother.hears("desk-command-gone")
    assert mother.asked("menu")
    install(house, FORGOTTEN)
    with structlog.testing.capture_logs() as log:
        await mother.sends(ButtonPress(go_on))
    assert mother.hears("desk-command-gone")
    assert [entry["name"] for entry in log if entry["log_level"] == "error"] == ["chat"]


async def write(house: House, guest: Guest, screen: Screen, reads: str | None = None) -> int:
    person = await guest.person()
    async with house.database.work(house.clock()) as work:
        id = await work.send(Letter(person, screen, LetterKind.PUSH, reads=reads, purpose=Purpose.APPOINTMENT))
        await work.commit()
    guest._read = len(guest.inbox)
    if house.desk.scripts is YESTERDAY and reads is None and screen.opens is None:
        await house.deliver()
    return id


@CHANNELS
async def test_links_on_paper_and_typed_commands(house: House, channel: Channel) -> None:
    mother = await mother_of(house, channel)
    install(house, TODAY)
    await mother.opens("chat")
    assert mother.asked("call-when")
    await mother.opens("plea")
    assert mother.hears("desk-link-unknown")
    assert mother.asked("menu")
    await mother.says("/chat")
    assert mother.asked("call-when")
    await mother.says("/plea")
    assert mother.hears("desk-command-gone")
    assert mother.asked("menu")


async def test_a_stranger_comes_by_an_old_link(house: House) -> None:
    install(house, TODAY)
    mother = house.guest()
    await mother.opens("chat")
    assert mother.asked("consent")
    await mother.presses("Погоджуюся")
    assert mother.asked("call-when")


@CHANNELS
async def test_a_letter_that_waited_speaks_of_today(house: House, channel: Channel) -> None:
    mother = await mother_of(house, channel)
    rows = ((Button("/chat", Say("chat-when.early")), Button("/plea", Say("plea-sure.send"))),)
    await write(house, mother, Screen((Say("chat-note"), Say("chat-about")), rows, neutral=True, opens="rumour:1"))
    install(house, TODAY)
    await house.deliver()
    assert mother.hears("menu")
    assert mother.hears("call-about")
    assert mother.hears("push-gone"), "what it named is no more"
    (key,) = mother.keys
    await mother.sends(ButtonPress(key.id))
    assert mother.asked("call-when")


@pytest.mark.parametrize("reads", ["rumour:1", "of-tomorrow:1"])
@CHANNELS
async def test_a_letter_that_names_what_is_no_more_is_told_by_a_human(
    house: House, channel: Channel, reads: str
) -> None:
    """Nobody may read it; and it holds up none behind it."""
    mother = await mother_of(house, channel)
    install(house, TODAY)
    with structlog.testing.capture_logs() as log:
        id = await write(house, mother, Screen((Say("menu"),)), reads)
        await mother.says("/menu")
    assert mother.asked("menu")
    async with house.database.work(house.clock()) as work:
        state = await work.connection.scalar(select(letters.c.state).where(letters.c.id == id))
    assert state == "dropped"
    assert len(await calls_of(house, mother)) == 1
    unknown = {entry["name"] for entry in log if entry["log_level"] == "error"}
    assert unknown == ({"of-tomorrow"} if reads.startswith("of-") else set())


async def test_a_push_that_names_what_is_no_more_can_be_uncovered(house: House) -> None:
    mother = await mother_of(house, Channel.TELEGRAM)
    await write(house, mother, Screen((Say("menu"),), opens="rumour:1"))
    await house.deliver()
    install(house, TODAY)
    await mother.reads_push()
    assert mother.hears("push-gone")


@CHANNELS
async def test_what_nobody_knows_is_logged_and_waits(house: House, channel: Channel) -> None:
    """A row was forgotten: the person gets the menu, and what they had begun comes back with the row."""
    mother = await mother_of(house, channel)
    await mother.says("/chat")
    await mother.presses("Early")
    install(house, FORGOTTEN)
    with structlog.testing.capture_logs() as log:
        await mother.says("Хочу спитати про сина.")
    assert mother.hears("desk-step-gone")
    assert mother.asked("menu")
    assert await kept_lines(house, mother) == ["Хочу спитати про сина."]
    told = [entry for entry in log if entry["log_level"] == "error"]
    assert [entry["name"] for entry in told] == ["chat"]
    assert "Хочу" not in str(log)
    await mother.says("/register")
    await mother.says("Мати")
    assert mother.asked("missing-name"), "nobody is locked out"
    install(house, TODAY)
    await mother.says("/menu")
    await mother.presses("Продовжити: поговорити")
    assert mother.asked("call-about")


async def test_two_persons_become_one_with_what_either_has_begun(house: House) -> None:
    mother, other = await mother_of(house, Channel.TELEGRAM), await mother_of(house, Channel.WEB)
    for said in ("/plea", STORY, "/enrol", "Мати"):
        await other.says(said)
    install(house, TODAY)
    person, joins = await mother.person(), await other.person()
    async with house.database.work(house.clock()) as work:
        assert await work.links.join(person, joins) is not None
        await work.commit()
    await mother.says("/menu")
    assert await kept_lines(house, mother) == [STORY]
    await mother.presses("Продовжити: повідомити")
    assert mother.asked("missing-name")


async def test_staff_read_again_what_they_wrote(house: House) -> None:
    """Their words are no family's, so no human is asked to call; on a messenger they would be a stranger's."""
    member = await house.staff(Role.OPERATOR)
    await member.says("/plea")
    await member.says(STORY)
    phone = await house.another(member, Channel.TELEGRAM)
    install(house, TODAY)
    await phone.says("/menu")
    assert not phone.sees("Донеччини")
    assert any(STORY in message.text for message in member.inbox)
    assert phone.asked("staff-menu")


async def test_what_stands_in_the_database_says_nothing_of_the_question(house: House) -> None:
    """The name of the question that was asked may hold whom it is about: it is sealed with the answers."""
    mother = await mother_of(house, Channel.TELEGRAM)
    await mother.says("/chat")
    async with house.database.work(house.clock()) as work:
        rows = (await work.connection.execute(text("SELECT people::text FROM people"))).scalars().all()
    assert rows
    assert not any("chat-when" in row for row in rows)
