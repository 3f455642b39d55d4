"""No news, said honestly: staff note whom they asked, and each relative hears of the own case, and of nothing else."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.calls import Reason
from casework.checks import tell_in_time
from casework.checks.noting import NoteCheck, NoteCheckInWords
from casework.checks.telling import ReadNoNews
from casework.checks.values import CheckAnswer
from casework.contact import keep
from casework.contact.record import ContactKind, ContactWish
from casework.kinship import KinshipState
from casework.letters import Say
from casework.numbers import ReportNumber
from casework.refusal import Refusal
from storage.checks import no_news
from tests.journeys.test_contact import does, kinds
from tests.journeys.test_promise import KHARKIV, promises, reached
from tests.journeys.updating import Scene, code_in, set_out
from tests.visiting import Guest, House, with_code

PUSH = "Ми написали вам, кого питали за цей час."
LINES = {
    "uk": (
        "Національне інформаційне бюро, 24 листопада 2026: нічого нового",
        "Військова частина, 24 листопада 2026: нічого нового",
        "Знову запитаємо 17 грудня 2026",
    ),
    "en": (
        "National Information Bureau, 24 November 2026: nothing new",
        "Military unit, 24 November 2026: nothing new",
        "We will ask again on 17 December 2026",
    ),
}


def number_of(number: str) -> ReportNumber:
    return ReportNumber(number.replace("-", ""))


def asked(
    *numbers: str, body: str = "nib", on: date = date(2026, 11, 24), now: bool = True, **how: object
) -> NoteCheck:
    answer = CheckAnswer(str(how.get("answer", CheckAnswer.NOTHING_NEW)))
    return NoteCheck(tuple(number_of(one) for one in numbers), body, on, answer, on + timedelta(days=23), now)


async def verified(house: House, guest: Guest) -> str:
    """The relative's number."""
    number = await guest.registers()
    scene = Scene(house, guest, number, guest, await house.staff(Role.HEAD, "kharkiv"))
    await scene.kinship(number, KinshipState.VERIFIED)
    return number


async def words(house: House) -> int:
    async with house.database.work(house.clock()) as work:
        return len((await work.connection.execute(select(no_news.c.id))).all())


async def tick(house: House) -> Sequence[Reason]:
    async with house.database.work(house.clock()) as work:
        await keep(KHARKIV, work, tell_in_time)
        await work.commit()
    await house.deliver()
    async with house.database.work(house.clock()) as work:
        return [task.reason for task in await work.calls.waiting(KHARKIV) if task.reason is Reason.CONTACT]


@pytest.mark.parametrize(
    ("channel", "language"),
    [
        (Channel.TELEGRAM, "uk"),
        (Channel.VIBER, "uk"),
        (Channel.WEB, "uk"),
        (Channel.TELEGRAM, "en"),
        (Channel.VIBER, "en"),
        (Channel.WEB, "en"),
    ],
)
async def test_a_relative_reads_whom_we_asked_and_when_we_ask_again(
    house: House, channel: Channel, language: str
) -> None:
    mother = house.guest(channel, language)
    if language == "en":
        await mother.consents()
    number = await verified(house, mother)
    other = house.guest()
    await verified(house, other)
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    heard = len(other.inbox)
    for body, now in (("Національне інформаційне бюро", "Коли настане"), ("Військова частина", "Відразу")):
        await operator.says(f"/checked {number}")
        await operator.presses(body)
        await operator.says("24.11.2026")
        await operator.presses("Нічого нового")
        await operator.says("17 грудня")
        await operator.presses("Без своїх слів")
        await operator.presses(now)
    assert operator.hears("checked-told", relatives=1)
    assert await kinds(house, mother) == [], "what was sent is no contact"
    await mother.presses("Прочитати" if language == "uk" else "Read")
    for line in LINES[language]:
        assert mother.sees(line), line
    assert await kinds(house, mother) == [ContactKind.NO_NEWS]
    async with house.database.work(house.clock()) as work:
        [word] = await work.connection.scalars(select(no_news.c.id))
        await rulebook.carry_out(ReadNoNews(word), Actor(await mother.person(), language, channel), work)
        await work.commit()
    assert await kinds(house, mother) == [ContactKind.NO_NEWS], "opened again it is no second contact"
    assert len(other.inbox) == heard, "nothing of one case goes to another's family"
    await mother.says("/reports")
    assert mother.sees("кого ми питали" if language == "uk" else "whom we asked")


async def test_one_check_serves_many_cases_and_each_hears_of_the_own(house: House) -> None:
    mothers = [house.guest() for _ in range(3)]
    numbers = [await verified(house, mother) for mother in mothers]
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    await operator.says(f"/checked {', '.join(numbers)}, 1234")
    assert operator.hears("unclear-checked-numbers", part="1234")
    await operator.says(f"/checked {', '.join(numbers)}")
    assert operator.hears("checked-begin", cases=3, relatives=3, voice=0)
    await operator.presses("Національне інформаційне бюро")
    await operator.says("20.10.2026")
    assert operator.hears("unclear-checked-on", days=30)
    await operator.says("24.11.2026")
    await operator.presses("Нічого нового")
    await operator.says("20.11.2026")
    assert operator.hears("unclear-coming-day", days=90)
    await operator.says("17.12.2026")
    await operator.presses("Відразу")
    assert operator.hears("checked-told", relatives=3)
    for mother, number in zip(mothers, numbers, strict=True):
        await mother.presses("Прочитати")
        assert mother.sees(number)
        assert not any(mother.sees(other) for other in numbers if other != number)
    house.clock.pass_by(days=23)
    async with house.database.work(house.clock()) as work:
        person = await operator.person()
        board = await rulebook.board(Actor(person, "uk", Channel.WEB, await with_code(person, work)), work)
        [section] = [one for one in board if one.title == Say("checks-board")]
        [(_, command)] = section.rows[0].commands
        await work.commit()
    await operator.says(command)
    assert operator.hears("checked-begin", cases=3, relatives=3, voice=0)
    assert operator.asked("checked-on"), "the same body is asked about the same list"


async def test_nothing_is_told_twice_and_nothing_without_a_check_since(house: House) -> None:
    mother = house.guest()
    number = await verified(house, mother)
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    await does(house, operator, asked(number))
    assert await words(house) == 1
    await does(house, operator, asked(number, on=date(2026, 11, 22)))
    assert await words(house) == 1, "asked before our last word"
    house.clock.pass_by(days=2)
    await does(house, operator, asked(number, on=date(2026, 11, 26), answer=CheckAnswer.UNANSWERED))
    assert await words(house) == 1, "nobody has answered"
    await does(house, operator, asked(number, on=date(2026, 11, 26), answer=CheckAnswer.SOMETHING, body="icrc"))
    await does(house, operator, asked(number, on=date(2026, 11, 26), body="unit"))
    assert await words(house) == 1, "something is known: that is said by people"


async def test_only_by_a_human_a_second_ago_nothing_is_written_and_somebody_calls(house: House) -> None:
    """Set between the noting and the sending, and between the sending and the opening."""
    scene = await set_out(house)
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    async with house.database.work(house.clock()) as work:
        person = await operator.person()
        actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
        await rulebook.carry_out(asked(scene.number), actor, work)
        report = (await work.reports.of(await scene.mother.person()))[0]
        await work.voices.begin(report.id, actor.acting.id)
        await work.commit()
    heard = len(scene.mother.inbox)
    await house.deliver()
    assert len(scene.mother.inbox) == heard
    assert await words(house) == 1
    await does(house, operator, asked(scene.number, body="unit"))
    assert await words(house) == 1, "nothing is made for a case of which only a human speaks"
    async with house.database.work(house.clock()) as work:
        await work.voices.end(report.id)
        await work.commit()
    house.clock.pass_by(days=1)
    await does(house, operator, asked(scene.number, on=date(2026, 11, 25)))
    await house.deliver()
    assert PUSH in scene.mother.last.text
    async with house.database.work(house.clock()) as work:
        await work.voices.begin(report.id, actor.acting.id)
        await work.commit()
    await scene.mother.presses("Прочитати")
    assert scene.mother.sees("Про це з вами поговорить людина з центру")
    assert not scene.mother.sees("Національне")
    assert await kinds(house, scene.mother) == []


async def test_never_to_the_revoked_the_unverified_or_whoever_asked_for_silence(house: House) -> None:
    scene = await set_out(house)
    sister, number = await scene.another(KinshipState.DECLARED)
    quiet, silent = await scene.another(KinshipState.VERIFIED)
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(silent))
        assert report is not None
        await work.contacts.wish_anew(report.id, ContactWish.SILENCE)
        await work.commit()
    heard = len(sister.inbox), len(quiet.inbox)
    await does(house, operator, asked(scene.number))
    await scene.kinship(scene.number, KinshipState.REVOKED)
    at = len(scene.mother.inbox)
    await house.deliver()
    assert (len(sister.inbox), len(quiet.inbox), len(scene.mother.inbox)) == (*heard, at)
    assert await words(house) == 1
    assert number


async def test_a_case_that_is_parted_takes_along_only_what_was_asked_of_it(house: House) -> None:
    scene = await set_out(house)
    sister, number = await scene.another(KinshipState.VERIFIED)
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    await does(house, operator, asked(scene.number))
    await house.deliver()
    assert PUSH in sister.last.text
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(number))
        assert report is not None
        await work.cases.part(report.id, (await work.staff.all())[0].staff.id)
        await work.commit()
    await sister.presses("Прочитати")
    assert sister.hears("no-news-over")
    await scene.mother.presses("Прочитати")
    assert scene.mother.sees("Національне інформаційне бюро, 24 листопада 2026: нічого нового")


async def test_before_a_written_promise_runs_out_the_word_goes_by_itself_or_a_human_is_asked(house: House) -> None:
    told, untold = house.guest(), house.guest()
    first, second = await verified(house, told), await verified(house, untold)
    operator = await reached(house, first, second)
    await promises(house, 30, 90, 60, limit=9)
    house.clock.pass_by(days=20)
    await does(house, operator, asked(first, on=date(2026, 12, 10), now=False))
    assert await tick(house) == [], "not a day too early"
    assert PUSH not in told.last.text
    house.clock.pass_by(days=4)
    assert await tick(house) == [Reason.CONTACT], "nothing was checked for the other: a task, and no word"
    assert PUSH in told.last.text
    assert PUSH not in untold.last.text
    house.clock.pass_by(days=2)
    assert len(await tick(house)) == 1, "it may still be opened"
    house.clock.pass_by(days=1, hours=1)
    assert len(await tick(house)) == 2, "unopened, it is no contact: a human calls"
    await told.presses("Прочитати")
    assert len(await tick(house)) == 1, "opened, it keeps the promise"
    assert await words(house) == 1


async def test_own_words_take_two_and_never_bad_news(house: House) -> None:
    mother = house.guest()
    number = await verified(house, mother)
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    await operator.says(f"/checked {number}")
    await operator.presses("Національне інформаційне бюро")
    await operator.says("24.11.2026")
    await operator.presses("Нічого нового")
    await operator.presses("Не називати дня")
    await operator.says("Тіло ідентифіковано.")
    assert operator.sees("Текст зупинив перелік слів")
    await operator.says("У бюро кажуть, що переглянуть список ще раз.")
    await operator.presses("Відразу")
    assert operator.hears("proposed", what=Say("proposal-act.check-words"))
    assert await words(house) == 0, "one person's words go nowhere"
    await house.second()
    await house.deliver()
    await mother.presses("Прочитати")
    assert mother.sees("У бюро кажуть, що переглянуть список ще раз.")
    command = NoteCheckInWords(number_of(number), "nib", date(2026, 11, 24), None, "Знайшли тіло.")
    with pytest.raises(Refusal, match="write-stopped"):
        await does(house, operator, command)


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        ({"body": "nowhere"}, "checked-body-gone"),
        ({"on": date(2026, 11, 25)}, "unclear-checked-on"),
        ({"on": date(2026, 10, 1)}, "unclear-checked-on"),
    ],
)
async def test_what_cannot_be_is_refused(house: House, wrong: dict[str, object], refused: str) -> None:
    number = await verified(house, house.guest())
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    with pytest.raises(Refusal, match=refused):
        await does(house, operator, asked(number, **wrong))  # type: ignore[arg-type]  # what is wrong is the point
    stranger = await house.staff(Role.OPERATOR, "lviv")
    with pytest.raises(Refusal, match="case-other-center"):
        await does(house, stranger, asked(number))


async def test_no_sequence_of_what_people_do_pretends(house: House) -> None:
    """The real rules over the real database, in an order that nobody thought of."""
    dice = random.Random(7)  # noqa: S311  an order, not a secret
    scene = await set_out(house)
    sister, number = await scene.another(KinshipState.VERIFIED)
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    numbers, pushed = (scene.number, number), 0
    answers = (*(CheckAnswer.NOTHING_NEW,) * 6, CheckAnswer.UNANSWERED, CheckAnswer.SOMETHING)
    for step in range(40):
        house.clock.pass_by(hours=dice.choice((1, 24, 48)))
        guest, own = dice.choice(((scene.mother, numbers[0]), (sister, numbers[1])))
        async with house.database.work(house.clock()) as work:
            report = await work.reports.by_number(number_of(own))
            assert report is not None
            voice = await work.voices.of(report.id) is not None
            quiet = await work.contacts.wish(report.id) is ContactWish.SILENCE
            match dice.randrange(9):
                case 0:
                    staff = (await work.staff.all())[0].staff.id
                    await (work.voices.end(report.id) if voice else work.voices.begin(report.id, staff))
                case 1:
                    await work.contacts.wish_anew(report.id, ContactWish.USUAL if quiet else ContactWish.SILENCE)
                case 2 if guest.keys and guest.keys[0].label == "Прочитати":
                    await work.commit()
                    await guest.presses("Прочитати")
                case 3:
                    await work.commit()
                    await reached(house, own)
                case _:
                    await work.commit()
                    day = (house.clock.at - timedelta(days=dice.choice((0, 0, 1, 9)))).date()
                    body = dice.choice(("nib", "unit", "icrc"))
                    await does(house, operator, asked(own, body=body, on=day, answer=dice.choice(answers)))
            await work.commit()
        before = len(scene.mother.inbox) + len(sister.inbox)
        await house.deliver()
        sent = len(scene.mother.inbox) + len(sister.inbox) - before
        pushed += sent
        async with house.database.work(house.clock()) as work:
            rows = (await work.connection.execute(select(no_news).order_by(no_news.c.id))).all()
            for person in {row.person_id for row in rows}:
                own_rows = [row for row in rows if row.person_id == person]
                used = [check for row in own_rows for check in row.checks]
                assert len(used) == len(set(used)), "no check is told to one relative twice"
                times = [row.sent_at for row in own_rows]
                assert times == sorted(times)
            if sent:
                assert await work.voices.of(report.id) is None, step
    assert pushed >= 2


async def test_a_word_has_a_code_that_proves_it_to_its_own_relative_alone(house: House) -> None:
    mother, other = house.guest(), house.guest()
    number = await verified(house, mother)
    await verified(house, other)
    await does(house, await house.staff(Role.OPERATOR, "kharkiv"), asked(number))
    await house.deliver()
    await mother.presses("Прочитати")
    code = code_in(mother)
    await mother.says(f"/check {code}")
    assert mother.sees("Цей код справжній")
    assert mother.sees(LINES["uk"][0]), "what stands under it is shown again"
    await other.says(f"/check {code}")
    assert other.hears("check-not-ours")
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(number))
        staff = (await work.staff.all())[0].staff.id
        assert report is not None
        await work.kinships.decide(report.id, KinshipState.VERIFIED, KinshipState.REVOKED, staff)
        await work.commit()
    await mother.says(f"/check {code}")
    assert mother.sees("Цей код справжній"), "we wrote it"
    assert not mother.sees(LINES["uk"][0])
