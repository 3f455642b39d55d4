"""What we begin ourselves: nothing of it is read on a lock screen, a pause holds back what can wait, and where it opens
is the family's choice."""

import ast
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from casework import leads, outages, seed
from casework.actor import Channel, Role
from casework.booking import reminding
from casework.booking.addresses import Confirm
from casework.booking.desk import BeAbsent
from casework.call_words import AnnounceCall
from casework.cases.calling import RecordCall, Whom
from casework.cases.records import Reached
from casework.correspondence.writing import WriteToCenter
from casework.ids import CorrespondenceId
from casework.inquiries.asking import MarkSent
from casework.kinship import Ground, KinshipState
from casework.leads import GiveLead
from casework.letters import Letter, Purpose, Say, Screen
from casework.linking import Rejoin
from casework.minors import LiftMinor, MarkMinor
from casework.people import ChooseOpening, Opens
from casework.registering import Correct
from casework.sightings import FileSighting, Seen, SightingKind, TakeSighting
from casework.staff.introducing import ShowName
from casework.updates.inviting import InviteFamily, SendInvitation
from casework.updates.values import EXAMPLE, Level
from casework.values import PartialDate
from dialogs.words import LANGUAGES
from handlers.channel import Message, Rejected
from handlers.errands import Errands
from handlers.incoming import ButtonPress, Sent, SentFile
from storage.addresses import addresses
from storage.outbox import letters
from tests.journeys import in_line
from tests.journeys.booking import booked, lawyer
from tests.journeys.chats import claims
from tests.journeys.pushing import Family, verified_family
from tests.journeys.test_inquiries import agrees, written
from tests.journeys.test_no_news import asked
from tests.visiting import WORDS, Guest, House, with_code

ROOT = Path(__file__).parents[2]
UPDATE = EXAMPLE.uk

WRITERS = {
    "casework/booking/addresses.py:confirm": "visit-confirmed",
    "casework/booking/desk.py:_tell_it_is_off": "visit-off",
    "casework/cases/calling.py:record_call": "call-missed",
    "casework/files.py:tell_refused": "file-",
    "casework/kinship/deciding.py:_decided": "kinship-told",
    "casework/linking.py:rejoin": "rejoin-told",
    "casework/linking.py:type_code": "link-asked",
    "casework/staff/proposals.py:tell_everywhere": "rejoin-asked",
    "casework/outages.py:ask_again": "outage",
    "casework/minors.py:lift_minor": "minor-ended",
    "casework/minors.py:mark_minor": "minor-told",
    "casework/registering.py:_unsettled": "kinship-told-changed",
    "casework/booking/reminding.py:_send": "reminder",
    "casework/updates/inviting.py:send_invitation": "invitation-letter",
    "casework/call_words.py:announce": "call-word-told",
    "casework/checks/telling.py:letter": "no-news",
    "casework/correspondence/answering.py:answer_family": "correspondence-answered",
    "casework/inquiries/telling.py:letter": "inquiry-news",
    "casework/leads.py:_tell": "lead-told",
    "casework/leads.py:tell_of_leave": "lead-leave-told",
    "casework/releasing.py:tell": "update-news",
    "casework/sightings.py:_tell": "sighting-",
    "casework/waiting_list.py:_letter": "offer",
}
"""Where a push to a relative is written, and how the name of what it says begins. `Everything` brings each about."""

TO_STAFF = {
    "casework/human_voice.py:to_confirm",
    "casework/rulebook.py:_tell_proposer",
    "casework/staff/budget.py:_tell",
    "casework/staff/members.py:_held",
    "casework/staff/members.py:tell_of_enrolment",
    "casework/crisis.py:_alarm",
    "casework/crisis.py:_tell_administrators",
    "casework/updates/writing.py:send_back",
    "casework/updates/writing.py:_can_be_stopped",
    "casework/updates/recalling.py:recall",
    "casework/correspondence/writing.py:tell_member",
    "casework/inquiries/telling.py:_remind",
    "casework/updates/writing.py:ask_to_sign",
    "casework/unreadable.py:tell",
}

NEUTRAL = (
    "push",
    "update-news",
    "reminder",
    "outage",
    "link-asked",
    "file-",
    "no-news",
    "inquiry-news",
    "correspondence-answered",
)
"""What a messenger may show before a tap. Only a reminder and an outage have arguments: the day and the time."""


class Gone:
    """A platform that has lost a file."""

    async def fetch(self, source: str, largest: int) -> bytes:
        raise Rejected("gone")


@pytest.fixture
async def family(house: House) -> Family:
    return await verified_family(house)


async def a_time_comes_free(house: House) -> None:
    await in_line.one_lawyer(house)
    first, second = await in_line.family(house, 1), await in_line.family(house, 2)
    number = await booked(first)
    await in_line.waits(second)
    await in_line.cancels(first, number)
    assert await in_line.ticks(house) == 1


async def the_center_keeps_in_touch(family: Family) -> None:
    """A word before a call, a sign of life, who answers, an answer in writing, and what was asked of a body."""
    house, mother, number = family.house, family.mother, family.number
    operator, head = family.staff[Role.OPERATOR], family.staff[Role.HEAD]
    await family.does(operator, AnnounceCall(Whom(number)))
    await family.does(mother, FileSighting(number, SightingKind.VIDEO, Seen(("Бачили у відео",))))
    await agrees(house, str(number))
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(number)
        assert report is not None
        [sighting] = await work.sightings.of(report.id)
        members = [await work.staff.member_of(await one.person()) for one in (operator, head)]
        await leads.assign(work)
        await work.commit()
    await family.does(family.staff[Role.SPECIALIST], TakeSighting(number, sighting.id))
    async with house.database.work(house.clock()) as work:
        duty = await work.leads.of(report.id)
    assert duty is not None
    lead, other = sorted((one for one in members if one), key=lambda one: one.id != duty.lead)
    await family.does(operator if lead.person == await operator.person() else head, ShowName("Олена"))
    await family.does(head, BeAbsent(lead.id, date(2026, 12, 10), date(2026, 12, 20)))
    await family.does(head, GiveLead(number, other.id))
    await family.does(operator, asked(str(number)))
    await family.does(operator, MarkSent(await written(house, operator, str(number))))
    await family.does(mother, WriteToCenter(("Кому писати далі?",)))
    await operator.says(f"/correspondence {await open_letter(house, mother)}")
    await operator.says("Напишіть до ТЦК та СП.")
    await operator.presses("Надіслати")
    await house.deliver()


async def open_letter(house: House, guest: Guest) -> CorrespondenceId:
    async with house.database.work(house.clock()) as work:
        found = await work.correspondences.of(await guest.person())
    assert found is not None
    return found.id


async def everything(family: Family) -> None:
    """Every push that the rules can send to a relative."""
    house, mother, operator = family.house, family.mother, family.staff[Role.OPERATOR]
    await a_time_comes_free(house)
    await family.joins(Channel.TELEGRAM)
    await family.decides(KinshipState.MORE_ASKED, "passport")
    await family.decides(KinshipState.REFUSED, Ground.NOT_SHOWN)
    await family.decides(KinshipState.VERIFIED)
    await family.does(operator, Correct(family.number, "born", PartialDate(1990)))
    await family.decides(KinshipState.VERIFIED)
    await family.decides(KinshipState.REVOKED, Ground.MISTAKE)
    await family.decides(KinshipState.VERIFIED)
    await family.releases_an_update()
    await the_center_keeps_in_touch(family)
    await family.does(operator, RecordCall(Whom(family.number), Reached.NO_ANSWER))
    await family.does(operator, InviteFamily(family.number))
    await family.does(operator, RecordCall(Whom(family.number), Reached.REACHED))
    await family.does(operator, SendInvitation(family.number))
    absent = await lawyer(house)
    await booked(mother, "6")
    async with house.database.work(house.clock()) as work:
        (visit,) = await work.bookings.of(await mother.person(), work.now)
        specialist = await with_code(await absent.person(), work)
    await family.does(operator, Confirm(visit.number))
    house.clock.go_to(visit.starts_at - timedelta(hours=23))
    async with house.database.work(house.clock()) as work:
        await reminding.remind(work)
        await work.commit()
    await house.deliver()
    assert specialist is not None
    await family.does(family.staff[Role.HEAD], BeAbsent(specialist.id, date(2026, 11, 24), date(2026, 12, 1)))
    await mother.says(f"/details {family.number}")
    await mother.sends(Sent((SentFile("image/jpeg", "photo"),)))
    assert await Errands(house.database.work, Channel.TELEGRAM, Gone(), house.clock).fetch_next()
    await house.deliver()
    for gap in (0, 25):
        house.clock.pass_by(hours=gap)
        async with house.database.work(house.clock()) as work:
            await outages.look(Channel.TELEGRAM, outages.Signs(heard_at=work.now), work)
            await outages.ask_again(work)
            await work.commit()
    await house.deliver()
    await family.does(operator, MarkMinor(family.number))
    await house.deliver()
    await family.does(family.staff[Role.HEAD], LiftMinor(family.number))
    await house.second()
    await house.deliver()
    code = await claims(house.guest())
    await family.does(operator, Rejoin(family.number, code.replace("-", ""), close=False))
    await house.second()


async def pushed(family: Family) -> list[tuple[str, Message]]:
    """Every push that went to a messenger: the name of what it says, and what was shown of it."""
    found, boxes = [], family.house.boxes[Channel.TELEGRAM].sent
    async with family.house.database.work(family.house.clock()) as work:
        rows = await work.connection.execute(
            select(letters, addresses.c.address)
            .join(addresses, addresses.c.id == letters.c.address_id)
            .where(letters.c.kind == "push", letters.c.channel == Channel.TELEGRAM, letters.c.state == "sent")
        )
        for row in rows.all():
            screen = await work.seals.unseal(letters.c.screen, row.id, row.screen)
            chat = await work.seals.unseal(addresses.c.address, row.address_id, row.address)
            message = next(each for each in boxes[chat] if each.ref == str(row.id))
            found.append((screen.says[0].name if screen.says else str(screen.opens), message))
    return found


def functions_that_push() -> set[str]:
    """Where the code of the rules and of the edges makes a letter that is no reply."""
    found = set()
    for path in [*(ROOT / "casework").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]:
        for function in ast.walk(ast.parse(path.read_text())):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for call in ast.walk(function):
                if not (isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Letter"):
                    continue
                if "LetterKind.REPLY" not in map(ast.unparse, call.args):
                    place = f"{path.relative_to(ROOT)}:{function.name}"
                    assert "purpose" in {word.arg for word in call.keywords}, f"{place}: say what the push is for"
                    found.add(place)
    return found


def test_every_push_says_what_it_is_for_and_is_walked_here() -> None:
    assert functions_that_push() == {*WRITERS, *TO_STAFF}, "bring a new push about in `everything`"


async def test_nothing_is_read_on_a_lock_screen(family: Family) -> None:
    await everything(family)
    shown = await pushed(family)
    for begins in WRITERS.values():
        assert any(name.startswith(begins) for name, _ in shown), f"no push {begins}"
    secrets = [str(family.number), "Петренко", "Іван", "Марія", "паспорт", "родинн", "центр", "помилк", "прийом"]
    secrets += [WORDS.say("uk", Say(f"center-{center.id}")) for center in seed.centers()]
    secrets += [WORDS.say("uk", Say(f"update-level.{level}")) for level in Level]
    for name, message in shown:
        neutral = name.startswith(NEUTRAL)
        if not neutral:
            assert message.text == WORDS.say("uk", Say("push")), name
            assert [key.label for row in message.keys for key in row] == ["Прочитати"]
        lock_screen = "\n".join([message.text, *(key.label for row in message.keys for key in row)])
        if not name.startswith("file-"):  # says what to do with a paper, in the same words for everybody
            assert not [secret for secret in secrets if secret.casefold() in lock_screen.casefold()], (
                name,
                lock_screen,
            )
        if not name.startswith("reminder"):
            assert not re.search(r"\d{3}", lock_screen), (name, lock_screen)
        assert not message.enclosures
        assert not message.replaces


@pytest.mark.parametrize("language", LANGUAGES)
def test_neutral_words_take_no_arguments_but_time(language: str) -> None:
    """Without arguments they are the same for everybody: nothing of anybody can stand in them."""
    for name in ("push", "update-news", "link-twice", "link-welcome", "push-gone"):
        assert WORDS.say(language, Say(name))
    assert WORDS.say(language, Say("link-asked", {"channel": Say("channel.viber")}))


async def test_a_tap_shows_it_and_disturbs_no_conversation(family: Family) -> None:
    mother = family.mother
    await mother.says("/human")
    await mother.presses("До 13:00")
    assert mother.asked("call-about")
    await family.decides(KinshipState.REFUSED, Ground.NOT_SHOWN)
    cover = mother.last
    await mother.reads_push()
    assert mother.sees(str(family.number))
    assert mother.sees("не вдалося")
    assert mother.inbox[-2] is cover, "one message answers the tap"
    assert next(key.label for row in mother.last.keys for key in row) == "Надіслати документи"
    await mother.says("Про документи")
    assert mother.sees("Вам зателефонують")


async def test_a_tap_works_again_and_its_buttons_too(family: Family) -> None:
    await family.decides(KinshipState.MORE_ASKED, "passport")
    cover = family.mother.keys[0]
    for _ in range(2):
        await family.mother.sends(ButtonPress(cover.id))
        assert family.mother.sees("ваш паспорт")
    await family.mother.presses("Надіслати документи")
    assert family.mother.asked("papers")


async def test_what_may_no_longer_be_read_does_not_open(family: Family) -> None:
    house, mother = family.house, family.mother
    await lawyer(house)
    await booked(mother, "6")
    await family.decides(KinshipState.VERIFIED)
    async with house.database.work(house.clock()) as work:
        (visit,) = await work.bookings.of(await mother.person(), work.now)
    await family.does(family.staff[Role.OPERATOR], Confirm(visit.number))
    house.clock.go_to(visit.ends_at)
    await mother.reads_push()
    assert mother.hears("push-gone")
    assert not mother.sees(str(visit.number))


async def test_somebody_else_s_cover_opens_nothing(family: Family) -> None:
    await family.decides(KinshipState.VERIFIED)
    cover = family.mother.keys[0]
    stranger = family.house.guest()
    await stranger.consents()
    await stranger.sends(ButtonPress(cover.id))
    assert stranger.hears("desk-old-button")
    assert not stranger.sees("підтверджено")


async def test_who_reads_on_the_page_only(family: Family) -> None:
    mother, page = family.mother, await family.joins(Channel.WEB)
    await mother.says("/settings")
    await mother.presses("Де відкривати повідомлення")
    await mother.presses("Лише на вебсторінці")
    assert mother.hears("settings-opens-page", page=family.house.database.page)
    await family.decides(KinshipState.VERIFIED)
    assert mother.last.text == WORDS.say("uk", Say("push-on-page", {"page": family.house.database.page}))
    assert "підтверджено" in page.last.text
    await family.releases_an_update()
    await mother.presses("Прочитати")
    assert mother.hears("push-on-page", page=family.house.database.page)
    assert not mother.sees(UPDATE)
    assert any(UPDATE in message.text for message in page.inbox)


async def test_who_reads_on_the_page_only_and_is_not_signed_in_there(family: Family) -> None:
    mother = family.mother
    await family.does(mother, ChooseOpening(Opens.PAGE))
    await family.decides(KinshipState.VERIFIED)
    cover = mother.keys[0]
    await mother.sends(ButtonPress(cover.id))
    assert mother.hears("push-page-first", page=family.house.database.page)
    page = await family.joins(Channel.WEB)
    await mother.sends(ButtonPress(cover.id))
    assert mother.hears("push-on-page", page=family.house.database.page)
    assert "підтверджено" in page.last.text


async def test_the_page_shows_a_push_at_once(house: House) -> None:
    page = house.guest(Channel.WEB)
    await page.consents()
    async with house.database.work(house.clock()) as work:
        await work.send(Letter(await page.person(), Screen((Say("call-missed", {"by": "—"}),)), purpose=Purpose.CALL))
        await work.commit()
    await house.deliver()
    assert "не додзвонилися" in page.last.text
