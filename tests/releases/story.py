"""Families and staff of an invented Monday, left in the middle of what they do: what a data folder is made from."""

from dataclasses import dataclass, field
from typing import Any

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.centers import KYIV
from casework.ids import StructureId
from casework.kinship import KinshipState
from casework.queries import Now, Query, Today
from dialogs.conversation import Conversation
from dialogs.renewing import renewed
from dialogs.routing import Drafts, Serving
from dialogs.said import Text
from dialogs.script import Asking, Finished, Wondering, play
from dialogs.scripts import SCRIPTS
from handlers.incoming import Incoming
from tests.journeys.booking import booked, own_center
from tests.journeys.updating import Scene
from tests.releases import Left
from tests.visiting import WORDS, Guest, House, with_code


@dataclass
class Story:
    """Plays everybody to where they are left; `people` then says where that is."""

    house: House
    cast: dict[str, Guest] = field(default_factory=dict)
    covers: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)

    def guest(self, who: str, channel: Channel = Channel.TELEGRAM, language: str = "uk") -> Guest:
        guest = self.cast[who] = self.house.guest(channel, language)
        return guest

    async def staff(self, who: str, role: Role, structure: StructureId | None = None, name: str = "") -> Guest:
        member = await self.house.staff(
            role, "kharkiv" if role is not Role.ADMINISTRATOR else None, structure, name=name
        )
        self.cast[who] = member
        return member

    async def play(self) -> None:
        await self.at_the_door()
        await self.in_the_middle_of_registering()
        number = await self.a_mother_with_everything()
        await self.relatives_in_other_scripts()
        await self.staff_at_work(number)

    async def at_the_door(self) -> None:
        await self.guest("newcomer", Channel.VIBER).opens()
        await self.guest("newcomer in English", Channel.WEB, "en").opens()

    async def in_the_middle_of_registering(self) -> None:
        sister = self.guest("sister, at her phone")
        await sister.consents()
        for said in ("/register", "Сестра", "Савчук Лука Тарасович", "7 серпня 1991", "Савчук Орися"):
            await sister.says(said)
        father = self.guest("father, at the region", Channel.VIBER)
        await father.consents()
        for said in ("/register", "Батько", "Дорош Марко", "1988", "Дорош Семен", "0671230001"):
            await father.says(said)
        await father.says("/settings")
        wife = self.guest("wife, telling more", Channel.WEB)
        await wife.registers("Лозовий Данило Романович", "Лозова Ірина", "Полтава")
        await wife.presses("Розповісти більше")
        for said in ("Чоловік", "Так", "Національна гвардія", "А0000", "солдат", "березень 2025", "Донеччина"):
            await wife.says(said)
        await wife.says("Востаннє писав увечері.")
        uncle = self.guest("uncle, sending papers")
        await uncle.registers("Гайовий Петро Ілліч", "Гайовий Юхим", "Суми")
        await uncle.presses("Надіслати документи")
        await uncle.sends_photo()

    async def a_mother_with_everything(self) -> str:
        """A verified mother with a visit, an update that she has not opened, and a booking under way."""
        await self.staff("lawyer", Role.SPECIALIST, StructureId("lawyer"), "Юрченко Ганна")
        mother = self.guest("mother, booking")
        number = await mother.registers("Яворський Остап Ігорович", "Яворська Ганна")
        await mother.presses("Поки що все")
        author = await self.staff("author, writing", Role.SPECIALIST, StructureId("psychologist"), "Лисенко Богдан")
        head = await self.staff("head, approving", Role.HEAD, name="Мороз Ірина")
        scene = Scene(self.house, mother, number, author, head)
        await scene.kinship(number, KinshipState.VERIFIED)
        await booked(mother)
        await scene.released()
        push = [key.id for key in mother.keys]
        self.covers["mother, booking"] = (tuple(id for id in push if id.startswith("go.")), "Ім’я внесено до реєстру")
        await mother.says("/book")
        await mother.presses(own_center(mother))
        await mother.presses("Психолог")
        await scene.writes("Запит до органу надіслано сьогодні.")
        await author.says(f"/update {number}")
        await author.presses("У реєстрі НІБ")
        await author.presses("Не зазначати")
        await author.presses("Національне інформаційне бюро")
        await head.says(f"/approve {number}")
        return number

    async def relatives_in_other_scripts(self) -> None:
        brother = self.guest("brother, pausing", Channel.WEB, "en")
        await brother.registers("Стельмах Олесь", "Стельмах Кирило", "Lviv")
        await brother.presses("That is all for now")
        await brother.says("/pause")
        aunt = self.guest("aunt, leaving for good", Channel.VIBER)
        await aunt.registers("Мудрик Захар", "Мудрик Віра", "Вінниця")
        await aunt.presses("Поки що все")
        await aunt.says("/erase")
        await aunt.presses("Так, стерти")
        await aunt.presses("Так, стерти мої дані")
        grandmother = self.guest("grandmother, asking for a call")
        await grandmother.consents()
        await grandmother.says("/human")
        await grandmother.presses("До 13:00")
        await grandmother.says("Хочу спитати про внука.")
        await grandmother.says("067 123 45 99")
        await grandmother.says("/link")
        cousin = self.guest("cousin, at the menu", Channel.VIBER)
        await cousin.consents()

    async def staff_at_work(self, number: str) -> None:
        operator = await self.staff("operator, on the telephone", Role.OPERATOR, name="Бондар Лариса")
        await operator.says("/queue")
        await operator.says(f"/note {number} Просять телефонувати після обіду.")
        await operator.says(f"/call {number}")
        verifier = await self.staff("verifier, deciding", Role.VERIFIER, name="Кравець Тарас")
        await verifier.says(f"/kinship {await self._declared('uncle, sending papers')}")
        admin = await self.staff("administrator, adding a member", Role.ADMINISTRATOR, name="Адмін Ганна")
        await admin.says("/staff")
        await admin.presses("Додати")
        auditor = await self.staff("auditor", Role.AUDITOR, name="Ревізор Степан")
        await auditor.says("/audit")

    async def _declared(self, who: str) -> str:
        """The number of a report whose kinship waits for a verifier."""
        async with self.house.database.work(self.house.clock()) as work:
            (report,) = await work.reports.of(await self.cast[who].person())
            await work.kinships.declare(report.id)
            await work.commit()
        return str(report.number)

    async def leave_a_letter_unsent(self) -> None:
        """The last message before the dump: committed and answered, and no courier has come by."""
        cousin = self.cast["cousin, at the menu"]
        message = Incoming(cousin.channel, cousin.address, "the last one", self.house.clock(), Text("/steps"), "uk")
        await self.house.desk.receive(message)

    async def people(self) -> tuple[Left, ...]:
        found = []
        for who, guest in self.cast.items():
            talk, asked = await asked_of(self.house, guest)
            covers, sees = self.covers.get(who, ((), ""))
            found.append(
                Left(
                    who,
                    guest.channel,
                    guest.address,
                    guest.mailbox,
                    guest.language,
                    talk.active.script,
                    asked,
                    tuple(draft.script for draft in talk.parked),
                    covers,
                    sees,
                )
            )
        return tuple(found)


async def asked_of(house: House, guest: Guest) -> tuple[Conversation, str]:
    """Where somebody's conversation stands, and the name of the question that waits there."""
    facts: dict[Query[Any], Any] = {}
    async with house.database.work(house.clock()) as work:
        entered = await work.people.enter(guest.channel, guest.address, guest.language)
        talk, person = renewed(entered.talk, SCRIPTS, WORDS).talk, entered.person
        staff = await with_code(person.id, work)
        actor = Actor(person.id, person.language, guest.channel, staff, entered.address)
        while True:
            match play(SCRIPTS[talk.active.script].play, talk.active.answers, facts):
                case Wondering(Now() as query):
                    facts[query] = work.now
                case Wondering(Today() as query):
                    facts[query] = work.now.astimezone(KYIV).date()
                case Wondering(Drafts() as query):
                    facts[query] = tuple(draft.script for draft in talk.parked)
                case Wondering(Serving() as query):
                    facts[query] = talk.serving is not None
                case Wondering(query):
                    facts[query] = await rulebook.answer(query, actor, work)
                case Asking(question):
                    return talk, question.name
                case Finished(command):
                    raise AssertionError(f"a conversation waits at a question, and not at {command!r}")
