"""Where a case stands: what a level can bear, what goes back, and what two cases say once they are joined."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.ids import CaseId, PersonId, StaffId, UpdateId
from casework.numbers import make_number
from casework.refusal import Refusal
from casework.stages import CaseStage
from casework.updates.stages import Amending, Amends, Capacity, StageChange, Subject
from casework.updates.standing import SAYS, CaseStanding, check, goes_back, history, subjects
from casework.updates.values import Level, Manner, Office, Source, Statement, Update, UpdateState, signature

NUMBER = make_number(1234567)
DAY = date(2026, 11, 20)
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
STATEMENT = Statement(Level.NIB, Source(Office.NIB, Manner.DOCUMENT, DAY), "Ім’я внесено до реєстру.")
AS_BEFORE = Statement(
    Level.NIB, Source(Office.NIB, Manner.DOCUMENT, DAY), "Ім’я внесено до реєстру.", "In the register."
)


def test_what_was_signed_before_there_were_subjects_and_stages_stays_valid() -> None:
    """Taken from the release before: not computed here."""
    signed = "78aa4573d50556160dc41f67358b39c04af1fa20571d4700a296d5ea19d3d91b"
    assert signature(CaseId(7), AS_BEFORE, (PersonId(1), PersonId(2))) == signed


@pytest.mark.parametrize(
    "changed",
    [
        replace(STATEMENT, subject=Subject.CAPTIVITY),
        replace(STATEMENT, subject=Subject.SERVICE),
        replace(STATEMENT, stage=StageChange(CaseStage.REGISTERED)),
        replace(STATEMENT, stage=StageChange(CaseStage.LOCATED, Capacity.SERVING)),
        replace(STATEMENT, stage=StageChange(CaseStage.LOCATED, Capacity.CAPTIVE)),
        replace(STATEMENT, stage=StageChange(CaseStage.REGISTERED, over=UpdateId(3))),
        replace(STATEMENT, stage=StageChange(CaseStage.REGISTERED, reason="Помилка в реєстрі.")),
    ],
)
def test_a_signature_covers_the_subject_and_the_stage(changed: Statement) -> None:
    others = [STATEMENT, replace(changed, uk="…")]
    assert signature(CaseId(7), changed, ()) not in [signature(CaseId(7), one, ()) for one in others]


def test_hearsay_moves_no_case_and_every_stage_has_a_level() -> None:
    assert SAYS[Level.SAID] == ()
    assert {stage for stages in SAYS.values() for stage in stages} == set(CaseStage)
    assert set(SAYS) == set(Level)


def test_a_return_is_spoken_of_only_where_the_release_is_confirmed() -> None:
    """It is held until each relative heard it by voice, and that goes by the level."""
    assert [level for level in Level if Subject.RETURN in subjects(level)] == [Level.RELEASED]
    home = {CaseStage.RELEASED, CaseStage.RETURNED, CaseStage.REINTEGRATION}
    assert [level for level in Level if home & set(SAYS[level])] == [Level.RELEASED]


def refused(statement: Statement, standing: CaseStanding | None = None) -> str | None:
    try:
        check(statement, standing, NUMBER)
    except Refusal as refusal:
        return refusal.say.name
    return None


@given(st.sampled_from(Level), st.sampled_from(CaseStage), st.sampled_from([None, *Capacity]))
def test_located_is_told_only_alive_and_as_what(level: Level, stage: CaseStage, capacity: Capacity | None) -> None:
    why = refused(replace(STATEMENT, level=level, stage=StageChange(stage, capacity)))
    if stage not in SAYS[level]:
        assert why == "write-unborne"
    else:
        assert (why is None) is ((stage is CaseStage.LOCATED) is (capacity is not None))


STANDING = CaseStanding(UpdateId(5), StageChange(CaseStage.CAPTIVE), DAY, AT)


def test_a_case_goes_back_only_for_a_reason_that_both_signers_see() -> None:
    back = replace(STATEMENT, stage=StageChange(CaseStage.MISSING, over=STANDING.update))
    assert refused(back, STANDING) == "write-goes-back"
    assert back.stage is not None
    assert refused(replace(back, stage=replace(back.stage, reason=" ")), STANDING) == "write-goes-back"
    assert refused(replace(back, stage=replace(back.stage, reason="НІБ виправило запис.")), STANDING) is None


def test_an_older_source_is_a_step_back_too() -> None:
    assert goes_back(CaseStage.RELEASED, DAY - timedelta(days=1), STANDING)
    assert not goes_back(CaseStage.RELEASED, DAY, STANDING)
    assert goes_back(CaseStage.LOCATED, DAY - timedelta(days=1), STANDING)
    assert not goes_back(CaseStage.MISSING, DAY, None)


def test_who_has_not_seen_where_the_case_stands_does_not_move_it() -> None:
    unseen = replace(STATEMENT, level=Level.RELEASED, stage=StageChange(CaseStage.RELEASED))
    assert refused(unseen, STANDING) == "approve-moved"
    assert refused(replace(unseen, stage=StageChange(CaseStage.RELEASED, over=UpdateId(4))), STANDING) is not None


def update(id: int, case: int, change: StageChange, sourced: int, decided: int) -> Update:
    statement = replace(STATEMENT, source=replace(STATEMENT.source, on=DAY + timedelta(days=sourced)), stage=change)
    at = AT + timedelta(days=decided)
    return Update(
        UpdateId(id),
        CaseId(case),
        UpdateState.RELEASED,
        StaffId(1),
        PersonId(9),
        statement,
        "0" * 64,
        at,
        StaffId(2),
        at,
    )


def test_two_cases_joined_stand_where_the_later_source_says_whoever_was_joined_to_whom() -> None:
    ours = update(1, 1, StageChange(CaseStage.CAPTIVE), sourced=3, decided=4)
    theirs = update(2, 2, StageChange(CaseStage.REGISTERED), sourced=1, decided=6)
    for joined in ([ours, theirs], [theirs, ours]):
        assert history(joined)[-1].change.stage is CaseStage.CAPTIVE
    assert history([theirs])[-1].change.stage is CaseStage.REGISTERED, "parted again, each stands where it stood"


def test_what_two_signed_against_a_later_source_stands() -> None:
    first = update(1, 1, StageChange(CaseStage.CAPTIVE), sourced=5, decided=5)
    back = update(2, 1, StageChange(CaseStage.MISSING, over=UpdateId(1), reason="Помилка."), sourced=2, decided=6)
    assert [one.change.stage for one in history([back, first])] == [CaseStage.CAPTIVE, CaseStage.MISSING]


def amended(first: Update, id: int, decided: int, how: Amending = Amending.CORRECTED) -> list[Update]:
    """What stands after it: the first, replaced, and what corrects or withdraws it."""
    stage = first.statement.stage if how is Amending.CORRECTED else None
    at, amends = AT + timedelta(days=decided), Amends(first.id, how)
    new = replace(first, id=UpdateId(id), statement=replace(first.statement, stage=stage, amends=amends), decided_at=at)
    return [replace(first, state=UpdateState.REPLACED), new]


BEFORE = update(1, 1, StageChange(CaseStage.REGISTERED), sourced=3, decided=3)
CAPTIVE = update(2, 1, StageChange(CaseStage.CAPTIVE, over=UpdateId(1)), sourced=5, decided=5)
BACK = update(3, 1, StageChange(CaseStage.MISSING, over=UpdateId(2), reason="Помилка."), sourced=2, decided=6)


@pytest.mark.parametrize("before", [[], [BEFORE]])
def test_a_correction_of_words_moves_nothing_however_late_it_comes(before: list[Update]) -> None:
    once = amended(CAPTIVE, 4, decided=9)
    twice = [once[0], *amended(once[1], 5, decided=10)]
    for corrected in (once, twice):
        moved = history([*corrected, BACK, *before])
        assert [one.change.stage for one in moved[-2:]] == [CaseStage.CAPTIVE, CaseStage.MISSING]
        assert moved[-2].since == CAPTIVE.decided_at, "it stands where it stood, since it stood there"
    assert history([*amended(BACK, 4, decided=9), CAPTIVE, *before])[-1].change.stage is CaseStage.MISSING
    later = update(6, 1, StageChange(CaseStage.MISSING, over=UpdateId(4), reason="Помилка."), sourced=1, decided=11)
    assert history([*once, later, *before])[-1].change.stage is CaseStage.MISSING, "it was signed over the correction"


def test_what_was_signed_over_one_that_is_withdrawn_stands() -> None:
    withdrawn = amended(CAPTIVE, 4, decided=9, how=Amending.WITHDRAWN)
    assert [one.update for one in history([*withdrawn, BACK, BEFORE])] == [BEFORE.id, BACK.id]
    assert [one.update for one in history([*withdrawn, BEFORE])] == [BEFORE.id]


def test_what_was_not_released_moves_nothing() -> None:
    one = update(1, 1, StageChange(CaseStage.CAPTIVE), 1, 1)
    for state in set(UpdateState) - {UpdateState.RELEASED}:
        assert history([replace(one, state=state)]) == ()
