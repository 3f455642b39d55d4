"""What could not be handled is heard again once the program is mended: in its order, at most once, and kindly."""

from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from sqlalchemy import text, update

from bot import quarantine as command
from bot.app import invitation
from casework.actor import Channel, Role
from casework.audit import BY_SHELL, Filter
from dialogs.conversation import Scripts
from dialogs.questions import Answer
from dialogs.retired import ANY, Retired
from dialogs.said import Text
from dialogs.scripts import SCRIPTS
from handlers.desk import Desk, Replayed
from handlers.incoming import Content, Sent, SentFile
from storage.quarantine import quarantine
from tests.visiting import Guest, House

CHANNELS = pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])
AT = datetime(2026, 11, 24, tzinfo=UTC)
MET = ("/register", "1", "Петренко Іван Миколайович", "12.03.1990")


def _breaks(*anything: object) -> None:
    raise RuntimeError("Петренко Іван")


async def _poisoned(guest: Guest, content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message meets a fault of ours, which is mended afterwards."""
    with monkeypatch.context() as planted:
        planted.setattr("handlers.desk.drive", _breaks)
        assert (await guest.sends(content)).quarantined
    assert guest.hears("desk-not-handled")


async def _waiting(house: House) -> list[int]:
    async with house.database.work(house.clock()) as work:
        return [one.id for one in await work.quarantine.all() if one.replayable and one.replayed_at is None]


async def _replays(house: House, id: int) -> str:
    """The command, and what it printed."""
    said = StringIO()
    await command.replay(id, house.database, house.clock, said)
    house.clock.pass_by(seconds=10)  # Viber waits whether more comes
    await house.deliver()
    return said.getvalue()


async def _state(guest: Guest) -> tuple[Any, ...]:
    """Where a conversation stands: script, answers without their moments, the question asked."""
    async with guest.house.database.work(guest.house.clock()) as work:
        entered = await work.people.enter(guest.channel, guest.address, guest.language)
        files = await work.connection.scalar(
            text("SELECT count(*) FROM files WHERE person_id = :id"), {"id": entered.person.id}
        )
    answers: dict[str, Answer] = {name: replace(answer, at=AT) for name, answer in entered.talk.active.answers.items()}
    return entered.talk.active.script, answers, entered.talk.asked, files


@CHANNELS
@pytest.mark.parametrize("poisoned", range(len(MET)))
async def test_once_mended_it_is_as_if_it_had_been_heard_at_once(
    house: House, channel: Channel, poisoned: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    mother, wife = house.guest(channel), house.guest(channel)
    for guest in (mother, wife):
        await guest.consents()
    for place, typed in enumerate(MET):
        await wife.says(typed)
        if place == poisoned:
            await _poisoned(mother, Text(typed), monkeypatch)
            (id,) = await _waiting(house)
            assert "heard" in await _replays(house, id)
            assert mother.hears("desk-heard-after-all")
        else:
            await mother.says(typed)
    assert await _state(mother) == await _state(wife)
    assert await _waiting(house) == []


@CHANNELS
async def test_a_second_replay_does_nothing_more(
    house: House, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    mother = house.guest(channel)
    await mother.consents()
    for typed in MET[:2]:
        await mother.says(typed)
    await _poisoned(mother, Text(MET[2]), monkeypatch)
    (id,) = await _waiting(house)
    await _replays(house, id)
    before, heard = await _state(mother), len(mother.inbox)
    assert "nothing more is done" in await _replays(house, id)
    assert await Desk(house.database.work, house.desk.words, SCRIPTS, house.clock).replay(id) is Replayed.NOT
    assert (await _state(mother), len(mother.inbox)) == (before, heard)


async def test_several_of_one_person_are_heard_in_their_order(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    mother, wife = house.guest(), house.guest()
    for guest in (mother, wife):
        number = await guest.registers()
        await guest.says(f"/details {number}")
        for _ in range(2):
            await guest.presses("Ще")
            await guest.presses("Пізніше")
        for _ in range(2):
            await guest.says("не знаю")
        assert guest.asked("circumstances")
    for n in range(3):
        await wife.says(f"рядок {n}")
        await _poisoned(mother, Text(f"рядок {n}"), monkeypatch)
        house.clock.pass_by(seconds=1)
    waiting = await _waiting(house)
    assert len((await _replays(house, waiting[-1])).splitlines()) == 3, "those before it come first"
    stories = []
    for guest in (mother, wife):
        _, answers, _, _ = await _state(guest)
        stories.append([answer.value["texts"] for name, answer in answers.items() if name.startswith("circumstances")])
    assert stories[0] == stories[1] == [["рядок 0", "рядок 1", "рядок 2"]]


async def test_a_file_of_the_page_is_kept_with_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page brings bytes, which no text holds: they come through as they were."""
    mother = house.guest(Channel.WEB)
    number = await mother.registers()
    await mother.says(f"/papers {number}")
    photo = b"\xff\xd8\xff\x00\xfe"
    await _poisoned(mother, Sent((SentFile("image/jpeg", content=photo),)), monkeypatch)
    (id,) = await _waiting(house)
    assert "heard" in await _replays(house, id)
    async with house.database.work(house.clock()) as work:
        (file,) = (await work.connection.scalars(text("SELECT id FROM files"))).all()
        assert await work.files.read(file) == photo


async def test_a_fault_that_is_still_there_leaves_it_waiting(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await _poisoned(mother, Text("1"), monkeypatch)
    (id,) = await _waiting(house)
    with monkeypatch.context() as planted:
        planted.setattr("handlers.desk.drive", _breaks)
        said = await _replays(house, id)
    assert "stopped again by RuntimeError" in said
    assert "Петренко" not in said
    assert await _waiting(house) == [id]
    assert "heard" in await _replays(house, id)


async def test_who_has_gone_on_is_not_answered_for_the_wrong_question(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    mother = house.guest()
    await mother.consents()
    for typed in MET[:2]:
        await mother.says(typed)
    await _poisoned(mother, Text(MET[2]), monkeypatch)
    await mother.says(MET[2])
    before = await _state(mother)
    (id,) = await _waiting(house)
    assert "has gone on to another question" in await _replays(house, id)
    assert await _state(mother) == before
    assert await _waiting(house) == []


async def test_a_question_that_was_renamed_since_is_the_same(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    mother = house.guest()
    await mother.consents()
    for typed in MET[:2]:
        await mother.says(typed)
    await _poisoned(mother, Text(MET[2]), monkeypatch)
    (id,) = await _waiting(house)
    async with house.database.work(house.clock()) as work:
        former = await work.seals.seal(quarantine.c.asked, id, "former-name", holder=await mother.person())
        await work.connection.execute(update(quarantine).where(quarantine.c.id == id).values(asked=former))
        await work.commit()
    renamed = Scripts(SCRIPTS.values(), Retired(questions={(ANY, "former-name"): "missing-name"}))
    desk = Desk(house.database.work, house.desk.words, renamed, house.clock)
    assert await desk.replay(id) is Replayed.HEARD
    await house.deliver()
    assert mother.asked("born")


async def test_a_chat_that_was_left_is_not_entered_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await _poisoned(mother, Text("1"), monkeypatch)
    (id,) = await _waiting(house)
    await mother.says("забудь мене")
    assert "belongs to nobody or to somebody else" in await _replays(house, id)
    assert await _waiting(house) == [id]


async def test_what_was_kept_before_can_be_read_and_says_that_it_cannot_be_replayed(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    person = await mother.person()
    async with house.database.work(house.clock()) as work:
        await work.quarantine.add(Channel.TELEGRAM, "Incoming('Петренко')", "KeyError", person=person, script="menu")
        (kept,) = await work.quarantine.all()
        await work.commit()
    assert "cannot be replayed" in await _replays(house, kept.id)
    listed, shown = StringIO(), StringIO()
    await command.list_all(house.database, house.clock, listed)
    assert "cannot be replayed" in listed.getvalue()
    assert "Петренко" not in listed.getvalue()
    assert await command.show(kept.id, house.database, house.clock, shown) == 0
    assert "Петренко" in shown.getvalue()


async def test_the_shell_stands_in_the_audit(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has a shell is not known: "shell" is whom the auditor sees."""
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await _poisoned(mother, Text("1"), monkeypatch)
    (id,) = await _waiting(house)
    await command.show(id, house.database, house.clock, StringIO())
    await _replays(house, id)
    await house.staff(Role.ADMINISTRATOR, None)
    await invitation(house.database, clock=house.clock, reset=True)
    async with house.database.work(house.clock()) as work:
        entries = [one for one in await work.audit.rows(Filter()) if one.staff == BY_SHELL]
    person = await mother.person()
    assert [one.what for one in entries] == ["quarantine-opened", "quarantine-replayed", "staff-reset"]
    assert [one.person for one in entries[:2]] == [person, person]
    auditor = await house.staff(Role.AUDITOR, None)
    await auditor.says("/audit")
    await auditor.presses("Усе")
    assert auditor.sees("shell")
