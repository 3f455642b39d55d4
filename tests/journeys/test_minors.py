"""A relative under 18 is greeted, brought to a human, and told nothing of the search alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from casework import minors, rulebook
from casework.actor import Actor, Channel, Role
from casework.calls import Reason
from casework.inquiries.asking import AskBody
from casework.kinship import KinshipState
from casework.letters import Say
from casework.minors import of_age_on
from casework.numbers import ReportNumber
from casework.refusal import Refusal
from casework.registering import Kinship
from casework.unreadable import can_be_read
from casework.values import PartialDate
from storage.database import StoredWork
from tests.journeys.test_inquiries import agrees
from tests.journeys.updating import NEWS, WORDS, Scene, set_out
from tests.visiting import Guest, House, with_code


async def reasons(house: House, guest: Guest) -> list[Reason]:
    async with house.database.work(house.clock()) as work:
        return [task.reason for task in await work.calls.open_of(await guest.person(), None)]


async def files_a_report(son: Guest, words: dict[str, str]) -> None:
    await son.consents()
    await son.says("/register")
    await son.says(words["son"])
    await son.presses(words["young"])
    assert son.sees(words["greeting"]), "in own words, before anything else is asked"
    assert son.sees("7333")
    assert son.sees("103")
    for said in ("Мельник Тарас Ігорович", "12.03.1980", "Мельник Данило", "067 123 45 67", "Харків"):
        await son.says(said)
    assert son.asked("minor-adult")
    await son.says("бабуся Ніна, 067 765 43 21")
    await son.presses(words["send"])


UKRAINIAN = {
    "son": "Син",
    "young": "Ні, мені ще немає 18",
    "greeting": "на самоті вам не треба",
    "send": "Так, усе правильно",
}
ENGLISH = {
    "son": "Son",
    "young": "No, I am not 18 yet",
    "greeting": "you need not do it alone",
    "send": "Yes, all is right",
}


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER, Channel.WEB])
@pytest.mark.parametrize(("language", "words"), [("uk", UKRAINIAN), ("en", ENGLISH)])
async def test_a_child_who_reports_is_greeted_and_a_human_calls(
    house: House, channel: Channel, language: str, words: dict[str, str]
) -> None:
    son = house.guest(channel, language)
    await files_a_report(son, words)
    assert await reasons(house, son) == [Reason.MINOR], "one call, sooner than to others"
    await son.says("/reports")
    assert son.hears("standing-minor")
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    async with house.database.work(house.clock()) as work:
        [report] = await work.reports.of(await son.person())
        [task] = await work.calls.open_of(report.person, report.id)
    assert task.due <= house.clock() + timedelta(days=1, hours=1)
    await operator.says(f"/call {report.number}")
    assert operator.sees("Ще немає 18")
    assert operator.sees("бабуся Ніна")
    await son.says("/book")
    assert not son.sees("не можна"), "a psychologist is open to them"


async def test_who_is_18_is_asked_nothing_more_and_parents_not_even_that(house: House) -> None:
    son, mother = house.guest(), house.guest()
    await son.consents()
    await son.says("/register")
    await son.says("Син")
    await son.presses("Так, мені вже є 18")
    assert son.asked("missing-name")
    await mother.consents()
    await mother.says("/register")
    await mother.says("Мати")
    assert mother.asked("missing-name")


async def marked(scene: Scene, guest: Guest, of_age: date | None = None) -> None:
    async with scene.house.database.work(scene.house.clock()) as work:
        await work.minors.begin(await guest.person(), None, of_age=of_age)
        await work.commit()


@pytest.fixture
async def scene(house: House) -> Scene:
    return await set_out(house)


async def test_an_update_goes_to_the_adult_and_a_human_tells_the_child(scene: Scene) -> None:
    child, number = await scene.another(KinshipState.VERIFIED)
    await child.says("Мені ще немає 18")
    await child.presses("Так, мені ще немає 18")
    assert child.sees("7333")
    await child.says("тітка Оля")
    assert child.sees("Усе, що ви написали, залишилося")
    heard = len(child.inbox)
    await scene.writes()
    await scene.head.says(f"/approve {scene.number}")
    assert scene.head.sees("Тим, кому ще немає 18 (1), наодинці не повідомляємо"), "both who sign know"
    await scene.head.presses("Підписати й надіслати рідним")
    await scene.leaves()
    assert scene.mother.last.text == NEWS
    assert len(child.inbox) == heard
    assert set(await reasons(scene.house, child)) >= {Reason.VOICE, Reason.MINOR}
    await child.says("/updates")
    assert not child.sees("24 листопада")
    await scene.head.says(f"/call {number}")
    assert scene.head.sees(WORDS)
    assert scene.head.sees("тітка Оля")
    await scene.mother.says("/reports")
    assert not scene.mother.hears("standing-minor"), "nobody else notices"


async def test_what_was_written_before_the_mark_is_held_back(scene: Scene) -> None:
    await scene.released()
    assert scene.mother.last.text == NEWS
    await marked(scene, scene.mother)
    await scene.mother.presses("Прочитати")
    assert scene.mother.sees("коли поруч буде дорослий")
    assert not scene.mother.sees(WORDS)


async def test_no_letter_about_the_search_may_go_to_them(scene: Scene) -> None:
    """Whatever names what it tells: the courier asks at the moment of sending."""
    await scene.released()
    person = await scene.mother.person()
    async with scene.house.database.work(scene.house.clock()) as work:
        [report] = await work.reports.of(person)
        [reading] = await work.updates.readings(person)
        reads = [f"update:{reading.update}", *(f"{kind}:{report.id}" for kind in ("kinship", "invitation", "sighting"))]
        before = [await rulebook.may_read(person, one, work) for one in reads]
        await work.minors.begin(person, None)
        assert [await rulebook.may_read(person, one, work) for one in reads] == [False] * 4
        await work.minors.end(person)
        assert [await rulebook.may_read(person, one, work) for one in reads] == before
        assert before[:3] == [True] * 3


async def test_who_looks_at_a_childs_papers_is_told_how_to_mark_it(house: House) -> None:
    daughter, mother = house.guest(), house.guest()
    verifier = await house.staff(Role.VERIFIER, "kharkiv")
    await daughter.consents()
    await daughter.says("/register")
    await daughter.says("Донька")
    await daughter.presses("Так, мені вже є 18")
    for said in ("Мельник Тарас Ігорович", "12.03.1980", "Мельник Софія", "067 123 45 67", "Харків"):
        await daughter.says(said)
    await daughter.presses("Так, усе правильно")
    of_mother = await mother.registers()
    async with house.database.work(house.clock()) as work:
        [report] = await work.reports.of(await daughter.person())
    await verifier.says(f"/kinship {report.number}")
    assert verifier.hears("kinship-young", number=str(report.number))
    await verifier.says(f"/kinship {of_mother}")
    assert not verifier.hears("kinship-young", number=of_mother)


async def test_staff_mark_from_papers_a_second_looks_and_two_lift(scene: Scene) -> None:
    operator, house = await scene.house.staff(Role.OPERATOR, "kharkiv"), scene.house
    await operator.says(f"/minor {scene.number}")
    await operator.presses("Ще немає 18: позначити")
    await operator.says("03.1990")
    await operator.presses("Не знаю")
    assert operator.sees("Позначати не треба"), "by this date they are of age long since"
    await operator.says("03.2012")
    if not operator.sees("позначено, що ще немає 18"):
        await operator.presses("Не знаю")
    assert operator.sees("позначено, що ще немає 18")
    await scene.mother.reads_push()
    assert scene.mother.sees("ми записали, що вам ще немає 18"), "a mistake is seen by whom it is about"
    async with house.database.work(house.clock()) as work:
        assert [one.act for one in await work.proposals.waiting()] == ["minor"]
        minor = await work.minors.of(await scene.mother.person())
    assert minor is not None
    assert minor.details.of_age == date(2030, 3, 31), "the month alone is kept"
    await operator.says(f"/minor {scene.number}")
    await operator.presses("Дописати дату чи дорослого")
    await operator.says("03.1990")
    await operator.presses("Не знаю")
    assert operator.hears("minor-over", number=scene.number), "the mark stands until two lift it"
    await operator.says(f"/minor {scene.number}")
    await operator.presses("Зняти позначку")
    assert operator.hears("staff-not-allowed")
    await scene.head.says(f"/minor {scene.number}")
    await scene.head.presses("Зняти позначку")
    assert scene.head.hears("proposal-lift-minor", number=scene.number)
    async with house.database.work(house.clock()) as work:
        assert await work.minors.of(await scene.mother.person()) is not None, "one alone lifts nothing"
    await house.second()
    async with house.database.work(house.clock()) as work:
        assert await work.minors.of(await scene.mother.person()) is None
        assert not await work.proposals.waiting()
    assert Reason.MINOR not in await reasons(house, scene.mother), "nobody asks a grown woman which adult is with her"
    await scene.mother.reads_push()
    assert scene.mother.hears("minor-ended", number=scene.number)
    await scene.released()
    assert scene.mother.last.text == NEWS


async def test_the_day_comes_to_a_human_first(scene: Scene) -> None:
    house = scene.house
    await marked(scene, scene.mother, date(2026, 11, 30))
    house.clock.go_to(datetime(2026, 11, 30, 12, tzinfo=UTC))
    await ticks(house)
    assert Reason.OF_AGE not in await reasons(house, scene.mother)
    house.clock.go_to(datetime(2026, 12, 1, 12, tzinfo=UTC))
    for _ in range(2):
        await ticks(house)
    assert (await reasons(house, scene.mother)).count(Reason.OF_AGE) == 1
    await scene.released()
    assert scene.mother.last.text != NEWS, "no date tells a child: a human does, and two lift it"
    async with house.database.work(house.clock()) as work:
        person = await scene.head.person()
        board = await rulebook.board(Actor(person, "uk", Channel.WEB, await with_code(person, work)), work)
    cells = [cell for section in board for row in section.rows for cell in row.cells]
    assert Say("minors-board.of-age") in cells


async def ticks(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        await minors.come_of_age(work)
        await work.commit()


async def test_the_promise_of_contact_is_a_human_voice_for_them(scene: Scene) -> None:
    async def by_voice(work: StoredWork) -> bool:
        report = await work.reports.by_number(ReportNumber(scene.number.replace("-", "")))
        assert report is not None
        side = await work.contacts.side(report.id)
        assert side is not None
        return side.heard.by_voice

    async with scene.house.database.work(scene.house.clock()) as work:
        assert not await by_voice(work)
    await marked(scene, scene.mother)
    async with scene.house.database.work(scene.house.clock()) as work:
        assert await by_voice(work)


async def test_nobody_is_asked_by_a_childs_consent_alone(scene: Scene) -> None:
    house = scene.house
    await agrees(house, scene.number)
    await marked(scene, scene.mother)
    async with house.database.work(house.clock()) as work:
        person = await scene.head.person()
        actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
        number = ReportNumber(scene.number.replace("-", ""))
        with pytest.raises(Refusal, match="inquiry-minor"):
            await rulebook.carry_out(AskBody(number, "nib", "Чи є дані?", (), date(2026, 12, 20)), actor, work)


@pytest.mark.parametrize(
    ("born", "until"),
    [
        (PartialDate(2012, 3, 7), date(2030, 3, 31)),
        (PartialDate(2008, 2, 29), date(2026, 2, 28)),
        (PartialDate(2010, 12, 1), date(2028, 12, 31)),
        (PartialDate(2010), date(2028, 12, 31)),
    ],
)
def test_the_day_is_never_too_early(born: PartialDate, until: date) -> None:
    assert of_age_on(born) == until


async def test_an_answer_of_their_age_outlasts_a_correction_of_their_kinship(house: House) -> None:
    sister = house.guest()
    await sister.consents()
    for said in ("/register", "Сестра"):
        await sister.says(said)
    await sister.presses("Ні, мені ще немає 18")
    for said in ("Мельник Тарас Ігорович", "12.03.1980", "Мельник Дана", "067 123 45 67", "Харків", "тітка Ніна"):
        await sister.says(said)
    await sister.presses("Виправити")
    await sister.presses("Хто ви")
    await sister.says("Дружина")
    await sister.presses("Так, усе правильно")
    async with house.database.work(house.clock()) as work:
        assert await work.minors.of(await sister.person()) is not None


async def test_who_turns_out_to_be_a_daughter_is_told_what_to_write(scene: Scene) -> None:
    await scene.mother.says(f"/correct {scene.number}")
    await scene.mother.presses("Хто ви")
    await scene.mother.says("Донька")
    assert scene.mother.hears("correct-young")


async def never_asked(house: House, guest: Guest) -> None:
    """As a report was kept before anybody was asked that."""
    async with house.database.work(house.clock()) as work:
        person = await work.people.get(await guest.person())
        await work.people.keep(replace(person, profile=replace(person.profile, age_asked=False)))
        for report in await work.reports.of(person.id):
            await work.reports.correct(report.id, replace(report.claim, kinship=Kinship.BROTHER))
        await work.commit()


async def test_a_stored_brother_is_asked_once_before_he_opens_news(scene: Scene) -> None:
    await never_asked(scene.house, scene.mother)
    await scene.released()
    assert scene.mother.last.text == NEWS, "nothing is held back by a question that nobody has asked"
    await scene.mother.presses("Прочитати")
    assert scene.mother.asked("register-age")
    assert not scene.mother.sees(WORDS)
    await scene.mother.presses("Так, мені вже є 18")
    assert scene.mother.sees(WORDS), "and goes on to what was opened"
    await scene.mother.says("/reports")
    assert not scene.mother.asked("register-age")


async def test_a_stored_sister_who_is_a_child_is_told_by_a_human(scene: Scene) -> None:
    await never_asked(scene.house, scene.mother)
    await scene.released()
    await scene.mother.says("/reports")
    await scene.mother.presses("Ні, мені ще немає 18")
    assert scene.mother.sees("7333")
    await scene.mother.says("тітка Оля")
    await scene.mother.says("/updates")
    assert not scene.mother.asked("register-age")
    assert Reason.MINOR in await reasons(scene.house, scene.mother)


async def test_parents_and_who_was_asked_when_they_reported_are_not_asked(house: House) -> None:
    mother, brother = house.guest(), house.guest()
    await mother.registers()
    await brother.consents()
    for said in ("/register", "Брат"):
        await brother.says(said)
    await brother.presses("Так, мені вже є 18")
    for said in ("Мельник Тарас Ігорович", "12.03.1980", "Мельник Данило", "067 123 45 67", "Харків"):
        await brother.says(said)
    await brother.presses("Так, усе правильно")
    for one in (mother, brother):
        await one.says("/reports")
        assert not one.asked("register-age")


async def test_a_tick_opens_some_marks_and_each_once_a_day(house: House) -> None:
    children = [house.guest() for _ in range(3)]
    for child in children:
        await child.consents()
    now = house.clock()
    async with house.database.work(now) as work:
        for child in children:
            await work.minors.begin(await child.person(), None)
        found = [[one.person for one in await work.minors.to_look_at(now, 2)] for _ in range(3)]
        assert [len(some) for some in found] == [2, 1, 0]
        assert found[0] + found[1] == [await child.person() for child in children]
        assert len(await work.minors.to_look_at(now + timedelta(days=1), 5)) == 3


async def test_what_is_known_beside_a_mark_and_does_not_open_is_not_written_over(house: House) -> None:
    child = house.guest()
    await child.consents()
    person = await child.person()
    async with house.database.work(house.clock()) as work:
        await work.minors.begin(person, None, adult="бабуся Ніна")
        await work.connection.execute(
            text("UPDATE minors SET details = set_byte(details, 40, (get_byte(details, 40) + 1) % 256)")
        )
        broken = await work.minors.of(person)
        assert broken is not None
        assert not can_be_read(broken)
        rows = text("SELECT details FROM minors ORDER BY id LIMIT 1")
        before = (await work.connection.execute(rows)).scalar_one()
        for adult in ("тітка Оля", ""):
            await work.minors.begin(person, None, adult=adult, of_age=date(2030, 3, 31))
        assert (await work.connection.execute(rows)).scalar_one() == before
        known = await work.minors.of(person)
        assert known is not None
        assert known.details.adult == "тітка Оля"
        await work.minors.end(person)
        assert await work.minors.of(person) is None
