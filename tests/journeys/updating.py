"""An update on its way: a mother whose kinship is verified, a specialist who writes, a head who approves."""

import re
from dataclasses import dataclass

from casework.actor import Channel, Role
from casework.kinship import KinshipState
from casework.letters import Say
from casework.numbers import ReportNumber
from casework.updates.codes import ALPHABET
from dialogs.words import LANGUAGES, language_for
from tests.visiting import WORDS as LOCALES
from tests.visiting import Guest, House, with_code

WORDS = "Ім’я внесено до реєстру Національного інформаційного бюро. Наступний крок: ми зателефонуємо вам."
NEWS = "Для вас є нове перевірене повідомлення. Натисніть, щоб прочитати."

EVERYWHERE = [
    (channel, language) for channel in (Channel.TELEGRAM, Channel.VIBER, Channel.WEB) for language in LANGUAGES
]
"""Each channel that relatives write on, in each language."""


def word(guest: Guest, name: str) -> str:
    """A message of `locales/` without arguments, in the guest's language."""
    return LOCALES.say(language_for(guest.language), Say(name))


@dataclass
class Scene:
    """A mother whose kinship is verified, a specialist who writes, a head who approves."""

    house: House
    mother: Guest
    number: str
    author: Guest
    head: Guest

    async def kinship(self, number: str, state: KinshipState) -> None:
        async with self.house.database.work(self.house.clock()) as work:
            report = await work.reports.by_number(ReportNumber(number.replace("-", "")))
            staff = await with_code(await self.head.person(), work)
            assert report is not None
            assert staff is not None
            await work.kinships.declare(report.id)
            await work.kinships.decide(report.id, await work.kinships.state(report.id), state, staff.id)
            await work.commit()

    async def another(self, kinship: KinshipState, language: str = "uk") -> tuple[Guest, str]:
        """A second relative of the same person, whose report staff have joined to the case."""
        sister = self.house.guest(self.mother.channel, language)
        if language == "en":
            await sister.consents()
        number = await sister.registers(own_name="Петренко Олена")
        async with self.house.database.work(self.house.clock()) as work:
            own = await work.reports.by_number(ReportNumber(self.number.replace("-", "")))
            other = await work.reports.by_number(ReportNumber(number.replace("-", "")))
            staff = await with_code(await self.head.person(), work)
            assert own is not None
            assert other is not None
            assert staff is not None
            await work.cases.join(other.case, own.case, staff.id)
            await work.commit()
        await self.kinship(number, kinship)
        return sister, number

    async def writes(self, words: str = WORDS, english: str | None = None, author: Guest | None = None) -> None:
        author = author or self.author
        await author.says(f"/update {self.number}")
        await author.presses("У реєстрі НІБ")
        await author.presses("Не зазначати")
        await author.presses("Національне інформаційне бюро")
        await author.presses("документ")
        await author.says("20.11.2026")
        await author.presses("Ні, стан той самий")
        await author.says(words)
        if english is None:
            await author.presses("Без англійського тексту")
        else:
            await author.says(english)
        await author.presses("Так, далі до підпису")
        await author.presses("Підписую")

    async def approves(self) -> None:
        await self.head.says(f"/approve {self.number}")
        await self.head.presses("Підписати й надіслати рідним")
        await self.leaves()

    async def leaves(self) -> None:
        """Nobody has stopped it: the five minutes are over."""
        self.house.clock.pass_by(minutes=5)
        await self.house.deliver()

    async def released(self) -> None:
        await self.writes()
        await self.approves()


async def set_out(house: House, channel: Channel = Channel.TELEGRAM, language: str = "uk") -> Scene:
    """The people, each at their place; the relatives on a channel, and the mother in a language."""
    mother = house.guest(channel, language)
    number = await mother.registers()
    await mother.presses(word(mother, "registered.menu"))
    author = await house.staff(Role.SPECIALIST, "kharkiv")
    head = await house.staff(Role.HEAD, "kharkiv")
    scene = Scene(house, mother, number, author, head)
    await scene.kinship(number, KinshipState.VERIFIED)
    return scene


def code_in(guest: Guest) -> str:
    """The newest check code that was shown."""
    found = re.findall(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", "\n".join(message.text for message in guest.inbox))
    assert found, guest.last.text
    return str(found[-1])
