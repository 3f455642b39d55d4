"""The access table is the rule: a check taken out of it is missed, a role changed in it is changed everywhere."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from itertools import chain
from typing import Any

import pytest
import pytest_asyncio

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.files import File
from casework.refusal import Refusal
from casework.staff import access, commands_of
from casework.staff.access import TABLE, AllowedOn, May, by_thing
from casework.staff.relations import AnotherPerson, Facts, Relation
from casework.staff.relations import found as found_by
from casework.subjects import GATHER
from dialogs.scripts import SCRIPTS
from tests.journeys.standing import Scene, Standing, set_out
from tests.visiting import House

ALL: tuple[May, ...] = tuple(chain.from_iterable(TABLE.values()))


@pytest_asyncio.fixture
async def scene(house: House) -> AsyncIterator[Scene]:
    mother, wife, visitor = house.guest(), house.guest(), house.guest()
    number = await mother.registers()
    other = await wife.registers(own_name="Петренко Оксана", region="Миколаїв")
    await visitor.consents()
    persons = await mother.person(), await visitor.person()
    async with house.database.work(house.clock()) as work:
        yield await set_out(work, number, other, *persons)


@contextmanager
def changed(line: May, to: May) -> Iterator[None]:
    """The table with another line instead."""
    table = {title: tuple(to if one is line else one for one in lines) for title, lines in TABLE.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(access, "TABLE", table)
        patch.setattr(access, "LINES", by_thing(table))
        yield


def checked(line: May) -> list[str]:
    """What the rulebook is asked about: not what only begins a script."""
    return [thing for thing in line.things.split() if thing[0] != "/" and not thing.startswith("then:")]


def standing_of(scene: Scene, line: May, relation: Relation | None, at: int = 0) -> Standing:
    return scene.standings[relation.of, relation.any[at]] if relation is not None else Standing(None)


async def let_in(scene: Scene, thing: str, line: May, actor: Actor, asked: Any) -> bool:
    """Does the rulebook let the actor have it? Of a list: is this one of its things shown?"""
    kind, _, reference = thing.partition(":")
    if kind in ("reads", "opens"):
        asked = scene.references[reference]
    try:
        await rulebook.permit(thing, actor, scene.work, asked)
    except Refusal:
        return False
    if line.each is None:
        return True
    who = Facts.of(actor, scene.work.now)
    found = await GATHER[line.each.of](asked, who, scene.work)
    return access.listed(thing, found[0] if found else who)


Check = tuple[str, May, Actor, Any, bool]
"""One check of a line: what it is, the line without it, somebody for whom that makes a difference, what they ask for,
and whether the table lets them have it."""


async def checks(scene: Scene, line: May, thing: str) -> list[Check]:
    relation, serving = line.of or line.each, {"serving": line.serving}
    standing = standing_of(scene, line, relation)
    roles = sorted(line.who, key=str)
    found: list[Check] = []
    for role in roles:
        good = await scene.actor(role, standing, **serving)
        found += [(f"role {role}", replace(line, who=line.who - {role}), good, standing.asked, True)]
    known = frozenset().union(*(one.who for one in access.lines(thing, serving=line.serving)))
    of_staff = line.serving or line.factor is not None or (relation is not None and standing.person is None)
    for role in {*Role} - known if of_staff else {None, *Role} - known:  # a relative has neither factor nor center
        outsider = await scene.actor(role, standing, **serving)
        found += [(f"not {role}", replace(line, who=line.who | {role}), outsider, standing.asked, False)]
    role = roles[-1]
    if line.factor is not None:
        late = await scene.actor(role, standing, age=12.01, **serving)
        found += [("factor", replace(line, factor=None), late, standing.asked, False)]
    if line.at is AllowedOn.PAGE:
        away = await scene.actor(role, standing, channel=Channel.TELEGRAM, **serving)
        found += [("page", replace(line, at=AllowedOn.ANYWHERE), away, standing.asked, False)]
    if relation is not None:
        found += await _relations(scene, line, relation, role)
    if line.second is not None:
        found += await _second(scene, line, line.second, standing)
    return found


async def _relations(scene: Scene, line: May, relation: Relation, role: Role | None) -> list[Check]:
    stranger = scene.unrelated(standing_of(scene, line, relation))
    unrelated = await scene.actor(role, stranger, serving=line.serving)
    without = replace(line, of=None) if line.of is not None else replace(line, each=None)
    open_to_all = found_by in relation.any
    found: list[Check] = [] if open_to_all else [("relation", without, unrelated, stranger.asked, False)]
    for at, predicate in enumerate(relation.any):
        standing = standing_of(scene, line, relation, at)
        only = await scene.actor(role, standing, serving=line.serving)
        rest = replace(relation, any=tuple(one for one in relation.any if one is not predicate))
        without = replace(line, of=rest) if line.of is not None else replace(line, each=rest)
        found.append((predicate.__name__, without, only, standing.asked, True))
    return found


async def _second(scene: Scene, line: May, second: AnotherPerson, standing: Standing) -> list[Check]:
    found: list[Check] = []
    role = sorted(line.who, key=str)[-1]
    if second.own:
        began = scene.namer if second is access.SIGNER else scene.author
        own = await scene.actor(role, replace(standing, member=replace(began, center=standing.center)))
        found.append(("second", replace(line, second=replace(second, own="")), own, standing.asked, False))
    if second.line:
        held = await scene.actor(role, replace(standing, member=replace(scene.held, center=standing.center)))
        found.append(("line", replace(line, second=replace(second, line="")), held, standing.asked, False))
    if second.kin:
        kin = await scene.actor(role, standing, name="Петренко Марія Олегівна")
        found.append(("kin", replace(line, second=replace(second, kin="")), kin, standing.asked, False))
    return found


async def test_each_check_that_is_taken_out_is_missed(scene: Scene) -> None:
    """For every line and everything in it: each role, every other role, factor, place, relation, second person."""
    seen, unseen = 0, []
    for line in ALL:
        for thing in checked(line):
            for what, without, actor, asked, expected in await checks(scene, line, thing):
                before = await let_in(scene, thing, line, actor, asked)
                with changed(line, without):
                    after = await let_in(scene, thing, without, actor, asked)
                seen += 1
                if (before, after) != (expected, not expected):
                    unseen.append((thing, what, before, after))
    assert unseen == []
    assert seen > 1200


def begun(line: May) -> Iterator[str]:
    """The scripts that a line lets begin, typed or led to."""
    for thing in line.things.split():
        if thing not in checked(line):
            yield thing.removeprefix("/").removeprefix("then:")


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
    named = {rulebook.called(what) for what in (*rulebook.COMMANDS, *rulebook.QUERIES)}
    typed = {name for name in access.LINES if name[0] == "/" or name.startswith("then:")}
    assert {name.removeprefix("/").removeprefix("then:") for name in typed} == set(SCRIPTS)
    letters = {f"reads:{kind}" for kind in ("update", "kinship", "invitation", *rulebook.READS)} | {
        f"opens:{kind}" for kind in rulebook.OPENS
    }
    board = {f"board:{name}" for name in (*rulebook.SECTIONS, "queue")}
    page = {"page:board", "print:day", "print:card", "feed:thread", "file"}
    signed = {f"sign:{rulebook.called(act.command)}" for act in rulebook.ACTS.values()}
    assert set(access.LINES) == named | typed | letters | board | page | signed


def test_what_takes_two_is_proposed_and_signed_and_nothing_else_is() -> None:
    """By every line: no way to do it alone stands beside the way that takes two."""
    acts = {rulebook.called(act.command) for act in rulebook.ACTS.values()}
    assert acts == {thing for thing, lines in access.LINES.items() if any(line.proposes for line in lines)}
    for act in acts:
        assert all(line.proposes for line in access.LINES[act]), act
        for line in access.LINES[f"sign:{act}"]:
            assert line.second is not None, act
            assert line.second.own, act
            assert line.second.line, act


NAMING = {"number", "numbers", "other", "update", "whom", "token", "member", "staff"}
"""Fields of commands and queries that name a thing of somebody's."""

OF_ANYBODY = {"Record", "members.Invite", "Deactivate", "Reset", "Vouch", "LetAdministratorGo"}
"""An auditor reads of every case, an administrator keeps all members."""


def test_whatever_names_a_thing_is_asked_how_one_stands_to_it() -> None:
    for what in (*rulebook.COMMANDS, *rulebook.QUERIES):
        name = rulebook.called(what)
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
