"""Whatever names a center, a line, a step, a paper or a structure has a foreign key to what it names."""

from collections.abc import Iterator

import pytest
from sqlalchemy import ARRAY, Column, Table, Text, text
from sqlalchemy.exc import IntegrityError

from casework.actor import Role
from casework.centers import CRISIS, Line
from casework.ids import CenterId, StructureId
from casework.reference import Sort
from storage.database import metadata
from tests.visiting import House

NAMING = {
    "appointments.center": "center",
    "appointments.structure": "structure",
    "calls.center": "center",
    "cases.center": "center",
    "center_regions.center": "center",
    "centers.name": "center",
    "lines.name": "line",
    "lines.step": "step",
    "proposals.center": "center",
    "reports.center": "center",
    "staff.center": "center",
    "staff.structure": "structure",
}
"""Columns that name an entry, and of which sort: all of November 2026, when none named a paper. A new one is found
below by what it is called, and in `tests/releases` by what stands in it."""


def _named_by(column: Column[object], table: Table) -> str | None:
    """Of which sort an entry is that a column has a key to: its own, or that of a center's row."""
    for key in column.foreign_keys:
        if key.target_fullname == "centers.name":
            return Sort.CENTER
        if key.target_fullname == "reference.name":
            told = table.c[f"{column.name}_sort"].computed
            assert told is not None
            return str(told.sqltext).strip("'").removesuffix("'::text")
    return None


def _columns() -> Iterator[tuple[Table, Column[object]]]:
    for table in metadata.tables.values():
        yield from ((table, column) for column in table.columns)


def test_these_columns_name_entries_and_each_has_a_key_to_its_sort() -> None:
    found = {f"{table.name}.{column.name}": _named_by(column, table) for table, column in _columns()}
    assert {name: found.get(name) for name in NAMING} == NAMING


def test_a_column_that_is_called_after_a_sort_has_a_key() -> None:
    """In the singular or plural, alone or after other words: "center", "moved_to_center", "papers"."""
    called = {form: sort for sort in Sort for form in (sort.value, f"{sort}s")}
    for table, column in _columns():
        if not isinstance(column.type, Text | ARRAY):
            continue  # what is sealed can have none: its writer checks the name
        sort = called.get(column.name.rpartition("_")[2])
        assert sort is None or _named_by(column, table) == sort, f"{table.name}.{column.name}: use naming or at_center"


@pytest.mark.parametrize("structure", ["nobody", "police", "lviv"], ids=["unknown", "a step", "a center"])
async def test_nobody_comes_from_what_is_no_structure(house: House, structure: str) -> None:
    async with house.database.work(house.clock()) as work:
        person = await work.people.add("uk")
        with pytest.raises(IntegrityError, match="fk_staff_structure"):
            await work.staff.add(person, Role.SPECIALIST, structure=StructureId(structure))


async def test_nobody_belongs_to_a_center_that_is_not_there(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        person = await work.people.add("uk")
        with pytest.raises(IntegrityError, match="fk_staff_center"):
            await work.staff.add(person, Role.OPERATOR, center=CenterId("poltava"))


async def test_a_line_under_no_step_answers_despair(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        assert [line.name for line in await work.centers.lines() if line.step == CRISIS] == ["lifeline"]
        assert await work.connection.scalar(text("SELECT name FROM lines WHERE step IS NULL")) == "lifeline"
        with pytest.raises(IntegrityError, match="fk_lines_step"):
            await work.centers.keep_line(Line("police", "102", "nowhere"))


async def test_what_is_named_cannot_be_deleted(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        of_it = "SELECT id FROM reference WHERE sort = 'step' AND name = 'police'"
        await work.connection.execute(text(f"DELETE FROM reference_versions WHERE reference_id = ({of_it})"))  # noqa: S608
        with pytest.raises(IntegrityError, match="fk_lines_step"):
            await work.connection.execute(text("DELETE FROM reference WHERE sort = 'step' AND name = 'police'"))
