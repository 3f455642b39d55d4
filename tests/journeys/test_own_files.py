"""A voice, a photo, a paper at any moment: kept, and brought to a human or to where it belongs."""

import pytest
from sqlalchemy import select

from casework import rulebook
from casework.actor import Actor, Channel, Role, Staff
from casework.files import FileState
from casework.letters import Say
from handlers.channel import Rejected
from handlers.errands import Errands
from handlers.incoming import Sent, SentFile
from storage.files import chunks
from tests.handlers.test_errands import Shelf, _photo
from tests.journeys.booking import booked, lawyer
from tests.journeys.sending import CHANNELS, VOICE, counted, file_ids, lines_of, speaks, written
from tests.visiting import WORDS, House, with_code


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_voice_at_any_question_is_kept_and_a_person_will_listen(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    await mother.registers()
    await mother.says("/register")
    await mother.presses("Мати")
    await speaks(mother)
    assert mother.hears("voice-kept")
    assert mother.asked("missing-name"), "the question stays"
    await speaks(mother, b"\0\0\0\x18ftypmp42", "video/mp4")
    lines = await lines_of(house, mother)
    async with house.database.work(house.clock()) as work:
        assert [await work.files.read(line.file) for line in lines if line.file] == [VOICE, b"\0\0\0\x18ftypmp42"]
        sealed = (await work.connection.scalars(select(chunks.c.content))).all()
    assert all(VOICE not in blob for blob in sealed)


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])
@pytest.mark.parametrize("left", [False, True], ids=["in the report", "from the menu"])
async def test_a_number_that_was_just_typed_is_known_before_it_is_sent(
    house: House, channel: Channel, left: bool
) -> None:
    """In the middle of a report, or with the report put aside; what is kept in words goes by the same."""
    mother = house.guest(channel)
    await mother.consents()
    await mother.says("/register")
    await mother.presses("Мати")
    await mother.says("Петренко Іван Миколайович")
    await mother.says("12.03.1990")
    await mother.says("Петренко Марія")
    await mother.says("067 123 45 67")
    if left:
        await mother.says("/menu")
    await speaks(mother)
    assert mother.hears("voice-kept")
    found = await written(house, mother)
    operator = await house.staff(Role.OPERATOR, found.center)
    await operator.says(f"/correspondence {found.id}")
    assert operator.sees("+380671234567")
    house.clock.pass_by(hours=2)
    await mother.says("/menu")
    await mother.says("Сусідка каже, що бачила його серед тих, кого показували")
    assert mother.hears("inbox-joined"), "it goes on where she has begun"
    assert not mother.asked("call-back")


async def test_a_voice_at_the_menu_before_any_report(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await speaks(mother)
    assert mother.hears("voice-kept")
    assert await lines_of(house, mother)
    assert mother.asked("menu")


async def test_staff_of_the_center_listen_on_the_page_and_it_is_recorded(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await speaks(mother, caption="Це я, мама Івана")
    found = await written(house, mother)
    here = await house.staff(Role.OPERATOR, found.center)
    elsewhere = "lviv" if found.center != "lviv" else "kharkiv"
    there = await house.staff(Role.OPERATOR, elsewhere)
    await here.says(f"/correspondence {found.id}")
    assert here.sees("Це я, мама Івана")
    await here.presses("Показати файли")
    [heard] = [message for message in here.inbox[-3:] if message.enclosures]
    assert [(file.name, file.type) for file in heard.enclosures] == [("1.ogg", "audio/ogg")]
    assert here.asked("correspondence-answer"), "and it can be answered"
    away = await house.staff(Role.OPERATOR, found.center, channel=Channel.TELEGRAM)
    await away.says(f"/correspondence {found.id}")
    assert not any(message.enclosures for message in away.inbox)
    [id] = await file_ids(house)
    may = []
    async with house.database.work(house.clock()) as work:
        file = await work.files.get(id)
        assert file is not None
        for guest, channel in ((here, Channel.WEB), (there, Channel.WEB), (away, Channel.TELEGRAM)):
            person = await guest.person()
            staff: Staff | None = await with_code(person, work)
            may.append(await rulebook.may_open(Actor(person, "uk", channel, staff), file, work))
    assert may == [True, False, False]


@pytest.mark.parametrize("sent_for", ["nothing", "details", "papers", "other"])
async def test_what_was_sent_for_nothing_yet_only_its_sender_sees(house: House, sent_for: str) -> None:
    """Said under the photo: "for now only you can see it". A guessed number of a file tells staff nothing, neither
    those of the report's center nor those whom the family is to visit."""
    mother = house.guest()
    await lawyer(house)
    await mother.registers()
    await booked(mother)
    await mother.sends_photo()
    if sent_for == "details":
        await mother.presses("Фото для пошуку")
    elif sent_for == "papers":
        await mother.presses("Документ про родинний зв’язок")
    elif sent_for == "other":
        await mother.presses("Інше: передати людині з центру")
    *_, id = await file_ids(house)
    members = [await house.staff(role) for role in (Role.OPERATOR, Role.VERIFIER, Role.HEAD)]
    async with house.database.work(house.clock()) as work:
        file = await work.files.get(id)
        assert file is not None
        may = []
        for guest in (mother, *members):
            person = await guest.person()
            staff: Staff | None = await with_code(person, work)
            may.append(await rulebook.may_open(Actor(person, "uk", Channel.WEB, staff), file, work))
    assert may == [True, *[sent_for != "nothing"] * len(members)]


async def test_a_voice_that_is_none_is_told(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await speaks(mother, None)
    errands = Errands(house.database.work, Channel.TELEGRAM, Shelf({"voice-1": Rejected("gone")}), house.clock)
    assert await errands.fetch_next()
    await house.deliver()
    assert "не дійшов" in mother.last.text


async def test_what_is_too_large_is_told_with_the_limit(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.sends(Sent((SentFile("video/mp4", "v", size=21 * 1024 * 1024),)))
    assert mother.hears("recording-too-large")
    assert not await lines_of(house, mother)


async def test_what_a_question_has_no_room_for_is_asked_about(house: House) -> None:
    mother = house.guest(Channel.WEB)
    number = await mother.registers()
    await mother.says(f"/papers {number}")
    await mother.sends(Sent(tuple(SentFile("image/jpeg", content=bytes([n])) for n in range(12)), "усі довідки"))
    assert mother.hears("unclear-files-enough", most=10)
    assert mother.hears("sent-kept", what=counted(2))
    await mother.presses("Інше")
    assert mother.hears("papers.more", texts=1, files=10), "back at the papers, with those that fit"
    assert len(await lines_of(house, mother)) == 2


async def test_what_staff_send_without_a_question_for_it_is_not_kept(house: House) -> None:
    operator = await house.staff(Role.OPERATOR)
    await operator.opens()
    await speaks(operator)
    await operator.sends_photo()
    assert operator.hears("unclear-text-wanted")
    assert await file_ids(house) == []
    assert not await lines_of(house, operator)


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_photo_at_the_menu_is_asked_about_and_helps_the_search(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    await mother.registers()
    await mother.says("/menu")
    await mother.sends_photo(caption="Це Іван, літо 2024")
    assert mother.hears("sent-kept", what=counted(1))
    assert mother.asked("sent-for")
    await mother.presses("Фото для пошуку")
    assert mother.asked("menu")
    async with house.database.work(house.clock()) as work:
        (report,) = await work.reports.of(await mother.person())
    assert report.account is not None
    assert list(report.account.photo) == await file_ids(house)
    assert report.account.circumstances == ("Це Іван, літо 2024",)


async def test_a_paper_in_the_middle_of_a_question_reaches_the_verifier(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says("/human")
    before = mother.last.text
    await mother.sends(Sent((SentFile("application/pdf", content=b"%PDF"),)))
    await mother.presses("Документ про")
    assert mother.hears("papers-done", number=number, files=1)
    assert mother.last.text.endswith(before.splitlines()[-1]), "back at the question"
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says(f"/kinship {number}")
    assert verifier.sees("Надіслано 1 документ")


async def test_something_else_goes_to_a_human_with_its_words(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says("/menu")
    await mother.sends_photo(caption="Мені показали це за гроші")
    await mother.presses("Інше")
    assert mother.hears("inbox-passed")
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/correspondence {(await written(house, mother)).id}")
    assert operator.sees("Мені показали це за гроші")
    await operator.presses("Показати файли")
    assert any(message.enclosures for message in operator.inbox[-3:])


async def test_settings_looked_at_in_between_lose_no_photo(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.sends_photo()
    await mother.says("/settings")
    await mother.presses("Назад")
    assert mother.asked("sent-for")
    await mother.presses("Надіслано помилково")
    assert await file_ids(house) == []


async def test_what_was_sent_waits_when_its_sender_goes_back(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.sends_photo()
    assert mother.hears("sent-kept-alone", what=counted(1))
    await mother.presses("Назад")
    assert mother.asked("kinship")
    await mother.presses("Мати")
    for words in ("Петренко Іван Миколайович", "12.03.1990", "Петренко Марія", "067 123 45 67", "Харків"):
        await mother.says(words)
    await mother.presses(WORDS.say("uk", Say("register-review.send")))
    await mother.says("/menu")
    await mother.presses("Продовжити: фото й документи, які ви надіслали")
    assert mother.hears("sent-kept", what=counted(1))
    await mother.presses("Фото для пошуку")
    async with house.database.work(house.clock()) as work:
        reports = await work.reports.of(await mother.person())
    assert [report.account is not None and len(report.account.photo) for report in reports] == [1]


async def test_a_second_photo_joins_the_first(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.sends_photo()
    await mother.sends_photo()
    assert mother.hears("sent-kept", what=counted(2))


async def test_what_was_sent_by_mistake_is_erased(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.sends_photo()
    await mother.presses("Надіслано помилково")
    assert mother.hears("sent-dropped", files=1)
    assert await file_ids(house) == []


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("command", ["/papers", "/details"])
async def test_files_that_are_taken_back_before_they_are_sent_are_erased(
    house: House, channel: Channel, command: str
) -> None:
    mother = house.guest(channel)
    number = await mother.registers()
    await mother.says(f"{command} {number}")
    if command == "/details":
        for words in ("чоловік", "ні", "не знаю", "не знаю"):
            await mother.says(words)
        assert mother.asked("circumstances")
    await mother.sends_photo()
    await mother.sends_photo()
    assert len(await file_ids(house)) == 2
    await mother.presses("Не додавати ці файли")
    assert await file_ids(house) == []
    async with house.database.work(house.clock()) as work:
        assert not (await work.connection.scalars(select(chunks.c.id))).all()
    await mother.sends_photo()
    assert len(await file_ids(house)) == 1, "and others can be sent instead"


async def test_files_that_can_still_be_left_as_they_were_are_kept_until_it_is_sent(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/details {number}")
    for words in ("чоловік", "ні", "не знаю", "не знаю"):
        await mother.says(words)
    assert mother.asked("circumstances")
    await mother.sends_photo()
    first = await file_ids(house)
    await mother.presses("Це все")
    await mother.presses("Ще")
    await mother.presses("Пропустити решту")
    for way in ("left as it was", "told anew"):
        await mother.says("ні")
        await mother.presses(WORDS.say("uk", Say("circumstances.label")))
        await mother.presses("Не додавати ці файли")
        assert await file_ids(house) == first, "one press puts them back"
        if way == "left as it was":
            await mother.presses("Залишити як було")
    await mother.says("Вийшов на завдання")
    await mother.presses("Це все")
    await mother.says("так")
    assert mother.hears("details-done", number=number)
    assert await file_ids(house) == []


async def test_a_photo_that_was_told_stays_when_another_is_taken_back(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.sends_photo()
    await mother.presses("Фото для пошуку")
    [told] = await file_ids(house)
    await mother.sends_photo()
    await mother.presses("Надіслано помилково")
    assert await file_ids(house) == [told]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("type", ["image/jpeg", "audio/ogg"])
async def test_before_the_consent_a_file_is_refused_and_asked_for_afterwards(
    house: House, channel: Channel, type: str
) -> None:
    mother = house.guest(channel)
    await mother.opens()
    await mother.sends(Sent((SentFile(type, content=VOICE),), "це мій син"))
    assert mother.hears("file-before-consent")
    assert await file_ids(house) == [], "nothing is kept"
    assert any(key.label == "Погоджуюся" for key in mother.keys)
    await mother.presses("Погоджуюся")
    assert mother.asked("sent")
    await mother.sends_photo()
    assert mother.hears("sent.more", files=1)
    await mother.presses("Це все")
    assert mother.asked("sent-for")


async def test_a_file_that_comes_to_nothing_is_named(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/papers {number}")
    kept, lost = SentFile("", "a", "тато"), SentFile("application/octet-stream", "b", "лист")
    await mother.sends(Sent((kept, lost)))
    shelf = Shelf({"a": _photo(), "b": b"PK\3\4"})
    errands = Errands(house.database.work, Channel.TELEGRAM, shelf, house.clock)
    while await errands.fetch_next():
        pass
    await house.deliver()
    assert "«лист» не додано" in mother.news
    assert "«тато» не додано" not in mother.news
    async with house.database.work(house.clock()) as work:
        states = [file.state for id in await file_ids(house) if (file := await work.files.get(id))]
    assert states == [FileState.HERE, FileState.REFUSED]


async def test_a_recording_sent_as_a_paper_is_told_how_to_send_it(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/papers {number}")
    await mother.sends(Sent((SentFile("", "a", "запис"),)))
    errands = Errands(house.database.work, Channel.TELEGRAM, Shelf({"a": VOICE}), house.clock)
    assert await errands.fetch_next()
    await house.deliver()
    assert WORDS.say("uk", Say("file-recording")) in mother.news
