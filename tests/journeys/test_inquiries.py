"""An inquiry: asked by consent, printed, sent, answered or not; and each relative hears on the promised day."""

from datetime import date, timedelta
from io import BytesIO

import pypdfium2
import pytest
from sqlalchemy import insert, select, update

from casework import rulebook
from casework.account import Account, Body
from casework.actor import Actor, Channel, Role
from casework.calls import CallTask, Reason
from casework.cases.calling import RecordCall, Whom
from casework.cases.records import Reached
from casework.centers import KYIV
from casework.checks.values import CheckAnswer
from casework.contact.record import ContactWish
from casework.contact.wishes import WishContact
from casework.ids import FileId, InquiryId
from casework.inquiries import follow
from casework.inquiries.answering import AnswerInquiry
from casework.inquiries.asking import AskBody, MarkSent, SetTerm, StopInquiry
from casework.inquiries.telling import stands, told
from casework.inquiries.values import Enclosed, Outcome
from casework.kinship import KinshipState
from casework.refusal import Refusal
from casework.updates.values import EXAMPLE
from storage.checks import checks
from storage.inquiries import inquiries
from storage.staff import staff
from storage.updates import updates
from tests.handlers.web_site import Visitor, served
from tests.journeys.test_contact import does
from tests.journeys.test_no_news import PUSH, asked, number_of, verified
from tests.journeys.updating import WORDS, code_in, set_out
from tests.visiting import Guest, House, with_code

TOLD = Account(unit="А0000", rank="солдат", marks="Шрам на лівій руці", share_with=(Body.NIB, Body.UNIT))


async def agrees(house: House, number: str, account: Account = TOLD) -> None:
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(number))
        assert report is not None
        await work.reports.tell_more(report.id, account, None)
        await work.commit()


async def tick(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        await follow(work)
        await work.commit()
    await house.deliver()


async def written(house: House, member: Guest, number: str, due: date = date(2026, 12, 17)) -> InquiryId:
    question = "Чи внесено людину до реєстру?"
    await does(house, member, AskBody(number_of(number), "nib", question, (Enclosed.MARKS,), due))
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(number))
        assert report is not None
        return max(one.id for one in await work.inquiries.at(report.center))


async def opens(house: House, guest: Guest, id: FileId) -> bool:
    async with house.database.work(house.clock()) as work:
        person = await guest.person()
        file = await work.files.get(id)
        assert file is not None
        return await rulebook.may_open(Actor(person, "uk", Channel.WEB, await with_code(person, work)), file, work)


@pytest.mark.parametrize(
    ("channel", "language"),
    [
        (Channel.TELEGRAM, "uk"),
        (Channel.VIBER, "en"),
        (Channel.WEB, "uk"),
        (Channel.TELEGRAM, "en"),
        (Channel.VIBER, "uk"),
        (Channel.WEB, "en"),
    ],
)
async def test_a_family_reads_whom_we_asked_until_when_and_on_the_day_after_what_came(
    house: House, channel: Channel, language: str
) -> None:
    english = language == "en"
    mother = house.guest(channel, language)
    if english:
        await mother.consents()
    number = await verified(house, mother)
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    await operator.says(f"/inquiry {number}")
    assert operator.hears("inquiry-nobody-agreed", number=number), "without consent nobody is asked"
    await agrees(house, number)
    await operator.says(f"/inquiry {number}")
    await operator.presses("Національне інформаційне бюро")
    await operator.says("Чи внесено людину до реєстру?")
    await operator.presses("Прикмети")
    await operator.presses("Готово")
    await operator.says("20.11.2026")
    assert operator.hears("unclear-coming-day", days=365)
    await operator.says("17 грудня")
    assert operator.hears("inquiry-written", number="1/2026")
    heard = len(mother.inbox)
    await operator.presses("Надіслано")
    assert len(mother.inbox) > heard
    await mother.presses("Read" if english else "Прочитати")
    assert mother.sees("24 November 2026" if english else "24 листопада 2026")
    assert mother.sees("We wait for the answer until 17 December" if english else "Відповіді чекаємо до 17 грудня")
    assert mother.sees("On 18 December 2026 we tell you" if english else "18 грудня 2026 скажемо вам")
    assert not mother.sees("The law gives" if english else "За законом"), "no law is invented"
    assert not mother.sees("Шрам")
    house.clock.go_to(house.clock.at + timedelta(days=22))
    await tick(house)
    assert operator.sees("Рідним обіцяно сказати наступного дня"), "the member is reminded before"
    house.clock.pass_by(days=2)
    heard = len(mother.inbox)
    await tick(house)
    assert len(mother.inbox) == heard + 1, "on the 18th they do hear"
    assert any("строк минув" in message.text for message in operator.inbox), "and the member after"
    await mother.presses("Read" if english else "Прочитати")
    assert mother.sees("There is no answer yet" if english else "Відповіді поки немає")
    await tick(house)
    assert not any("Прочитати" in key.label for key in mother.keys), "once"
    await operator.says("/inquiries")
    assert operator.sees("із 1 відповідей запізнилися або не прийшли 1")


async def test_the_letter_is_printed_for_staff_of_the_case_and_declines_no_name(house: House) -> None:
    number = await verified(house, house.guest())
    await agrees(house, number)
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    stranger = await house.staff(Role.OPERATOR, "lviv")
    id = await written(house, operator, number)
    async with served(house) as site:
        answer = await Visitor(site, operator.address).get(f"/inquiries/{id}.pdf")
        assert answer.status == 200
        content = await answer.read()
        assert (await Visitor(site, stranger.address).get(f"/inquiries/{id}.pdf")).status == 404
        await agrees(house, number, Account(share_with=()))
        assert (await Visitor(site, operator.address).get(f"/inquiries/{id}.pdf")).status == 404, "consent taken back"
    with pypdfium2.PdfDocument(BytesIO(content)) as paper:
        text = str(paper[0].get_textpage().get_text_range())
    for line in (
        "Центр підтримки родин: Харків",
        "№ 1/2026, 24 листопада 2026",
        "Кому: Національне інформаційне бюро",
        "Про кого: Петренко Іван",
        "Чи внесено людину до реєстру?",
        "Прикмети: Шрам на лівій руці",
        "Згоду дає: Петренко Марія",
        "до 17 грудня 2026",
    ):
        assert line in text, text
    assert "А0000" not in text, "only what was chosen is enclosed"
    with pytest.raises(Refusal, match="inquiry-no-consent"):
        await does(house, operator, MarkSent(id))


async def test_an_answer_is_a_check_or_the_draft_of_an_update_and_only_once(house: House) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    first = await written(house, scene.head, scene.number)
    with pytest.raises(Refusal, match="inquiry-not-sent"):
        await does(house, scene.head, AnswerInquiry(first, Outcome.NOTHING_NEW, date(2026, 11, 24)))
    await does(house, scene.head, MarkSent(first))
    with pytest.raises(Refusal, match="inquiry-sent-already"):
        await does(house, scene.head, MarkSent(first))
    house.clock.pass_by(days=2)
    with pytest.raises(Refusal, match="unclear-answered-on"):
        await does(house, scene.head, AnswerInquiry(first, Outcome.NOTHING_NEW, date(2026, 11, 23)))
    async with house.database.work(house.clock()) as work:
        file = await work.files.add(await scene.head.person(), type="image/png", content=b"the answer")
        await work.commit()
    await does(house, scene.head, AnswerInquiry(first, Outcome.NOTHING_NEW, date(2026, 11, 26), (file,)))
    assert await opens(house, scene.author, file), "the answer is with the case"
    assert not await opens(house, await house.staff(Role.OPERATOR, "lviv"), file)
    assert not await opens(house, scene.mother, file), "what a body wrote is nobody's to read before two have signed"
    await scene.author.says(f"/case {scene.number}")
    assert scene.author.sees("Запит 1/2026, Національне інформаційне бюро: відповідь є")
    await scene.author.presses("Запит 1/2026")
    await scene.author.presses("Файли відповіді")
    assert scene.author.hears("inquiry-opened-files", number="1/2026", files=1)
    with pytest.raises(Refusal, match="inquiry-answered-already"):
        await does(house, scene.head, AnswerInquiry(first, Outcome.SOMETHING, date(2026, 11, 26)))
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(scene.number))
        assert report is not None
        checks = (await work.checks.of_cases([report.case]))[report.case]
    assert [(one.body, one.on) for one in checks] == [("nib", date(2026, 11, 26))], "from which nothing new is told"
    second = await written(house, scene.head, scene.number)
    await does(house, scene.head, MarkSent(second))
    await house.deliver()
    await does(house, scene.head, AnswerInquiry(second, Outcome.SOMETHING, date(2026, 11, 26)))
    await scene.author.says(f"/update {scene.number}")
    await scene.author.presses("У реєстрі НІБ")
    assert not scene.mother.sees("внесено"), "nothing of the answer is written before two have signed"
    await tick(house)
    house.clock.pass_by(days=23)
    heard = len(scene.mother.inbox)
    await tick(house)
    async with house.database.work(house.clock()) as work:
        calls = await work.calls.open_of(await scene.mother.person(), None)
    assert Reason.INQUIRY in {task.reason for task in calls}, "what came is said by a human on the promised day"
    assert not any(PUSH in message.text for message in scene.mother.inbox[heard:])


async def test_never_where_only_a_human_speaks_nor_to_the_revoked(house: House) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    id = await written(house, scene.head, scene.number)
    heard = len(scene.mother.inbox)
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(scene.number))
        assert report is not None
        await work.voices.begin(report.id, (await work.staff.all())[0].staff.id)
        await work.commit()
    await does(house, scene.head, MarkSent(id))
    await house.deliver()
    assert len(scene.mother.inbox) == heard
    async with house.database.work(house.clock()) as work:
        await work.voices.end(report.id)
        await work.commit()
    other = await written(house, scene.head, scene.number)
    await does(house, scene.head, MarkSent(other))
    await scene.kinship(scene.number, KinshipState.REVOKED)
    await house.deliver()
    assert len(scene.mother.inbox) == heard


async def test_a_law_is_named_only_where_two_have_signed_it(house: House) -> None:
    mother = house.guest()
    number = await verified(house, mother)
    await agrees(house, number)
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    await does(house, administrator, SetTerm("nib", 10, "Закон для проби, стаття 1"))
    async with house.database.work(house.clock()) as work:
        assert await work.inquiries.term("nib") is None
    await house.second()
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    id = await written(house, operator, number)
    await does(house, operator, MarkSent(id))
    await house.deliver()
    await mother.presses("Прочитати")
    assert mother.sees("За законом відповісти мають до 4 грудня 2026. Закон для проби, стаття 1")
    with pytest.raises(Refusal, match="inquiry-body-gone"):
        await does(house, operator, AskBody(number_of(number), "nowhere", "?", (), date(2026, 12, 17)))
    with pytest.raises(Refusal, match="unclear-coming-day"):
        await does(house, operator, AskBody(number_of(number), "unit", "?", (), date(2026, 11, 20)))


async def sent(house: House, member: Guest, number: str, body: str = "nib") -> InquiryId:
    """An inquiry that went to a body."""
    await does(house, member, AskBody(number_of(number), body, "Що відомо?", (), date(2026, 12, 17)))
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(number))
        assert report is not None
        id = max(one.id for one in await work.inquiries.at(report.center))
    await does(house, member, MarkSent(id))
    await house.deliver()
    return id


async def calls_of(house: House, guest: Guest) -> list[CallTask]:
    async with house.database.work(house.clock()) as work:
        tasks = await work.calls.open_of(await guest.person(), None)
        return [task for task in tasks if task.reason is Reason.INQUIRY]


async def reads(house: House, guest: Guest, id: InquiryId) -> str:
    """By name, what the button of the neutral line shows now."""
    async with house.database.work(house.clock()) as work:
        return " ".join(f"{one.name} {dict(one.args)}" for one in await told(await guest.person(), id, "uk", work))


@pytest.mark.parametrize(("outcome", "silence"), [(None, False), (Outcome.REFUSED, True), (Outcome.SOMETHING, False)])
async def test_after_the_search_ended_or_silence_was_asked_nothing_is_written_and_nobody_calls(
    house: House, outcome: Outcome | None, silence: bool
) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    id = await sent(house, scene.head, scene.number)
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(scene.number))
        assert report is not None
        if silence:
            await work.contacts.wish_anew(report.id, ContactWish.SILENCE)
        else:
            ended_by = await work.staff.member_of(await scene.head.person())
            assert ended_by is not None
            await work.endings.end(report.case, ended_by.id)
        await work.commit()
    heard = len(scene.mother.inbox)
    if outcome is not None:
        await does(house, scene.head, AnswerInquiry(id, outcome, date(2026, 11, 24)))
    house.clock.go_to(house.clock.at + timedelta(days=24))
    await tick(house)
    assert len(scene.mother.inbox) == heard
    assert not await calls_of(house, scene.mother)
    async with house.database.work(house.clock()) as work:
        assert not await stands(await scene.mother.person(), id, work)


async def test_nobody_reads_that_another_relative_consented(house: House) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    wife, number = await scene.another(KinshipState.VERIFIED)
    await agrees(house, number, Account(share_with=(Body.NIB,)))
    mothers, wifes = len(scene.mother.inbox), len(wife.inbox)
    id = await sent(house, scene.head, scene.number, "unit")
    assert len(scene.mother.inbox) == mothers + 1
    assert len(wife.inbox) == wifes
    assert await reads(house, wife, id) == "inquiry-over {}"
    async with house.database.work(house.clock()) as work:
        assert not await stands(await wife.person(), id, work)
        assert await stands(await scene.mother.person(), id, work)
    await does(house, scene.head, AnswerInquiry(id, Outcome.SOMETHING, date(2026, 11, 24)))
    assert await calls_of(house, scene.mother)
    assert not await calls_of(house, wife)
    wifes = len(wife.inbox)
    await sent(house, scene.head, scene.number, "nib")
    assert len(wife.inbox) == wifes + 1, "what they agreed to themselves they hear of"


async def test_something_ends_no_news_and_is_said_by_voice_by_the_promised_day(house: House) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    id = await sent(house, scene.head, scene.number)
    await does(house, scene.head, AnswerInquiry(id, Outcome.SOMETHING, date(2026, 11, 24)))
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(scene.number))
        assert report is not None
        noted = (await work.checks.of_cases([report.case]))[report.case]
    assert [(one.body, one.answer) for one in noted] == [("nib", CheckAnswer.SOMETHING)]
    (call,) = await calls_of(house, scene.mother)
    assert call.due.astimezone(KYIV).date() == date(2026, 12, 18), "in time, and not by the usual day"
    shown = await reads(house, scene.mother, id)
    assert "inquiry-waits" in shown
    assert "inquiry-came" not in shown, "a button gives nothing away"
    house.clock.pass_by(minutes=1)
    await scene.author.says(f"/update {scene.number}")
    for pressed in ("У реєстрі НІБ", "Не зазначати", "Так, це джерело", "Ні, стан той самий"):
        await scene.author.presses(pressed)
    await scene.author.says(WORDS)
    for pressed in ("Без англійського тексту", "Так, далі до підпису", "Підписую"):
        await scene.author.presses(pressed)
    await scene.approves()
    assert "inquiry-told.written" in await reads(house, scene.mother, id)
    house.clock.go_to(house.clock.at + timedelta(days=24))
    await tick(house)
    assert not await calls_of(house, scene.mother), "who was written to is not called for it"


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.SOMETHING])
async def test_an_answer_after_its_day_is_told_as_well(house: House, outcome: Outcome) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    id = await sent(house, scene.head, scene.number)
    house.clock.go_to(house.clock.at + timedelta(days=24))
    await tick(house)
    assert "inquiry-late" in await reads(house, scene.mother, id)
    heard = len(scene.mother.inbox)
    await does(house, scene.head, AnswerInquiry(id, outcome, date(2026, 12, 18)))
    await tick(house)
    await tick(house)
    by_voice = outcome is Outcome.SOMETHING
    assert len(await calls_of(house, scene.mother)) == by_voice
    assert len(scene.mother.inbox) == heard + (not by_voice)


async def test_a_family_that_was_told_reads_once_that_we_ask_no_more(house: House) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    heard = len(scene.mother.inbox)
    unsent = await written(house, scene.head, scene.number)
    await does(house, scene.head, StopInquiry(unsent))
    await house.deliver()
    assert len(scene.mother.inbox) == heard, "of what was never sent nobody heard"
    id = await sent(house, scene.head, scene.number)
    await does(house, scene.head, StopInquiry(id))
    await house.deliver()
    assert len(scene.mother.inbox) == heard + 2
    assert "inquiry-no-more" in await reads(house, scene.mother, id)
    heard = len(scene.mother.inbox)
    house.clock.go_to(house.clock.at + timedelta(days=24))
    await tick(house)
    assert len(scene.mother.inbox) == heard


async def test_the_head_is_reminded_where_the_author_left_and_of_a_promise_only_where_there_is_one(
    house: House,
) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    await sent(house, scene.author, scene.number)
    async with house.database.work(house.clock()) as work:
        member = await work.staff.member_of(await scene.author.person())
        report = await work.reports.by_number(number_of(scene.number))
        assert member is not None
        assert report is not None
        await work.contacts.wish_anew(report.id, ContactWish.SILENCE)
        await work.connection.execute(update(staff).where(staff.c.id == member.id).values(active=False))
        await work.commit()
    house.clock.go_to(house.clock.at + timedelta(days=22))
    heard = len(scene.author.inbox)
    await tick(house)
    assert scene.head.sees("відповідь має бути до 17 грудня")
    assert not scene.head.sees("Рідним обіцяно"), "nobody was promised anything"
    assert len(scene.author.inbox) == heard


async def test_what_a_body_answered_goes_with_the_relative(house: House) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    id = await sent(house, scene.head, scene.number)
    async with house.database.work(house.clock()) as work:
        head, mother = await scene.head.person(), await scene.mother.person()
        report = await work.reports.by_number(number_of(scene.number))
        member = await work.staff.member_of(head)
        assert report is not None
        assert member is not None
        file = await work.files.add(head, type="image/png", content=b"the answer")
        letter = await work.files.add(head, type="image/png", content=b"for the family")
        thread = await work.correspondences.begin(mother, report.center)
        await work.correspondences.answer(thread, member.id, "Ось папір", file=letter)
        await work.commit()
    await does(house, scene.head, AnswerInquiry(id, Outcome.REFUSED, date(2026, 11, 24), (file,)))
    async with house.database.work(house.clock()) as work:
        await work.checks.add(
            report.center,
            member.id,
            [report.case],
            body="nib",
            on=date(2026, 11, 24),
            answer=CheckAnswer.NOTHING_NEW,
            again=None,
            words="Петренка тут немає",
        )
        await work.files.drop([file], head)
        assert await work.files.get(file) is not None, "what an inquiry holds is nothing to drop"
        await work.erasing.erase(mother)
        assert await work.files.get(file) is None
        assert await work.files.get(letter) is None
        assert not (await work.connection.execute(select(inquiries.c.id))).all()
        assert (await work.connection.execute(select(checks.c.words))).scalars().all() == [None]


async def test_whoever_is_verified_after_something_came_is_called_once_and_not_after_an_update(house: House) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    id = await sent(house, scene.head, scene.number)
    await does(house, scene.head, AnswerInquiry(id, Outcome.SOMETHING, date(2026, 11, 24)))
    sister, number = await scene.another(KinshipState.DECLARED)
    await agrees(house, number)
    await tick(house)
    assert not await calls_of(house, sister)
    await scene.kinship(number, KinshipState.VERIFIED)
    for _ in range(2):
        await tick(house)
        assert len(await calls_of(house, sister)) == 1
    await does(house, scene.head, RecordCall(Whom(number_of(number)), Reached.REACHED))
    house.clock.pass_by(minutes=1)
    await tick(house)
    assert not await calls_of(house, sister), "it was said"
    assert await calls_of(house, scene.mother)
    async with house.database.work(house.clock()) as work:
        author, head = [await with_code(await one.person(), work) for one in (scene.author, scene.head)]
        report = await work.reports.by_number(number_of(scene.number))
        assert author is not None
        assert head is not None
        assert report is not None
        written_one = await work.updates.add(report.case, author.id, EXAMPLE, "0" * 64)
        await work.updates.release(written_one, head.id, (report.person,), at=house.clock() + timedelta(minutes=5))
        await work.commit()
    await tick(house)
    assert await calls_of(house, scene.mother), "it can still be stopped"
    house.clock.pass_by(minutes=5)
    await tick(house)
    assert not await calls_of(house, scene.mother), "it was written"


async def test_whoever_asks_for_silence_is_called_no_more_and_is_when_it_ends(house: House) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    id = await sent(house, scene.head, scene.number)
    await does(house, scene.head, AnswerInquiry(id, Outcome.SOMETHING, date(2026, 11, 24)))
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(scene.number))
        assert report is not None
        for reason in (Reason.RELEASE, Reason.CONTACT, Reason.ASKED):
            await work.calls.add_task(
                reason, person=report.person, center=report.center, due=house.clock(), report=report.id
            )
        await work.commit()
    await does(house, scene.mother, WishContact(number_of(scene.number), ContactWish.SILENCE))
    await tick(house)
    async with house.database.work(house.clock()) as work:
        left = {task.reason for task in await work.calls.open_of(report.person, None)}
    assert not left & {Reason.RELEASE, Reason.CONTACT, Reason.INQUIRY}
    assert Reason.ASKED in left, "they asked for that call themselves"
    await does(house, scene.mother, WishContact(number_of(scene.number), ContactWish.USUAL))
    await tick(house)
    assert await calls_of(house, scene.mother)


async def test_what_is_read_of_an_inquiry_has_a_code_of_its_own(house: House) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    await sent(house, scene.head, scene.number)
    await scene.mother.presses("Прочитати")
    code = code_in(scene.mother)
    await scene.mother.says(f"/check {code}")
    assert scene.mother.sees("Цей код справжній")
    assert scene.mother.sees("Ми надіслали запит")
    sister, _ = await scene.another(KinshipState.VERIFIED)
    await sister.says(f"/check {code}")
    assert sister.hears("check-not-ours")
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(scene.number))
        assert report is not None
        await work.voices.begin(report.id, (await work.staff.all())[0].staff.id)
        await work.commit()
    await scene.mother.says(f"/check {code}")
    assert scene.mother.sees("Цей код справжній")
    assert not scene.mother.sees("Ми надіслали запит"), "now a human says it"


async def test_a_code_stays_ours_when_two_chats_turn_out_to_be_one_persons(house: House) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    codes = []
    await sent(house, scene.head, scene.number)
    await scene.mother.presses("Прочитати")
    codes.append(code_in(scene.mother))
    house.clock.pass_by(minutes=1)
    await does(house, scene.head, asked(scene.number))
    await house.deliver()
    await scene.mother.presses("Прочитати")
    codes.append(code_in(scene.mother))
    assert len(set(codes)) == 2
    viber = house.guest(Channel.VIBER)
    await viber.consents()
    async with house.database.work(house.clock()) as work:
        assert await work.links.join(await viber.person(), await scene.mother.person()) is not None
        await work.commit()
    for code in codes:
        await scene.mother.says(f"/check {code}")
        assert scene.mother.sees("Цей код справжній"), code
        await viber.says(f"/check {code}")
        assert viber.sees("Цей код справжній"), code


async def test_a_corrected_slip_of_an_older_update_tells_no_answer(house: House) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    await scene.released()
    id = await sent(house, scene.head, scene.number)
    await does(house, scene.head, AnswerInquiry(id, Outcome.SOMETHING, date(2026, 11, 24)))
    house.clock.pass_by(minutes=1)
    async with house.database.work(house.clock()) as work:
        author, head = [await with_code(await one.person(), work) for one in (scene.author, scene.head)]
        report = await work.reports.by_number(number_of(scene.number))
        assert author is not None
        assert head is not None
        assert report is not None
        [slip] = await work.connection.scalars(select(updates.c.id).where(updates.c.state == "released"))
        corrected = await work.updates.add(report.case, author.id, EXAMPLE, "0" * 64)
        await work.updates.release(corrected, head.id, (report.person,), at=house.clock())
        await work.updates.replace(slip, corrected)
        await work.commit()
    for _ in range(2):
        await tick(house)
        assert len(await calls_of(house, scene.mother)) == 1, "nobody has told what came"
    assert "inquiry-told.written" not in await reads(house, scene.mother, id)
    async with house.database.work(house.clock()) as work:
        for task in await calls_of(house, scene.mother):
            await work.calls.close(task.id)
        await work.commit()
    await tick(house)
    assert len(await calls_of(house, scene.mother)) == 1, "nor does it count for whoever is to be called anew"


async def test_who_was_called_about_one_son_was_not_told_about_the_other(house: House) -> None:
    scene = await set_out(house)
    other = await scene.mother.registers("Петренко Олег Миколайович")
    for number in (scene.number, other):
        await agrees(house, number)
    await scene.kinship(other, KinshipState.VERIFIED)
    for number in (scene.number, other):
        id = await sent(house, scene.head, number)
        await does(house, scene.head, AnswerInquiry(id, Outcome.SOMETHING, date(2026, 11, 24)))
    async with house.database.work(house.clock()) as work:
        for task in await calls_of(house, scene.mother):
            await work.calls.close(task.id)
        await work.commit()
    await does(house, scene.head, RecordCall(Whom(number_of(scene.number)), Reached.REACHED))
    house.clock.pass_by(minutes=1)
    await tick(house)
    async with house.database.work(house.clock()) as work:
        about = await work.reports.by_number(number_of(other))
    assert about is not None
    assert [task.report for task in await calls_of(house, scene.mother)] == [about.id]


async def test_who_is_never_called_keeps_nobody_waiting_and_an_ended_search_is_not_read(house: House) -> None:
    scene = await set_out(house)
    await agrees(house, scene.number)
    id = await sent(house, scene.head, scene.number)
    await does(house, scene.head, AnswerInquiry(id, Outcome.SOMETHING, date(2026, 11, 24)))
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number_of(scene.number))
        head = await work.staff.member_of(await scene.head.person())
        assert report is not None
        assert head is not None
        for task in await work.calls.open_of(report.person, None):
            await work.calls.close(task.id)
        row = (await work.connection.execute(select(inquiries).where(inquiries.c.id == id))).mappings().one()
        newer = [dict(row) | {"id": id + n, "number": row["number"] + n} for n in range(1, 202)]
        await work.connection.execute(insert(inquiries), newer)
        since = house.clock() - timedelta(days=1)
        assert id in await work.inquiries.uncalled(since), "the oldest is among them"
        await work.endings.end(report.case, head.id)
        assert not await work.inquiries.uncalled(since)
