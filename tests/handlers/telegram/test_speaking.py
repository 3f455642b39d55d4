"""What we say to Telegram, through the real python-telegram-bot, as people see it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from demo.fakes.telegram import FakeTelegram, FakeUser
from demo.patience import until
from handlers.channel import Away, Enclosure, Key, Message, Postponed, Rejected, Venue
from handlers.telegram import speaking
from handlers.telegram.pace import TelegramPace
from handlers.telegram.presenting import Introduction, introduce
from handlers.telegram.speaking import TelegramFetcher, TelegramSpeaker
from tests.handlers.telegram.conftest import QUICK
from tests.handlers.telegram.letters import KEYS, LONG, said


async def test_text_is_shown_as_it_was_written(speaker: TelegramSpeaker, olena: FakeUser) -> None:
    id = await speaker.send("101", Message(("Ім’я <b>&amp; «Ірина» & Co", "Хто ви?"), KEYS, protect=True))
    (shown,) = olena.sees
    assert (str(shown.id), shown.text, shown.protected) == (id, "Ім’я <b>&amp; «Ірина» & Co\n\nХто ви?", True)
    assert [[button.label for button in row] for row in shown.buttons] == [["Мати", "Батько"], ["Назад"]]


async def test_no_link_is_previewed(speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser) -> None:
    await speaker.send("101", said("https://example.org"))
    assert telegram.sent("sendMessage")[0].params["link_preview_options"] == {"is_disabled": True}


async def test_what_is_about_an_earlier_message_answers_it_and_comes_without_it_where_that_is_gone(
    speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser
) -> None:
    first = await speaker.send("101", said("Для вас є нове повідомлення."))
    await speaker.send("101", said("Його виправлено.", answers=first))
    answer = telegram.sent("sendMessage")[-1].params["reply_parameters"]
    assert (answer["message_id"], answer["allow_sending_without_reply"]) == (int(first), True)
    assert "reply_parameters" not in telegram.sent("sendMessage")[0].params


async def test_a_long_text_comes_in_parts_with_the_buttons_at_the_end(
    speaker: TelegramSpeaker, olena: FakeUser
) -> None:
    id = await speaker.send("101", Message(LONG, KEYS))
    assert [bool(shown.buttons) for shown in olena.sees] == [False, True]
    assert " ".join(str(shown.id) for shown in olena.sees) == id
    assert [shown.text[:7] for shown in olena.sees] == ["Абзац 0", "Абзац 2"]


async def test_the_limit_counts_as_telegram_counts(speaker: TelegramSpeaker, olena: FakeUser) -> None:
    await speaker.send("101", said("🕊" * 2048))
    await speaker.send("101", said("🕊" * 2049))
    await speaker.send("101", said("&<>" * 1365))
    assert [len(shown.text) for shown in olena.sees] == [2048, 2048, 1, 4095]


async def test_a_press_is_answered_in_its_message(speaker: TelegramSpeaker, olena: FakeUser) -> None:
    first = await speaker.send("101", said("Хто ви?", keys=KEYS))
    assert await speaker.send("101", said("А ваше ім’я?", replaces=first)) == first
    (shown,) = olena.sees
    assert (shown.text, shown.buttons, shown.edits) == ("А ваше ім’я?", [], 1)


async def test_the_same_answer_twice_is_no_failure(speaker: TelegramSpeaker, olena: FakeUser) -> None:
    first = await speaker.send("101", said("Хто ви?", keys=KEYS))
    assert await speaker.send("101", said("Хто ви?", keys=KEYS, replaces=first)) == first
    assert [shown.edits for shown in olena.sees] == [0]


async def test_what_cannot_become_the_answer_stays_and_the_answer_is_new(
    speaker: TelegramSpeaker, olena: FakeUser
) -> None:
    photo = await speaker.send("101", said("Код", enclosures=(Enclosure("qr.png", "image/png", b"png"),)))
    again = await speaker.send("101", said("Далі", replaces=photo))
    gone = await speaker.send("101", said("Ще далі", replaces="424242"))
    long = await speaker.send("101", Message(LONG, replaces=again))
    assert [shown.text[:7] for shown in olena.sees] == ["Код", "Далі", "Ще далі", "Абзац 0", "Абзац 2"]
    assert len({photo, again, gone, long}) == 4


# Only the question now asked has keys

ASKED = ((Key("1.mother", "Мати"),), (Key("1.~back", "Назад"),))
ASKED_NEXT = ((Key("2.~back", "Назад"),),)


def keyed(person: FakeUser) -> list[str]:
    return [shown.text for shown in person.sees if shown.buttons]


async def test_a_typed_answer_takes_the_keys_of_its_question(speaker: TelegramSpeaker, olena: FakeUser) -> None:
    await speaker.send("101", said("Хто ви?", keys=ASKED))
    await speaker.send("101", said("А ваше ім’я?", keys=ASKED_NEXT))
    await until(lambda: keyed(olena) == ["А ваше ім’я?"])
    assert [shown.text for shown in olena.sees] == ["Хто ви?", "А ваше ім’я?"]


async def test_a_pressed_question_that_stays_loses_its_keys(speaker: TelegramSpeaker, olena: FakeUser) -> None:
    await speaker.send("101", said("Надіслати?", keys=ASKED))
    await speaker.send("101", said("Ваш номер 1234-5674."))  # must stay, so that nothing was edited
    assert keyed(olena) == ["Надіслати?"]
    await speaker.send("101", said("Що далі?", keys=ASKED_NEXT))
    await until(lambda: keyed(olena) == ["Що далі?"])


async def test_a_question_that_another_process_asked_is_tidied_too(speaker: TelegramSpeaker, olena: FakeUser) -> None:
    async with another(olena.fake) as other:
        asked = await other.send("101", said("Хто ви?", keys=ASKED))
    await asyncio.sleep(QUICK)
    await speaker.send("101", said("А ваше ім’я?", keys=ASKED_NEXT, tidies=asked))
    await until(lambda: keyed(olena) == ["А ваше ім’я?"])


async def test_a_question_becomes_the_next_and_an_old_one_the_present(
    speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser
) -> None:
    old = await speaker.send("101", said("Меню", keys=KEYS))  # of a push: its keys are no question's
    first = await speaker.send("101", said("Хто ви?", keys=ASKED))
    assert await speaker.send("101", said("Далі", keys=ASKED_NEXT, replaces=first, tidies=first)) == first
    assert await speaker.send("101", said("Знову", keys=ASKED, replaces=old)) == old
    await until(lambda: keyed(olena) == ["Знову"])
    assert len(telegram.sent("editMessageReplyMarkup")) == 1


async def test_keys_are_taken_once(speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser) -> None:
    """The same question again and again names the letter that put it first."""
    first = await speaker.send("101", said("Хто ви?", keys=ASKED))
    for at in range(3):
        await speaker.send("101", said(f"Незрозуміло ({at}). Хто ви?", keys=ASKED, tidies=first))
    await until(lambda: len(keyed(olena)) == 1)
    assert len([each for each in telegram.requests if each.method == "editMessageReplyMarkup"]) == 3


async def test_keys_of_many_questions_are_taken_by_one_task(speaker: TelegramSpeaker, olena: FakeUser) -> None:
    for _ in range(5):
        await speaker.send("101", said("Хто ви?", keys=ASKED))
    assert len(speaker._asides) == 1
    await until(lambda: [bool(shown.buttons) for shown in olena.sees] == [False] * 4 + [True])
    await until(lambda: not speaker._keyed)


async def test_the_keys_of_a_push_stay(speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser) -> None:
    await speaker.send("101", said("Хто ви?", keys=ASKED))
    await speaker.send("101", said("Завтра о 10:00", keys=((Key("go.abc.coming 5", "Прийду"),),)))
    await asyncio.sleep(QUICK * 5)
    assert keyed(olena) == ["Хто ви?", "Завтра о 10:00"]
    assert not telegram.sent("editMessageReplyMarkup")


async def test_tidying_keeps_to_the_pace_and_may_fail(
    speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser
) -> None:
    telegram.trouble("editMessageReplyMarkup", "500")
    for at in range(6):
        await speaker.send("101", said(f"Питання {at}", keys=ASKED))
    await until(lambda: len(telegram.sent("editMessageReplyMarkup")) == 4)
    assert [each.error for each in telegram.requests if each.error] == ["Internal Server Error"]


async def test_photos_and_papers(speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser) -> None:
    calendar = Enclosure("візит.ics", "text/calendar", b"BEGIN:VCALENDAR")
    code = Enclosure("qr.png", "image/png", b"png")
    await speaker.send("101", Message(("Вас чекають.",), KEYS, (calendar, code), protect=True))
    files = [shown.attachment for shown in olena.sees if shown.attachment]
    assert [(file.kind, file.name, file.content) for file in files] == [
        ("document", "візит.ics", calendar.content),
        ("photo", "qr.png", code.content),
    ]
    assert all(shown.protected for shown in olena.sees)
    assert olena.sees[-1].buttons


async def test_a_place_stands_on_the_map_before_the_words(speaker: TelegramSpeaker, olena: FakeUser) -> None:
    place = Venue(49.8123, 24.0198, "Львів", "вул. Стрийська, 83, Львів")
    await speaker.send("101", Message(("Вас записано.",), KEYS, venue=place, protect=True))
    assert [shown.text for shown in olena.sees] == ["Львів\nвул. Стрийська, 83, Львів", "Вас записано."]
    assert all(shown.protected for shown in olena.sees)
    assert olena.sees[0].raw["venue"]["location"] == {"latitude": 49.8123, "longitude": 24.0198}


async def test_a_picture_that_telegram_takes_for_no_photo_goes_as_a_file(
    speaker: TelegramSpeaker, olena: FakeUser
) -> None:
    large = Enclosure("скан.png", "image/png", b"x" * (10 * 1024 * 1024 + 1))
    await speaker.send("101", said("Скан", enclosures=(large,)))
    assert [shown.attachment.kind for shown in olena.sees if shown.attachment] == ["document"]


async def test_asking_for_the_number(speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser) -> None:
    receipt = await speaker.send("101", said("Ваш номер?", keys=KEYS, contact="Надіслати мій номер"))
    assert [shown.text for shown in olena.sees] == ["Ваш номер?", "Надіслати мій номер ↓"]
    assert olena.sees[0].button("back")
    assert receipt.split()[-1] == str(olena.sees[0].id), "the question is what an answer follows"
    keyboard = telegram.sent("sendMessage")[1].params["reply_markup"]
    assert (keyboard["resize_keyboard"], keyboard["one_time_keyboard"]) == (True, True)

    update = await olena.presses("Надіслати")
    assert update["message"]["contact"]["user_id"] == 101

    await speaker.send("101", said("Хто ви?", keys=KEYS))
    assert olena.keyboard == []
    assert [shown.text for shown in olena.sees[2:]] == ["✓", "Хто ви?"]
    await speaker.send("101", said("Далі", keys=KEYS))
    assert len(olena.sees) == 5


async def test_a_keyboard_that_another_process_sent_goes_with_the_answer(
    speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser
) -> None:
    asked = (await speaker.send("101", said("Ваш номер?", keys=KEYS, contact="Надіслати мій номер"))).split()[-1]
    async with another(telegram) as other:
        await other.send("101", said("Завтра на вас чекають."))
        assert olena.keyboard != []
        await other.send("101", said("Хто ви?", keys=KEYS, tidies=asked, unshares=True))
        assert olena.keyboard == []
        await other.send("101", said("Дякуємо.", keys=KEYS, tidies=asked, unshares=True))
    assert [shown.text for shown in olena.sees].count("✓") == 1


@asynccontextmanager
async def another(telegram: FakeTelegram) -> AsyncIterator[TelegramSpeaker]:
    """A second process that speaks in the same chats. It knows nothing of the first one's pace, so it begins when the
    second in which that one last spoke is over: Telegram would tell it to wait, and the courier would try again."""
    await asyncio.sleep(QUICK)
    speaker = TelegramSpeaker(
        speaking.connect(telegram.token, telegram.url), pace=TelegramPace(timedelta(seconds=QUICK))
    )
    try:
        yield speaker
    finally:
        await speaker.close()


# Introductions and files


async def test_commands_in_each_language_and_none_in_groups(telegram: FakeTelegram) -> None:
    bot = speaking.connect(telegram.token, telegram.url)
    telegram.commands["default"] = {"start": "of an earlier release"}
    await introduce(
        bot,
        [
            Introduction(None, [("menu", "Меню")], "Зв’язок із рідними", "Зв’язок"),
            Introduction("en", [("menu", "Menu"), ("steps", "Steps")]),
        ],
    )
    assert telegram.commands["all_private_chats"] == {"menu": "Меню"}
    assert telegram.user(101, "Олена").commands == ["menu"]
    assert telegram.user(102, "Mary", "en").commands == ["menu", "steps"]
    assert telegram.group(-5, "Родини").commands == []
    assert telegram.settings["setMyDescription:"]["description"] == "Зв’язок із рідними"
    assert telegram.settings["setChatMenuButton"]["menu_button"] == {"type": "commands"}
    with pytest.raises(Rejected):
        await introduce(bot, [Introduction(None, [("МЕНЮ", "Меню")])])
    telegram.trouble("setChatMenuButton", "500")
    with pytest.raises(Postponed):
        await introduce(bot, [])
    await bot.request.shutdown()


QUEUE, AUDIT = (("queue", "Черга"),), (("audit", "Журнал"),)


async def test_a_member_of_staff_has_commands_of_their_own(
    speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser
) -> None:
    telegram.commands["all_private_chats"] = {"menu": "Меню"}
    await speaker.send("101", said("Вітаємо", commands=QUEUE))
    await until(lambda: olena.commands == ["queue"])
    await speaker.send("101", said("Далі", commands=QUEUE))
    await speaker.send("101", said("Нова роль", commands=AUDIT))
    await until(lambda: olena.commands == ["audit"])
    assert len(telegram.sent("setMyCommands")) == 2
    await speaker.send("101", said("Доступ вимкнено", commands=()))
    await until(lambda: olena.commands == ["menu"])
    await speaker.send("101", said("Знову", commands=QUEUE))
    await until(lambda: olena.commands == ["queue"])
    await speaker.retract("101", [])
    assert olena.commands == ["menu"]


async def test_commands_are_tried_again_with_the_next_message(
    speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser
) -> None:
    telegram.trouble("setMyCommands", "500")
    await speaker.send("101", said("Вітаємо", commands=QUEUE))
    await until(lambda: [each for each in telegram.requests if each.method == "setMyCommands"])
    await speaker.send("101", said("Далі", commands=QUEUE))
    await until(lambda: olena.commands == ["queue"])


async def test_a_family_s_chat_needs_no_request(
    speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser
) -> None:
    await speaker.send("101", said("Вітаємо"))
    assert [each.method for each in telegram.requests] == ["sendMessage"]


async def test_fetching_what_people_sent(telegram: FakeTelegram, olena: FakeUser) -> None:
    bot = speaking.connect(telegram.token, telegram.url)
    fetcher = TelegramFetcher(bot)
    update = await olena.sends_document(b"%PDF-1.7 " * 100)
    source = update["message"]["document"]["file_id"]
    assert await fetcher.fetch(source, 900) == b"%PDF-1.7 " * 100
    with pytest.raises(Rejected, match="too large"):
        await fetcher.fetch(source, 899)
    with pytest.raises(Rejected):
        await fetcher.fetch("nothing", 1000)
    huge = telegram.keep_file(b"x" * (20 * 1024 * 1024 + 1))
    with pytest.raises(Rejected):
        await fetcher.fetch(huge, 30 * 1024 * 1024)
    telegram.trouble("getFile", "500")
    with pytest.raises(Postponed):
        await fetcher.fetch(source, 900)
    await bot.request.shutdown()


async def test_closing_with_something_on_the_way(telegram: FakeTelegram) -> None:
    speaker = TelegramSpeaker(
        speaking.connect(telegram.token, telegram.url), pace=TelegramPace(timedelta(seconds=QUICK))
    )
    speaker.acknowledge("x")
    await speaker.close()


@pytest.mark.parametrize(("kind", "perhaps"), [("500", False), ("reset", True)])
async def test_whether_telegram_may_have_taken_it_all_the_same(
    speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser, kind: str, perhaps: bool
) -> None:
    telegram.trouble("sendMessage", kind, after_effect=True)  # type: ignore[arg-type]
    with pytest.raises(Away) as away:
        await speaker.send("101", said("?"))
    assert (away.value.perhaps, away.value.whole) == (perhaps, True)


async def test_where_nobody_listens_nothing_was_taken() -> None:
    speaker = TelegramSpeaker(speaking.connect("1:x", "http://127.0.0.1:1"))
    with pytest.raises(Away) as away:
        await speaker.send("101", said("?"))
    assert not away.value.perhaps
    await speaker.close()


@pytest.mark.parametrize(("before", "whole"), [(0, False), (1, True)])
async def test_whether_all_parts_may_be_there(
    speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser, before: int, whole: bool
) -> None:
    telegram.trouble("sendMessage", "reset", after_effect=True, skips=before)
    with pytest.raises(Away) as away:
        await speaker.send("101", Message(LONG, KEYS, ref="letter-1"))
    assert len(olena.sees) == before + 1
    assert away.value.whole is whole
