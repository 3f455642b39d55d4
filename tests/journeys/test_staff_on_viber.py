"""Staff's commands on Viber, over the whole service: what is done there, and what waits for the page."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from casework.actor import Role
from casework.booking.appointments import AppointmentState
from casework.ids import StructureId
from casework.kinship import KinshipState
from casework.letters import Say
from demo.cast import PageChat
from tests.conftest import Databases
from tests.journeys import steps
from tests.journeys.lines import Line, Member, user_of

pytestmark = pytest.mark.asyncio(loop_scope="module", loop_factories=["hurried"])


@pytest.fixture(scope="module")
def where(
    databases: Databases, migrated: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path, str]]:
    """Viber alone: the other channels have their own day of staff."""
    name = databases.create(template=migrated)
    yield "viber", tmp_path_factory.mktemp("viber"), databases.address(name)
    databases.drop(name)


def scan(kind: str) -> bytes:
    content = BytesIO()
    Image.new("RGB", (40, 30), "gray").save(content, format=kind)
    return content.getvalue()


def holds_no_name(*members: Member) -> None:
    """Neither in what came nor on any key."""
    for member in members:
        shown = "\n".join(member.chat.everything)
        assert not steps.NAMES.search(shown), steps.NAMES.findall(shown)


async def test_papers_sent_on_viber_are_seen_and_decided_on_on_the_page(service: Line) -> None:
    mother = service.relative()
    number = await steps.registers(mother)
    await mother.says(f"/papers {number}", then="papers")
    await user_of(mother).sends_file(scan("PDF"), "паспорт.pdf")
    await mother.waits_for(mother.word("papers.more", texts=0, files=1))
    await mother.shows(scan("JPEG"), "photo")
    await mother.waits_for(mother.word("papers.more", texts=0, files=2))
    await mother.presses("common.done", then="papers-words")
    await mother.says("Прізвище змінено після шлюбу", then="papers-done", files=2, number=number)
    await steps.comes_true(service, "files WHERE state = 'here'", 2)
    verifier = await service.member(Role.VERIFIER, "Шевченко Ніна")
    await verifier.chat.says(f"/kinship {number}", then="staff-on-page")
    for shown in user_of(verifier.chat).sees:
        assert shown.media is None, "papers stay on the page"
    await verifier.page.says(f"/kinship {number}", then="kinship-decision")
    page = verifier.page.chat
    assert isinstance(page, PageChat)
    opened = [await page.open_file(file["url"]) for file in page.files]
    assert len(opened) == 2
    assert all(content.startswith(b"\xff\xd8") for content in opened), "pictures, whatever was sent"
    await verifier.page.presses("kinship-decision.verified", then="papers-seen")
    await verifier.page.says("паспорт того, хто звернувся", then="papers-seen")
    await verifier.page.presses("paper-of.birth-missing", then="papers-seen")
    await verifier.page.presses("common.chosen", then="kinship-shown")
    await verifier.page.presses("kinship-shown.sent", then="kinship-done")
    report = await steps.report_of(service, number)
    async with service.service.database.work(service.clock()) as work:
        assert await work.kinships.state(report.id) is KinshipState.VERIFIED
    await mother.hears("push")
    await mother.says("Прочитати", then="kinship-told-verified")
    holds_no_name(verifier)
    await steps.all_is_delivered(service)


async def test_an_update_is_begun_on_viber_and_its_words_wait_for_the_page(service: Line) -> None:
    mother = service.relative()
    author = await service.member(Role.SPECIALIST, "Шевченко Олена")
    head = await service.member(Role.HEAD, "Шевченко Ніна")
    number = await steps.registers(mother)
    await steps.verified(service, number, head.page)
    await author.chat.says(f"/update {number}", then="update-level")
    await author.chat.presses("update-level.nib", then="update-subject")
    await author.chat.presses("update-subject.none", then="update-source")
    await author.chat.presses("update-source.nib", then="update-manner")
    await author.chat.presses("update-manner.document", then="write-on")
    await author.chat.says("20.11.2026", then="update-stage")
    await author.chat.presses("update-stage.none", then="staff-on-page")
    await author.chat.says(steps.UPDATE, then="staff-not-kept")
    await author.page.says(steps.UPDATE, then="write-english")
    await author.page.presses("write-english.without", then="write-review")
    await author.page.presses("write-review.send", then="write-sign")
    await author.page.presses("write-sign.sign", then="write-done")
    await head.chat.says(f"/approve {number}", then="staff-on-page")
    await steps.approves(service, head.page, number)
    await mother.hears("update-news")
    await mother.says("прочитать")
    await mother.waits_for(steps.UPDATE)
    assert steps.UPDATE not in "\n".join((*author.chat.everything, *head.chat.everything))
    holds_no_name(author, head)
    await steps.all_is_delivered(service)


async def test_absence_members_and_a_chat_that_is_given_back_wait_for_the_page(service: Line) -> None:
    mother = service.relative()
    number = await steps.registers(mother)
    number_of_visit = await steps.books(mother, StructureId("lawyer"))
    visit = await steps.visit_of(service, number_of_visit)
    head = await service.member(Role.HEAD, "Шевченко Ніна")
    at_work, page = head.chat, head.page
    await at_work.says("/absent", then="staff-on-page")
    await at_work.says("Лисенко", then="staff-not-kept")
    async with service.service.database.work(service.clock()) as work:
        everybody = await work.staff.all()
    ill = next(one for one in everybody if one.staff.id == visit.specialist)
    await page.says("/absent", then="absent-who")
    who = page.word("specialist-who", who=Say("specialist.lawyer"), name=f"{ill.name} · {ill.staff.id}")
    await page.presses(who, then="absent-from")
    day = f"{visit.starts_at:%d.%m.%Y}"
    await at_work.says(day, then="absent-to")  # the name is chosen, the days may be told anywhere
    await at_work.says(day, then="absent")
    await at_work.presses("absent.yes", then="absent-done")
    await mother.hears("push")
    await mother.says("читати")
    await mother.waits_for("не буде: це через нас")
    await mother.says("інший час", then="move-slot")
    assert (await steps.visit_of(service, number_of_visit)).state is AppointmentState.SPECIALIST_ABSENT
    await at_work.says("/staff", then="staff")
    await at_work.presses("staff.add", then="role")
    await at_work.presses("role.operator", then="staff-on-page")
    await at_work.says("Шевченко Ганна", then="staff-not-kept")
    await page.says("Шевченко Ганна", then="proposed", what=Say("proposal-act.member"))
    await at_work.says(f"/rejoin {number} ABCD2345", then="staff-on-page")
    holds_no_name(head)
    await steps.all_is_delivered(service)


async def test_what_messages_cost_is_told_on_viber(service: Line) -> None:
    administrator = await service.member(Role.ADMINISTRATOR, "Шевченко Олена")
    await administrator.chat.says("/costs", then="costs")
    await administrator.chat.says("6000", then="costs-weekly")
    holds_no_name(administrator)
