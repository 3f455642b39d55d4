"""Many families at once, filed by the rules without a talk: for queues, searches and boards."""

from casework import rulebook
from casework.actor import Actor, Channel
from casework.registering import Claim, FileReport, Kinship
from casework.values import PartialDate, PersonName, Phone
from tests.visiting import House

SURNAMES = ("Бондар", "Гнатюк", "Кравець", "Лисенко", "Мельник", "Олійник", "Савчук", "Ткач", "Шевчук", "Яценко")
GIVEN = ("Ганна", "Дарина", "Зоя", "Інна", "Леся", "Надія")
MISSING = ("Остап", "Роман", "Степан", "Тарас", "Юрій", "Яків")


async def families(house: House, many: int) -> list[str]:
    """So many reports in Kharkiv, each by another relative; their numbers in order."""
    numbers = []
    async with house.database.work(house.clock()) as work:
        for at in range(many):
            surname, given = SURNAMES[at % 10], at // 10
            person = await work.people.add("uk")
            claim = Claim(
                Kinship.MOTHER,
                PersonName(f"{surname} {MISSING[given % 6]}"),
                PartialDate(1990, 1 + at % 12, 9),
            )
            actor = Actor(person, "uk", Channel.WEB)
            own, phone = PersonName(f"{surname} {GIVEN[given % 6]}"), Phone(f"+38067{1_000_000 + at * 13:07}")
            await rulebook.carry_out(FileReport(own, phone, "kharkiv", "Europe/Kyiv", claim), actor, work)
            numbers.append(str((await work.reports.of(person))[0].number))
        await work.commit()
    return numbers
