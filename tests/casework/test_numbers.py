"""A report's number survives a diary, a telephone and a small keyboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.numbers import LARGEST_NUMBER, ReportNumber, make_number, parse_number
from casework.values import Unclear

COUNTED = st.integers(0, LARGEST_NUMBER)


def test_damm_s_own_example() -> None:
    assert make_number(572).digits == "00005724"


@pytest.mark.parametrize(
    "typed",
    ["0000-5724", "00005724", "№ 0000 5724", "#0000-5724", "номер 0000–5724.", "٠٠٠٠-٥٧٢٤", " 0000\u00a05724\n"],
)
def test_a_number_in_the_ways_it_is_copied(typed: str) -> None:
    assert parse_number(typed) == make_number(572)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "unclear-number"),
        ("який номер?", "unclear-number"),
        ("0000-5724 і ще", "unclear-number"),
        ("0000-572", "unclear-number-length"),
        ("1" * 5000, "unclear-number-length"),
        ("0000-5742", "unclear-number-mistyped"),
    ],
)
def test_a_wrong_number_says_why(typed: str, reason: str) -> None:
    answer = parse_number(typed)
    assert isinstance(answer, Unclear)
    assert answer.reason == reason


@given(COUNTED)
def test_it_reads_its_own_writing(seven: int) -> None:
    number = make_number(seven)
    assert parse_number(str(number)) == number
    assert number.seven == seven


@given(COUNTED, st.integers(0, 7), st.integers(1, 9))
def test_every_wrong_digit_is_caught(seven: int, place: int, shift: int) -> None:
    digits = make_number(seven).digits
    wrong = str((int(digits[place]) + shift) % 10)
    assert isinstance(parse_number(digits[:place] + wrong + digits[place + 1 :]), Unclear)


@given(COUNTED, st.integers(0, 6))
def test_every_swap_of_neighbours_is_caught(seven: int, place: int) -> None:
    digits = make_number(seven).digits
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert swapped == digits or isinstance(parse_number(swapped), Unclear)


def test_a_number_beyond_seven_digits_is_a_bug() -> None:
    for seven in (-1, LARGEST_NUMBER + 1):
        with pytest.raises(ValueError, match="sequence"):
            make_number(seven)
    with pytest.raises(ValueError, match="make_number"):
        ReportNumber("00005725")


@given(st.text(max_size=60))
def test_no_text_breaks_it(typed: str) -> None:
    parse_number(typed)
