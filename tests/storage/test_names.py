"""The index over names: who is found, who is forgotten, and the process that holds it."""

import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from casework.actor import Role
from casework.names import Born, sought
from storage.names.asking import NamesLost
from storage.names.index import Names, same_day
from storage.names.process import NameProcess
from tests.visiting import House

PEOPLE: dict[int, tuple[str, Born | None]] = {
    1: ("Петренко Іван Миколайович", (1990, 3, 12)),
    2: ("Петренко Іван Олексійович", (1985, 7, 1)),
    3: ("Петренко Марія Іванівна", (1990, 3, 12)),
    4: ("Нечуй-Левицький Олександр Панасович", (1979, 11, 5)),
    5: ("Шевченко Дмитро Юрійович", (2001, 1, 9)),
    6: ("Коваль Олена Петрівна", (1994, 2, 23)),
    7: ("Козуб Володимир Олесьович", (1991, 5, 17)),
    8: ("Ющенко Ія", None),
    9: ("Пронюк Олекса Симонович", (1978, 3, 28)),
    10: ("Хир Устим Зорянович", (1990, 12, 9)),
}


@pytest.fixture
def names() -> Names:
    found = Names()
    for id, (name, born) in PEOPLE.items():
        found.put(id, name, born)
    return found


def first(names: Names, line: str) -> int:
    asked = sought(line)
    return next((one.id for one in names.find(asked.words, asked.born, 5, 60.0)), 0)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Петренко Іван Миколайович", 1),
        ("Іван Петренко 01.07.1985", 2),
        ("Петренко Иван Николаевич", 1),
        ("Petrenko Ivan Oleksiyovych", 2),
        ("Gtnhtyrj Bdfy 12.03.1990", 1),
        ("петреноо марія", 3),
        ("Левицкий Саша", 4),
        ("Сашко Нечуй 05.11.1979", 4),
        ("Олександр Афанасьевич Левицький", 4),
        ("Sehvchenko Dima", 5),
        ("Шевченко 01.09.2001", 5),
        ("Дмитро Юрійович 09.01.2001", 5),
        ("Мельник Олена Петрівна 23.02.1994", 6),
        ("Rjpe, Djkjlbvbh", 7),
        ("Ghjy.r Jktrcf Cbvjyjdbx", 9),
        ("козуб вова 17.05.1991", 7),
        ("Ія", 8),
        ("Соловей Аркадій", 0),
    ],
)
def test_who_is_meant_is_found_first(names: Names, line: str, meant: int) -> None:
    assert first(names, line) == meant


def test_a_changed_name_is_found_by_its_new_words_alone(names: Names) -> None:
    names.put(5, "Задорожній Дмитро", (2001, 1, 9))
    assert first(names, "Задорожный") == 5
    assert first(names, "Шевченко") == 0


def test_whoever_is_dropped_leaves_nothing_behind() -> None:
    """Names are put, changed and dropped in any order: at the end no word and no pair of words is left."""
    chance, names = random.Random(7), Names()  # noqa: S311  an order, not a secret
    there: set[int] = set()
    for _ in range(400):
        id = chance.randrange(1, 30)
        if chance.random() < 0.4:
            names.drop(id)
            there.discard(id)
        else:
            name, born = chance.choice(list(PEOPLE.values()))
            names.put(id, name, born, ["1234"] if chance.random() < 0.5 else ())
            there.add(id)
        assert len(names) == len(there)
    for id in there:
        names.drop(id)
    assert not len(names)
    assert names.tagged("1234") == []
    assert not any(names.known_words())
    assert names.entries() == 0


def test_a_tag_is_found_whole(names: Names) -> None:
    names.put(12, "Бойко Лев", None, ["+380671234567", "4567"])
    assert names.tagged("4567") == names.tagged("+380671234567") == [12]
    assert names.tagged("456") == []


def test_the_same_person_as_another_reported_it(names: Names) -> None:
    names.put(11, "Петренко Ваня Николаевич", (1990, 12, 3))
    names.put(-12, "Петренко Іван Миколайович")
    assert [one.id for one in names.like(11, 5, 86.0)] == [1], "no relative, and no namesake of another day"


@pytest.mark.parametrize(
    ("other", "at_least", "at_most"),
    [
        ((1990, 3, 12), 100, 100),
        ((1990, 12, 3), 95, 95),
        ((1991, 3, 12), 80, 95),
        ((1990, 3, 21), 75, 95),
        ((1990, 0, 0), 80, 95),
        ((1985, 7, 1), 0, 40),
    ],
)
def test_birth_dates_are_alike(other: Born, at_least: float, at_most: float) -> None:
    assert at_least <= same_day((1990, 3, 12), other) <= at_most


def test_no_query_looks_at_every_name() -> None:
    """A hundred times as many persons, and hardly more of them are looked at."""
    few, many = Names(), Names()
    chance = random.Random(7)  # noqa: S311  an order, not a secret
    syllables = [
        "ба",
        "во",
        "гу",
        "де",
        "жи",
        "за",
        "ко",
        "лу",
        "ме",
        "ни",
        "пу",
        "ро",
        "су",
        "те",
        "фа",
        "хо",
        "це",
        "ша",
    ]
    for id in range(20_000):
        name = " ".join("".join(chance.choices(syllables, k=4)) for _ in range(3))
        born = chance.randint(1960, 2005), chance.randint(1, 12), chance.randint(1, 28)
        for names in (many, few) if id < 200 else (many,):
            names.put(id, name, born)
    line = sought("Бавогуде Жизакону Мелониба 12.03.1990")
    assert few.looked_at(line.words, line.born) < 200
    assert many.looked_at(line.words, line.born) < 600


@pytest.fixture
async def beside() -> AsyncIterator[NameProcess]:
    process = NameProcess()
    try:
        yield process
    finally:
        await process.close()


async def test_the_process_answers_in_turn_and_is_begun_anew(beside: NameProcess) -> None:
    with pytest.raises(NamesLost):
        await beside.ask("find", ["Петренко"], None, 5, 60.0)
    assert await beside.begin() == 1
    await beside.ask("put", [(1, "Петренко Іван", (1990, 3, 12), ["4567"])])
    assert await beside.ask("find", ["Иван"], None, 5, 60.0) == [[1, 98.0]]
    assert await beside.ask("tagged", "4567") == [1]
    assert beside.pid is not None
    os.kill(beside.pid, signal.SIGKILL)
    with pytest.raises(NamesLost):
        await beside.ask("tagged", "4567")
    assert await beside.begin() == 2
    assert await beside.ask("tagged", "4567") == [], "it holds them in its memory alone"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
async def test_the_process_knows_nothing_but_names_and_leaves_no_core(beside: NameProcess) -> None:
    await beside.begin()
    await beside.ask("tagged", "1")
    here = Path(f"/proc/{beside.pid}")
    core = next(line for line in (here / "limits").read_text().splitlines() if line.startswith("Max core file size"))
    assert core.split()[4:6] == ["0", "0"]
    assert here.stat().st_uid == 0, "its memory is shut: its files are root's"
    if os.geteuid() == 0:
        assert not (here / "environ").read_bytes()


async def test_a_search_goes_on_when_the_process_has_ended_and_the_erased_are_gone(house: House) -> None:
    mother, wife = house.guest(), house.guest()
    number = await mother.registers()
    other = await wife.registers("Задорожній Остап")
    operator = await house.staff(Role.OPERATOR)
    beside = NameProcess()
    house.database.index.holder, house.database.index.generation = beside, 0
    await operator.says("/find Gtnhtyrj Bdfy 12.03.1990")
    assert operator.sees(number)
    assert beside.pid is not None
    os.kill(beside.pid, signal.SIGKILL)
    await operator.says("/find Задорожный Остап")
    assert operator.sees(other)
    async with house.database.work(house.clock()) as work:
        await work.erasing.erase(await wife.person())
        await work.commit()
    await operator.says("/find Задорожній")
    assert operator.sees("нічого не знайдено")
    assert await beside.ask("find", ["Задорожній"], None, 5, 60.0) == []
