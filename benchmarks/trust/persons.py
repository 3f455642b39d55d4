"""What takes two takes two persons: one person with a second account, made in every way, gets none of it done alone.

Through the real desk and a real database: what a person would type and press, as proposer and as second person. The
acts are those of the access table. One that nobody described in `TRIES` is begun by its command, which is made from the
types of its fields, so that a new act is tried without anybody naming it.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from inspect import isclass
from types import NoneType
from typing import Any, Final, cast, get_args, get_origin, get_type_hints
from unittest import mock

from sqlalchemy import text, update

from benchmarks.row import Measured, Row, Run
from benchmarks.trust.clusters import furnished
from bot.postgres import Server
from bot.ticks import Ripening
from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.cases.records import Reached
from casework.ids import CenterId, StaffId, StructureId
from casework.kinship import Decide, KinshipState, Presented, SeenPapers
from casework.numbers import ReportNumber
from casework.refusal import Refusal
from casework.registering import Report
from casework.staff import access
from casework.staff.lineage import SHELL, Hand, How, Origin
from casework.staff.members import Deactivate
from casework.staff.proposals import AnswerProposal, ProposalState
from casework.updates.values import EXAMPLE, signature
from storage.proposals import proposals
from storage.staff import staff
from storage.work import StoredWork
from tests.journeys import matrix
from tests.visiting import MORNING, Guest, House, gave_factor, open_house, with_code

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
    "SELECT id FROM proposals WHERE state = 'done'",
    "SELECT id, case_id FROM reports",
    "SELECT id, ended_at IS NULL FROM voices",
    "SELECT id, ended_at IS NULL FROM minors",
    "SELECT * FROM center_regions",
    "SELECT id, search_ended_at FROM cases",
    "SELECT id, ended_at FROM legal_holds",
)
"""All that acts which take two would change; and that one of them was done at all, whatever it changes."""


@asynccontextmanager
async def a_house(run: Run) -> AsyncIterator[House]:
    with ExitStack() as stack:
        await furnished(run.folder / "postgres")
        server = Server(run.folder / "postgres", fsync=False)
        url = server.start()
        stack.callback(server.stop)
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
    colleague: StaffId
    honest: StaffId
    fast: bool
    number: str = ""
    other: str = ""


Try = Callable[[Stage], Awaitable[Guest]]


def _typed(role: Role, *said: str) -> Try:
    async def tries(stage: Stage) -> Guest:
        await _says(stage.mine[role], *said)
        return stage.mine[role]

    return tries


def _of_case(command: str, *said: str) -> Try:
    async def tries(stage: Stage) -> Guest:
        await _says(stage.mine[Role.VERIFIER], f"{command} {stage.number}", *said)
        return stage.mine[Role.VERIFIER]

    return tries


async def _writes(stage: Stage) -> Guest:
    """An update, as a specialist signs it."""
    author = stage.mine[Role.SPECIALIST]
    async with stage.house.database.work(stage.house.clock()) as work:
        report = await work.reports.by_number(ReportNumber(stage.number.replace("-", "")))
        member = await with_code(await author.person(), work)
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
    """The family has stopped it, and somebody else has spoken with them since."""
    operator = await _rejoins(stage)
    await _stopped(stage)
    await _spoke(stage, stage.honest)
    await operator.says(f"/thaw {stage.number}")
    return operator


async def _stopped(stage: Stage) -> None:
    asked = proposals.c.state == ProposalState.WAITING, proposals.c.act == "rejoin"
    async with stage.house.database.work(stage.house.clock()) as work:
        frozen = update(proposals).where(*asked).values(state=ProposalState.FROZEN, ended_at=work.now)
        await work.connection.execute(frozen)
        await work.commit()


async def _spoke(stage: Stage, member: StaffId) -> None:
    """A member has written down that they spoke with the family."""
    async with stage.house.database.work(stage.house.clock()) as work:
        report = await _report(stage.number, work)
        await work.cases.add_attempt(report.person, report.id, member, Reached.REACHED)
        await work.commit()


async def _report(number: str, work: StoredWork) -> Report:
    report = await work.reports.by_number(ReportNumber(number.replace("-", "")))
    assert report is not None  # noqa: S101  registered before
    return report


async def _brings(stage: Stage) -> Guest:
    """Papers that nobody saw, with a colleague who will say that they did."""
    verifier = stage.mine[Role.VERIFIER]
    papers = ("паспорт того, хто звернувся", "свідоцтво про народження того, кого шукають")
    await _says(
        verifier, f"/kinship {stage.other}", "Підтвердити", *papers, "Готово", "Принесли", "Так, колега підпише"
    )
    return verifier


@dataclass(frozen=True)
class _ByType:
    """An act that nobody described: its command, made of what stands on the stage, by the types of its fields."""

    act: str

    async def __call__(self, stage: Stage) -> Guest:
        lines = [line for line in access.LINES[self.act] if line.proposes]
        role = next(role for role in stage.mine if any(role in line.who for line in lines))
        member, command = stage.mine[role], next(one for one in rulebook.COMMANDS if one.__name__ == self.act)
        async with stage.house.database.work(stage.house.clock()) as work:
            person = await member.person()
            actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
            await rulebook.carry_out(made(command, stage), actor, work)
            await work.commit()
        return member


def made(type: Any, stage: Stage, name: str = "") -> Any:
    """A value of a type, or of a field of this name."""
    origin, inner = get_origin(type), get_args(type)
    if type in _STANDING:
        return _STANDING[type](stage, name)
    if is_dataclass(type):
        hints, build = get_type_hints(type), cast(Any, type)
        return build(**{field.name: made(hints[field.name], stage, field.name) for field in fields(type)})
    if inner and NoneType in inner:
        return made(next(one for one in inner if one is not NoneType), stage, name)
    if origin is tuple:
        return (made(inner[0], stage, name),)
    if isclass(type) and issubclass(type, StrEnum):
        return next(iter(type))
    if type in (bool, int, float):
        return type(1)
    raise LookupError(f"nothing on the stage is a {type}; add it to _STANDING, or the act to TRIES")


_STANDING: Final[Mapping[Any, Callable[[Stage, str], Any]]] = {
    ReportNumber: lambda stage, name: ReportNumber((stage.other if name == "other" else stage.number).replace("-", "")),
    StaffId: lambda stage, name: stage.colleague,
    CenterId: lambda stage, name: CenterId("vinnytsia"),
    date: lambda stage, name: stage.house.clock().date() + timedelta(days=7 if name == "again" else 0),
    str: lambda stage, name: "nib" if name == "body" else "1",
}


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
    "LetSignerGo": _typed(ADMIN, "/staff", "Вимкнути доступ", "Гнатюк Олена", "Так, вимкнути"),
    "MoveRegion": _typed(ADMIN, "/center Вінниця", "Передати сюди область", "Полтавська", "24 листопада 2026"),
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
    "VerifyByTwo": _brings,
    "EndSearch": _of_case("/ended", "Так, завершити"),
    "Hold": _of_case("/hold", "Ухвала суду № 1 від 24.11.2026", "Так, зберігати"),
    "ReleaseHold": _of_case("/hold", "Ні, скасувати зберігання"),
    "Approve": _writes,
}
"""How an act that takes two is begun by typing and pressing."""

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
    "two steps, signed by the first": lambda one, other, third: [
        (third, How.INVITED, one, None),
        (other, How.INVITED, third, one),
    ],
    "deactivated and made anew": lambda one, other, third: [
        (third, How.INVITED, one, None),
        (other, How.INVITED, third, None),
        (other, How.RESET, one, third),
    ],
    "reset, signed by the member": lambda one, other, third: [
        (other, How.RESET, one, None),
        (other, How.RESET, one, other),
    ],
}
"""How one person comes to a second account: rows of lineage, as the service writes them where it cannot refuse."""

LEFT: Final = "deactivated and made anew"
"""Here the account in between is no longer one of the staff."""

LENT: Final = (Role.VERIFIER, Role.HEAD, ADMIN)
"""Roles that whoever proposed it is given, to sign it themselves."""


async def _id(guest: Guest) -> StaffId:
    async with guest.house.database.work(guest.house.clock()) as work:
        member = await with_code(await guest.person(), work)
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
        async with guest.house.database.work(guest.house.clock()) as work:
            await gave_factor(await guest.person(), work)
            await work.commit()


async def _signs(second: Guest, act: str, stage: Stage) -> None:
    """All that a second account could press or type to sign the newest that waits; in haste, its command alone."""
    if stage.fast and act != "Approve":
        async with stage.house.database.work(stage.house.clock()) as work:
            member = await work.staff.get(await _id(second))
            newest = (await work.proposals.waiting())[-1:]
            for one in newest:
                with suppress(Refusal):
                    actor = Actor(member.person, "uk", Channel.WEB, replace(member, factor_at=work.now))
                    await rulebook.carry_out(AnswerProposal(one.id, agreed=True), actor, work)
                    await work.commit()
        return
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
    witness = await house.staff(Role.OPERATOR, "kharkiv", name="Кравець Тарас")
    await house.staff(ADMIN, None, name="Гнатюк Олена")
    mother, wife = house.guest(), house.guest()
    number, second = await mother.registers(), await wife.registers(own_name="Петренко Оксана")
    stage = Stage(house, mine, await _id(witness), await _id(honest), fast, number, second)
    await _verified(house, stage.number, stage.honest)
    everybody = [*mine.values(), other, third, honest, witness]
    n, found = 0, list[str]()
    for at, act in enumerate(acts()):
        ways = [*WAYS] if not fast else [way for place, way in enumerate(WAYS) if (place + at) % len(WAYS) == 0]
        await _lineage(house, [])
        await _only_by_voice(stage)
        proposer = await TRIES.get(act, _ByType(act))(stage)
        one, two, three = await _id(proposer), await _id(other), await _id(third)
        before = await _state(house)
        for moved in (timedelta(), MONTH) if not fast else ((timedelta(), MONTH)[at % 2],):
            house.clock.pass_by(days=moved.days)
            await _fresh(everybody)
            for way in ways:
                await _lineage(house, WAYS[way](one, two, three))
                await _active(house, three, active=way != LEFT)
                before[0], before[4] = (await _state(house))[0], (await _state(house))[4]
                await _signs(other, act, stage)
                n += 1
                if await _state(house) != before:
                    found.append(f"{act}: done alone, second account {way}, clock moved by {moved.days} days")
                    before = await _state(house)
            house.clock.pass_by(days=-moved.days)
        await _active(house, three, active=True)
        for role in LENT if not fast else LENT[at % 3 : at % 3 + 1]:
            await _lent(house, one, role)
            before[0] = (await _state(house))[0]
            await _signs(proposer, act, stage)
            n += 1
            if await _state(house) != before:
                found.append(f"{act}: signed by whoever proposed it, as {role}")
                before = await _state(house)
        await _lent(house, one, next(role for role, guest in mine.items() if guest is proposer))
        await _fresh(everybody)
        await _lineage(house, [])
        before[0], before[4] = (await _state(house))[0], []
        if not any(act in line for line in found):
            await _signs(witness if act == "VerifyByTwo" else honest, act, stage)
            if await _state(house) == before:
                found.append(f"{act}: two persons cannot do it either, so that nothing is proved")
    n += await _at_once(stage, other, third, found, 1 if fast else len(WAYS))
    n += await _by_waiting(house, stage, found, ("NewPhone", "AddMember") if fast else tuple(TRIES))
    return Measured(n, len(found), tuple(found))


async def _active(house: House, member: StaffId, *, active: bool) -> None:
    async with house.database.work(house.clock()) as work:
        await work.connection.execute(update(staff).where(staff.c.id == member).values(active=active))
        await work.commit()


async def _lent(house: House, member: StaffId, role: Role) -> None:
    """Another role, with what comes with it, as if somebody had changed it in the database."""
    center = None if role is ADMIN else "kharkiv"
    async with house.database.work(house.clock()) as work:
        await work.connection.execute(update(staff).where(staff.c.id == member).values(role=role, center=center))
        await gave_factor(await work.staff.person_of(member), work)
        await work.commit()


async def _only_by_voice(stage: Stage) -> None:
    """A human voice alone speaks of the first case, and its relative is under 18, so that there is something to end and
    to confirm."""
    async with stage.house.database.work(stage.house.clock()) as work:
        report = await _report(stage.number, work)
        await work.voices.begin(report.id, stage.honest)
        await work.minors.begin(report.person, stage.honest)
        await work.commit()


async def _at_once(stage: Stage, other: Guest, third: Guest, found: list[str], ways: int) -> int:
    """What a second account would make possible without any proposal: papers that one took in oneself, a talk that one
    wrote down oneself, a colleague who would have to sign and is let go."""
    verifier, house, n = stage.mine[Role.VERIFIER], stage.house, 0
    one, two, three = await _id(verifier), await _id(other), await _id(third)
    wife = house.guest()
    number = await wife.registers(name="Шевченко Олег", own_name="Шевченко Ніна")
    for way in [*WAYS][:ways]:
        await _fresh([verifier, other])
        await _lineage(house, WAYS[way](one, two, three))
        async with house.database.work(house.clock()) as work:
            report = await _report(number, work)
            papers = work.book.papers_for(report.claim.kinship)
            for _ in papers:
                file = await work.files.add(report.person, type="image/jpeg", content=b"paper")
                await work.kinships.add_documents(report.id, [file], (), two)
                await work.kinships.open(file, one)
            actor = Actor(await verifier.person(), "uk", Channel.WEB, await with_code(await verifier.person(), work))
            person = await stage.mine[ADMIN].person()
            manager = Actor(person, "uk", Channel.WEB, await with_code(person, work))
            verified = KinshipState.DECLARED, KinshipState.VERIFIED
            tries: list[tuple[Actor, Any]] = [(manager, Deactivate(stage.honest))]
            tries += [(actor, Decide(report.number, *verified, seen=SeenPapers(papers, how))) for how in Presented]
            for who, command in tries:
                n += 1
                with suppress(Refusal):
                    async with work.savepoint():
                        await rulebook.carry_out(command, who, work)
                    found.append(f"{type(command).__name__}: done at once, second account {way}")
    return n


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
    by_others = {"LetSignerGo", "VerifyByTwo", "Approve", "Rejoin", "Thaw", "EndSearch", "Hold", "ReleaseHold"}
    alone_only = set(tried_here) - by_others
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
            waiting = update(proposals).where(proposals.c.state == ProposalState.WAITING)
            await work.connection.execute(waiting.values(state=ProposalState.STOPPED))
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
