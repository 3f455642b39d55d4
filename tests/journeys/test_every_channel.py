"""The same journeys on every channel, in calm and in trouble, over the whole service and real HTTP.

In trouble one call in seven is told to wait, fails, is torn before or after its effect, or is never answered; updates
come twice, late, and past those of other chats. Nothing of it may show in what is kept.
"""

from collections.abc import Iterator

import pytest

from casework.actor import Channel, Role
from casework.booking.appointments import AppointmentState
from casework.ids import StructureId
from casework.letters import Say
from demo.cast import Player
from tests.journeys import steps
from tests.journeys.lines import Line

pytestmark = pytest.mark.asyncio(loop_scope="module", loop_factories=["hurried"])


@pytest.fixture(params=["calm", "trouble"])
def line(service: Line, request: pytest.FixtureRequest) -> Iterator[Line]:
    """The line in one weather, whose seed is printed."""
    service.weather(trouble=request.param == "trouble")
    yield service
    service.weather(trouble=False)


async def _comes_and_books(line: Line, mother: Player, structure: StructureId, *, leaves: bool) -> tuple[str, str]:
    """From the door to an appointment next week: its number after the report's. Who `leaves`, comes back."""
    await steps.agrees(mother)
    await steps.begins_to_register(mother)
    if leaves and line.blocks:
        await steps.leaves_and_comes_back(line, mother)
    number = await steps.goes_on_registering(mother)
    visit = await steps.books(mother, structure)
    await mother.says(f"/move {visit}", then="move-slot")
    await mother.presses("book-slot.week", then="move-slot")
    await mother.says("2", then="move-sure")
    await mother.presses("move-sure.yes", then="moved")
    return number, visit


async def _is_reminded_and_cancels(line: Line, mother: Player, number: str, visit: str) -> None:
    moved = await steps.visit_of(line, visit)
    assert (moved.state, moved.moves) == (AppointmentState.BOOKED, 1)
    mother.heard = ""
    steps.day_before(moved, line)
    await mother.hears("reminder-tomorrow")
    await mother.presses("reminder.coming", then="coming-done")
    await mother.says(f"/cancel {visit}", then="visit-cancel")
    await mother.presses("visit-cancel.yes", then="visit-cancelled")
    report = await steps.is_filed_once(line, number)
    cancelled = await steps.visit_of(line, visit)
    assert (cancelled.id, cancelled.state, cancelled.report) == (moved.id, AppointmentState.CANCELLED, report.id)
    assert cancelled.coming_at is not None


async def test_families_register_book_move_are_reminded_and_cancel(line: Line) -> None:
    """In trouble two of them write at once, and one blocks the service in the middle and comes back."""
    trouble = line.storm.blows
    mothers = [(line.relative(), StructureId("psychologist"))]
    if trouble:
        mothers.append((line.relative("Оксана"), StructureId("lawyer")))
    booked = await steps.together(
        *(
            _comes_and_books(line, mother, structure, leaves=trouble and structure == "lawyer")
            for mother, structure in mothers
        )
    )
    await steps.nothing_waits(line)
    await steps.together(
        *(
            _is_reminded_and_cancels(line, mother, *numbers)
            for (mother, _), numbers in zip(mothers, booked, strict=True)
        )
    )
    await steps.all_is_delivered(line)


async def test_an_update_is_written_approved_and_read(line: Line) -> None:
    mother = line.relative()
    author = await line.on_page(Role.SPECIALIST, "Юрченко Ганна", StructureId("lawyer"))
    head = await line.on_page(Role.HEAD, "Шевченко Ніна")
    number = await steps.registers(mother)
    await steps.verified(line, number, head)
    await steps.writes(author, number)
    mother.heard = ""
    await steps.approves(line, head, number)
    assert steps.UPDATE not in await mother.hears("update-news")
    await mother.presses("update-news.read", then="update-told", text=steps.UPDATE)
    await steps.is_filed_once(line, number)
    await steps.all_is_delivered(line)


async def test_a_day_of_staff(line: Line) -> None:
    """All of it is done from the channel: on a messenger with numbers alone, names and words wait for the page."""
    on_page = line.channel is Channel.WEB
    mother = line.relative_on_page()
    number = await steps.registers(mother)
    visit = await steps.books(mother, StructureId("psychologist"))
    await steps.nothing_waits(line)
    line.clock.go_to((await steps.visit_of(line, visit)).starts_at)
    head = await line.member(Role.HEAD, "Шевченко Ніна")
    at_work, page = head.chat, head.page
    await at_work.says("/queue", then="queue-head")
    await at_work.says("/find Петренко Іван", then="found" if on_page else "staff-on-page")
    if not on_page:
        await page.says("Петренко Іван", then="found")
    assert "Петренко Іван Миколайович" in page.heard
    await at_work.says(f"/find {number}", then="opened")
    await at_work.says(f"/case {number}", then="opened")
    await at_work.says(f"/take {number}", then="take-done", number=number)
    await at_work.hears("opened")
    await steps.nothing_waits(line)  # in bad weather the earlier "go on on the page" may come a second time
    await at_work.says(f"/note {number} {steps.NOTE}", then="note-done" if on_page else "staff-on-page")
    if not on_page:
        await page.says(steps.NOTE, then="note-done")
    await at_work.says(f"/call {number}", then="call-how")
    await at_work.presses("call-how.reached", then="call-confirms")
    await at_work.presses("call-confirms.no", then="call-done", tasks=1, number=number)
    await at_work.says("/day", then="day-next")
    assert visit in at_work.heard
    await at_work.says(f"/attend {visit}", then="attend", number=visit)
    arrived = Say("visit-state.arrived")
    await at_work.presses("visit-state.arrived", then="attend-done", number=visit, state=arrived)
    shown = "\n".join(at_work.everything)
    assert number in shown
    if on_page:
        assert "+380671234567" in shown
        assert steps.MISSING in shown
    else:
        assert not steps.NAMES.search(shown), steps.NAMES.findall(shown)
    await _was_done(line, number, visit)
    await steps.all_is_delivered(line)


async def _was_done(line: Line, number: str, visit: str) -> None:
    report = await steps.is_filed_once(line, number)
    assert (await steps.visit_of(line, visit)).state is AppointmentState.ARRIVED
    async with line.service.database.work(line.clock()) as work:
        assert [note.text for note in await work.cases.notes(report.case)] == [steps.NOTE]
        assert (await work.cases.get(report.case)).taken_by is not None
        assert not await work.calls.open_of(report.person, report.id)
