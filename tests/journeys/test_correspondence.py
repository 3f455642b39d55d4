"""A relative and the center write to each other: on every channel, in both languages, and nobody else learns of it."""

from datetime import UTC, datetime, timedelta

import pytest

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.audit import Filter
from casework.contact.record import ContactKind
from casework.correspondence.writing import ReadAnswer
from casework.ids import CorrespondenceId
from casework.refusal import Refusal
from handlers.incoming import Sent, SentFile
from storage.retention import SEARCH, retain
from tests.journeys.corresponding import LETTER, REPLY, Scene, set_out
from tests.journeys.sending import VOICE
from tests.visiting import House

CHANNELS = pytest.mark.parametrize(
    ("channel", "language"),
    [(Channel.TELEGRAM, "uk"), (Channel.VIBER, "en"), (Channel.WEB, "uk"), (Channel.TELEGRAM, "en")],
)
EVENING = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
"""A Friday, 21:00 in Kyiv."""


@pytest.fixture
async def scene(house: House) -> Scene:
    return await set_out(house)


@CHANNELS
async def test_words_are_read_and_answered_on_the_page_and_the_family_opens_the_answer(
    house: House, channel: Channel, language: str
) -> None:
    scene = await set_out(house, channel, language)
    mother = scene.mother
    await scene.writes(LETTER, "І ще: чи приходити до вас?")
    assert mother.hears("inbox-passed")
    assert mother.hears("correspondence-unmeasured"), "nothing is measured, so no day is promised"
    await scene.operator.says("/correspondence")
    assert scene.operator.sees("Петренко Марія")
    await scene.opens(scene.operator)
    assert scene.operator.sees(LETTER)
    assert scene.operator.sees("чи приходити до вас")
    async with house.database.work(house.clock()) as work:
        seen = await work.audit.rows(Filter(person=await mother.person()))
    assert "correspondence" in [row.what for row in seen], "who read it is recorded"
    heard = len(mother.inbox)
    await scene.operator.says(REPLY)
    assert len(mother.inbox) == heard, "nothing goes before it is pressed"
    await scene.operator.presses("Надіслати")
    assert mother.last.text == scene.says("correspondence-answered")
    assert REPLY not in mother.last.text, "a lock screen shows no words"
    async with house.database.work(house.clock()) as work:
        assert not await work.contacts.of(await mother.person()), "sent, and unopened, is no contact"
    await mother.presses(scene.says("correspondence-answered.read"))
    assert mother.sees(REPLY)
    assert not mother.sees("Коваль"), "nobody is named who has not agreed"
    async with house.database.work(house.clock()) as work:
        [contact] = await work.contacts.of(await mother.person())
        assert contact.kind is ContactKind.ANSWER
    async with house.database.work(house.clock()) as work:
        await rulebook.carry_out(
            ReadAnswer((await scene.of(mother)).id), Actor(contact.person, language, channel), work
        )
        await work.commit()
    async with house.database.work(house.clock()) as work:
        assert len(await work.contacts.of(await mother.person())) == 1, "and counts once"


async def test_while_it_is_open_words_that_answer_nothing_go_into_it(scene: Scene) -> None:
    await scene.writes()
    await scene.answers()
    await scene.mother.says("/register")
    await scene.mother.says("Завтра туди поїду, як ви радите")
    assert scene.mother.hears("inbox-goes-on")
    assert scene.mother.asked("kinship"), "the question stays"
    await scene.mother.says("А з собою що взяти")
    assert scene.mother.hears("inbox-joined")
    await scene.opens(scene.operator)
    assert scene.operator.sees("Завтра туди поїду")
    await scene.operator.presses("Відповіли голосом або відповідь не потрібна, закрити")
    await scene.mother.says("Ще одне хочу розказати про сина")
    assert scene.mother.hears("inbox-kept"), "it is closed: now it is asked again"
    await scene.mother.presses("Передати центру")
    assert scene.mother.hears("inbox-passed")
    assert (await scene.of(scene.mother)).closed_at is None


async def test_no_other_relative_learns_that_there_is_one(scene: Scene) -> None:
    wife = scene.house.guest()
    await wife.registers(own_name="Петренко Оксана")
    await scene.writes()
    await scene.answers()
    id = (await scene.of(scene.mother)).id
    await wife.says("/write")
    assert wife.hears("correspondence-begin")
    person = await wife.person()
    async with scene.house.database.work(scene.house.clock()) as work:
        for known in (id, CorrespondenceId(17)):
            with pytest.raises(Refusal, match="correspondence-no-answer"):
                await rulebook.carry_out(ReadAnswer(known), Actor(person, "uk", Channel.TELEGRAM), work)
            assert not await rulebook.may_read(person, f"correspondence:{known}", work)


async def test_bad_news_stops_an_answer_and_what_was_typed_is_said(scene: Scene) -> None:
    await scene.writes()
    await scene.opens(scene.operator)
    heard = len(scene.mother.inbox)
    await scene.operator.says("На жаль, ваш син загинув")
    assert scene.operator.hears("correspondence-stopped", words="загинув")
    assert scene.operator.asked("correspondence-answer")
    await scene.operator.presses("Відповісти з файлом")
    await scene.operator.says("На жаль, ваш син загинув")
    await scene.operator.presses("Це все")
    await scene.operator.presses("Надіслати")
    assert scene.operator.sees("Текст зупинив перелік слів")
    assert len(scene.mother.inbox) == heard


async def test_outside_hours_it_says_that_nobody_reads_it_and_who_answers_now(scene: Scene) -> None:
    scene.house.clock.go_to(EVENING)
    await scene.writes()
    assert scene.mother.sees("до понеділка, 30 листопада")
    assert scene.mother.sees("7333")
    assert scene.mother.sees("103")
    assert (await scene.of(scene.mother)).due == datetime(2026, 11, 30, 15, 0, tzinfo=UTC), "after a working day"


async def test_despair_goes_on_being_answered_first(scene: Scene) -> None:
    await scene.writes()
    await scene.answers()
    await scene.mother.says("Мені дуже погано, не хочу більше жити")
    assert scene.mother.sees("7333")
    assert scene.mother.hears("despair-raised")
    await scene.opens(scene.operator)
    assert scene.operator.sees("не хочу більше жити"), "whoever answers the family sees it too"
    await scene.mother.says("/write")
    await scene.mother.says("/write")
    await scene.mother.presses("Написати")
    await scene.mother.says("Не хочу більше жити без нього")
    assert scene.mother.sees("7333")


@CHANNELS
async def test_a_voice_comes_and_a_file_goes(house: House, channel: Channel, language: str) -> None:
    scene = await set_out(house, channel, language)
    await scene.mother.sends(Sent((SentFile("audio/ogg", "voice-1", content=VOICE),), ""))
    assert scene.mother.hears("voice-kept")
    await scene.opens(scene.operator)
    await scene.operator.presses("Показати файли")
    assert [file.type for message in scene.operator.inbox[-3:] for file in message.enclosures] == ["audio/ogg"]
    await scene.operator.presses("Відповісти з файлом")
    await scene.operator.says("Ось бланк заяви")
    await scene.operator.sends(Sent((SentFile("image/jpeg", content=b"\xff\xd8\xff"),), ""))
    await scene.operator.sends(Sent((SentFile("audio/ogg", content=VOICE),), ""))
    await scene.operator.presses("Це все")
    await scene.operator.presses("Надіслати")
    assert scene.operator.hears("correspondence-sent")
    await scene.mother.presses(scene.says("correspondence-answered.read"))
    assert scene.mother.sees("Ось бланк заяви")
    sent = [file.type for message in scene.mother.inbox[-3:] for file in message.enclosures]
    assert sorted(sent) == ["audio/ogg", "image/jpeg"]
    async with house.database.work(house.clock()) as work:
        files = [one.file for one in await work.correspondences.answers((await scene.of(scene.mother)).id) if one.file]
        owners = {(await work.files.get(file)).person for file in files}  # type: ignore[union-attr]
    assert owners == {await scene.mother.person()}, "they are erased with her"


async def test_a_message_of_ten_thousand_characters_comes_whole(house: House) -> None:
    scene = await set_out(house, Channel.WEB)
    story = ("Довга розповідь про все, що сталося. " * 271)[:10_000].strip()
    await scene.writes(story)
    async with house.database.work(house.clock()) as work:
        [line] = await work.inbox.of_correspondence((await scene.of(scene.mother)).id)
    assert line.words == story


async def test_by_when_comes_from_what_was_measured(scene: Scene) -> None:
    for _ in range(10):
        await scene.writes()
        scene.house.clock.pass_by(minutes=20)
        await scene.answers()
        await scene.mother.presses("Прочитати відповідь")
    await scene.writes()
    assert scene.mother.sees("дев’ятьом із десяти")
    found = await scene.of(scene.mother)
    assert found.due is not None
    assert found.waits_since is not None
    assert timedelta() < found.due - found.waits_since <= timedelta(hours=1, minutes=1)


async def test_a_slow_center_says_what_it_manages_and_is_late_all_the_same(scene: Scene) -> None:
    for _ in range(10):
        await scene.writes()
        scene.house.clock.pass_by(days=2)
        await scene.answers()
        await scene.mother.says("/write")
    await scene.writes()
    assert scene.mother.sees("дев’ятьом із десяти")
    scene.house.clock.pass_by(hours=26)
    assert "запізно" in await scene.board_of(scene.operator), "though it is usual there"


async def test_a_relative_who_is_erased_is_gone_while_somebody_writes(scene: Scene) -> None:
    await scene.writes()
    await scene.opens(scene.operator)
    await scene.operator.says(REPLY)
    person = await scene.mother.person()
    async with scene.house.database.work(scene.house.clock()) as work:
        await work.erasing.erase(person)
        await work.commit()
    await scene.operator.presses("Надіслати")
    assert scene.operator.hears("correspondence-gone")


async def test_where_only_a_human_speaks_it_is_confirmed_that_nothing_is_said_of_the_search(scene: Scene) -> None:
    await scene.operator.says(f"/voice {scene.number}")
    await scene.operator.presses("Так, лише голосом")
    await scene.writes()
    await scene.opens(scene.operator)
    assert scene.operator.hears("correspondence-by-voice")
    await scene.operator.says("Наш телефон змінився, ось новий графік")
    assert "Надіслати" not in [key.label for key in scene.operator.keys]
    await scene.operator.presses("У тексті немає нічого про пошук")
    assert scene.mother.hears("correspondence-answered")


async def test_a_canned_text_is_read_in_the_family_s_language_and_two_have_approved_it(house: House) -> None:
    scene = await set_out(house, Channel.WEB, "en")
    await scene.writes()
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    await administrator.says("/canned read")
    await administrator.presses("Написати інакше")
    for words in ("Прочитали", "Read", "Ваш син загинув"):
        await administrator.says(words)
    assert administrator.sees("загинув"), "what no message may say stops it"
    for words in ("Ми прочитали це й шукаємо відповідь.", "We have read this and look for the answer."):
        await administrator.says(words)
    await administrator.presses("24 листопада 2026")
    await scene.opens(scene.operator)
    await scene.operator.presses("Відповісти готовим текстом")
    await scene.operator.presses("Прочитали, з’ясовуємо")
    assert scene.operator.sees("Щойно знатимемо відповідь"), "until another has signed it is the text of before"
    await house.second()
    heard = len(scene.mother.inbox)
    await scene.operator.presses("Надіслати")
    assert scene.operator.hears("correspondence-changed"), "nobody sends what they have not read"
    assert scene.operator.sees("шукаємо відповідь")
    assert len(scene.mother.inbox) == heard
    await scene.operator.presses("Надіслати")
    await scene.mother.presses("Read the answer")
    assert scene.mother.sees("We have read this and look for the answer.")


async def test_it_is_kept_for_three_years_after_the_last_words(scene: Scene) -> None:
    await scene.writes()
    await scene.answers()
    async with scene.house.database.work(scene.house.clock()) as work:
        person, operator = await scene.mother.person(), await scene.operator.person()
        member, correspondence = await work.staff.member_of(operator), await work.correspondences.of(person)
        assert member is not None
        assert correspondence is not None
        paper = await work.files.add(operator, type="image/png", content=b"for the family")
        await work.correspondences.answer(correspondence, member.id, "", file=paper)
        work.now += SEARCH - timedelta(days=1)
        await retain(work)
        assert await work.correspondences.of(person) is not None
        assert await work.files.get(paper) is not None
        work.now += timedelta(days=2)
        await retain(work)
        assert await work.correspondences.of(person) is None
        assert await work.files.get(paper) is None
