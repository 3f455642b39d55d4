"""Own words at any moment: kept, passed on, led to their script, or answered first where they are words of despair."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.actor import Channel, Role
from casework.calls import CallTask, Reason
from casework.letters import AtTime, Say
from dialogs.said import Text
from handlers.incoming import Incoming, Sent, SentFile
from tests.journeys.sending import lines_of, written
from tests.visiting import WORDS, Guest, House

EVENING = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
"""A Friday, 21:00 in Kyiv."""


async def tasks(house: House, guest: Guest, reason: Reason) -> list[CallTask]:
    async with house.database.work(house.clock()) as work:
        return [task for task in await work.calls.open_of(await guest.person(), None) if task.reason is reason]


async def lines(house: House, guest: Guest, reason: Reason) -> list[str]:
    async with house.database.work(house.clock()) as work:
        found = await work.inbox.of_tasks([task.id for task in await tasks(house, guest, reason)])
        return [line.words for line in found]


async def test_words_at_the_menu_are_kept_and_passed_on_with_a_press(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says("/menu")
    await mother.says("Командир сказав, що він лишився на позиції")
    assert mother.hears("inbox-kept")
    assert not mother.hears("unclear-choice")
    assert not await lines_of(house, mother), "nobody sees it yet"
    await mother.presses("Передати центру")
    assert mother.hears("inbox-passed")
    assert mother.asked("menu")
    assert [line.words for line in await lines_of(house, mother)] == ["Командир сказав, що він лишився на позиції"]


async def test_whoever_writes_on_is_asked_once_and_the_rest_joins(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.registers()
    await mother.says("Командир мовчить уже місяць")
    assert mother.hears("inbox-kept")
    for words in ("Писала йому тричі", "Листи вертаються"):
        await mother.says(words)
        assert mother.hears("inbox-kept-too")
        assert not mother.hears("inbox-kept")
    await mother.says("Передайте центру")
    assert mother.hears("inbox-passed")
    for number in range(17):
        await mother.says(f"Пишу далі, частина {number}")
        assert mother.hears("inbox-joined")
    assert len(await lines_of(house, mother)) == 20


async def test_the_next_day_it_is_asked_again(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says("Командир мовчить уже місяць")
    house.clock.pass_by(days=1)
    await mother.opens()
    assert any(key.label.startswith("Передати центру написане") for key in mother.keys)
    await mother.says("Листи вертаються")
    assert mother.hears("inbox-kept")


async def test_at_a_question_it_stays_and_says_what_is_wanted(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.says("Ми з ним разом росли в одному дворі")
    assert mother.hears("inbox-kept")
    assert mother.hears("unclear-choice")
    assert mother.asked("kinship")
    await mother.presses("Передати центру")
    assert mother.asked("call-back"), "nobody knows yet where to call"
    await mother.says("067 123 45 67")
    assert mother.asked("kinship")
    assert mother.hears("inbox-passed")
    await mother.presses("Мати")
    assert mother.asked("missing-name")


async def test_staff_read_the_lines_on_the_page(house: House) -> None:
    mother, operator = house.guest(), await house.staff(Role.OPERATOR)
    await mother.registers()
    await mother.says("Командир мовчить уже місяць")
    await mother.presses("Передати центру")
    id = (await written(house, mother)).id
    await operator.says(f"/correspondence {id}")
    assert operator.sees("Командир мовчить уже місяць")
    away = await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM)
    await away.says(f"/correspondence {id}")
    assert not away.sees("мовчить")


async def test_what_staff_write_is_not_kept(house: House) -> None:
    operator = await house.staff(Role.OPERATOR)
    await operator.says("не хочу більше жити, каже мати Петренка")
    assert operator.hears("unclear-choice")
    async with house.database.work(house.clock()) as work:
        assert not await work.inbox.waiting(await operator.person())


@pytest.mark.parametrize("text", ["5", "??", "🙏", "ж", "12.03.1990", "..."])
async def test_signs_and_numbers_are_no_message(house: House, text: str) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says(text if text != "5" else "99")
    assert mother.hears("unclear-choice")
    async with house.database.work(house.clock()) as work:
        assert not await work.inbox.waiting(await mother.person())


async def test_no_coordinates_are_kept(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says("Його бачили тут 48.0159, 37.8028 на світанку")
    async with house.database.work(house.clock()) as work:
        (line,) = await work.inbox.waiting(await mother.person())
    assert "48.0159" not in line.words
    assert "на світанку" in line.words


async def test_a_wish_at_the_menu_opens_its_script(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says("/menu")
    await mother.says("чи є новини про мого сина?")
    assert mother.sees(number)
    assert mother.asked("report-what")


async def test_a_wish_at_a_question_is_offered_and_the_question_stays(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    await mother.says("/register")
    await mother.says("скасуйте мій запис")
    assert mother.hears("wish-offered", what=Say("menu.visits"))
    assert mother.asked("kinship")
    await mother.says("Мої записи")
    assert mother.hears("visits-none")


async def test_a_press_on_what_was_offered_goes_there_and_the_draft_waits(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.presses("Мати")
    await mother.says("Петренко Іван Миколайович")
    await mother.says("які виплати положені")
    assert mother.asked("born")
    await mother.presses("Що робити далі")
    assert mother.asked("steps")
    await mother.says("/menu")
    await mother.presses("Продовжити")
    assert mother.asked("born")


async def test_thanks_are_answered_and_nothing_else(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    keys = [key.id for key in mother.keys]
    await mother.says("Щиро дякую вам!")
    assert mother.hears("wish-thanks")
    assert len(mother.inbox) - mother._read == 1
    assert not mother.hears("menu")
    assert [key.id for key in mother.keys] == keys, "the buttons above still work"


async def test_in_a_question_for_free_words_nothing_intercepts(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says("/human")
    await mother.presses("Будь-коли")
    assert mother.asked("call-about")
    await mother.says("скасуйте мій запис")
    (task,) = await tasks(house, mother, Reason.ASKED)
    assert task.note == "скасуйте мій запис"


async def test_before_the_consent_nothing_is_kept_and_it_is_said_whom_to_call(house: House) -> None:
    mother = house.guest()
    await mother.opens()
    await mother.says("Мій син мовчить другий тиждень, що з ним")
    assert mother.hears("inbox-not-yet", phone="0 800 300 529")
    await mother.says("Добрий день")
    assert not mother.hears("unclear-choice")
    async with house.database.work(house.clock()) as work:
        assert not await work.inbox.waiting(await mother.person())


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER, Channel.WEB])
async def test_despair_is_answered_first_and_raises_the_person(house: House, channel: Channel) -> None:
    await house.staff(Role.OPERATOR)
    mother = house.guest(channel)
    await mother.registers()
    await mother.says("Мені дуже погано, не хочу більше жити")
    assert mother.sees("7333")
    assert mother.news.index("7333") < mother.news.index("Що ")
    assert mother.hears("despair-raised")
    (task,) = await tasks(house, mother, Reason.CRISIS)
    assert task.due <= house.clock()
    assert await lines(house, mother, Reason.CRISIS) == ["Мені дуже погано, не хочу більше жити"]
    await mother.says("не хочу жити")
    assert len(await tasks(house, mother, Reason.CRISIS)) == 1
    await mother.presses("Поговорити з людиною")
    assert mother.asked("call-when")


async def test_despair_outside_hours_says_that_nobody_reads_it_now(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    house.clock.go_to(EVENING)
    await mother.says("не хочу жить")
    monday = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    assert mother.hears("despair-closed", at=AtTime(monday))
    assert not mother.hears("despair-raised")
    (task,) = await tasks(house, mother, Reason.CRISIS)
    assert task.due == monday


async def test_despair_inside_a_story_is_answered_and_the_story_is_kept(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says("/human")
    await mother.presses("Будь-коли")
    story = "Чекаю третій рік. Діти питають. Я вже не хочу жити, чесно."
    await mother.says(story)
    assert mother.sees("7333")
    (asked,) = await tasks(house, mother, Reason.ASKED)
    assert asked.note == story
    assert await lines(house, mother, Reason.CRISIS) == [story]


async def test_despair_under_a_photo_is_answered_too(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.sends(Sent((SentFile("image/jpeg", "AgAC"),), "Це він. Я не хочу більше жити"))
    assert mother.sees("7333")
    assert await tasks(house, mother, Reason.CRISIS)


async def test_words_of_despair_are_nobody_s_name(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.presses("Мати")
    await mother.says("Не хочу жити")
    assert mother.sees("7333")
    assert mother.hears("despair-no-phone")
    assert mother.asked("missing-name")


async def test_despair_before_the_consent_is_answered_and_nothing_is_kept(house: House) -> None:
    mother = house.guest()
    await mother.opens()
    await mother.says("я не хочу більше жити")
    assert mother.sees("7333")
    assert mother.hears("despair-nobody-told")
    assert not await tasks(house, mother, Reason.CRISIS)


async def test_a_call_in_despair_stands_first_in_the_queue(house: House) -> None:
    other, mother = house.guest(), house.guest()
    await other.registers()
    await mother.registers()
    await mother.says("не хочу більше жити")
    async with house.database.work(house.clock()) as work:
        waiting = await work.calls.waiting((await tasks(house, mother, Reason.CRISIS))[0].center)
    assert waiting[0].reason is Reason.CRISIS


HEAD = "Пишу про сина, це довга розповідь про все. " * 95
TAIL = "І ще одне: він завжди носив годинник."


async def _writes(mother: Guest, house: House, words: str, at: datetime) -> None:
    name = f"split-{len(words)}-{at.timestamp()}"
    await house.desk.receive(
        Incoming(mother.channel, mother.address, name, at, Text(words), "uk", grain=timedelta(seconds=1))
    )


async def test_what_telegram_cut_in_two_is_one_and_its_tail_is_no_answer(house: House) -> None:
    """A question that takes 1,000 letters: the head is too long, and the tail was taken for the whole answer."""
    mother = house.guest()
    await mother.registers()
    await mother.says("/human")
    await mother.presses("Будь-коли")
    mother._read, at = len(mother.inbox), house.clock().replace(microsecond=0)
    await _writes(mother, house, HEAD, at)
    await _writes(mother, house, TAIL, at)
    house.clock.pass_by(seconds=2)
    await house.deliver()
    assert mother.asked("call-about")
    assert mother.hears("unclear-text-long", limit=1000, length=len(HEAD.strip()))
    async with house.database.work(house.clock()) as work:
        (line,) = await work.inbox.waiting(await mother.person())
    assert line.words.startswith("Пишу про сина")
    assert line.words.endswith(TAIL)


async def test_a_story_that_telegram_cut_in_two_is_told_whole(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/details {number}")
    for _ in range(2):
        await mother.presses("Ще")
        await mother.presses("Пізніше")
    for _ in range(2):
        await mother.says("не знаю")
    assert mother.asked("circumstances")
    at = house.clock().replace(microsecond=0)
    await _writes(mother, house, HEAD, at)
    await _writes(mother, house, TAIL, at)
    async with house.database.work(house.clock()) as work:
        guest = await work.people.enter(mother.channel, mother.address, "uk")
    story = guest.talk.active.answers[f"circumstances:{number}"].value
    assert isinstance(story, dict)
    assert story["texts"] == [f"{HEAD.strip()} {TAIL}"]


async def test_a_sentence_at_the_name_is_asked_about_and_offered_to_a_human(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.says("мама")
    await mother.says("Сьогодні йому тридцять")
    assert mother.hears("inbox-kept")
    assert mother.hears("doubt-name")
    assert WORDS.say("uk", Say("wish.pass-on")) in [key.label for key in mother.keys]
    await mother.says("Петренко Іван")
    assert mother.asked("born")


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])
async def test_who_asks_for_a_human_is_asked_where_to_call(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    await mother.consents()
    await mother.says("/human")
    await mother.presses("Після 13:00")
    await mother.says("Про обмін")
    assert mother.asked("call-phone")
    await mother.says("067 123 45 67")
    assert mother.sees("Вам зателефонують")
    (task,) = await _asked(house, mother)
    operator = await house.staff(Role.OPERATOR, task.center)
    await operator.says(f"/call t{task.id}")
    assert operator.sees("+380671234567")
    assert operator.sees("Про обмін")
    await mother.says("/human")
    await mother.presses("Будь-коли")
    await mother.says("не знаю")
    assert mother.sees("Вам зателефонують"), "known now, and not asked again"


async def test_who_has_no_number_is_told_whom_to_call(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/human")
    await mother.presses("Будь-коли")
    await mother.says("Про обмін")
    await mother.presses("Номера немає")
    (task,) = await _asked(house, mother)
    assert mother.hears("human-done-no-phone", by=AtTime(task.due, style="day"))
    operator = await house.staff(Role.OPERATOR, task.center)
    await operator.says(f"/call t{task.id}")
    assert operator.sees("телефон не залишено")
    assert operator.sees("Про обмін")


async def test_a_call_half_asked_for_is_gone_on_with(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/human")
    await mother.presses("Після 13:00")
    await mother.says("Про обмін")
    assert mother.asked("call-phone")
    await mother.says("/menu")
    await mother.presses("Продовжити: поговорити з людиною")
    assert mother.asked("call-phone")
    await mother.says("067 123 45 67")
    assert mother.sees("Вам зателефонують")


async def _asked(house: House, guest: Guest) -> list[CallTask]:
    async with house.database.work(house.clock()) as work:
        found = await work.calls.open_of(await guest.person(), None)
    return [task for task in found if task.reason is Reason.ASKED]
