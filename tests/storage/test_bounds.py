"""What is over leaves the table that every message passes, and what may still be asked for stays."""

from datetime import timedelta

from sqlalchemy import select, text, update

from casework.letters import Letter, LetterKind, Purpose, Screen, say
from storage.outbox import letters
from storage.people import people
from storage.retention import ANSWER, SEARCH, SENT, retain
from tests.visiting import House

SCREEN = Screen((say("common.line", what="1", value="1"),))
EACH = 3000
MORE = text("""
    INSERT INTO letters (id, person_id, address_id, channel, kind, due_at, state, sent_at, receipt, screen, bound)
    SELECT -n, person_id, address_id, channel, kind, CAST(:at AS timestamptz), 'sent', :at, n::text, screen, bound
    FROM letters CROSS JOIN generate_series(CAST(:first AS bigint), :last) n
    WHERE id = (SELECT max(id) FROM letters WHERE kind = 'reply')
""")


async def test_an_answer_goes_after_a_month_and_a_push_opens_for_years(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    person = await mother.person()
    async with house.database.work(house.clock()) as work:
        news = Letter(person, SCREEN, LetterKind.PUSH, reads="update:17", purpose=Purpose.ROUTINE)
        reminder = Letter(person, SCREEN, LetterKind.PUSH, purpose=Purpose.APPOINTMENT)
        opens, ends = await work.send(news), await work.send(reminder)
        await work.connection.execute(
            update(letters).where(letters.c.id.in_((opens, ends))).values(state="sent", sent_at=work.now)
        )
        asked = await work.connection.scalar(select(people.c.asked_letter).where(people.c.id == person))
        answers = select(letters.c.id).where(letters.c.person_id == person, letters.c.kind == LetterKind.REPLY)
        [gone, *_] = (await work.connection.scalars(answers.order_by(letters.c.position))).all()
        assert asked is not None
        assert (await work.outbox.earlier(gone, [asked]))[asked]
        work.now += ANSWER + timedelta(days=1)
        await retain(work)
        assert (await work.connection.scalars(answers)).all() == [asked], "the question now asked stays"
        assert await work.outbox.earlier(gone, [asked]) == {asked: True}, "what is gone was before it"
        assert await work.outbox.push(ends) is not None
        work.now += SENT
        await retain(work)
        assert await work.outbox.push(ends) is None
        work.now += SEARCH / 2
        await retain(work)
        push = await work.outbox.push(opens)
        assert push is not None
        assert (push.to, push.screen, push.reads) == (person, SCREEN, "update:17")


async def test_the_table_of_letters_does_not_grow_with_what_was_said(house: House) -> None:
    """A month's answers after another: as many rows, and as large indexes, as after the first two."""
    mother = house.guest()
    await mother.consents()
    sizes = []
    for month in range(5):
        async with house.database.engine.begin() as connection:
            await connection.execute(
                MORE,
                {"at": house.clock(), "first": month * EACH + 1, "last": (month + 1) * EACH},
            )
        house.clock.pass_by(days=ANSWER.days + 1)
        async with house.database.work(house.clock()) as work:
            await retain(work)
            await work.commit()
        async with house.database.engine.connect() as plain:
            connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("VACUUM letters"))
            count = await connection.scalar(text("SELECT count(*) FROM letters"))
            size = await connection.scalar(text("SELECT pg_total_relation_size('letters')"))
        assert (count or 0) < 100
        sizes.append(size or 0)
    assert max(sizes[2:]) <= max(sizes[:2]) * 1.05
