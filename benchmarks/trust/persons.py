"""What takes two takes two persons: one person with a second account, made in every way, gets none of it done alone.

Through the real desk and a real database: what a person would type and press, as proposer and as second person. The
acts are those of the access table, so a new one without a way to try it turns the row red.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from unittest import mock

from sqlalchemy import text, update

from benchmarks.trust.row import Measured, Row, Run
from bot.postgres import Server
from bot.ticks import Ripening
from casework import rulebook
from casework.actor import Channel, Role
from casework.ids import StaffId, StructureId
from casework.kinship import KinshipState
from casework.numbers import ReportNumber
from casework.staff import access
from casework.staff.lineage import SHELL, Hand, How, Origin
from casework.updates.values import signature
from casework.updates.writing import EXAMPLE
from storage.database import migrate
from storage.staff import staff
from tests.journeys import matrix
from tests.visiting import MORNING, Guest, House, gave_factor, open_house

MONTH: Final = timedelta(days=31)

LOOKED_AT: Final = (
    "SELECT id, role, center, active FROM staff",
    "SELECT name, phone, latitude, longitude, marked, address IS NULL FROM centers",
    "SELECT name, phone FROM lines",
    "SELECT id FROM reference_versions",
    "SELECT staff_id, how FROM origins",
    "SELECT id, person_id, active FROM addresses WHERE channel <> 'web'",
    "SELECT report_id, state FROM kinships",
    "SELECT id, state FROM updates",
    "SELECT id FROM proposals WHERE state = 'frozen'",
)
"""All that acts which take two would change."""


@asynccontextmanager
async def a_house(run: Run) -> AsyncIterator[House]:
    with ExitStack() as stack:
        server = Server(run.folder / "postgres", fsync=False)
        url = server.start()
        stack.callback(server.stop)
        await migrate(url)
        async with open_house(url, MORNING) as house:
            yield house


async def _says(by: Guest, *said: str) -> None:
    """A command, then answers: a button where one is called so, else words."""
    for words in said:
        if any(key.label.startswith(words) for key in by.keys) and not words.startswith("/"):
            await by.presses(words)
        else:
            await by.says(words)


@dataclass
class Stage:
    """The person who tries alone in each role, and whom they try it on."""

    house: House
    mine: Mapping[Role, Guest]
    number: str = ""


Try = Callable[[Stage], Awaitable[Guest]]


def _typed(role: Role, *said: str) -> Try:
    async def tries(stage: Stage) -> Guest:
        await _says(stage.mine[role], *said)
        return stage.mine[role]

    return tries


async def _writes(stage: Stage) -> Guest:
    """An update, as a specialist signs it."""
    author = stage.mine[Role.SPECIALIST]
    async with stage.house.database.work(stage.house.clock()) as work:
        report = await work.reports.by_number(ReportNumber(stage.number.replace("-", "")))
        member = await work.staff.member_of(await author.person())
        assert report is not None  # noqa: S101  registered above
        assert member is not None  # noqa: S101  added above
        recipients = await work.kinships.verified(report.case)
        statement = replace(EXAMPLE, source=replace(EXAMPLE.source, body=StructureId("commissioner-missing")))
        await work.updates.add(report.case, member.id, statement, signature(report.case, statement, recipients))
        await work.commit()
    return author


async def _rejoins(stage: Stage) -> Guest:
    """The accomplice's chat shows a code, a call is invented, the new chat is asked for."""
    operator, accomplice = stage.mine[Role.OPERATOR], stage.house.guest(Channel.VIBER)
    await _says(accomplice, "/start", "Я тут не вперше", "Старого чату вже немає")
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", accomplice.news)
    assert code is not None, accomplice.news  # noqa: S101  or nothing is tried
    await _says(operator, f"/call {stage.number}", "Поговорили", f"/rejoin {stage.number} {code[0]}", "Ні, залишити")
    return operator


async def _thaws(stage: Stage) -> Guest:
    """The family has stopped it."""
    operator = await _rejoins(stage)
    async with stage.house.database.work(stage.house.clock()) as work:
        await work.connection.execute(text("UPDATE proposals SET state = 'frozen' WHERE state = 'waiting'"))
        await work.commit()
    await operator.says(f"/thaw {stage.number}")
    return operator


ADMIN: Final = Role.ADMINISTRATOR
ENTRY: Final = (
    "/step police",
    "Написати інакше",
    "Заява",
    "Statement",
    "Подайте заяву.",
    "File it.",
    "25 листопада 2026",
)
WORDS_OF_LINE: Final = ("Довідкова для родин", "Help desk for families", "Довідкова", "Help desk")
TRIES: Final[Mapping[str, Try]] = {
    "AddMember": _typed(ADMIN, "/staff", "Додати працівника", "оператор", "Харків", "Мельник Ігор"),
    "Reset": _typed(ADMIN, "/staff", "Скинути код", "Кравець Тарас"),
    "Vouch": _typed(ADMIN, "/staff", "Підтвердити, чий це запис", "Кравець Тарас"),
    "LetAdministratorGo": _typed(ADMIN, "/staff", "Вимкнути доступ", "Гнатюк Олена", "Так, вимкнути"),
    "NewPhone": _typed(ADMIN, "/center Харків", "Телефон", "0 57 000 00 00"),
    "NewAddress": _typed(ADMIN, "/center Харків", "Адресу", "вул. Тиха, 1"),
    "NewNumber": _typed(ADMIN, "/line", "Поліція, цілодобово", "103"),
    "NewLine": _typed(ADMIN, "/line new", "2. Заява до поліції", *WORDS_OF_LINE, "0 800 000 000"),
    "NewCenter": _typed(
        ADMIN,
        "/center new",
        "Одеса",
        "Одеса",
        "Odesa",
        "Так, адреса публічна",
        "9:00-18:00",
        "Одеська",
        "24 листопада 2026",
    ),
    "KeepEntry": _typed(ADMIN, *ENTRY),
    "Rejoin": _rejoins,
    "Thaw": _thaws,
    "Approve": _writes,
}
"""How each act that takes two is begun."""

SIGN_UPDATE: Final = "Підписати й надіслати"
PART_OF: Final = {"SendBack": "Approve", "AskToSign": "Approve"}
"""What the second person may do instead of signing: begun by the same act."""


def acts() -> list[str]:
    """Every act for which the access table asks that the two be surely two."""
    found = [
        thing.removeprefix("sign:")
        for thing, lines in access.LINES.items()
        if any(line.second is not None and line.second.line for line in lines)
    ]
    return [act for act in found if act not in PART_OF]


Made = Callable[[StaffId, StaffId, StaffId], list[tuple[StaffId, How, Hand, StaffId | None]]]

WAYS: Final[Mapping[str, Made]] = {
    "invited": lambda one, other, third: [(other, How.INVITED, one, None)],
    "reset": lambda one, other, third: [(other, How.RESET, one, None)],
    "reset by the second account": lambda one, other, third: [(one, How.RESET, other, None)],
    "invited by the invited": lambda one, other, third: [
        (third, How.INVITED, one, None),
        (other, How.INVITED, third, None),
    ],
    "by one third": lambda one, other, third: [(one, How.RESET, third, None), (other, How.INVITED, third, None)],
    "shell": lambda one, other, third: [(other, How.INVITED, SHELL, None)],
    "signed by the own third account": lambda one, other, third: [
        (third, How.INVITED, one, None),
        (other, How.INVITED, one, third),
    ],
    "answered for by the own third account": lambda one, other, third: [
        (third, How.INVITED, one, None),
        (other, How.INVITED, one, None),
        (other, How.VOUCHED, third, one),
    ],
    "reset, signed by the member": lambda one, other, third: [
        (other, How.RESET, one, None),
        (other, How.RESET, one, other),
    ],
}
"""How one person comes to a second account: rows of lineage, as the service writes them where it cannot refuse."""


async def _id(guest: Guest) -> StaffId:
    async with guest.house.database.work(guest.house.clock()) as work:
        member = await work.staff.member_of(await guest.person())
    assert member is not None  # noqa: S101  added by `House.staff`
    return member.id


async def _lineage(house: House, rows: list[tuple[StaffId, How, Hand, StaffId | None]]) -> None:
    async with house.database.work(house.clock()) as work:
        await work.connection.execute(text("DELETE FROM origins"))
        for member, how, by, signed in rows:
            await work.lineage.add(Origin(member, how, by, house.clock(), signed))
        await work.commit()


async def _state(house: House) -> list[object]:
    async with house.database.work(house.clock()) as work:
        return [sorted(map(str, await work.connection.execute(text(query)))) for query in LOOKED_AT]


async def _fresh(guests: list[Guest]) -> None:
    for guest in guests:
        member = await _id(guest)
        async with guest.house.database.work(guest.house.clock()) as work:
            await gave_factor(member, work)
            await work.commit()


async def _signs(second: Guest, act: str, stage: Stage) -> None:
    """All that a second account could press or type to sign the newest that waits."""
    if act == "Approve":
        await second.says(f"/approve {stage.number}")
        await _says(second, SIGN_UPDATE) if any(key.label.startswith(SIGN_UPDATE) for key in second.keys) else None
        return
    await second.says("/proposals")
    waiting = [key.label for key in second.keys if " · " in key.label]
    if waiting:
        await second.presses(waiting[-1])
        await _says(second, "Так, підписую")
        await second.says("/menu")


async def alone(run: Run) -> Measured:
    """Each act by each way, at once and a month later by the clock; then as the only administrator, by waiting."""
    with ExitStack() as stack:
        if run.broken:
            stack.enter_context(mock.patch.object(rulebook, "are_two", return_value=True))
            stack.enter_context(mock.patch.object(rulebook, "outside", return_value=True))
        async with a_house(run) as house:
            return await _alone(house, fast=run.fast)


async def _alone(house: House, *, fast: bool) -> Measured:
    mine = {
        role: await house.staff(role, None if role is ADMIN else "kharkiv", name="Коваль Олена")
        for role in (ADMIN, Role.SPECIALIST, Role.OPERATOR, Role.VERIFIER)
    }
    other, third = (
        await house.staff(Role.VERIFIER, "kharkiv", name="Бойко Ірина"),
        await house.staff(Role.HEAD, "kharkiv", name="Ткач Олег"),
    )
    honest = await house.staff(Role.VERIFIER, "lviv", name="Мороз Дарина")
    await house.staff(ADMIN, None, name="Гнатюк Олена")
    await house.staff(Role.OPERATOR, "kharkiv", name="Кравець Тарас")
    mother = house.guest()
    stage = Stage(house, mine, await mother.registers())
    await _verified(house, stage.number, await _id(honest))
    everybody = [*mine.values(), other, third, honest]
    n, found = 0, list[str]()
    for at, act in enumerate(acts()):
        if act not in TRIES:
            found.append(f"{act}: nobody tries it; add it to TRIES")
            continue
        ways = [*WAYS] if not fast else [way for place, way in enumerate(WAYS) if (place + at) % len(WAYS) == 0]
        await _lineage(house, [])
        proposer = await TRIES[act](stage)
        one, two, three = await _id(proposer), await _id(other), await _id(third)
        before = await _state(house)
        for moved in (timedelta(), MONTH) if not fast else ((timedelta(), MONTH)[at % 2],):
            house.clock.pass_by(days=moved.days)
            await _fresh(everybody)
            for way in ways:
                await _lineage(house, WAYS[way](one, two, three))
                before[4] = (await _state(house))[4]
                await _signs(other, act, stage)
                n += 1
                if await _state(house) != before:
                    found.append(f"{act}: done alone, second account {way}, clock moved by {moved.days} days")
                    before = await _state(house)
            house.clock.pass_by(days=-moved.days)
        await _signs(proposer, act, stage)
        n += 1
        if await _state(house) != before:
            found.append(f"{act}: signed by whoever proposed it")
        await _fresh(everybody)
        await _lineage(house, [])
        before[4] = []
        if not any(act in line for line in found):
            await _signs(honest, act, stage)
            if await _state(house) == before:
                found.append(f"{act}: two persons cannot do it either, so that nothing is proved")
    n += await _by_waiting(house, stage, found, ("NewPhone", "AddMember") if fast else tuple(TRIES))
    return Measured(n, len(found), tuple(found))


async def _verified(house: House, number: str, by: StaffId) -> None:
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(ReportNumber(number.replace("-", "")))
        assert report is not None  # noqa: S101  registered above
        await work.kinships.decide(report.id, KinshipState.DECLARED, KinshipState.VERIFIED, by)
        await work.commit()


class _Minutes:
    """A monotonic clock at each look of which a minute has passed."""

    def __init__(self) -> None:
        self._looks = 0

    def __call__(self) -> float:
        self._looks += 1
        return 60.0 * self._looks


async def _by_waiting(house: House, stage: Stage, found: list[str], tried_here: Collection[str]) -> int:
    """The only administrator proposes; the clock goes on by a month, back and on again; ticks come as they do."""
    me = stage.mine[ADMIN]
    async with house.database.work(house.clock()) as work:
        only = update(staff).where(staff.c.role == ADMIN, staff.c.id != await _id(me)).values(active=False)
        await work.connection.execute(only)
        await work.commit()
    alone_only = set(tried_here) - {
        "LetAdministratorGo",
        "Approve",
        "Rejoin",
        "Thaw",
    }  # of these no administrator waits a day
    tries = {act: tried for act, tried in TRIES.items() if act in alone_only}
    for act, tried in tries.items():
        await _fresh([me])
        await tried(stage)
        before = await _state(house)
        ripening = Ripening(_Minutes())
        for days in (31, -31, 31):
            house.clock.pass_by(days=days)
            async with house.database.work(house.clock()) as work:
                await ripening(work)
                await work.commit()
        if await _state(house) != before:
            found.append(f"{act}: done by the only administrator, who moved the clock")
        house.clock.pass_by(days=-31)
        async with house.database.work(house.clock()) as work:
            await work.connection.execute(text("UPDATE proposals SET state = 'stopped' WHERE state = 'waiting'"))
            await work.commit()
    return 3 * len(tries)


async def whole_matrix(run: Run) -> Measured:
    """Every cell of the table, with each check and with the check taken out."""
    async with a_house(run) as house:
        with ExitStack() as stack:
            if run.broken:
                stack.enter_context(mock.patch.object(rulebook, "began", return_value=False))
            n, found = 0, list[str]()
            async for scene in matrix.scene_in(house):
                async for thing, what, expected, before, after in matrix.walked(scene, each=7 if run.fast else 1):
                    n += 1
                    if before != expected:
                        found.append(f"{thing}: {what}: {'let in' if before else 'refused'}, against the table")
                    elif after == before:
                        found.append(f"{thing}: {what}: taken out, and nothing is missed")
            return Measured(n, len(found), tuple(found))


ROWS: Final = (
    Row("access", "The whole matrix of who may do what: wrong cells, removals of a check unseen", 0, whole_matrix),
    Row("alone", "What takes two, tried by one person with a second account made in every way: succeeded", 0, alone),
)
