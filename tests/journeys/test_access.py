"""The access table is the rule: a check taken out of it is missed, a role changed in it is changed everywhere."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import fields, replace

import pytest
import pytest_asyncio

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.files import File
from casework.refusal import Refusal
from casework.staff import access, commands_of
from casework.staff.access import AllowedOn, May
from casework.staff.proposals import ProposalState
from casework.staff.relations import Of, owner
from dialogs.scripts import SCRIPTS
from tests.journeys.matrix import ALL, changed, checked, scene_in, standing_of, walked
from tests.journeys.standing import Scene, Standing
from tests.visiting import House


@pytest_asyncio.fixture
async def scene(house: House) -> AsyncIterator[Scene]:
    async for scene in scene_in(house):
        yield scene


async def test_each_check_that_is_taken_out_is_missed(scene: Scene) -> None:
    """For every line and everything in it: each role, every other role, factor, place, relation, second person."""
    seen = [one async for one in walked(scene)]
    assert [one for one in seen if (one[3], one[4]) != (one[2], not one[2])] == []
    assert len(seen) > 1200


def begun(line: May) -> Iterator[str]:
    """The scripts that a line lets begin, typed or led to."""
    for thing in line.things.split():
        if thing not in checked(line):
            yield thing.removeprefix("/").removeprefix("then:")


async def test_what_destroys_or_gives_away_waits_where_a_family_has_stopped_a_new_chat(scene: Scene) -> None:
    """Every thing that is marked so: open before, shut from then on, and open without the mark."""
    owned = scene.standings[Of.PROPOSAL, owner]
    assert owned.person is not None
    mother = Actor(owned.person, "uk", Channel.WEB)

    async def shut(thing: str, line: May) -> bool:
        asked = standing_of(scene, line, line.of).asked if line.of is not None else None
        kind, _, reference = thing.partition(":")
        try:
            await rulebook.permit(thing, mother, scene.work, scene.references[reference] if kind == "opens" else asked)
        except Refusal as refusal:
            return "account-frozen" in str(refusal)
        return False

    marked = [(thing, line) for line in ALL if line.unfrozen for thing in line.things.split()]
    assert {"Correct", "ConfirmLink", "file", "print:card"} <= {thing for thing, _ in marked}
    assert not any([await shut(*one) for one in marked])
    await scene.work.proposals.end(owned.asked.proposal, ProposalState.FROZEN)
    assert [thing for thing, line in marked if not await shut(thing, line)] == []
    for thing, line in marked:
        with changed(line, replace(line, unfrozen=False)):
            assert not await shut(thing, access.lines(thing)[0])


def test_what_begins_a_script_is_the_role_s_that_the_table_names() -> None:
    """Every typed command and every script, for every role: with the role taken out it is neither open nor listed."""

    def open_to(name: str, role: Role | None) -> tuple[bool, bool]:
        return role in SCRIPTS[name].roles, role is not None and name in commands_of(role)

    for line in (one for one in ALL if not one.serving):
        for name in begun(line):
            for role in line.who:
                before = open_to(name, role)
                with changed(line, replace(line, who=line.who - {role})):
                    after = open_to(name, role)
                twice = sum(role in one.who for one in access.beginning(name)) > 1
                assert before != after or twice, (name, role)


def test_where_a_script_is_played_and_in_whose_name_is_what_the_table_says() -> None:
    for line in ALL:
        for name in begun(line):
            if line.serving:
                assert SCRIPTS[name].in_a_name
                with changed(line, replace(line, serving=False)):
                    assert not SCRIPTS[name].in_a_name
            elif line.at is AllowedOn.PAGE:
                for role in (role for role in line.who if role is not None):
                    assert access.waits_for_page(name, role)
                    with changed(line, replace(line, at=AllowedOn.ANYWHERE)):
                        assert not access.waits_for_page(name, role)


def test_everything_stands_in_the_table_and_nothing_else() -> None:
    named = {what.__name__ for what in (*rulebook.COMMANDS, *rulebook.QUERIES)}
    typed = {name for name in access.LINES if name[0] == "/" or name.startswith("then:")}
    assert {name.removeprefix("/").removeprefix("then:") for name in typed} == set(SCRIPTS)
    letters = {f"reads:{kind}" for kind in ("update", "kinship", "invitation", *rulebook.READS)} | {
        f"opens:{kind}" for kind in rulebook.OPENS
    }
    board = {f"board:{name}" for name in (*rulebook.SECTIONS, "queue")}
    page = {
        "page:board",
        "page:audit",
        "print:day",
        "print:card",
        "print:receipt",
        "print:inquiry",
        "feed:thread",
        "file",
    }
    signed = {f"sign:{act.command.__name__}" for act in rulebook.ACTS.values()}
    assert set(access.LINES) == named | typed | letters | board | page | signed


def test_what_takes_two_is_proposed_and_signed_and_nothing_else_is() -> None:
    """By every line: no way to do it alone stands beside the way that takes two."""
    acts = {act.command.__name__ for act in rulebook.ACTS.values()}
    assert acts == {thing for thing, lines in access.LINES.items() if any(line.proposes for line in lines)}
    for act in acts:
        assert all(line.proposes for line in access.LINES[act]), act
        for line in access.LINES[f"sign:{act}"]:
            assert line.second is not None, act
            assert line.second.own, act
            assert line.second.line, act


NAMING = {"number", "numbers", "other", "update", "whom", "token", "member", "staff"}
"""Fields of commands and queries that name a thing of somebody's."""

OF_ANYBODY = {"Record", "InviteMember", "Deactivate", "Reset", "Vouch", "LetSignerGo"}
"""An auditor reads of every case, an administrator keeps all members."""


def test_whatever_names_a_thing_is_asked_how_one_stands_to_it() -> None:
    for what in (*rulebook.COMMANDS, *rulebook.QUERIES):
        name = what.__name__
        if NAMING & {field.name for field in fields(what)} and name not in OF_ANYBODY:
            assert all(line.of is not None for line in access.LINES[name]), name
    for line in ALL:
        assert line.of is not None or line.second is None, "who began a thing is known once it is found"


async def test_what_stands_in_no_line_nobody_may_do(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is asked in one place, before its rule: without a table nothing is left, for anybody."""
    file = next(one.asked for one in scene.standings.values() if isinstance(one.asked, File))
    owner = await scene.actor(None, next(one for one in scene.standings.values() if one.person))
    members = [await scene.actor(role, Standing(None)) for role in Role]
    monkeypatch.setattr(access, "LINES", {})
    for actor in (owner, *members, members[0].for_visitor(owner.person)):
        for command in rulebook.COMMANDS:
            with pytest.raises(Refusal):
                await rulebook.carry_out(object.__new__(command), actor, scene.work)
        for query in rulebook.QUERIES:
            with pytest.raises(Refusal):
                await rulebook.answer(object.__new__(query), actor, scene.work)
        assert not await rulebook.may_open(actor, file, scene.work)
        assert await rulebook.board(actor, scene.work) == []
    for reference in scene.references.values():
        assert not await rulebook.may_read(owner.person, f"{reference.kind}:{reference.id}", scene.work)


async def test_a_role_changed_in_the_table_is_changed_in_the_rule(house: House) -> None:
    line = next(one for one in ALL if "/queue" in one.things.split())
    auditor, verifier = await house.staff(Role.AUDITOR, None), await house.staff(Role.VERIFIER)
    with changed(line, replace(line, who=(line.who | {Role.AUDITOR}) - {Role.VERIFIER})):
        await auditor.says("/queue")
        assert auditor.sees("Дзвінків немає")
        await auditor.says("/help")
        assert auditor.sees("/queue:")
        await verifier.says("/queue")
        assert verifier.sees("вам недоступна")
        await verifier.says("/help")
        assert not verifier.sees("/queue:")
    await auditor.says("/queue")
    assert auditor.sees("вам недоступна")
    await verifier.says("/queue")
    assert verifier.sees("Дзвінків немає")
