"""What an answered message may ask of the database: a count, which no machine makes better or worse."""

from benchmarks.speed.wire import Sums, counted
from casework.actor import Channel
from casework.letters import Letter, LetterKind, Purpose, Screen, say
from dialogs.said import Text
from handlers.incoming import ButtonPress, Content, Incoming
from tests.visiting import Guest, House

ROUND_TRIPS = 5
"""It begins, notes the message and locks its person, reads, writes, and commits."""


async def _costs(guest: Guest, content: Content) -> Sums:
    """What the desk asks for one message in a service that listens; its letters go afterwards."""
    house, sums = guest.house, Sums()
    number = f"counted-{house.clock()}"
    place = None if isinstance(content, ButtonPress) else house.boxes[guest.channel].place(guest.address)
    with house.database.announcer.opened(), counted(sums):
        await house.desk.receive(
            Incoming(guest.channel, guest.address, number, house.clock(), content, "uk", place=place)
        )
    await house.deliver()
    return sums


async def test_an_answered_message_costs_five_round_trips_and_one_transaction(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    costs = []
    for _ in range(2):
        costs.append(await _costs(mother, Text("я мати")))
        assert mother.asked("missing-name")
        back = next(key for key in mother.keys if key.id.endswith("~back"))
        costs.append(await _costs(mother, ButtonPress(back.id)))
        assert mother.asked("kinship")
    typed, pressed = costs[2:]  # the first of each kind is prepared, statement by statement
    assert (typed.transactions, pressed.transactions) == (1, 1)
    assert max(typed.round_trips, pressed.round_trips) <= ROUND_TRIPS


async def test_a_letter_costs_two_round_trips_and_waits_for_no_transaction(house: House) -> None:
    """It is leased with when to look again, and marked with the lease's return: each commits by itself. A push that may
    wait for the morning asks no more by day."""
    mother = house.guest()
    await mother.consents()
    courier = house.couriers[Channel.TELEGRAM]
    for kind, purpose in ((LetterKind.REPLY, Purpose.REPLY), (LetterKind.PUSH, Purpose.APPOINTMENT)):
        sums = [Sums(), Sums()]
        for each in sums:
            person = await mother.person()
            async with house.database.work(house.clock()) as work:
                await work.send(Letter(person, Screen((say("common.done"),)), kind, purpose=purpose))
                await work.commit()
            house.clock.pass_by(seconds=2)
            with counted(each):
                assert await courier.deliver_due() == 1
        assert (sums[1].round_trips, sums[1].transactions) == (2, 0), kind  # the first is prepared
