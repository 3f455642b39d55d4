"""Three hundred families reach for the same times at once, over the public interface of two real services that share a
database: no time is given twice, none is refused wrongly, none is lost.

They stand at the last question already; how long the decisive message takes is told on the standard error.
"""

import asyncio
import os
import secrets
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from aiohttp import ClientSession, ClientTimeout, TCPConnector
from sqlalchemy import select, text

from bot.app import now
from casework import holding
from casework.actor import Channel, Role
from casework.booking.families import slot_question
from casework.booking.finding import free_times
from casework.ids import CenterId, StructureId
from casework.people import CONSENT
from casework.values import PersonName, Phone
from demo.patience import PATIENCE
from dialogs.booking.questions import CENTER, SLOT, STRUCTURE
from dialogs.conversation import Conversation
from dialogs.draft import Draft
from dialogs.questions import Answer, Took
from storage.booking import appointments
from storage.database import Database
from storage.holding import held
from tests.journeys.booking import number_in

CLIENTS = 300
LAWYERS = 2
FOUGHT_FOR = 75
"""Times for which four families each reach, and two lawyers have: half of the families must be refused, no more."""

BOOKED, REFUSED = "Вас записано", "Цей час"


@dataclass
class Client:
    """A program that speaks the interface. On a bad line it sends a message again, with the same id."""

    http: ClientSession
    base: str
    token: str
    after: int = 0
    repeats: int = 0

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def says(self, words: str) -> None:
        body = {"text": words, "id": secrets.token_hex(8)}
        while True:
            async with self.http.post(f"{self.base}/api/messages", json=body, headers=self.headers) as answer:
                if answer.status != 503:
                    assert answer.status == 202, await answer.text()
                    self.after = max(self.after, (await answer.json())["number"])
                    return
            self.repeats += 1
            await asyncio.sleep(2)

    async def hears(self) -> str:
        """The answer that decides, however long it takes; every answer is a message of its own."""
        while True:
            where = f"{self.base}/api/messages?after={self.after}&wait=20"
            async with self.http.get(where, headers=self.headers) as answer:
                messages = (await answer.json())["messages"] if answer.status == 200 else []
            for message in messages:
                self.after = message["number"]
                if BOOKED in message["text"] or REFUSED in message["text"]:
                    return str(message["text"])


@asynccontextmanager
async def service(folder: Path, url: str, key: Path) -> AsyncIterator[str]:
    """A real service in a process of its own; where its page is."""
    env = os.environ | {"DATA_DIR": str(folder), "DATABASE_URL": url, "ROOT_KEY_FILE": str(key), "PORT": "0"}
    folder.mkdir()
    with (folder / "service.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", env=env, stdout=asyncio.subprocess.PIPE, stderr=log
        )
    assert process.stdout is not None
    try:
        while line := (await process.stdout.readline()).decode():
            if "is open: " in line:
                yield line.split("is open: ")[1].split()[0]
                return
        raise AssertionError("the service did not start")
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), PATIENCE)


async def settle(database: Database) -> tuple[list[str], Sequence[datetime]]:
    """Lawyers in Kharkiv, and families at the last question of booking; their tokens, and the time that each wants."""
    async with database.work(now()) as work:
        await work.seed()
        await work.commit()  # what there is now is in the book of the next transaction
    async with database.work(now()) as work:
        for _ in range(LAWYERS):
            lawyer = await work.people.add("uk")
            await work.staff.add(lawyer, Role.SPECIALIST, center=CenterId("kharkiv"), structure=StructureId("lawyer"))
        free = await free_times("kharkiv", StructureId("lawyer"), None, work)
        wanted = [free[14 + position // 4] for position in range(CLIENTS)]
        tokens = []
        for position, at in enumerate(wanted):
            token = await work.sessions.begin("uk")
            guest = await work.people.enter(Channel.WEB, token, "uk")
            name, phone = PersonName(f"Петренко {position}"), Phone("+380671234567")
            profile = replace(guest.person.profile, name=name, phone=phone, region="kharkiv")
            await work.people.keep(replace(guest.person, profile=profile, consent=CONSENT))
            talk = Conversation(active=Draft("book", answers(at, work.now)), turn=1)
            await work.people.remember(guest.person.id, guest.address, talk, None)
            tokens.append(token)
        await work.commit()
    return tokens, wanted


def answers(at: datetime, asked: datetime) -> dict[str, Answer]:
    """What a family has told by then: the center, the specialist, the time."""
    slot = replace(SLOT, name=slot_question("kharkiv", StructureId("lawyer")))
    return {
        CENTER.name: CENTER.remember(Took("kharkiv"), "", asked),
        STRUCTURE.name: STRUCTURE.remember(Took(StructureId("lawyer")), "", asked),
        slot.name: slot.remember(Took(at), "", asked),
    }


async def test_hundreds_at_once_fight_for_the_same_times(database_url: str, tmp_path: Path) -> None:
    key = tmp_path / "root.key"
    key.write_text(secrets.token_hex(32) + "\n")
    key.chmod(0o600)
    database = Database(database_url, bytes.fromhex(key.read_text()))
    connector, patience = TCPConnector(limit=0), ClientTimeout(total=300)
    try:
        tokens, wanted = await settle(database)
        async with (
            service(tmp_path / "one", database_url, key) as one,
            service(tmp_path / "other", database_url, key) as other,
            ClientSession(connector=connector, timeout=patience) as http,
        ):
            # Neighbours in the list are on different processes, and want the same time.
            clients = [Client(http, (one, other)[i % 2], token) for i, token in enumerate(tokens)]
            began = time.perf_counter()
            await asyncio.gather(*(client.says("так") for client in clients))
            fought = time.perf_counter()
            heard = await asyncio.gather(*(client.hears() for client in clients))
        won = [i for i, answer in enumerate(heard) if BOOKED in answer]
        assert Counter(wanted[i] for i in won) == dict.fromkeys(wanted, LAWYERS), "every place is taken, none twice"
        repeats = sum(client.repeats for client in clients)
        sys.stderr.write(
            f"{CLIENTS} bookings at once, 2 processes: {fought - began:.1f} s, answered after"
            f" {time.perf_counter() - began:.1f} s; {len(won)} won; {repeats} sent again after a 503\n"
        )
        await _the_books_are_right(database, [number_in(heard[i]) for i in won])
    finally:
        await database.close()


async def _the_books_are_right(database: Database, told: Sequence[str]) -> None:
    """What families were told is what is kept, and what is kept is what is held."""
    async with database.work(now()) as work:
        rows = (await work.connection.execute(select(appointments))).all()
        assert sorted(row.number for row in rows) == sorted(number.replace("-", "") for number in told)
        assert len(rows) == len({row.person_id for row in rows}) == FOUGHT_FOR * LAWYERS
        assert len({(row.staff_id, row.starts_at) for row in rows}) == len(rows)
        holds = (await work.connection.execute(select(held))).all()
        kept = {
            (row.id, resource, row.starts_at, row.ends_at)
            for row in rows
            for resource in (holding.specialist(row.staff_id), holding.person(row.person_id))
        }
        assert {(row.appointment_id, row.resource, row.during.lower, row.during.upper) for row in holds} == kept
        reminded = await work.connection.scalar(text("SELECT count(DISTINCT appointment_id) FROM reminders"))
        assert reminded == len(rows)
        tasks = await work.connection.scalar(text("SELECT count(*) FROM calls WHERE reason = 'confirm'"))
        assert tasks == len(rows), "each visit is to be confirmed once"
