"""Whatever staff do, in whatever order: what a relative reads was signed by two, as it stands, and they may read it."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.cases.calling import RecordCall, Whom
from casework.cases.records import Reached
from casework.ids import PersonId, StaffId, UpdateId
from casework.kinship import KinshipState
from casework.numbers import ReportNumber
from casework.reference import Sort
from casework.reference_commands import KeepEntry, Words
from casework.refusal import Refusal
from casework.registering import Report
from casework.releasing import STOPPABLE, LetGo
from casework.staff.proposals import AnswerProposal
from casework.stages import CaseStage
from casework.updates.amending import ReleasedUpdates
from casework.updates.recalling import Recall
from casework.updates.stages import Amending, Amends, StageChange
from casework.updates.values import Level, Manner, Office, Source, Statement, UpdateState, signature
from casework.updates.writing import Approve, SendBack, ToSign, WriteUpdate
from storage.outbox import LetterState, letters
from storage.work import StoredWork
from tests.journeys.families import families
from tests.visiting import Guest, House, with_code

ACTIONS = (
    *("write", "release", "correct", "withdraw", "approve", "forge", "back"),
    *("recall", "revoke", "verify", "pass", "call", "let go", "deliver", "canned", "sign canned"),
)
MOVES = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 2), st.integers(0, 4)), min_size=6, max_size=16)
CANNED = "read"


@dataclass
class Town:
    """A case with two relatives, and three who work on it: whoever writes, a head who does both, a verifier. And two
    administrators, who keep what is told in the same words to everybody."""

    house: House
    members: list[Guest]
    administrators: list[Guest]
    reports: list[Report]
    canned: list[Words] = field(default_factory=list)
    approved: dict[UpdateId, Statement] = field(default_factory=dict)
    told: set[tuple[PersonId, UpdateId]] = field(default_factory=set)
    count: int = 0

    async def does(self, what: str, who: int, which: int) -> None:
        """Refused or done; then what everybody can read is looked at."""
        if what == "pass":
            self.house.clock.at += STOPPABLE
        if what == "deliver":
            await self._delivers()
            return
        members = self.administrators if what.endswith("canned") else self.members
        who %= len(members)
        async with self.house.database.work(self.house.clock()) as work:
            staff = await with_code(await members[who].person(), work)
            assert staff is not None
            with suppress(Refusal):
                async with work.savepoint():
                    await self._do(what, Actor(staff.person, "uk", Channel.WEB, staff), which, work)
            await work.commit()
        async with self.house.database.work(self.house.clock()) as work:
            await self._looks(work)

    async def _do(self, what: str, actor: Actor, which: int, work: StoredWork) -> None:
        report = self.reports[which % 2]
        if what in ("write", "release"):
            await self._writes(what == "release", actor, which, work)
        elif what in ("correct", "withdraw"):
            await self._amends(Amending.CORRECTED if what == "correct" else Amending.WITHDRAWN, actor, which, work)
        elif what in ("approve", "back", "forge"):
            await self._decides(what, actor, which, work)
        elif what == "recall":
            ids = [update.id for update in await work.updates.leaving()]
            if ids:
                await rulebook.carry_out(Recall(ids[which % len(ids)]), actor, work)
        elif what in ("revoke", "verify"):
            wanted = KinshipState.REVOKED if what == "revoke" else KinshipState.VERIFIED
            await work.kinships.decide(report.id, await work.kinships.state(report.id), wanted, actor.acting.id)
        elif what in ("call", "let go"):
            held = {copy.update for copy in await work.updates.held(report.person)}
            command = (
                LetGo(report.number, "…") if what == "let go" else RecordCall(Whom(report.number), Reached.REACHED)
            )
            await rulebook.carry_out(command, actor, work)
            gone = held - {copy.update for copy in await work.updates.held(report.person)}
            for id in gone:
                assert what == "let go" or actor.acting.id not in await self._signers(id, work)
            self.told |= {(report.person, id) for id in gone}

        elif what == "canned":
            self.count += 1
            words = {language: {"title": "Прочитали", "text": f"Текст {self.count}."} for language in ("uk", "en")}
            since = self.house.clock().date()
            await rulebook.carry_out(KeepEntry(Sort.CANNED, CANNED, words, since), actor, work)
        elif what == "sign canned":
            await self._signs_canned(actor, which, work)

    async def _signs_canned(self, actor: Actor, which: int, work: StoredWork) -> None:
        waiting = [one for one in await work.proposals.waiting() if isinstance(one.command, KeepEntry)]
        if waiting:
            chosen = waiting[which % len(waiting)]
            await rulebook.carry_out(AnswerProposal(chosen.id, agreed=True), actor, work)
            assert chosen.by != actor.acting.id, "nobody signs what they proposed"
            self.canned.append(chosen.command.words or {})

    async def _delivers(self) -> None:
        """What goes in this moment goes to nobody who may not read it."""
        async with self.house.database.work(self.house.clock()) as work:
            before = await self._went(work)
            verified = set(await work.kinships.verified(self.reports[0].case))
        await self.house.deliver()
        async with self.house.database.work(self.house.clock()) as work:
            assert {person for _, person in await self._went(work) - before} <= verified

    async def _went(self, work: StoredWork) -> set[tuple[int, PersonId]]:
        mine = letters.c.person_id.in_([one.person for one in self.reports]), letters.c.reads.like("update:%")
        query = select(letters.c.id, letters.c.person_id).where(*mine, letters.c.state == LetterState.SENT)
        return {(row.id, PersonId(row.person_id)) for row in await work.connection.execute(query)}

    async def _signers(self, id: UpdateId, work: StoredWork) -> tuple[StaffId, StaffId | None]:
        update = await work.updates.get(id)
        assert update is not None
        return update.author, update.approver

    async def _writes(self, release: bool, actor: Actor, which: int, work: StoredWork) -> None:
        self.count += 1
        level = Level.RELEASED if release else Level.NIB
        moved = await work.updates.moved(self.reports[0].case)
        stage = StageChange(CaseStage.RELEASED if release else CaseStage.REGISTERED)
        stage = replace(stage, over=moved[-1].update if moved else None, reason="…")
        source = Source(Office.NIB, Manner.DOCUMENT, date(2026, 11, 20) + timedelta(days=which))
        statement = Statement(level, source, f"Слова {self.count}.", stage=stage if which % 2 else None)
        case = self.reports[0].case
        seen = signature(case, statement, await work.kinships.verified(case))
        await rulebook.carry_out(WriteUpdate(self.reports[0].number, statement, seen), actor, work)

    async def _amends(self, how: Amending, actor: Actor, which: int, work: StoredWork) -> None:
        released = await rulebook.answer(ReleasedUpdates(self.reports[0].number), actor, work)
        if released.updates:
            self.count += 1
            first = released.updates[which % len(released.updates)]
            words = f"Слова {self.count}." if how is Amending.CORRECTED else first.statement.uk
            stage = first.statement.stage if how is Amending.CORRECTED else None
            statement = replace(first.statement, uk=words, stage=stage, amends=Amends(first.id, how))
            seen = signature(released.case, statement, first.told if statement.withdraws else first.recipients)
            await rulebook.carry_out(WriteUpdate(released.number, statement, seen), actor, work)

    async def _decides(self, what: str, actor: Actor, which: int, work: StoredWork) -> None:
        case = self.reports[0].case
        waiting = [one for one in await work.updates.waiting() if one.case == case]
        if not waiting:
            return
        chosen = waiting[which % len(waiting)]
        if what == "back":
            await rulebook.carry_out(SendBack(chosen.id, "…"), actor, work)
            return
        signing = await rulebook.answer(ToSign(chosen.id), actor, work)
        seen = "0" * 64 if what == "forge" else signing.seen
        await rulebook.carry_out(Approve(chosen.id, seen), actor, work)
        assert what == "approve", "nobody signs what they have not seen"
        self.approved[chosen.id] = signing.statement

    async def _was_told(self, person: PersonId, id: UpdateId, work: StoredWork) -> bool:
        """By a voice, of this one or of what it corrects or withdraws."""
        update = await work.updates.get(id)
        assert update is not None
        amends = update.statement.amends
        if (person, id) in self.told or amends is None:
            return (person, id) in self.told
        return await self._was_told(person, amends.update, work)

    async def _looks(self, work: StoredWork) -> None:
        """What each relative could read of each update at this moment."""
        case = self.reports[0].case
        verified = await work.kinships.verified(case)
        for id in list(self.approved):
            update = await work.updates.get(id)
            assert update is not None
            for report in self.reports:
                says = await rulebook.opened(report.person, f"update:{id}", "uk", work)
                read = [one.args["text"] for one in says if one.name == "update-told"]
                if not any(one.name == "update-head" for one in says):
                    continue
                assert report.person in verified
                assert update.state is UpdateState.RELEASED
                assert update.approver not in (None, update.author)
                assert update.statement == self.approved[id]
                amends = update.statement.amends
                assert read == ([] if amends is not None and amends.withdraws else [self.approved[id].uk])
                assert update.statement.level is not Level.RELEASED or await self._was_told(report.person, id, work)
        assert {one.update for one in await work.updates.moved(case)} <= set(self.approved)
        entry = work.book.version(Sort.CANNED, CANNED)
        assert entry is not None
        assert entry.words in self.canned, "a canned text is what two have signed"


async def town(house: House) -> Town:
    numbers = await families(house, 2)
    members = [
        await house.staff(role, "kharkiv", name=name)
        for role, name in (
            (Role.SPECIALIST, "Юрченко Ганна"),
            (Role.HEAD, "Шевченко Ніна"),
            (Role.VERIFIER, "Бойко Олег"),
        )
    ]
    async with house.database.work(house.clock()) as work:
        staff = await with_code(await members[1].person(), work)
        assert staff is not None
        found = [await work.reports.by_number(ReportNumber(number.replace("-", ""))) for number in numbers]
        first, second = [one for one in found if one is not None]
        await work.cases.join(second.case, first.case, staff.id)
        for one in (first, second):
            await work.kinships.declare(one.id)
            await work.kinships.decide(one.id, KinshipState.DECLARED, KinshipState.VERIFIED, staff.id)
        await work.commit()
        reports = [await work.reports.get(one.id) for one in (first, second)]
        entry = work.book.version(Sort.CANNED, CANNED)
        assert entry is not None
    administrators = [await house.staff(Role.ADMINISTRATOR, None, name=name) for name in ("Мороз Ірина", "Гнатюк Лев")]
    return Town(house, members, administrators, reports, [entry.words])


@settings(max_examples=6, deadline=None, print_blob=True, suppress_health_check=list(HealthCheck))
@given(moves=MOVES)
async def test_nothing_is_read_that_two_have_not_signed(house: House, moves: list[tuple[str, int, int]]) -> None:
    there = await town(house)
    for what, who, which in moves:
        await there.does(what, who, which)


async def test_the_longest_way_of_one_update(house: House) -> None:
    """One that is sure to come by all of it: released, corrected, held, told by voice, withdrawn."""
    there = await town(house)
    for what, who, which in (
        ("write", 0, 1), ("approve", 0, 0), ("approve", 1, 0), ("pass", 0, 0), ("correct", 0, 0), ("approve", 1, 0),
        ("pass", 0, 0), ("revoke", 1, 1), ("withdraw", 0, 0), ("approve", 2, 0), ("pass", 0, 0), ("release", 0, 1),
        ("approve", 1, 0), ("pass", 0, 0), ("call", 1, 0), ("call", 2, 0), ("let go", 1, 0), ("deliver", 0, 0),
        ("verify", 1, 1), ("canned", 0, 0), ("sign canned", 0, 0), ("sign canned", 1, 0),
    ):  # fmt: skip
        await there.does(what, who, which)
    assert len(there.approved) == 4
    assert len(there.told) == 1
    assert len(there.canned) == 2
