"""A relative and the center write to each other: who takes part, and what they do again and again."""

from dataclasses import dataclass

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.correspondence.record import Correspondence
from casework.letters import Say
from tests.visiting import WORDS, Guest, House, with_code

LETTER = "Командир мовчить уже місяць, кому писати далі?"
REPLY = "Добрий день. Напишіть до ТЦК та СП, який призивав; ми підкажемо, як."


@dataclass
class Scene:
    """A mother who is registered, and two operators of her center on the page."""

    house: House
    mother: Guest
    number: str
    operator: Guest
    colleague: Guest

    def says(self, name: str) -> str:
        return WORDS.say(self.mother.language, Say(name))

    async def writes(self, *words: str) -> None:
        """By the menu, from anywhere."""
        await self.mother.says("/write")
        if self.mother.asked("correspondence-what"):
            await self.mother.presses(self.says("correspondence-what.write"))
        for one in words or (LETTER,):
            await self.mother.says(one)
        await self.mother.presses(self.says("common.done"))

    async def of(self, guest: Guest) -> Correspondence:
        async with self.house.database.work(self.house.clock()) as work:
            found = await work.correspondences.of(await guest.person())
        assert found is not None
        return found

    async def opens(self, member: Guest, relative: Guest | None = None) -> None:
        await member.says(f"/correspondence {(await self.of(relative or self.mother)).id}")

    async def answers(self, words: str = REPLY, member: Guest | None = None) -> None:
        member = member or self.operator
        await self.opens(member)
        await member.says(words)
        await member.presses("Надіслати")
        assert member.hears("correspondence-sent")

    async def board_of(self, member: Guest) -> str:
        """The section of the member's board, as it is read there."""
        async with self.house.database.work(self.house.clock()) as work:
            person = await member.person()
            actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
            cells = [
                cell
                for section in await rulebook.board(actor, work)
                if section.title == Say("correspondence-board")
                for row in section.rows
                for cell in row.cells
            ]
            await work.commit()
        return " · ".join(WORDS.say("uk", cell) if isinstance(cell, Say) else cell for cell in cells)


async def set_out(house: House, channel: Channel = Channel.TELEGRAM, language: str = "uk") -> Scene:
    mother = house.guest(channel, language)
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    return Scene(house, mother, number, operator, await house.staff(Role.OPERATOR, name="Ткач Олег"))
