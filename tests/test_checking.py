"""`make bench CHECK=1`: what counts as fallen against the last full run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.figures import Figure
from benchmarks.row import Measured, Row, Run
from benchmarks.speed import __main__ as bench
from benchmarks.speed import performance
from benchmarks.speed.checking import checked, kept

KEPT = """\
# Performance

## turn

A turn's rate beside four statements: **0.3**, at least 0.25. 5 cases.

- ratio 0.3 (0.28 to 0.31)

## backlog

Time of a claim: **1.2**, at most 1.2. 5 cases.

- ratio 1.2 (1 to 1.4)

## start

Seconds of processor time: **2.8**, at most 2: does not hold. 5 cases.
"""


@pytest.fixture(autouse=True)
def last_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    file = tmp_path / "performance.md"
    file.write_text(KEPT, encoding="utf-8")
    monkeypatch.setattr(performance, "FILE", file)
    yield
    assert file.read_text(encoding="utf-8") == KEPT, "a check writes nothing"


async def _unasked(run: Run) -> Measured:
    raise AssertionError("the figures are given")


def row(id: str, better: str = "low") -> Row:
    return Row(id, "", 0, _unasked, "high" if better == "high" else "low")


class Seen:
    """A row's figures, one after another; None where it cannot be measured. `seeds` it was asked with."""

    def __init__(self, *values: float | None) -> None:
        self._values, self.seeds = iter(values), list[int]()

    def __call__(self, row: Row, seed: int) -> Figure | None:
        self.seeds.append(seed)
        value = next(self._values)
        return None if value is None else Figure(row.id, 5, value, row.limit, row.better)


TURN, BACKLOG = row("turn", "high"), row("backlog")


@pytest.mark.parametrize(
    ("one", "seen"),
    [(TURN, 0.21), (TURN, 3.0), (BACKLOG, 1.79), (BACKLOG, 0.1)],
    ids=["less", "more", "slower", "faster"],
)
def test_less_than_a_third_worse_is_measured_once(one: Row, seen: float) -> None:
    measured = Seen(seen)
    figure, said = checked(one, measured)
    assert (figure and figure.value, said, len(measured.seeds)) == (seen, None, 1)


@pytest.mark.parametrize(("one", "first", "again"), [(TURN, 0.19, 0.18), (BACKLOG, 1.81, 2.5)])
def test_a_third_worse_twice_in_a_row_has_fallen(one: Row, first: float, again: float) -> None:
    measured = Seen(first, again)
    figure, said = checked(one, measured)
    assert figure is not None
    assert figure.value == again
    assert said == f"{one.id}: {kept(one.id):g} in docs/performance.md, now {first:g} and {again:g}"
    assert len(set(measured.seeds)) == 2, "what is kept of the first measurement does not answer the second"


@pytest.mark.parametrize(("one", "first", "again"), [(TURN, 0.1, 0.29), (BACKLOG, 9.0, 1.3)])
def test_once_is_the_machine(one: Row, first: float, again: float) -> None:
    figure, said = checked(one, Seen(first, again))
    assert (figure and figure.value, said) == (again, None)


@pytest.mark.parametrize("id", ["start", "unheard-of"], ids=["no ratio", "not there"])
def test_only_ratios_that_are_there_are_compared(id: str) -> None:
    assert checked(row(id), Seen(900.0))[1] is None


def test_what_cannot_be_measured_has_not_fallen() -> None:
    assert checked(TURN, Seen(None)) == (None, None)
    assert checked(TURN, Seen(0.1, None)) == (None, None)


def test_the_command_fails_where_one_has_fallen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def slow(run: Run) -> Measured:
        return Measured(5, 0.1)

    for name in ("FAST", "BREAK", "ROW", "JSON"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CHECK", "1")
    monkeypatch.setattr(bench, "ROWS", (Row("turn", "", 0.05, slow, "high"),))
    assert bench.main() == 1
    assert "FALLEN  turn: 0.3 in docs/performance.md, now 0.1 and 0.1" in capsys.readouterr().out
    monkeypatch.setattr(bench, "ROWS", (Row("backlog", "", 0, slow),))
    assert bench.main() == 0, "a ratio alone is judged, not whether the row holds"
