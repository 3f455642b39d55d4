"""The chain of the audit: what was altered is named, what was cut off shows against the published heads, and what
cannot be recorded is not read."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import heads
from bot.__main__ import main
from bot.settings import load
from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.audit import NotRecorded
from casework.cases.search import Find
from casework.ids import CaseId
from storage.chain import Broken, Head, adopt, audit, verify
from storage.work import StoredWork
from tests.visiting import Guest, House, with_code

ROWS = 12


async def _actor(house: House) -> Actor:
    operator = await house.staff(Role.OPERATOR)
    async with house.database.work(house.clock()) as work:
        person = await operator.person()
        return Actor(person, "uk", Channel.WEB, await with_code(person, work))


async def _chained(house: House) -> tuple[Actor, Head]:
    """A chain of some rows, and its head."""
    actor = await _actor(house)
    for case in range(ROWS):
        async with house.database.work(house.clock()) as work:
            await work.audit.looked(actor, "case", case=CaseId(case + 1))
            await work.commit()
    return actor, house.database.heads.known


async def _verified(house: House, *published: Head) -> Broken | None:
    async with house.database.engine.connect() as connection:
        return (await verify(connection, house.database.vault, published)).broken


async def _does(house: House, *statements: str) -> None:
    async with house.database.engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def test_what_was_written_is_in_order(house: House) -> None:
    _, head = await _chained(house)
    assert head.number == ROWS
    assert await _verified(house, head) is None


@pytest.mark.parametrize(
    ("statements", "number"),
    [
        (["UPDATE audit SET case_id = 99 WHERE number = 5"], 5),
        (["UPDATE audit SET what = 'queue' WHERE number = 5"], 5),
        (["UPDATE audit SET at = at + interval '1 microsecond' WHERE number = 5"], 5),
        (["UPDATE audit SET cases = '{3}' WHERE number = 5"], 5),
        (["UPDATE audit SET session_id = 3 WHERE number = 5"], 5),
        (["UPDATE audit SET link = (SELECT link FROM audit WHERE number = 6) WHERE number = 5"], 5),
        (["DELETE FROM audit WHERE number = 5"], 5),
        (["DELETE FROM audit WHERE number = 1"], 1),
        (["DELETE FROM audit WHERE number = 5", "UPDATE audit SET number = number - 1 WHERE number = 6"], 5),
        (
            [
                "UPDATE audit SET number = -1 WHERE number = 5",
                "UPDATE audit SET number = 5 WHERE number = 6",
                "UPDATE audit SET number = 6 WHERE number = -1",
            ],
            5,
        ),
        (["INSERT INTO audit SELECT 1, at, staff_id, deed, what, channel FROM audit WHERE number = 5"], 0),
        (["DELETE FROM audit WHERE number > 9"], 10),
        (["DELETE FROM audit"], 1),
    ],
)
async def test_the_first_altered_row_is_named(house: House, statements: Sequence[str], number: int) -> None:
    _, head = await _chained(house)
    await _does(house, *statements)
    broken = await _verified(house, head)
    assert broken is not None
    assert broken.number == number


async def test_an_older_state_with_its_own_head_does_not_fit_what_was_published(house: House) -> None:
    """Gone back to row 8, and grown anew: the chain fits itself, and the heads of before tell."""
    actor, head = await _chained(house)
    await _does(house, "DELETE FROM audit WHERE number > 8")
    assert await _verified(house) is None
    async with house.database.work(house.clock()) as work:
        for case in range(ROWS):
            await work.audit.looked(actor, "case", case=CaseId(case + 100))
        await work.commit()
    assert await _verified(house) is None
    broken = await _verified(house, head, house.database.heads.known)
    assert broken is not None
    assert broken.number == head.number


async def test_data_that_came_back_by_the_key_say_what_is_missing_and_nobody_else_can(house: House) -> None:
    """Rows 9 to 12 are lost with an older state. The row of the restore takes number 13; in no other way it fits."""
    actor, head = await _chained(house)
    await _does(house, "DELETE FROM audit WHERE number > 8")
    house.database.heads.known = Head()  # a process that has just been started
    async with house.database.work(house.clock()) as work:
        await heads.go_on(house.database, work, [head])
        await work.commit()
        await work.audit.looked(actor, "case", case=CaseId(1))
        await work.commit()
    published = head, house.database.heads.known
    async with house.database.engine.connect() as connection:
        found = await verify(connection, house.database.vault, published)
    assert (found.broken, found.rows) == (None, 10)
    assert [(gap.first, gap.last, gap.copied) for gap in found.gaps] == [(9, ROWS, False)]
    for forged in (
        "DELETE FROM audit WHERE number = 8",
        "UPDATE audit SET number = 12 WHERE what = 'restored'",
        "UPDATE audit SET number = 15 WHERE number = 14",
        "UPDATE audit SET what = 'restored' WHERE number = 7",
        "DELETE FROM audit WHERE number > 12",
    ):
        async with house.database.engine.connect() as connection:
            await connection.execute(text(forged))
            assert (await verify(connection, house.database.vault, published)).broken is not None, forged
            await connection.rollback()


async def test_many_at_once_make_one_chain(house: House) -> None:
    actor = await _actor(house)

    async def look(case: int) -> None:
        async with house.database.work(house.clock()) as work:
            await work.audit.looked(actor, "case", case=CaseId(case))
            await work.audit.looked(actor, "search", searched="Петренко")
            await work.commit()

    await asyncio.gather(*(look(case) for case in range(1, 25)))
    assert await _verified(house, house.database.heads.known) is None
    assert house.database.heads.known.number == 48


async def test_what_is_undone_is_no_row_and_what_was_seen_is_one(house: House) -> None:
    actor = await _actor(house)
    async with house.database.work(house.clock()) as work:
        with pytest.raises(ZeroDivisionError):
            await _undone(actor, work)
        await work.audit.looked(actor, "queue")  # and nobody commits
    async with house.database.work(house.clock()) as work:
        found = (await work.connection.execute(audit.select())).all()
    assert [row.what for row in found] == ["queue"]
    assert await _verified(house, house.database.heads.known) is None


async def _undone(actor: Actor, work: StoredWork) -> None:
    async with work.savepoint():
        await work.audit.acted(actor, "taken")
        1 / 0  # noqa: B018


@pytest.mark.parametrize("way", ["ALTER TABLE audit RENAME TO gone", "REVOKE INSERT"])
async def test_what_cannot_be_recorded_is_not_read(house: House, way: str) -> None:
    mother = house.guest()
    await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    actor = await _as_actor(house, operator)
    if way.startswith("REVOKE"):
        way = "CREATE RULE nothing AS ON INSERT TO audit DO INSTEAD (SELECT 1 / 0)"
    await _does(house, way)
    async with house.database.work(house.clock()) as work:
        with pytest.raises(NotRecorded):
            await rulebook.answer(Find("Петренко"), actor, work)
    for said in ("/find Петренко", "/queue", "/day"):
        await operator.says(said)
        assert "Петренк" not in operator.news


async def _as_actor(house: House, guest: Guest) -> Actor:
    async with house.database.work(house.clock()) as work:
        person = await guest.person()
        return Actor(person, "uk", Channel.WEB, await with_code(person, work))


async def test_rows_from_before_the_chain_are_chained_once(house: House) -> None:
    await _chained(house)
    await _does(house, "UPDATE audit SET number = NULL, link = NULL")
    async with house.database.work(house.clock()) as work:
        head = await adopt(work.connection, house.database.vault)
        await work.commit()
    assert head.number == ROWS
    assert await _verified(house, head) is None
    await _does(house, "INSERT INTO audit SELECT 1, at, staff_id, deed, what, channel FROM audit WHERE number = 5")
    async with house.database.work(house.clock()) as work:
        assert await adopt(work.connection, house.database.vault) == head
        await work.commit()
    broken = await _verified(house, head)
    assert broken is not None
    assert broken.id == 1


async def test_heads_are_added_to_a_file(tmp_path: Path) -> None:
    place = str(tmp_path / "heads")
    assert await heads.published(place) == []
    for number in (1, 2):
        await heads.publish(place, Head(number, bytes([number]) * 32))
    file = tmp_path / "heads"
    file.write_text(file.read_text() + "torn\n")
    assert await heads.published(place) == [Head(1, b"\1" * 32), Head(2, b"\2" * 32)]


def test_the_command_names_the_first_altered_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database_url: str
) -> None:
    place = tmp_path / "heads"
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("AUDIT_HEADS", str(place))
    place.write_text(Head(3, b"x" * 32).line() + "\n")
    assert main(["audit", "verify"]) == 1
    assert "row 1: missing: the chain ends before it, and row 3 was published" in capsys.readouterr().out
    place.write_text("")
    assert main(["audit", "verify"]) == 0
    assert "as it was written: 0 rows" in capsys.readouterr().out


def test_a_head_beside_the_data_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    for inside in (tmp_path / "var" / "heads", tmp_path / "var" / ".." / "var" / "heads"):
        monkeypatch.setenv("AUDIT_HEADS", str(inside))
        assert load().heads_elsewhere is None
    monkeypatch.setenv("AUDIT_HEADS", str(tmp_path / "heads"))
    assert load().heads_elsewhere == str(tmp_path / "heads")
    monkeypatch.setenv("AUDIT_HEADS", "https://elsewhere.example/heads")
    assert load().heads_elsewhere == "https://elsewhere.example/heads"
