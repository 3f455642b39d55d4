"""Two signatures are two persons' only where nobody's hand holds both accounts, whatever the order of things."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from casework.ids import StaffId
from casework.staff.lineage import SHELL, Hand, How, Origin, are_two, hands, outside

AT = datetime(2026, 11, 24, tzinfo=UTC)
MEMBERS = [StaffId(number) for number in range(1, 7)]
ONE, TWO, THREE, FOUR, FIVE, SIX = MEMBERS

members = st.sampled_from(MEMBERS)
origins = st.builds(
    Origin, members, st.sampled_from(How), st.sampled_from([*MEMBERS, SHELL]), st.just(AT), st.none() | members
)
unsigned = st.builds(Origin, members, st.sampled_from((How.INVITED, How.RESET)), members, st.just(AT))
lines = st.lists(origins, max_size=8)


def came(member: StaffId, by: Hand, signed_by: StaffId | None = None, how: How = How.INVITED) -> Origin:
    return Origin(member, how, by, AT, signed_by)


def test_whoever_invited_or_reset_is_no_second_person_through_whomever() -> None:
    chain = [came(TWO, ONE), came(THREE, TWO)]
    assert not are_two(ONE, TWO, chain)
    assert not are_two(THREE, ONE, chain), "invited by the invited"
    assert not are_two(TWO, FOUR, [came(TWO, ONE), came(FOUR, ONE, how=How.RESET)]), "both in one third's hand"
    assert are_two(TWO, FOUR, [came(TWO, ONE), came(FOUR, FIVE)])


def test_a_signature_from_outside_cuts_the_line_and_one_from_inside_does_not() -> None:
    assert are_two(ONE, TWO, [came(TWO, ONE, signed_by=THREE)])
    assert not are_two(ONE, TWO, [came(THREE, ONE), came(TWO, ONE, signed_by=THREE)])
    assert not are_two(ONE, TWO, [came(TWO, ONE, TWO, How.RESET)]), "nobody signs for their own account"
    later = [came(TWO, ONE, signed_by=THREE), came(THREE, ONE, how=How.RESET)]
    assert are_two(ONE, TWO, later), "a signature counts by what was so then"


def test_what_comes_from_the_shell_counts_once_two_others_have_answered_for_it() -> None:
    shell = [came(TWO, SHELL)]
    assert not are_two(TWO, SIX, shell), "whoever has the shell may be anybody"
    assert not are_two(TWO, SIX, [*shell, came(TWO, ONE, None, How.VOUCHED)]), "one alone does not answer for it"
    assert are_two(TWO, SIX, [*shell, came(TWO, ONE, THREE, How.VOUCHED)])
    assert not are_two(TWO, SIX, [*shell, came(THREE, ONE), came(TWO, ONE, THREE, How.VOUCHED)])
    founding = Origin(TWO, How.INVITED, SHELL, AT, founding=True)
    assert are_two(TWO, SIX, [founding])


@given(lines, members, members)
def test_it_does_not_matter_who_signed_first(found: list[Origin], one: StaffId, other: StaffId) -> None:
    assert are_two(one, other, found) == are_two(other, one, found)
    assert not are_two(one, one, found)


@given(lines, unsigned, members, members)
def test_nothing_that_one_does_alone_makes_two_of_what_was_one(
    found: list[Origin], more: Origin, one: StaffId, other: StaffId
) -> None:
    if are_two(one, other, [*found, more]):
        assert are_two(one, other, found)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from((How.INVITED, How.RESET))), max_size=8))
def test_one_person_s_accounts_never_become_two_by_signing_for_each_other(
    steps: list[tuple[int, int, How]],
) -> None:
    """Of five accounts, each opened by one that is theirs already and signed by any of theirs."""
    own, found = [ONE], list[Origin]()
    for new, (by, signer, how) in zip(MEMBERS[1:], steps, strict=False):
        found.append(came(new, own[by % len(own)], own[signer % len(own)], how))
        own.append(new)
    assert not any(are_two(one, other, found) for one in own for other in own if one != other)
    assert all(are_two(SIX, one, found) for one in own if SIX not in own)


@given(lines, members, members)
def test_whoever_is_outside_a_line_is_not_in_it(found: list[Origin], one: StaffId, member: StaffId) -> None:
    held = hands(found)
    if outside(one, member, found):
        assert one not in held.get(member, ())
        assert member not in held.get(one, ())
