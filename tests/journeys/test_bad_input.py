"""Bad input gets a clear, kind answer that says what to do now, and nothing that was entered is lost."""

import asyncio
from datetime import timedelta

import pytest

from casework.actor import Channel
from casework.calls import Reason
from casework.letters import Say
from dialogs.said import SharedPhone, Text
from handlers.incoming import ButtonPress, Incoming, Opened, Sent, SentFile
from tests.visiting import MORNING, WORDS, Guest, House


async def _at_name(house: House) -> Guest:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.presses("Мати")
    return mother


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("🙏🙏", "Напишіть"),
        ("А", "Однієї літери замало"),
        ("Іван 12.03", "є цифри"),
        ("ж" * 500, "задовго"),
    ],
)
async def test_what_is_no_name_is_asked_again(house: House, typed: str, answer: str) -> None:
    mother = await _at_name(house)
    await mother.says(typed)
    assert mother.sees(answer)
    assert mother.asked("missing-name")
    await mother.says("Петренко Іван")
    assert mother.asked("born")


async def test_a_birth_date_in_the_future_and_a_loss_before_the_birth(house: House) -> None:
    mother = await _at_name(house)
    await mother.says("Петренко Іван")
    await mother.says("12.03.2090")
    assert mother.sees("ще не настав")
    await mother.says("12.03.1990")
    await mother.says("Петренко Марія")
    await mother.says("0671234567")
    await mother.says("Суми")
    await mother.says("так")
    await mother.presses("Розповісти більше")
    await mother.presses("Чоловік")
    await mother.presses("Ні, цивільна")
    await mother.says("5.03.1989")
    assert mother.hears("unclear-lost-before-born")
    assert mother.asked("lost-on")


async def test_somebody_elses_contact_is_not_taken(house: House) -> None:
    mother = await _at_name(house)
    await mother.says("Петренко Іван")
    await mother.says("не знаю")
    await mother.says("Петренко Марія")
    await mother.sends(SharedPhone("+380671234567", own=False))
    assert mother.hears("unclear-contact-foreign")
    assert mother.asked("phone")


async def test_ten_thousand_characters_are_taken_and_what_still_fits_is_told(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/details {number}")
    for _ in range(2):
        await mother.presses("Ще")
        await mother.presses("Пізніше")
    for _ in range(2):
        await mother.says("не знаю")
    assert mother.asked("circumstances")
    for _ in range(4):
        await mother.says("а" * 10_000)
        assert mother.hears("circumstances.more", files=0)
    await mother.says("а" * 10_001)
    assert mother.hears("unclear-story-long", left=10_000, length=10_001)
    house.clock.pass_by(seconds=5)  # what a messenger has cut in two comes within a second; a person takes longer
    await mother.says("а" * 10_000)
    house.clock.pass_by(seconds=5)
    await mother.says("і далі тиша")
    assert mother.sees("Сюди більше не вміщається")
    await mother.presses("Це все")
    assert mother.asked("captivity")


@pytest.mark.parametrize(
    "where",
    [
        "48.0159, 37.8028",
        "48°00′57″N 37°48′10″E",
        "37U DQ 12345 67890",
        "https://maps.app.goo.gl/Abc123",
        "48,0159 37,8028",
    ],
)
async def test_no_coordinates_of_a_place_are_kept(house: House, where: str) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/details {number}")
    for _ in range(2):
        await mother.presses("Ще")
        await mother.presses("Пізніше")
    await mother.says("не знаю")
    assert mother.asked("lost-where")
    await mother.says(f"біля {where}")
    assert mother.hears("unclear-coordinates")
    await mother.shares_place(48.0159, 37.8028)
    assert mother.hears("unclear-coordinates")
    assert mother.asked("lost-where")
    await mother.says("Покровський напрямок")
    await mother.says(f"Писав, що вони на {where} і йдуть далі.")
    assert mother.hears("coordinates-left-out")
    await mother.says(where)
    assert mother.hears("unclear-coordinates"), "nothing else was said"
    await mother.presses("Це все")
    await mother.presses("Ще")
    await mother.presses("Пропустити решту")
    await mother.presses("Так, зберегти")
    async with house.database.work(house.clock()) as work:
        (report,) = await work.reports.of(await mother.person())
        assert report.account is not None
        assert report.account.circumstances == ("Писав, що вони на […] і йдуть далі.",)
        assert report.account.lost_where == "Покровський напрямок"


async def test_a_press_on_an_old_button_changes_nothing(house: House) -> None:
    mother = await _at_name(house)
    old = next(key.id for m in mother.inbox for row in m.keys for key in row if key.label == "Сестра")
    await mother.says("Петренко Іван")
    await mother.sends(ButtonPress(old))
    assert mother.hears("desk-old-button")
    assert mother.asked("born")


async def test_a_forged_button_changes_nothing(house: House) -> None:
    mother, stranger = house.guest(), house.guest()
    await mother.registers()
    await stranger.consents()
    for id in ("go.AAAAAAAAAAA.erase", "go..erase", "go.", "99.~menu", "x" * 64, "1." + "9" * 60):
        await stranger.sends(ButtonPress(id))
        assert stranger.hears("desk-old-button")


async def test_a_forged_link_changes_nothing(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    for link in ("erase", "keep", "leave", "pause", "correct_12345678", "x" * 64, "settings_erase", "welcome"):
        await mother.opens(link)
        async with house.database.work(house.clock()) as work:
            person = await work.people.get(await mother.person())
        assert person.erase_at is None
        assert person.paused_until is None
        assert mother.keys, "a link always stops at a question"


async def test_two_answers_within_a_millisecond(house: House) -> None:
    """The second was written before its question was shown: it is not the answer, and it is not lost."""
    mother = await _at_name(house)
    at = house.clock()
    both = [
        Incoming(Channel.TELEGRAM, mother.address, f"m{n}", at, Text(text), "uk")
        for n, text in enumerate(("Петренко Іван", "Петренко Олег"))
    ]
    await asyncio.gather(*(house.desk.receive(each) for each in both))
    mother._read = len(mother.inbox)
    await house.deliver()
    assert mother.hears("desk-early", text="Петренко Олег")
    assert mother.asked("born")


async def test_a_name_in_three_quick_messages_is_one_name(house: House) -> None:
    mother = await _at_name(house)
    at = house.clock()
    for n, part in enumerate(("Петренко", "Іван", "Миколайович")):
        await house.desk.receive(Incoming(Channel.TELEGRAM, mother.address, f"part{n}", at, Text(part), "uk"))
    mother._read = len(mother.inbox)
    await house.deliver()
    assert mother.hears("desk-joined", what="Петренко Іван Миколайович")
    assert mother.asked("born")


async def test_the_rest_of_a_name_in_a_second_message(house: House) -> None:
    mother = await _at_name(house)
    await mother.says("Іван")
    assert mother.hears("doubt-name-word", typed="Іван")
    await mother.says("Петренко")
    assert mother.hears("desk-joined", what="Іван Петренко")
    assert mother.asked("born")
    await mother.says("Березень")
    assert not mother.hears("desk-joined", what="Іван Петренко Березень")
    await mother.says("не пам’ятаю")
    assert mother.asked("own-name")
    await mother.says("Петренко Марія")
    await mother.says("Іванівна")
    assert mother.hears("unclear-phone"), "a whole name is not added to"


async def test_the_same_update_five_times_is_one(house: House) -> None:
    mother = await _at_name(house)
    at = house.clock() + timedelta(seconds=1)
    update = Incoming(Channel.TELEGRAM, mother.address, "same", at, Text("Петренко Іван"), "uk")
    receipts = await asyncio.gather(*(house.desk.receive(update) for _ in range(5)))
    assert sorted(receipt.repeat for receipt in receipts) == [False, True, True, True, True]
    before = len(mother.inbox)
    await house.deliver()
    assert len(mother.inbox) == before + 1


async def test_a_flood_is_answered_once_and_asked_to_slow_down(house: House) -> None:
    mother = await _at_name(house)
    before = len(mother.inbox)
    for n in range(100):
        await house.desk.receive(Incoming(mother.channel, mother.address, f"f{n}", house.clock(), Text("/menu"), "uk"))
    mother._read = before
    await house.deliver()
    slower = WORDS.say("uk", Say("desk-too-many"))
    assert len([message for message in mother.inbox[before:] if slower in message.text]) == 1
    assert len(mother.inbox) - before < 70
    while await house.desk.catch_up():
        house.clock.pass_by(seconds=1)
    await house.deliver()
    house.clock.pass_by(minutes=1)
    await mother.says("/menu")
    assert mother.asked("menu")


async def test_what_the_platform_repeats_is_not_the_persons_haste(house: House) -> None:
    mother = await _at_name(house)
    for n in range(20):
        update = Incoming(Channel.TELEGRAM, mother.address, f"r{n}", house.clock(), Text("/menu"), "uk")
        receipts = [await house.desk.receive(update) for _ in range(5)]
        assert [receipt.repeat for receipt in receipts] == [False, True, True, True, True]
    assert not await house.desk.catch_up(), "none was put off"


async def test_files_of_a_day_are_counted_on_a_messenger_too(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/papers {number}")
    for n in range(5):
        house.clock.pass_by(minutes=1)
        photos = tuple(SentFile("image/jpeg", source=f"{n}-{each}") for each in range(10))
        await mother.sends(Sent(photos))
    assert mother.hears("unclear-too-many-files")
    async with house.database.work(house.clock()) as work:
        assert await work.files.counted(await mother.person(), MORNING) == (40, 0)


@pytest.mark.parametrize("form", ["sticker", "poll", "animation", "edited"])
async def test_a_form_that_the_bot_does_not_read(house: House, form: str) -> None:
    mother = await _at_name(house)
    await mother.sends_other(form)
    assert mother.asked("missing-name")
    assert len(mother.news) > len("Як звати людину, про яку повідомляєте?") + 40


async def test_a_correction_of_what_was_answered_tells_the_way(house: House) -> None:
    mother = await _at_name(house)
    await mother.sends_other("edited")
    assert mother.hears("unclear-edited"), "kinship was answered before"
    await mother.presses("Назад")
    await mother.presses("Батько")
    assert mother.asked("missing-name")
    other = house.guest()
    await other.consents()
    await other.sends_other("edited")
    assert other.hears("unclear-edited-alone"), "there is nothing to go back to"


async def test_a_file_of_the_wrong_kind_or_too_large(house: House) -> None:
    mother = await _at_name(house)
    await mother.sends(Sent((SentFile("application/zip", "ref"),)))
    assert mother.asked("missing-name")
    await mother.sends(Sent((SentFile("image/jpeg", "ref", size=30_000_000),)))
    assert mother.asked("missing-name")


async def test_commands_unknown_or_not_ones_own(house: House) -> None:
    mother = await _at_name(house)
    for typed in ("/nonsense", "/welcome", "/"):
        await mother.says(typed)
        assert mother.hears("desk-command-unknown", command=typed)
        assert mother.asked("missing-name")


async def test_russian_and_english_words_are_understood(house: House) -> None:
    guest = house.guest(language="ru")
    await guest.opens()
    assert guest.hears("welcome-never")
    await guest.says("да")
    await guest.says("/register")
    await guest.says("мать")
    assert guest.asked("missing-name")
    await guest.says("назад")
    await guest.says("wife")
    assert guest.asked("missing-name")


async def test_english_is_one_press_away(house: House) -> None:
    guest = house.guest()
    await guest.opens()
    await guest.presses("English")
    guest.language = "en"
    assert guest.hears("welcome-never")
    await guest.presses("I agree")
    assert guest.asked("menu")


async def test_nothing_goes_past_the_consent(house: House) -> None:
    guest = house.guest()
    await guest.opens("register")
    for typed in ("/register", "/reports", "Петренко"):
        await guest.says(typed)
        assert guest.asked("consent")
    await guest.presses("Погоджуюся")
    assert guest.asked("kinship")


async def test_a_bug_of_ours_is_kept_and_answered(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message that cannot be handled goes to quarantine; the next one is handled."""
    mother = await _at_name(house)
    monkeypatch.setattr("dialogs.reading.take", _breaks)
    receipt = await mother.sends(Text("Петренко Іван"))
    assert receipt.quarantined
    assert mother.hears("desk-not-handled")
    monkeypatch.undo()
    await mother.says("Петренко Іван")
    assert mother.asked("born")
    person = await mother.person()
    async with house.database.work(house.clock()) as work:
        (task,) = await work.calls.open_of(person, None)
        assert (task.reason, task.note) == (Reason.UNREADABLE, "Петренко Іван"), "a human reads what was written"
        (kept,) = await work.quarantine.all()
        assert kept.why == "RuntimeError"
        opened = await work.quarantine.open(kept.id)
        assert opened is not None
        assert "Петренко Іван" in opened[0]
        assert opened[1] == person
        await work.erasing.erase(person)
        assert await work.quarantine.all() == [], "it is erased with whoever wrote it"


def _breaks(*anything: object) -> None:
    raise RuntimeError("Петренко Іван")


async def test_start_in_the_middle_changes_nothing(house: House) -> None:
    mother = await _at_name(house)
    await mother.sends(Opened())
    assert mother.asked("missing-name")
