"""The measure of `make answers`, on a small fixed sample, and that it turns red when a parser is at fault."""

import os
import subprocess
import sys

import pytest

from benchmarks.answers import KINDS
from benchmarks.answers.frame import Case, Kind, judge


def test_the_measure_tells_right_from_asked_and_wrong() -> None:
    cases = [Case("a", {"1"}), Case("b", {"2"}), Case("c", {"3"}), Case("d"), Case("e")]
    answers = {"a": "1", "b": None, "c": "4", "d": None, "e": "5"}
    row = judge(Kind("row", "", lambda chance, few: cases, answers.get, answers.get), 1)
    assert (row.tried, row.right, row.asked) == (5, 2, 1)
    assert [case.typed for case, _ in row.wrong] == ["c", "e"]
    assert not row.holds


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_fault_turns_its_row_red(kind: Kind) -> None:
    assert judge(kind, 7, few=True, broken=True).wrong


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_nothing_is_wrong_in_a_small_sample(kind: Kind) -> None:
    row = judge(kind, 7, few=True)
    assert [(case.typed, answer) for case, answer in row.wrong] == []
    assert row.tried


def test_the_same_seed_draws_the_same_cases() -> None:
    first, again, other = (judge(KINDS[0], seed, few=True, broken=True) for seed in (1, 1, 2))
    assert [case for case, _ in first.wrong] == [case for case, _ in again.wrong]
    assert [case for case, _ in first.wrong] != [case for case, _ in other.wrong]


def test_an_unknown_row_is_named_with_those_there_are() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.answers"],
        env={**os.environ, "BREAK": "nothing"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert KINDS[0].id in ran.stderr
