"""The whole access table, check by check: somebody for whom each makes a difference, and what they get without it.

`test_access.py` and the row `access` of `make prove-trust` go through it.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.refusal import Refusal
from casework.staff import access
from casework.staff.access import TABLE, AllowedOn, May, by_thing
from casework.staff.relations import AnotherPerson, Facts, Relation
from casework.staff.relations import found as found_by
from casework.subjects import GATHER
from tests.journeys.standing import Scene, Standing, set_out
from tests.visiting import House

ALL: tuple[May, ...] = tuple(chain.from_iterable(TABLE.values()))


async def scene_in(house: House) -> AsyncIterator[Scene]:
    """A scene in an open transaction."""
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
        began = scene.author if second is access.APPROVER else scene.namer
        own = await scene.actor(role, replace(standing, member=replace(began, center=standing.center)))
        found.append(("second", replace(line, second=replace(second, own="")), own, standing.asked, False))
    if second.line:
        held = await scene.actor(role, replace(standing, member=replace(scene.held, center=standing.center)))
        found.append(("line", replace(line, second=replace(second, line="")), held, standing.asked, False))
    if second.kin:
        kin = await scene.actor(role, standing, name="Петренко Марія Олегівна")
        found.append(("kin", replace(line, second=replace(second, kin="")), kin, standing.asked, False))
    return found


Seen = tuple[str, str, bool, bool, bool]
"""A thing, a check, what the table says, what the rulebook does with the check and without it."""


async def walked(scene: Scene, *, each: int = 1) -> AsyncIterator[Seen]:
    """Every check of every line; of every so-many-th only, where there is little time."""
    for line in ALL[::each]:
        for thing in checked(line):
            for what, without, actor, asked, expected in await checks(scene, line, thing):
                before = await let_in(scene, thing, line, actor, asked)
                with changed(line, without):
                    after = await let_in(scene, thing, without, actor, asked)
                yield thing, what, expected, before, after
