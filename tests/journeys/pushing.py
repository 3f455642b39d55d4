"""A verified family to whom everything can be pushed, and the staff who do it."""

import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.ids import UpdateId
from casework.kinship import Decide, KinshipState, Presented, SeenPapers
from casework.letters import Letter, Purpose, Say, Screen
from casework.numbers import ReportNumber, parse_number
from casework.releasing import STOPPABLE
from casework.updates.values import EXAMPLE, signature
from casework.updates.writing import Approve, WriteUpdate
from storage.updates import updates
from tests.visiting import Guest, House, with_code


@dataclass
class Family:
    """A mother on Telegram whose kinship is verified, and the staff of her center."""

    house: House
    mother: Guest
    number: ReportNumber
    staff: dict[Role, Guest] = field(default_factory=dict)

    async def does(self, who: Guest, command: Any) -> None:
        """A command, decided on the page; then everything is delivered."""
        async with self.house.database.work(self.house.clock()) as work:
            person = await who.person()
            actor = Actor(person, who.language, Channel.WEB, await with_code(person, work))
            await rulebook.carry_out(command, actor, work)
            await work.commit()
        await self.house.deliver()

    async def decides(self, state: KinshipState, *why: str) -> None:
        async with self.house.database.work(self.house.clock()) as work:
            report = await work.reports.by_number(self.number)
            assert report is not None
            before = await work.kinships.state(report.id)
        papers = await self.staff[Role.VERIFIER].opens_papers(str(self.number))
        seen = SeenPapers(papers, Presented.SENT) if state is KinshipState.VERIFIED else None
        await self.does(self.staff[Role.VERIFIER], Decide(self.number, before, state, why, seen))

    async def releases_an_update(self) -> None:
        async with self.house.database.work(self.house.clock()) as work:
            report = await work.reports.by_number(self.number)
            assert report is not None
            seen = signature(report.case, EXAMPLE, await work.kinships.verified(report.case))
        await self.does(self.staff[Role.SPECIALIST], WriteUpdate(self.number, EXAMPLE, seen))
        async with self.house.database.work(self.house.clock()) as work:
            newest = await work.connection.scalar(select(updates.c.id).order_by(updates.c.id.desc()).limit(1))
        await self.does(self.staff[Role.HEAD], Approve(UpdateId(newest or 0), seen))
        self.house.clock.pass_by(seconds=STOPPABLE.total_seconds())  # nobody stops it
        await self.house.deliver()

    async def sends(self, purpose: Purpose, what: str = "Рядок") -> None:
        """Any push with a name in it."""
        screen = Screen((Say("common.line", {"what": what, "value": "Петренко Іван"}),))
        async with self.house.database.work(self.house.clock()) as work:
            await work.send(Letter(await self.mother.person(), screen, purpose=purpose))
            await work.commit()
        await self.house.deliver()

    async def joins(self, channel: Channel) -> Guest:
        """Another browser or chat of the mother's."""
        await self.mother.says("/link")
        await self.mother.presses("Показати код")
        code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", self.mother.news)
        assert code is not None
        other = self.house.guest(channel)
        await other.says(f"/link {code[0]}")
        await self.mother.presses("Так, це я")
        if channel is Channel.WEB:
            other.mailbox = str(await self.mother.person())
        return other


async def verified_family(house: House) -> Family:
    mother = house.guest()
    number = parse_number(await mother.registers())
    assert isinstance(number, ReportNumber)
    roles = (Role.VERIFIER, Role.OPERATOR, Role.SPECIALIST, Role.HEAD)
    names = ("Іваненко Ольга", "Коваль Олена", "Бойко Ганна", "Мельник Юрій")
    staff = {role: await house.staff(role, name=name) for role, name in zip(roles, names, strict=True)}
    return Family(house, mother, number, staff)
