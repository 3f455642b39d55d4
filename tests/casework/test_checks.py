"""The rule of "no news": from which checks a relative may be told, and from which never."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework.checks.rule import FRESH, still_so, to_tell
from casework.checks.values import CaseCheck, CheckAnswer, WordGround
from casework.ids import CheckId, StaffId

LAST = datetime(2026, 11, 3, 10, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
MAY = WordGround(entitled=True, by_voice=False, quiet=False, since=LAST)


def check(id: int, on: date, answer: CheckAnswer = CheckAnswer.NOTHING_NEW, body: str = "nib") -> CaseCheck:
    noted = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return CaseCheck(CheckId(id), body, on, answer, noted, StaffId(1), date(2026, 12, 17))


BUREAU, UNIT = check(1, date(2026, 11, 12)), check(2, date(2026, 11, 14), body="unit")


def test_whom_we_asked_since_our_last_word_in_the_order_of_asking() -> None:
    assert to_tell(MAY, [UNIT, BUREAU], NOW) == (BUREAU, UNIT)
    again = check(3, date(2026, 11, 18))
    assert to_tell(MAY, [BUREAU, UNIT, again], NOW) == (UNIT, again), "of each the last time"
    silent = check(4, date(2026, 11, 18), CheckAnswer.UNANSWERED, "icrc")
    assert to_tell(MAY, [BUREAU, silent], NOW) == (BUREAU, silent), "who has not answered is told as such"


def test_what_pretends_is_not_told() -> None:
    assert to_tell(MAY, [], NOW) == (), "nobody was asked"
    assert to_tell(MAY, [check(1, date(2026, 11, 2))], NOW) == (), "before our last word"
    noted_late = replace(BUREAU, on=date(2026, 11, 1))
    assert to_tell(MAY, [noted_late], NOW) == (), "noted after it, and asked before it"
    assert to_tell(MAY, [replace(BUREAU, answer=CheckAnswer.UNANSWERED)], NOW) == (), "nobody has answered"
    found = check(3, date(2026, 11, 15), CheckAnswer.SOMETHING, "icrc")
    assert to_tell(MAY, [BUREAU, found], NOW) == (), "somebody knows something"
    old = replace(MAY, since=NOW - timedelta(days=400))
    assert to_tell(old, [BUREAU], datetime(2026, 12, 13, 12, tzinfo=UTC)) == (), f"not what was asked {FRESH} ago"


def test_nobody_is_told_who_may_not_be() -> None:
    for other in (replace(MAY, entitled=False), replace(MAY, by_voice=True), replace(MAY, quiet=True)):
        assert to_tell(other, [BUREAU], NOW) == ()
        assert not still_so(other, [BUREAU], [BUREAU])
    assert still_so(MAY, [BUREAU], [BUREAU])
    assert not still_so(MAY, [], [UNIT]), "the case was parted: its checks are another's"
    assert not still_so(MAY, [BUREAU], [BUREAU, check(3, date(2026, 11, 15), CheckAnswer.SOMETHING)])


STEPS = st.one_of(
    st.tuples(st.just("check"), st.sampled_from(CheckAnswer), st.integers(-40, 0)),
    st.tuples(st.sampled_from(["by_voice", "quiet", "entitled"]), st.booleans(), st.just(0)),
    st.tuples(st.just("tell"), st.just(None), st.just(0)),
    st.tuples(st.just("pass"), st.just(None), st.integers(1, 40)),
)


@given(st.lists(STEPS, max_size=60))
def test_no_sequence_tells_without_a_check_since_the_last_word(steps: list[tuple[str, object, int]]) -> None:
    ground, now = replace(MAY, never=True), LAST
    checks: list[CaseCheck] = []
    used: set[CheckId] = set()
    for kind, value, days in steps:
        now += timedelta(minutes=1)
        match kind:
            case "check":
                on = (now + timedelta(days=days)).date()
                assert isinstance(value, CheckAnswer)
                checks.append(replace(check(len(checks), on, value), at=now))
            case "pass":
                now += timedelta(days=days)
            case "tell":
                told = to_tell(ground, checks, now)
                if told:
                    assert ground.entitled
                    assert not ground.by_voice
                    assert not ground.quiet
                    assert not {one.id for one in told} & used
                    assert all(one.at > ground.since and one.on >= ground.since.date() for one in told)
                    assert any(one.answer is CheckAnswer.NOTHING_NEW for one in told)
                    since = [one for one in checks if one.at > ground.since]
                    assert not any(one.answer is CheckAnswer.SOMETHING for one in since)
                    used |= {one.id for one in told}
                    ground = replace(ground, since=now, never=False)
            case _:
                ground = replace(ground, **{kind: value})  # type: ignore[arg-type]  # a field of WordGround
