"""What a family was told is corrected or withdrawn: two sign, and whoever received the first receives it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from casework.actor import Actor, Channel
from casework.asked import Asked
from casework.contact.record import ContactWish
from casework.kinship import KinshipState
from casework.numbers import ReportNumber
from casework.refusal import Refusal
from casework.rulebook import carry_out
from casework.updates.stages import Amending, Amends
from casework.updates.values import EXAMPLE, Level, signature
from casework.updates.writing import WriteUpdate
from handlers.incoming import ButtonPress
from storage.outbox import letters
from tests.journeys.updating import EVERYWHERE, NEWS, WORDS, Scene, code_in, set_out, word
from tests.visiting import Guest, House, with_code

CORRECTED = {
    "uk": (
        "у вівторок, 24 листопада 2026 року, виправлено",
        "замінює те, що ми надіслали у вівторок, 24 листопада 2026 року.",
        "виправлено або відкликано",
    ),
    "en": (
        "on Tuesday, 24 November 2026 was corrected",
        "replaces the one that we sent on Tuesday, 24 November 2026.",
        "corrected or withdrawn",
    ),
}
"""What the line says, what stands above the text, and what is read by the first one's code."""
RIGHT = "Уточнення: ім’я внесено до реєстру 21 листопада. Ми зателефонуємо вам у четвер."


@pytest.fixture(params=[Channel.TELEGRAM, Channel.VIBER, Channel.WEB])
async def scene(house: House, request: pytest.FixtureRequest) -> Scene:
    return await set_out(house, request.param)


async def begins(scene: Scene, how: str) -> None:
    await scene.author.says(f"/amend {scene.number}")
    await scene.author.presses(scene.author.keys[0].label)
    assert scene.author.sees(WORDS)
    await scene.author.presses(how)


async def corrected(scene: Scene) -> None:
    await begins(scene, "Виправити слова")
    await scene.author.says(RIGHT)
    await scene.author.presses("Без англійського тексту")
    await scene.author.presses("Підписую")
    await scene.approves()


async def withdrawn(scene: Scene) -> None:
    await begins(scene, "Відкликати зовсім")
    await scene.author.presses("Підписую")
    await scene.approves()


async def opens(guest: Guest, id: str) -> None:
    """Press the button of a line that came, however old it is."""
    await guest.sends(ButtonPress(id))


async def came_as(guest: Guest, letter: str) -> str:
    """The platform's id of a letter."""
    async with guest.house.database.work(guest.house.clock()) as work:
        return str(await work.connection.scalar(select(letters.c.receipt).where(letters.c.id == int(letter))))


def line(guest: Guest) -> str:
    """The newest button that opens an update."""
    return next(key.id for message in reversed(guest.inbox) for row in message.keys for key in row if "read" in key.id)


@pytest.mark.parametrize(("channel", "language"), EVERYWHERE)
async def test_who_received_the_first_receives_the_correction_and_the_first_never_opens(
    house: House, channel: Channel, language: str
) -> None:
    scene = await set_out(house, channel, language)
    names_it, replaces, of_the_code = CORRECTED[language]
    sister, _ = await scene.another(KinshipState.VERIFIED, language)
    await scene.released()
    first, unopened = line(scene.mother), line(sister)
    await scene.mother.presses(word(scene.mother, "update-news.read"))
    code = code_in(scene.mother)
    news = word(scene.mother, "update-news")
    lines = [next(at for at, one in enumerate(one.inbox) if one.text == news) for one in (scene.mother, sister)]
    await corrected(scene)
    for relative, at in zip((scene.mother, sister), lines, strict=True):
        assert names_it in relative.last.text, "it names what it corrects"
        assert relative.last.answers is not None, "and stands below it as its answer, where the messenger can"
        assert await came_as(relative, relative.inbox[at].ref) == relative.last.answers
        assert WORDS not in relative.last.text
    await opens(sister, unopened)
    assert not sister.sees(WORDS), "what was not opened opens never more"
    await opens(scene.mother, first)
    assert not scene.mother.sees(WORDS)
    await scene.mother.says("/updates")
    assert sum(scene.number in key.label for key in scene.mother.keys) == 1, "the first is not among them"
    await scene.mother.presses(scene.number)
    assert scene.mother.sees(RIGHT)
    assert scene.mother.sees(replaces)
    await scene.mother.says("/check")
    await scene.mother.says(code)
    assert scene.mother.sees(of_the_code)


async def test_what_is_withdrawn_says_only_so(scene: Scene) -> None:
    await scene.released()
    await scene.mother.presses("Прочитати")
    await withdrawn(scene)
    assert "відкликано" in scene.mother.last.text
    await opens(scene.mother, line(scene.mother))
    assert scene.mother.sees("Ми відкликаємо повідомлення")
    assert not scene.mother.sees(WORDS)
    await scene.author.says(f"/amend {scene.number}")
    assert scene.author.hears("amend-none", number=scene.number), "there is nothing left to correct"


async def test_whose_correction_went_with_another_case_can_be_erased(house: House) -> None:
    """It was written of the case that theirs was joined to; that one is emptied first, and theirs lives on."""
    scene = await set_out(house)
    await scene.released()
    await scene.mother.presses("Прочитати")
    code, sister = code_in(scene.mother), house.guest()
    number = await sister.registers(own_name="Петренко Олена")
    async with house.database.work(house.clock()) as work:
        own, other = [
            await work.reports.by_number(ReportNumber(one.replace("-", ""))) for one in (scene.number, number)
        ]
        staff = await with_code(await scene.head.person(), work)
        assert own is not None
        assert other is not None
        assert staff is not None
        await work.cases.join(own.case, other.case, staff.id)
        await work.commit()
    await corrected(scene)
    async with house.database.work(house.clock()) as work:
        assert await work.cases.part(own.id, staff.id)
        await work.erasing.erase(await sister.person())
        await work.commit()
    await scene.mother.says("/check")
    await scene.mother.says(code)
    assert scene.mother.sees("виправлено або відкликано"), "it was corrected, though the correction is gone"
    async with house.database.work(house.clock()) as work:
        await work.erasing.erase(await scene.mother.person())
        await work.commit()


async def test_one_signature_corrects_nothing(scene: Scene) -> None:
    await scene.released()
    await begins(scene, "Відкликати зовсім")
    await scene.author.presses("Підписую")
    await scene.author.says(f"/approve {scene.number}")
    await opens(scene.mother, line(scene.mother))
    assert scene.mother.sees(WORDS)


async def test_who_was_revoked_meanwhile_gets_nothing_and_both_signers_see_that(scene: Scene) -> None:
    sister, number = await scene.another(KinshipState.VERIFIED)
    await scene.released()
    await scene.kinship(number, KinshipState.REVOKED)
    heard = len(sister.inbox)
    await begins(scene, "Виправити слова")
    await scene.author.says(RIGHT)
    await scene.author.presses("Без англійського тексту")
    assert scene.author.sees("вже не має")
    await scene.author.presses("Підписую")
    await scene.head.says(f"/approve {scene.number}")
    assert scene.head.sees("вже не має")
    await scene.head.presses("Підписати й надіслати рідним")
    await scene.leaves()
    assert len(sister.inbox) == heard
    assert "виправлено" in scene.mother.last.text


async def test_the_rule_on_bad_news_holds_for_a_correction(scene: Scene) -> None:
    await scene.released()
    await begins(scene, "Виправити слова")
    await scene.author.says("Нам шкода, ваш син загинув.")
    assert scene.author.sees("загинув")
    assert scene.author.sees(f"/invitation {scene.number}")
    assert scene.author.asked("write-text")


async def test_what_the_word_list_stops_can_be_withdrawn_and_a_refusal_forgets_what_the_script_asked(
    scene: Scene,
) -> None:
    """The list has grown since it was sent, or since the author typed a correction."""
    async with scene.house.database.work(scene.house.clock()) as work:
        author, head = [await with_code(await one.person(), work) for one in (scene.author, scene.head)]
        report = await work.reports.by_number(ReportNumber(scene.number.replace("-", "")))
        assert author is not None
        assert head is not None
        assert report is not None
        mother = (report.person,)
        statement = replace(EXAMPLE, uk="Нам шкода, ваш син загинув.", stage=None)
        first = await work.updates.add(report.case, author.id, statement, signature(report.case, statement, mother))
        await work.updates.release(first, head.id, mother)
        await work.commit()
    scene.house.clock.pass_by(minutes=6)
    number, actor = report.number, Actor(author.person, "uk", Channel.WEB, author)
    corrected = replace(statement, amends=Amends(first, Amending.CORRECTED))
    async with scene.house.database.work(scene.house.clock()) as work:
        with pytest.raises(Refusal) as stopped:
            await carry_out(WriteUpdate(number, corrected, "0" * 64), actor, work)
        with pytest.raises(Refusal) as changed:
            await carry_out(WriteUpdate(number, replace(corrected, uk=RIGHT), "0" * 64), actor, work)
    assert Asked.UPDATE_TEXT.about(first) in stopped.value.forget
    assert changed.value.forget == (Asked.SIGN.about(first),)
    await scene.author.says(f"/amend {scene.number}")
    await scene.author.presses(scene.author.keys[0].label)
    await scene.author.presses("Відкликати зовсім")
    await scene.author.presses("Підписую")
    assert scene.author.hears("write-done", number=scene.number)
    await scene.head.says(f"/approve {scene.number}")
    assert not scene.head.sees("Перелік слів")


async def test_a_correction_that_came_back_is_corrected_again_and_no_new_update(scene: Scene) -> None:
    await scene.released()
    await begins(scene, "Виправити слова")
    await scene.author.says(RIGHT)
    await scene.author.presses("Без англійського тексту")
    await scene.author.presses("Підписую")
    await scene.head.says(f"/approve {scene.number}")
    await scene.head.presses("Повернути авторові")
    await scene.head.says("День інший.")
    await scene.house.deliver()
    await scene.author.says(f"/update {scene.number}")
    assert not scene.author.sees(RIGHT)
    await scene.author.says(f"/amend {scene.number}")
    await scene.author.presses(scene.author.keys[0].label)
    assert scene.author.sees("День інший.")
    assert scene.author.sees(RIGHT), "what was typed is not lost"


async def test_who_was_verified_since_does_not_receive_it_and_a_stop_brings_the_first_back(scene: Scene) -> None:
    await scene.released()
    aunt, _ = await scene.another(KinshipState.VERIFIED)
    heard = len(aunt.inbox)
    await begins(scene, "Відкликати зовсім")
    await scene.author.presses("Підписую")
    await scene.head.says(f"/approve {scene.number}")
    await scene.head.presses("Підписати й надіслати рідним")
    await opens(scene.mother, line(scene.mother))
    assert not scene.mother.sees(WORDS), "while it is about to be withdrawn, nobody opens it anew"
    await scene.head.presses("Так, зупинити")
    await scene.leaves()
    await opens(scene.mother, line(scene.mother))
    assert scene.mother.sees(WORDS)
    assert len(aunt.inbox) == heard
    assert NEWS not in aunt.last.text


async def test_both_who_sign_see_who_hears_how_and_what_a_withdrawal_really_does(house: House) -> None:
    scene = await set_out(house)
    _, number = await scene.another(KinshipState.VERIFIED)
    at_page = house.guest(Channel.WEB)
    third = await at_page.registers(own_name="Петренко Ганна")
    async with house.database.work(house.clock()) as work:
        own, other = [await work.reports.by_number(ReportNumber(one.replace("-", ""))) for one in (scene.number, third)]
        staff = await with_code(await scene.head.person(), work)
        assert own is not None
        assert other is not None
        assert staff is not None
        await work.cases.join(other.case, own.case, staff.id)
        hers = await work.reports.by_number(ReportNumber(number.replace("-", "")))
        assert hers is not None
        await work.contacts.wish_anew(hers.id, ContactWish.SILENCE)
        await work.commit()
    await scene.kinship(third, KinshipState.VERIFIED)
    await scene.writes()
    signed = "\n".join(message.text for message in scene.author.inbox)
    await scene.head.says(f"/approve {scene.number}")
    for shown in (signed, scene.head.news):
        assert "Мати: рядок, Telegram." in shown
        assert "Мати: просить не писати; відкрити може без нашого рядка." in shown
        assert "Мати: лише вебсторінка, тому ще й зателефонує людина." in shown
    await scene.head.presses("Підписати й надіслати рідним")
    assert scene.head.hears("approve-done", number=scene.number, recipients=2)
    assert scene.head.hears("approve-called", number=scene.number, recipients=1)
    await scene.leaves()
    await scene.mother.presses("Прочитати")
    await begins(scene, "Відкликати зовсім")
    for signer in (scene.author, scene.head):
        if signer is scene.head:
            await scene.author.presses("Підписую")
            await scene.head.says(f"/approve {scene.number}")
        assert signer.hears("amend-first", received=3, opened=1)
        assert signer.hears("amend-reach", recipients=3)
        assert "Мати: рядок, Telegram." in signer.news


async def test_a_withdrawal_of_what_nobody_heard_says_that_nobody_hears_of_it(house: House) -> None:
    scene = await set_out(house)
    async with house.database.work(house.clock()) as work:
        author, head = [await with_code(await one.person(), work) for one in (scene.author, scene.head)]
        report = await work.reports.by_number(ReportNumber(scene.number.replace("-", "")))
        assert author is not None
        assert head is not None
        assert report is not None
        statement = replace(EXAMPLE, level=Level.RELEASED, stage=None)
        first = await work.updates.add(report.case, author.id, statement, "0" * 64)
        await work.updates.release(first, head.id, (report.person,), held=(report.person,))
        await work.commit()
    house.clock.pass_by(minutes=6)
    await scene.author.says(f"/amend {scene.number}")
    await scene.author.presses(scene.author.keys[0].label)
    await scene.author.presses("Відкликати зовсім")
    for shown in (scene.author, scene.head):
        if shown is scene.head:
            await scene.author.presses("Підписую")
            await scene.head.says(f"/approve {scene.number}")
        for words in ("amend-first", "amend-reach", "amend-held"):
            assert shown.hears(words, received=0, opened=0, recipients=0, count=1)
