"""A conversation that changes between the page, Telegram and Viber at any question ends in the same case."""

from collections.abc import Awaitable, Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from casework.account import Account
from casework.actor import Channel, Role
from casework.booking.appointments import AppointmentState
from casework.ids import StructureId
from casework.registering import Claim, Kinship
from casework.values import PartialDate, PersonName
from tests.visiting import Guest, House

CHANNELS = (Channel.WEB, Channel.TELEGRAM, Channel.VIBER)

TYPED, BUTTON, KEPT = "typed", "button", "kept"

ANSWERS: Sequence[tuple[str, str]] = (
    ("Повідомити про зниклу людину", KEPT),
    ("Мати", BUTTON),
    ("Петренко Іван Миколайович", TYPED),
    ("12.03.1990", TYPED),
    ("Петренко Марія", TYPED),
    ("067 123 45 67", TYPED),
    ("Харьков", TYPED),
    ("Так, усе правильно", KEPT),
    ("Розповісти більше", BUTTON),
    ("Чоловік", KEPT),
    ("Ні, цивільна людина", KEPT),
    ("березень 2025", TYPED),
    ("Біля Покровська", TYPED),
    ("Дзвонив увечері.", TYPED),
    ("Вранці телефон уже мовчав.", TYPED),
    ("Це все", KEPT),
    ("Ще", KEPT),
    ("Пропустити решту й зберегти", KEPT),
    ("Так, зберегти", KEPT),
    ("/book", TYPED),
    ("Харків: ваш центр", BUTTON),
    ("Юрист", BUTTON),
    ("1", TYPED),
    ("Так, записати", BUTTON),
)
"""What is said, from the menu to an appointment. Some stands on a button and may be pressed where it is shown; some
is of a draft that is KEPT, so that opening another chat shows the question, and the button with it, there."""

CLAIM = Claim(Kinship.MOTHER, PersonName("Петренко Іван Миколайович"), PartialDate(1990, 3, 12))

Move = tuple[Channel, bool]
"""Where the next thing is said, and whether a button is pressed for it where that can be."""

MOVES = st.lists(st.tuples(st.sampled_from(CHANNELS), st.booleans()), min_size=len(ANSWERS), max_size=len(ANSWERS))


async def _says(guest: Guest, what: str, how: str, *, presses: bool, moves: bool) -> None:
    if not presses or how == TYPED or (moves and how == BUTTON):
        await guest.says(what)
        return
    if moves:
        await guest.opens()
    await guest.presses(what)


Mother = dict[Channel, Guest]
Arrives = Callable[[], Awaitable[Mother]]


@pytest.fixture
async def arrives(house: House) -> Arrives:
    """Brings a mother who has agreed, with a chat at each messenger and a browser: another for each example."""
    for _ in range(4):  # each example books an appointment, and days fill up
        await house.staff(Role.SPECIALIST, structure=StructureId("lawyer"))

    async def arrives() -> Mother:
        mother = house.guest()
        await mother.consents()
        others = (Channel.WEB, Channel.VIBER)
        return {Channel.TELEGRAM: mother} | {channel: await house.another(mother, channel) for channel in others}

    return arrives


@settings(max_examples=8, deadline=None, print_blob=True, suppress_health_check=list(HealthCheck))
@given(moves=MOVES)
async def test_it_ends_in_the_same_case(arrives: Arrives, moves: list[Move]) -> None:
    mother = await arrives()
    channel, house = Channel.TELEGRAM, mother[Channel.TELEGRAM].house
    for (what, how), (there, presses) in zip(ANSWERS, moves, strict=True):
        guest = mother[there]
        await _says(guest, what, how, presses=presses, moves=there is not channel)
        channel = there
        assert not guest.hears("desk-old-button"), what
        assert not guest.hears("desk-early", text=what), what
    person = await mother[channel].person()
    async with house.database.work(house.clock()) as work:
        (report,) = await work.reports.of(person)
        (visit,) = await work.bookings.of(person, house.clock.at)
        profile = (await work.people.get(person)).profile
        waiting = await work.connection.scalar(
            text("SELECT count(*) FROM letters WHERE person_id = :id AND state <> 'sent'"), {"id": person}
        )
    assert report.claim == CLAIM
    assert report.account is not None
    assert report.account == Account(
        sex=report.account.sex,
        military=False,
        lost_on=PartialDate(2025, 3),
        lost_where="Біля Покровська",
        circumstances=("Дзвонив увечері.", "Вранці телефон уже мовчав."),
    )
    assert (str(profile.name), str(profile.phone), profile.region) == ("Петренко Марія", "+380671234567", "kharkiv")
    assert (visit.structure, visit.state, visit.report) == (StructureId("lawyer"), AppointmentState.BOOKED, report.id)
    assert waiting == 0
