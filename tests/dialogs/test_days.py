"""Dates as people type them: the precision stays what it was, and nothing is made up."""

# ruff: noqa: SIM905  a list of words is best read as words
from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.values import PartialDate, Precision, Unclear
from dialogs.answers import Doubt, birth_day, day, loss_day

TODAY = date(2026, 11, 24)

UNDERSTOOD = {
    "12.03.1990": "1990-03-12",
    "12/3/90": "1990-03-12",
    "12. 3. 1990 р.": "1990-03-12",
    "12,03,1990": "1990-03-12",
    "12 03 1990": "1990-03-12",
    "12-03-1990": "1990-03-12",
    "12:03:1990": "1990-03-12",
    "12.03.’90": "1990-03-12",
    "12.III.1990": "1990-03-12",
    "12.ІІІ.1990": "1990-03-12",
    "12031990": "1990-03-12",
    "19900312": "1990-03-12",
    "120390": "1990-03-12",
    "1990-03-12": "1990-03-12",
    "1990-03-12T10:30:00Z": "1990-03-12",
    "٠٣.٠٣.١٩٩٠": "1990-03-03",
    "12 березня 1990 р.": "1990-03-12",
    "12-го березня 1990-го року": "1990-03-12",
    "12 березеня 1990": "1990-03-12",
    "дата народження: 12 бер. 1990": "1990-03-12",
    "день народження 12 березня 1990": "1990-03-12",
    "12 марта 1990 года": "1990-03-12",
    "March 12, 1990": "1990-03-12",
    "12th of March 1990": "1990-03-12",
    "12.03.2022 о 15:30": "2022-03-12",
    "12 marca 1990": "1990-03-12",
    "12. März 1990": "1990-03-12",
    "12 березня цього року": "2026-03-12",
    "12 березня минулого року": "2025-03-12",
    "29.02.00": "2000-02-29",
    "1.1.26": "2026-01-01",
    "25.11.26": "1926-11-25",
    "вчора": "2026-11-23",
    "Вчора ввечері": "2026-11-23",
    "вчера": "2026-11-23",
    "позавчора": "2026-11-22",
    "the day before yesterday": "2026-11-22",
    "сьогодні о 9:00": "2026-11-24",
    "3 дні тому": "2026-11-21",
    "5 дней назад": "2026-11-19",
    "два дні тому": "2026-11-22",
    "п'ять днів тому": "2026-11-19",
    "двадцять два дні тому": "2026-11-02",
    "три дня назад": "2026-11-21",
    "two days ago": "2026-11-22",
    "день тому": "2026-11-23",
    "п’ятого березня 2025": "2025-03-05",
    "двадцять п'ятого березня 2025 року": "2025-03-25",
    "третє квітня 2022": "2022-04-03",
    "березень 2022": "2022-03",
    "у березні 2022 року": "2022-03",
    "в марте 2022": "2022-03",
    "03.2022": "2022-03",
    "2022-03": "2022-03",
    "березень ’22": "2022-03",
    "приблизно в березні 2022": "2022-03",
    "наприкінці березня 2022": "2022-03",
    "березень минулого року": "2025-03",
    "минулого місяця": "2026-10",
    "last month": "2026-10",
    "2022": "2022",
    "1990-й": "1990",
    "близько 1990 року": "1990",
    "90 року": "1990",
    "торік": "2025",
    "?.03.1990": "1990-03",
}


@pytest.mark.parametrize(("typed", "understood"), UNDERSTOOD.items())
def test_a_date_is_as_exact_as_it_was_said(typed: str, understood: str) -> None:
    assert str(day(typed, TODAY)) == understood


UNCLEAR = {
    "": "unclear-day",
    "😀": "unclear-day",
    "не скажу": "unclear-day",
    "90": "unclear-day",
    "у 90-х": "unclear-day",
    "12 abc 1990": "unclear-day",
    "1" * 5000: "unclear-day",
    "201203": "unclear-day",  # 20.12.2003 or December 2012
    "минулого тижня": "unclear-day-vague",
    "два тижні тому": "unclear-day-vague",
    "2 недели назад": "unclear-day-vague",
    "весна 2022": "unclear-day-vague",
    "після 12 березня 2022": "unclear-day-vague",
    "приблизно 12 березня 2022": "unclear-day-vague",
    "12.03.1990?": "unclear-day-vague",
    "~12.03.1990": "unclear-day-vague",
    "12-15 березня 2022": "unclear-day-vague",
    "12-15 березня": "unclear-day-vague",
    "березень-квітень 2022": "unclear-day-vague",
    "2020-2022": "unclear-day-vague",
    "12.03": "unclear-day-year",
    "12 березня": "unclear-day-year",
    "у березні": "unclear-day-year",
    "березень 22": "unclear-day-year",
    "31.02.1990": "unclear-day-impossible",
    "29.02.90": "unclear-day-impossible",
    "00.03.1990": "unclear-day-impossible",
    "13.13.1990": "unclear-day-impossible",
    "1.13.1999": "unclear-day-impossible",  # a slip as often as an American's 13 January
    "03/15/1990": "unclear-day-impossible",
    "завтра": "unclear-day-future",
    "05.12.2026": "unclear-day-future",  # not 12 May: the order is never turned to fit
    "2027": "unclear-day-future",
    "12.03.1830": "unclear-day-too-old",
    "мені 35 років": "unclear-day-age",
    "35 років": "unclear-day-age",
}


@pytest.mark.parametrize(("typed", "reason"), UNCLEAR.items())
def test_what_is_no_date_says_why(typed: str, reason: str) -> None:
    answer = day(typed, TODAY)
    assert isinstance(answer, Unclear), answer
    assert answer.reason == reason


def test_the_limits_decide_the_century() -> None:
    assert day("12.03.27", TODAY) == PartialDate(1927, 3, 12)
    assert day("12.03.27", TODAY, latest=date(2028, 1, 1)) == PartialDate(2027, 3, 12)
    late = day("12.03.13", TODAY, earliest=date(2014, 1, 1))
    assert late == Unclear("unclear-day-too-old", {"earliest": "2014"})
    assert day("2014", TODAY, earliest=date(2014, 2, 20)) == PartialDate(2014)


def test_what_can_be_before_what() -> None:
    birth, loss = PartialDate(1990, 3), PartialDate(1990)
    assert not loss.certainly_before(birth)
    assert PartialDate(1989).certainly_before(birth)
    assert PartialDate(2024, 2).last == date(2024, 2, 29)
    assert [PartialDate(2024, 2, 1).precision, PartialDate(2024, 2).precision, PartialDate(2024).precision] == [
        Precision.DAY,
        Precision.MONTH,
        Precision.YEAR,
    ]


@pytest.mark.parametrize("parts", [(1990, 2, 30), (1990, 0), (1990, None, 1), (0,)])
def test_an_impossible_date_cannot_be_made(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"day|month|year"):
        PartialDate(*parts)


WORDS = st.sampled_from(
    "12 3 90 03 1990 2022 22 березня березень марта May May, . / - ’ о 15:30 року р. тому днів назад минулого у iii ? ~"
    " вчора тижня 12.03.1990 90-х го 00 31 29 02".split()
)


@given(st.one_of(st.text(max_size=100), st.lists(WORDS, max_size=7).map(" ".join), st.lists(WORDS).map("".join)))
def test_no_text_breaks_it_and_it_reads_its_own_writing(typed: str) -> None:
    answer = day(typed, TODAY)
    if isinstance(answer, PartialDate):
        assert day(str(answer), TODAY) == answer
        assert answer.first <= TODAY
        assert answer.last >= date(1900, 1, 1)


@given(st.dates(date(1900, 1, 1), TODAY))
def test_every_whole_date_comes_back(exact: date) -> None:
    for form in ("%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d%m%Y", "%Y%m%d"):
        assert day(exact.strftime(form), TODAY) == PartialDate.of(exact)


def told(answer: PartialDate | Unclear | Doubt[PartialDate]) -> str | list[str]:
    """The day, the days that it is asked about, or the reason."""
    if isinstance(answer, Doubt):
        return [str(reading.value) for reading in answer.readings]
    return answer.reason if isinstance(answer, Unclear) else str(answer)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("12.03.90", "1990-03-12"),
        ("12.03.10", "2010-03-12"),
        ("12.03.32", "1932-03-12"),
        ("12.03.25", ["1925-03-12", "2025-03-12"]),
        ("01.12.26", ["1926-12-01"]),  # never after today, and hardly of a man of 99
        ("1.13.1999", ["1999-01-13"]),
        ("37", "unclear-day-age"),
        ("йому 37", "unclear-day-age"),
        ("37 років", "unclear-day-age"),
        ("тиждень тому", "unclear-day-vague"),
        ("01.12.2026", "unclear-day-future"),
    ],
)
def test_a_birth_date(typed: str, understood: str | list[str]) -> None:
    assert told(birth_day(typed, TODAY)) == understood


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("5.03.25", "2025-03-05"),
        ("24.11.26", "2026-11-24"),
        ("01.12.26", "unclear-loss-future"),
        ("5.03.27", "unclear-loss-future"),
        ("5.03.90", "unclear-loss-future"),
        ("1.13.2025", ["2025-01-13"]),
        ("5 березня", ["2026-03-05", "2025-03-05"]),
        ("8 вересня о 12", ["2026-09-08", "2025-09-08"]),
        ("8 сентября в 10 часов", ["2026-09-08", "2025-09-08"]),
        ("24 лютого о 5 ранку", ["2026-02-24", "2025-02-24"]),
        ("8 September at 10", ["2026-09-08", "2025-09-08"]),
        ("1 вересня 2024 о 10-й", "2024-09-01"),
        ("12.05.2024 о 9", "2024-05-12"),
        ("вчора о 15", "2026-11-23"),
        ("24 лютого 22", "2022-02-24"),
        ("в 22 году", "2022"),
        ("12 годин тому", "unclear-loss"),
        ("24 грудня", ["2025-12-24"]),
        ("у березні", ["2026-03", "2025-03"]),
        ("тиждень тому", ["2026-11-17", "2026-11"]),
        ("неделю назад", ["2026-11-17", "2026-11"]),
        ("два тижні тому", ["2026-11-10", "2026-11"]),
        ("місяць тому", ["2026-10"]),
        ("three months ago", ["2026-08"]),
        ("рік тому", ["2025-11", "2025"]),
        ("минулої середи", ["2026-11-18"]),
        ("минулого понеділка", ["2026-11-23", "2026-11-16"]),
        ("у середу ввечері", ["2026-11-18"]),
        ("в прошлую пятницу", ["2026-11-20"]),
        ("last friday", ["2026-11-20"]),
        ("позавчора", "2026-11-22"),
        ("колись восени", "unclear-loss"),
        ("37", "unclear-loss"),
        ("31.02.2025", "unclear-loss-impossible"),
    ],
)
def test_a_day_of_loss_is_of_late_and_never_ahead(typed: str, understood: str | list[str]) -> None:
    assert told(loss_day(typed, TODAY)) == understood
