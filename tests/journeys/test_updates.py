"""An update: one writes and signs it, another approves, and every verified relative reads it."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.audit import Deed, Filter
from casework.calls import Reason
from casework.ids import CenterId, PersonId
from casework.kinship import KinshipState
from casework.letters import Say
from casework.numbers import ReportNumber
from handlers.incoming import ButtonPress
from storage.outbox import letters
from storage.sealing import key_of
from storage.updates import readings, updates
from tests.journeys.updating import NEWS, WORDS, Scene, code_in, set_out
from tests.visiting import House, with_code


@pytest.fixture
async def scene(house: House) -> Scene:
    return await set_out(house)


async def test_two_people_sign_and_the_mother_reads(scene: Scene) -> None:
    await scene.writes()
    assert scene.author.sees("чекає на другу людину")
    assert NEWS not in scene.mother.inbox[-1].text
    await scene.head.says(f"/approve {scene.number}")
    assert scene.head.sees(WORDS)
    assert scene.head.sees("Отримає 1 людина")
    await scene.head.presses("Підписати й надіслати рідним")
    assert scene.head.sees("Погоджено: 1 людина")
    assert scene.mother.inbox[-1].text != NEWS, "for five minutes it can be stopped"
    await scene.leaves()
    push = scene.mother.inbox[-1]
    assert push.text == NEWS
    assert [key.label for row in push.keys for key in row] == ["Прочитати"]
    await scene.mother.presses("Прочитати")
    assert scene.mother.sees(WORDS)
    told = next(message for message in scene.mother.inbox if WORDS in message.text)
    assert (told.staff_voice, push.staff_voice) == (True, False), "a human's own words are shown as such"
    assert scene.mother.sees(scene.number)
    assert scene.mother.sees("це запис у реєстрі Національного інформаційного бюро")
    assert scene.mother.sees("Джерело: Національне інформаційне бюро, документ, 20 листопада 2026")
    shown = next(message for message in scene.mother.inbox if WORDS in message.text)
    assert shown.protect
    code = code_in(scene.mother)
    await scene.mother.says("/updates")
    await scene.mother.presses(f"{scene.number}, 24 листопада 2026")
    assert scene.mother.sees(WORDS)
    assert scene.mother.sees(code)


async def test_the_second_person_sees_what_the_word_list_thought(scene: Scene) -> None:
    await scene.writes()
    await scene.head.says(f"/approve {scene.number}")
    assert scene.head.sees("Перелік слів нічого не знайшов")


async def test_the_second_person_sees_which_words_were_let_pass(scene: Scene) -> None:
    await scene.writes(f"{WORDS} Табір приймає дітей загиблих.", english="A camp for children of the fallen.")
    await scene.head.says(f"/approve {scene.number}")
    assert scene.head.sees("Перелік слів знайшов: загиблих")


async def test_a_pause_does_not_hold_an_update_back(scene: Scene) -> None:
    await scene.mother.says("/pause")
    await scene.mother.presses("Так, призупинити")
    await scene.released()
    assert scene.mother.last.text == NEWS


async def test_nobody_signs_twice(scene: Scene) -> None:
    await scene.writes(author=scene.head)
    await scene.head.says(f"/approve {scene.number}")
    assert scene.head.sees("Підписати його має інша людина")
    verifier = await scene.house.staff(Role.VERIFIER, "kharkiv")
    await verifier.says("/approve")
    await verifier.presses(scene.number)
    await verifier.presses("Підписати й надіслати рідним")
    await scene.leaves()
    assert scene.mother.last.text == NEWS


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SPECIALIST, Role.ADMINISTRATOR, Role.AUDITOR])
async def test_only_those_who_decide_approve(scene: Scene, role: Role) -> None:
    await scene.writes()
    other = await scene.house.staff(role, "kharkiv")
    await other.says(f"/approve {scene.number}")
    assert other.sees("вам недоступна")


async def test_another_center_neither_writes_nor_approves(scene: Scene) -> None:
    await scene.writes()
    stranger = await scene.house.staff(Role.HEAD, "lviv")
    await stranger.says(f"/approve {scene.number}")
    assert stranger.sees("Нічого не чекає на підпис")
    await stranger.says(f"/update {scene.number}")
    assert not stranger.asked("update-level")


async def test_an_old_second_factor_approves_nothing(scene: Scene) -> None:
    await scene.writes()
    await scene.head.says(f"/approve {scene.number}")
    scene.head.code_at = None
    scene.house.clock.pass_by(hours=13)
    await scene.head.presses("Підписати й надіслати рідним")
    assert scene.head.hears("staff-factor-needed")
    await scene.leaves()
    assert NEWS not in scene.mother.last.text


async def test_a_relative_verified_meanwhile_makes_both_sign_again(scene: Scene) -> None:
    await scene.writes()
    await scene.head.says(f"/approve {scene.number}")
    sister, _ = await scene.another(KinshipState.VERIFIED)
    await scene.head.presses("Підписати й надіслати рідним")
    assert scene.head.sees("щось змінилося")
    await scene.leaves()
    assert NEWS not in scene.mother.last.text
    await scene.head.presses("Попросити автора підписати знову")
    await scene.author.presses("Переглянути")
    assert scene.author.sees("Отримають 2 людини")
    await scene.author.presses("Підписую")
    await scene.approves()
    assert scene.mother.last.text == NEWS
    assert sister.last.text == NEWS


async def test_what_the_author_signed_anew_is_not_approved_by_a_press_on_the_old(scene: Scene) -> None:
    await scene.writes()
    await scene.head.says(f"/approve {scene.number}")
    await scene.another(KinshipState.VERIFIED)
    async with scene.house.database.work(scene.house.clock()) as work:
        (waiting,) = await work.updates.waiting()
    await scene.author.says("/menu")
    await scene.head.presses("Підписати")
    await scene.head.presses("Попросити автора підписати знову")
    await scene.head.says(f"/approve {scene.number}")
    old = scene.head.keys[0]
    await scene.author.presses("Переглянути")
    await scene.author.presses("Підписую")
    await scene.head.presses(old.label)
    assert scene.head.sees("щось змінилося")
    async with scene.house.database.work(scene.house.clock()) as work:
        assert [update.id for update in await work.updates.waiting()] == [waiting.id]


async def test_a_text_changed_after_the_signature_goes_nowhere(scene: Scene) -> None:
    """Whoever changes the row itself has not changed what its author signed."""
    await scene.writes()
    await scene.head.says(f"/approve {scene.number}")
    async with scene.house.database.work(scene.house.clock()) as work:
        (waiting,) = await work.updates.waiting()
        row = (await work.connection.execute(select(updates))).one()
        forged = replace(waiting.statement, uk="Зателефонуйте за цим номером і заплатіть.")
        blob = await work.seals.seal(updates.c.statement, row.id, forged, key=key_of(row.statement))
        await work.connection.execute(updates.update().values(statement=blob))
        await work.commit()
    await scene.head.presses("Підписати й надіслати рідним")
    assert scene.head.sees("щось змінилося")
    await scene.leaves()
    assert scene.head.sees("заплатіть")
    assert not [key for key in scene.head.keys if key.label.startswith("Підписати")]
    assert scene.mother.last.text != NEWS


async def test_two_who_approve_at_once_release_once(scene: Scene) -> None:
    verifier = await scene.house.staff(Role.VERIFIER, "kharkiv", name="Бойко Олег")
    await scene.writes()
    for approver in (scene.head, verifier):
        await approver.says(f"/approve {scene.number}")
    await asyncio.gather(
        scene.head.presses("Підписати й надіслати рідним"), verifier.presses("Підписати й надіслати рідним")
    )
    await scene.leaves()
    assert [message.text for message in scene.mother.inbox].count(NEWS) == 1
    assert sorted(approver.sees("Погоджено: 1 людина") for approver in (scene.head, verifier)) == [False, True]


async def test_nobody_approves_in_their_own_family(scene: Scene) -> None:
    await scene.writes()
    cousin = await scene.house.staff(Role.HEAD, "kharkiv", name="Петренко Марія")
    await cousin.says(f"/approve {scene.number}")
    await cousin.presses("Підписати й надіслати рідним")
    assert cousin.hears("approve-own-family")
    await scene.leaves()
    assert scene.mother.last.text != NEWS


async def test_the_board_shows_what_waits_and_the_audit_who_decided(scene: Scene) -> None:
    await scene.writes()
    sections = []
    for member in (scene.head, scene.author):
        async with scene.house.database.work(scene.house.clock()) as work:
            person = await member.person()
            actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
            board = await rulebook.board(actor, work)
            sections.append([section for section in board if section.title == Say("board-approvals")])
    assert [row.commands[0][1] for row in sections[0][0].rows] == [f"/approve {scene.number}"]
    assert sections[1] == []
    await scene.approves()
    async with scene.house.database.work(scene.house.clock()) as work:
        deeds = [(entry.deed, entry.what) for entry in await work.audit.rows(Filter())]
    assert (Deed.ACTED, "update-written") in deeds
    assert (Deed.LOOKED, "update") in deeds
    assert (Deed.ACTED, "update-approved") in deeds
    assert deeds.count((Deed.ACTED, "update-released")) == 1


async def test_who_has_no_address_left_is_called(scene: Scene) -> None:
    await scene.mother.says("/leave")
    await scene.mother.presses("Так, вийти")
    await scene.released()
    async with scene.house.database.work(scene.house.clock()) as work:
        assert Reason.UNDELIVERED in {task.reason for task in await work.calls.waiting(CenterId("kharkiv"))}


async def test_an_erased_family_leaves_nothing_that_cannot_be_opened(scene: Scene) -> None:
    await scene.writes()
    async with scene.house.database.work(scene.house.clock()) as work:
        await work.erasing.erase(await scene.mother.person())
        await work.commit()
    await scene.head.says("/approve")
    assert scene.head.hears("approve-none")


async def test_sent_back_it_reaches_nobody_and_the_author_knows_why(scene: Scene) -> None:
    await scene.writes()
    await scene.head.says(f"/approve {scene.number}")
    await scene.head.presses("Повернути авторові")
    await scene.head.says("Додайте, хто зателефонує")
    assert "вам повернули" in scene.author.last.text
    assert NEWS not in scene.mother.last.text
    await scene.author.presses("Написати інакше")
    assert scene.author.sees("Додайте, хто зателефонує")
    assert scene.author.sees(WORDS)
    assert scene.author.asked("update-level")


async def test_who_is_not_verified_gets_nothing(scene: Scene) -> None:
    sister, _ = await scene.another(KinshipState.DECLARED)
    await scene.released()
    assert NEWS not in "".join(message.text for message in sister.inbox)
    await sister.says("/updates")
    assert sister.sees("Перевірених повідомлень поки немає")
    read = next(key for message in scene.mother.inbox for row in message.keys for key in row if "read" in key.id)
    await sister.sends(ButtonPress(read.id))
    assert not sister.sees(WORDS)


async def test_nothing_is_written_where_nobody_would_read_it(scene: Scene) -> None:
    await scene.kinship(scene.number, KinshipState.REVOKED)
    await scene.author.says(f"/update {scene.number}")
    assert scene.author.sees("ще немає рідних із перевіреним родинним зв’язком")


async def test_revoked_before_reading_it_stays_closed(scene: Scene) -> None:
    await scene.released()
    await scene.kinship(scene.number, KinshipState.REVOKED)
    await scene.mother.presses("Прочитати")
    assert scene.mother.sees("зараз недоступне")
    assert not scene.mother.sees(WORDS)


async def test_revoked_before_sending_the_line_does_not_go(scene: Scene) -> None:
    await scene.writes()
    couriers, scene.house.couriers = scene.house.couriers, {}
    await scene.head.says(f"/approve {scene.number}")
    scene.house.couriers = {Channel.WEB: couriers[Channel.WEB]}
    await scene.house.deliver()
    await scene.head.presses("Підписати й надіслати рідним")
    await scene.kinship(scene.number, KinshipState.REVOKED)
    scene.house.couriers = couriers
    await scene.leaves()
    assert NEWS not in "".join(message.text for message in scene.mother.inbox)


async def test_an_english_relative_sees_the_frame_or_the_english_text(scene: Scene) -> None:
    sister, _ = await scene.another(KinshipState.VERIFIED, language="en")
    await scene.released()
    await sister.presses("Read")
    assert sister.sees("This update exists in Ukrainian only.")
    assert sister.sees(WORDS)
    assert sister.sees("How sure it is")
    await scene.writes(english="The name is in the register.")
    await scene.approves()
    await sister.presses("Read")
    assert sister.sees("The name is in the register.")
    assert not sister.sees("in Ukrainian only")


async def test_no_letter_holds_the_text(scene: Scene) -> None:
    await scene.released()
    await scene.mother.presses("Прочитати")
    async with scene.house.database.work(scene.house.clock()) as work:
        rows = (await work.connection.execute(select(letters).where(letters.c.person_id == await _id(scene)))).all()
        screens = [await work.seals.open("letters.screen", row.id, row.screen) for row in rows]
    assert screens
    assert not [screen for screen in screens if "реєстру".encode() in screen]


async def _id(scene: Scene) -> PersonId:
    return await scene.mother.person()


async def test_staff_on_a_messenger_hold_no_words_of_it(scene: Scene) -> None:
    author = await scene.house.staff(Role.SPECIALIST, "kharkiv", channel=Channel.TELEGRAM)
    head = await scene.house.staff(Role.HEAD, "kharkiv", channel=Channel.TELEGRAM)
    await author.says(f"/update {scene.number}")
    await author.presses("У реєстрі НІБ")
    await author.presses("Не зазначати")
    await author.presses("Національне інформаційне бюро")
    await author.presses("документ")
    await author.says("20.11.2026")
    await author.presses("Ні, стан той самий")
    await author.says(WORDS)
    assert author.hears("staff-not-kept")
    await scene.writes()
    await head.says(f"/approve {scene.number}")
    assert not [key for key in head.keys if "Підписати" in key.label]
    await head.says("Підписати й надіслати рідним")
    assert head.hears("staff-not-kept")
    held = "\n".join(message.text for guest in (author, head) for message in guest.inbox)
    held += "\n".join(
        key.label for guest in (author, head) for message in guest.inbox for r in message.keys for key in r
    )
    assert WORDS not in held
    assert "Петренко" not in held


async def test_the_list_stops_a_text_and_offers_an_invitation(scene: Scene) -> None:
    await scene.author.says(f"/update {scene.number}")
    await scene.author.presses("Зі слів людини")
    await scene.author.presses("Не зазначати")
    await scene.author.presses("Військова частина")
    await scene.author.presses("розмова")
    await scene.author.says("20.11.2026")
    await scene.author.says("Нам шкода, ваш син загинув.")
    assert scene.author.sees("загинув")
    assert scene.author.sees("особисто")
    await scene.author.presses("Натомість запросити на зустріч")
    assert scene.author.sees("Зателефонувати й запросити на зустріч?")
    await scene.author.presses("Так, поставити дзвінок")
    assert scene.author.sees("стоїть у черзі")
    before = len(scene.mother.inbox)
    await scene.author.says(f"/invitation {scene.number}")
    assert scene.author.sees("спершу має зателефонувати людина")
    assert len(scene.mother.inbox) == before
    operator = await scene.house.staff(Role.OPERATOR, "kharkiv")
    await operator.says(f"/call {scene.number}")
    await operator.presses("Поговорили")
    await scene.author.says(f"/invitation {scene.number}")
    await scene.author.presses("Так, надіслати")
    assert len(scene.mother.inbox) == before + 1
    await scene.mother.reads_push()
    assert scene.mother.last.text.startswith("Запрошуємо вас до центру підтримки родин")
    await scene.author.says(f"/invitation {scene.number}")
    assert scene.author.sees("вже запрошували")


async def test_opening_is_recorded_once(scene: Scene) -> None:
    await scene.released()
    await scene.mother.presses("Прочитати")
    async with scene.house.database.work(scene.house.clock()) as work:
        first = (await work.connection.execute(select(readings))).one().opened_at
    await scene.mother.says("/updates")
    await scene.mother.presses(scene.number)
    async with scene.house.database.work(scene.house.clock()) as work:
        assert (await work.connection.execute(select(readings))).one().opened_at == first


async def test_the_author_sees_who_will_read_before_a_word_is_written(scene: Scene) -> None:
    wife, number = scene.house.guest(), ""
    await wife.consents()
    await wife.says("/register")
    await wife.presses("Дружина")
    for answer in ("Петренко Іван Миколайович", "12.03.1990", "Петренко Оксана", "067 123 45 68", "Харків"):
        await wife.says(answer)
    await wife.presses("Так, усе правильно")
    async with scene.house.database.work(scene.house.clock()) as work:
        own = await work.reports.by_number(ReportNumber(scene.number.replace("-", "")))
        theirs = (await work.reports.of(await wife.person()))[0]
        staff = await with_code(await scene.head.person(), work)
        assert own is not None
        assert staff is not None
        await work.cases.join(theirs.case, own.case, staff.id)
        await work.commit()
        number = str(theirs.number)
    await scene.author.says(f"/update {scene.number}")
    assert scene.author.sees("Прочитають: Мати")
    assert not scene.author.sees("Дружина"), "she is not verified, so she will not read"
    await scene.author.says("/menu")
    await scene.kinship(number, KinshipState.VERIFIED)
    await scene.writes()
    assert any("Мати" in message.text and "Дружина" in message.text for message in scene.author.inbox)
    await scene.head.says(f"/approve {scene.number}")
    assert scene.head.sees("Дружина"), "and so does who approves"


async def test_the_case_shows_what_was_told_who_opened_it_and_what_failed(scene: Scene) -> None:
    _, number = await scene.another(KinshipState.VERIFIED)
    aunt, _ = await scene.another(KinshipState.VERIFIED)
    await aunt.says("/leave")
    await aunt.presses("Так, вийти")
    await scene.released()
    operator = await scene.house.staff(Role.OPERATOR)
    await operator.says(f"/case {number}")
    assert operator.sees(WORDS)
    assert operator.sees("Ще не прочитано: Петренко Марія")
    assert operator.sees("Повідомлення нікуди не дійшло, треба зателефонувати: Петренко Олена")
    await scene.mother.presses("Прочитати")
    await operator.says(f"/case {scene.number}")
    assert operator.sees(": Петренко Марія")
    assert not operator.sees("Ще не прочитано: Петренко Марія")
    assert operator.sees("Прочитано ")
