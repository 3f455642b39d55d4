"""Whose a row is, is bound: what somebody writes into the database without our keys counts for nothing."""

import ast
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

import storage
from casework.actor import Role
from casework.ids import CenterId
from casework.letters import Letter, Purpose, Say, Screen
from casework.sessions import Session
from storage.addresses import addresses
from storage.binding import _written_as_text, bind_all
from storage.database import Database, metadata
from storage.kinship import kinships
from storage.looking import key_column
from storage.people import people
from storage.registering import cases, reports
from storage.schema import bindings
from storage.staff import staff
from storage.threads import thread
from tests.visiting import MORNING, House

WHOSE = {"people", "staff", "reports", "cases", "addresses", "files", "updates", "calls", "appointments"}
NOT_BOUND = {
    "absences": "when a specialist is away: no right hangs on it",
    "attempts": "only counted",
    "arrivals": "that a message has come",
    "chunks": "file and place are in what is sealed",
    "held": "that a room or a person is taken at a time",
    "kinship_openings": "who has opened a paper and when; the audit has a row for each of these",
    "legal_holds": "that nothing of a case is erased: nobody reads more by it, and the audit keeps who signed",
    "likenesses": "what staff are asked to compare; they see both",
    "missed": "whether a person is asked if they wrote during an outage",
    "owned_keys": "what goes with whom; a new key takes the place of its id",
    "people": "`serving` is emptied by the database itself; who may act for whom is asked each time",
    "promises": "days of a center; the head sees at once on the board what holds, and no right hangs on it",
    "reference_versions": "words for everybody, which two sign; the audit keeps who",
    "reminders": "that one is due; to whom, the appointment says",
    "timetables": "minutes",
    "waiting": "a place in a line; an offer goes to the person of the row, and shows nothing of another",
}


async def _by_hand(house: House, statement: str, **values: Any) -> None:
    """As somebody who can write to the database and has no key of ours."""
    async with house.database.engine.begin() as connection:
        await connection.execute(text(statement), values)


def test_every_table_that_says_whose_a_row_is_is_bound_or_says_why_not() -> None:
    said = {
        table.name
        for table in metadata.tables.values()
        if any(reference.column.table.name in WHOSE for reference in table.foreign_keys)
        or {"staff_id", "person_id", "address_id"} & {column.name for column in table.columns}
    }
    bound = {table.name for table in bindings().values()}
    assert said - bound - {"audit"} == set(NOT_BOUND), "declare `bound(…)`, or say why not"
    assert not bound & set(NOT_BOUND)


def test_what_binds_a_row_is_never_emptied_by_the_database_itself() -> None:
    for name, table in bindings().items():
        columns = {table.c[column] for column in table.c.bound.info["binding"].columns}
        emptied = {
            key.parent.name for key in table.foreign_keys if key.ondelete == "SET NULL" and key.parent in columns
        }
        assert not emptied, f"{name}: {emptied}"
        assert key_column(table) is not None


def test_no_words_of_sql_write_whose_a_row_is() -> None:
    looked = 0
    for path in Path(storage.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                _written_as_text(node.value)
                looked += 1
    assert looked > 1000
    for wrong in (
        "UPDATE staff SET active = true",
        "insert into addresses (id) values (1)",
        "WITH a AS (SELECT 1) UPDATE reports SET number = '1', case_id = 5 FROM a",
    ):
        with pytest.raises(LookupError, match="bound"):
            _written_as_text(wrong)


READ_IN_WORDS = {
    "arrivals.py": "whose row is locked; who they are is read afterwards",
    "audit.py": "whether a report is there still",
    "claiming.py": "which addresses have letters; each is looked at as it is read, and goes to its own person alone",
    "files.py": "whether a file is used anywhere, before it is dropped",
    "sealing.py": "under which key a value is; another's key does not open it",
    "staff.py": "whether anybody has ever come",
    "sweeping.py": "keys that nothing has any more",
    "turns.py": "whether messages wait, and when own words came last",
}


def test_no_words_of_sql_read_what_a_right_hangs_on() -> None:
    names = "|".join(table.name for table in bindings().values())
    reads = re.compile(rf"\b(?:FROM|JOIN)\s+(?:{names}|people)\b")
    found = {
        path.name
        for path in Path(storage.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and reads.search(node.value)
    }
    assert found == set(READ_IN_WORDS), "select from the tables: what is read in words of SQL is not looked at"


async def test_a_report_that_is_moved_opens_no_case_to_another_center(house: House) -> None:
    mother, other = house.guest(), house.guest()
    for guest in (mother, other):
        await guest.registers()
    async with house.database.work(MORNING) as work:
        [hers] = await work.reports.of(await mother.person())
        [theirs] = await work.reports.of(await other.person())
        before = await work.reports.centers(hers.case)
    await _by_hand(
        house, "UPDATE reports SET case_id = :case, center = 'kharkiv' WHERE id = :id", case=hers.case, id=theirs.id
    )
    async with house.database.work(MORNING) as work:
        assert await work.reports.centers(hers.case) == before


async def test_a_chat_that_is_moved_to_another_person_opens_nothing(house: House) -> None:
    mother, thief = house.guest(), house.guest()
    await mother.registers()
    await thief.consents()
    victim, own = await mother.person(), await thief.person()
    await _by_hand(house, "UPDATE addresses SET person_id = :to WHERE person_id = :own", to=victim, own=own)
    await thief.says("/reports")
    assert "Петренко" not in thief.news
    assert thief.hears("welcome"), "a stranger, who is asked for consent"
    assert await thief.person() not in (victim, own)
    async with house.database.work(MORNING) as work:
        assert await work.people.reachable(own) is None
        assert len(await work.people.addresses(victim)) == 1, "the mother's own"
    await mother.says("/reports")
    assert "Петренко" in mother.news


async def test_nobody_becomes_staff_by_a_row_that_is_put_in(house: House) -> None:
    thief, member = house.guest(), await house.staff(Role.OPERATOR, "lviv")
    await thief.consents()
    own = await thief.person()
    copied = ", ".join(column.name for column in staff.c if column.name not in ("id", "person_id", "structure_sort"))
    await _by_hand(
        house,
        f"INSERT INTO staff (id, person_id, {copied}) SELECT 77, :own, {copied} FROM staff LIMIT 1",  # noqa: S608
        own=own,
    )
    async with house.database.work(MORNING) as work:
        assert await work.staff.member_of(own) is None
        assert await work.staff.member_of(await member.person()) is not None
        assert [one.staff.person for one in await work.staff.all()] == [await member.person()]
    await _by_hand(house, "UPDATE staff SET role = 'administrator' WHERE id <> 77")
    async with house.database.work(MORNING) as work:
        assert await work.staff.member_of(await member.person()) is None


async def test_what_was_said_to_one_is_not_shown_to_another(house: House) -> None:
    mother, thief = house.guest(), house.guest()
    await mother.registers()
    await thief.consents()
    victim, own = await mother.person(), await thief.person()
    async with house.database.work(MORNING) as work:
        token = await work.sessions._begin_for(victim)
        await work.commit()
    async with house.database.work(MORNING) as work:
        session = await work.sessions.find(token)
        assert isinstance(session, Session)
        letter = await work.connection.scalar(select(func.max(thread.c.number)))
    assert letter is None
    await _by_hand(house, "UPDATE letters SET person_id = :own WHERE person_id = :to", own=own, to=victim)
    await _by_hand(house, "UPDATE reports SET person_id = :own", own=own)
    await _by_hand(house, "UPDATE kinships SET state = 'verified'")
    async with house.database.work(MORNING) as work:
        assert await work.reports.of(own) == []
        [report] = (await work.connection.execute(text("SELECT id, case_id FROM reports"))).all()
        assert await work.kinships.verified(report.case_id) == []


async def test_a_change_by_us_does_not_make_a_broken_row_good(house: House) -> None:
    member = await house.staff(Role.OPERATOR, "lviv")
    person = await member.person()
    await _by_hand(house, "UPDATE staff SET role = 'administrator'")
    async with house.database.work(MORNING) as work:
        done = await work.connection.execute(update(staff).values(active=True))
        assert done.rowcount == 0
        await work.commit()
    async with house.database.work(MORNING) as work:
        assert await work.staff.member_of(person) is None
    await _by_hand(house, "UPDATE staff SET role = 'operator'")  # put back as it was
    async with house.database.work(MORNING) as work:
        assert (await work.connection.execute(update(staff).values(center="kharkiv"))).rowcount == 1
        found = await work.staff.member_of(person)
        assert found is not None
        assert found.center == "kharkiv"
    assert len(house.database.broken) == 1


async def test_a_row_that_may_be_missing_is_emptied_and_the_other_stays(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await _by_hand(house, "UPDATE kinships SET state = 'verified'")
    asked = select(reports.c.number, kinships.c.state, kinships.c.state.label("again")).outerjoin(
        kinships, kinships.c.report_id == reports.c.id
    )
    async with house.database.work(MORNING) as work:
        [row] = (await work.connection.execute(asked)).all()
        assert row.number
        assert row.state is row.again is None
        assert list(row._mapping) == ["number", "state", "again"]
        one, other = cases.alias(), cases.alias()
        pairs = select(one.c.id, other.c.center).join(other, other.c.id == one.c.id)
        assert len((await work.connection.execute(pairs)).all()) == 1
        await work.connection.execute(insert(cases), [{"id": 5, "center": "lviv", "key_id": 1, "opened_at": MORNING}])
        assert len((await work.connection.execute(select(cases.c.center).distinct())).all()) <= 2
        counted = select(func.count().filter(cases.c.id > 0), func.coalesce(func.sum(cases.c.id), 0))
        assert (await work.connection.execute(counted.where(cases.c.id == 5))).one()[0] == 1
        same = select(cases.c.state).distinct()
        assert (await work.connection.scalars(same)).all() == ["open"]


async def test_what_cannot_be_bound_is_refused_as_it_is_written(house: House) -> None:
    async with house.database.work(MORNING) as work:
        execute = work.connection.execute
        with pytest.raises(LookupError, match="written as a value"):
            await execute(update(staff).values(role=func.lower(staff.c.role)))
        with pytest.raises(LookupError, match="names none"):
            await execute(insert(staff).from_select(["id"], select(people.c.id)))
        with pytest.raises(LookupError, match="as its parameters"):
            await execute(insert(cases).values([{"id": 5}, {"id": 6}]))
        values = {"person_id": 1, "hash": b"", "channel": "web"}
        clash = upsert(addresses).values(id=5, **values).on_conflict_do_update(index_elements=["hash"], set_=values)
        with pytest.raises(LookupError, match="ON CONFLICT"):
            await execute(clash)


async def test_values_that_are_given_beside_a_statement_bind_its_row_too(house: House) -> None:
    member = await house.staff(Role.OPERATOR, "lviv")
    person = await member.person()
    of_person = staff.c.person_id == bindparam("of")
    made_once = update(staff).where(of_person).values(center=bindparam("to"))
    by_id = update(staff).where(staff.c.id == bindparam("which"))
    every: dict[str, Any] = {
        "role": "operator",
        "center": "lviv",
        "structure": None,
        "active": True,
        "enrolled_at": None,
    }
    async with house.database.work(MORNING) as work:
        execute = work.connection.execute
        at_first = await work.staff.member_of(person)
        assert at_first is not None
        for given in (
            (made_once, {"of": person, "to": "kharkiv"}),
            (made_once, {"of": person, "to": "lviv"}),
            (by_id, {"which": at_first.id, "center": "kharkiv"}),
            (by_id, {"which": at_first.id, "person_id": person} | every),
        ):
            await execute(*given)
            found = await work.staff.member_of(person)
            assert found == replace(at_first, center=CenterId(str(given[1].get("to") or given[1]["center"])))
        with pytest.raises(LookupError, match="one by one"):
            await execute(made_once, [{"of": person, "to": "lviv"}])
        with pytest.raises(LookupError, match="not given"):
            await execute(made_once, {"of": person})
    assert not len(house.database.broken)


async def test_what_is_written_beside_another_statement_binds_its_rows_or_is_refused(house: House) -> None:
    letter = insert(cases).values(id=5, center="lviv", key_id=1, opened_at=MORNING)
    moved = update(addresses).values(person_id=5)
    async with house.database.work(MORNING) as work:
        for wrong in (letter, moved):
            with pytest.raises(LookupError, match="bound_row"):
                await work.connection.execute(update(people).values(turn=0).add_cte(wrong.cte("wrong")))


async def test_a_statement_that_is_made_once_is_looked_at_each_time(house: House) -> None:
    member = await house.staff(Role.OPERATOR, "lviv")
    person = await member.person()
    await _by_hand(house, "UPDATE staff SET role = 'head'")
    async with house.database.work(MORNING) as work:
        assert await work.staff.member_of(person) is None
    await _by_hand(house, "UPDATE staff SET role = 'operator'")
    async with house.database.work(MORNING) as work:
        assert await work.staff.member_of(person) is not None


async def test_what_is_from_before_is_bound_once_and_never_again(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    person = await mother.person()
    await _by_hand(house, "UPDATE addresses SET bound = NULL")
    async with house.database.work(MORNING) as work:
        assert await work.people.reachable(person) is None, "a new house knows no row that is not bound"
    # As the keyring of an older release: it has not been said yet that all rows are bound.
    await _by_hand(house, "DELETE FROM keyring.secrets WHERE name IN ('lookup')")
    again = Database(house.database.url, bytes(range(32)))
    with pytest.raises(Exception, match="gone from the keyring"):
        await again.keyring.load()
    await again.close()
    lookup = house.database.vault._secrets
    plain = next(value for name, value in lookup.items() if name == "lookup")
    wrapped = house.database.vault.wrap("secrets:lookup", plain)
    root = house.database.vault.current
    await _by_hand(house, "INSERT INTO keyring.secrets VALUES ('lookup', :wrapped, :root)", wrapped=wrapped, root=root)
    upgraded = Database(house.database.url, bytes(range(32)))
    await upgraded.keyring.load()
    assert not upgraded.vault.bound
    async with upgraded.work(MORNING) as work:
        assert await work.people.reachable(person) is not None, "until its rows are bound"
    assert await bind_all(upgraded.keyring, upgraded.engine) > 0
    assert upgraded.vault.bound == set(bindings())
    async with upgraded.work(MORNING) as work:
        assert await work.people.reachable(person) is not None
    await _by_hand(house, "UPDATE addresses SET bound = NULL")
    assert await bind_all(upgraded.keyring, upgraded.engine) == 0
    async with upgraded.work(MORNING) as work:
        assert await work.people.reachable(person) is None
    await upgraded.close()


@pytest.mark.parametrize(
    ("altered", "called"),
    [
        ("UPDATE letters SET screen = screen || '\\x00' WHERE person_id = :victim", True),
        ("UPDATE letters SET person_id = person_id + 0, bound = '\\x00' WHERE person_id = :victim", False),
        ("UPDATE addresses SET address = address || '\\x00' WHERE person_id = :victim", True),
        ("UPDATE addresses SET bound = '\\x00' WHERE person_id = :victim", True),
    ],
)
async def test_what_is_altered_of_one_holds_up_nobody_else(house: House, altered: str, called: bool) -> None:
    mother, other = house.guest(), house.guest()
    await mother.consents()
    await other.consents()
    victim, before = await mother.person(), len(other.inbox)
    async with house.database.work(house.clock()) as work:
        for person in (victim, await other.person()):
            await work.send(Letter(person, Screen((Say("welcome-done"),)), purpose=Purpose.APPOINTMENT))
        await work.commit()
    await _by_hand(house, altered, victim=victim)
    await house.deliver()
    assert len(other.inbox) == before + 1
    async with house.database.work(house.clock()) as work:
        waiting = text("SELECT count(*) FROM letters WHERE state = 'waiting'")
        assert await work.connection.scalar(waiting) == 0
        calls = text("SELECT count(*) FROM calls WHERE person_id = :victim")
        assert bool(await work.connection.scalar(calls, {"victim": victim})) is called
