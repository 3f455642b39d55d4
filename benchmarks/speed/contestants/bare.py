"""Four bare statements by asyncpg, in one transaction: note the message, lock the person, keep the state, a letter.

What a turn cannot do without, and nothing else: no rules, no sealing, no words."""

import json
from typing import Any

import asyncpg

from benchmarks.speed.contestants.survey import QUESTIONS, answer


class Bare:
    async def open(self, wanted: dict[str, Any]) -> None:
        self.pool = await asyncpg.create_pool(wanted["dsn"], min_size=wanted["chats"], max_size=wanted["chats"])
        if wanted["me"] == 0:
            await self.pool.execute(
                "CREATE TABLE IF NOT EXISTS bare_arrivals (message text PRIMARY KEY, at timestamptz NOT NULL);"
                "CREATE TABLE IF NOT EXISTS bare_people (id bigint PRIMARY KEY, state text NOT NULL);"
                "CREATE TABLE IF NOT EXISTS bare_letters (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                " person_id bigint NOT NULL REFERENCES bare_people, state text NOT NULL, screen text NOT NULL);"
                "CREATE INDEX IF NOT EXISTS bare_waiting ON bare_letters (person_id, id) WHERE state = 'waiting'"
            )
            await self.pool.executemany(
                "INSERT INTO bare_people VALUES ($1, '{}') ON CONFLICT DO NOTHING",
                [(chat,) for chat in range(wanted["chats"])],
            )

    async def prepare(self, many: int) -> None:
        pass

    async def take(self, chat: int, step: int) -> None:
        async with self.pool.acquire() as connection, connection.transaction():
            await connection.execute("INSERT INTO bare_arrivals VALUES ($1, now())", f"{chat}-{step}")
            state = json.loads(
                await connection.fetchval("SELECT state FROM bare_people WHERE id = $1 FOR UPDATE", chat)
            )
            state[f"speed-{step % QUESTIONS + 1}"] = answer(chat, step)
            await connection.execute("UPDATE bare_people SET state = $2 WHERE id = $1", chat, json.dumps(state))
            await connection.execute(
                "INSERT INTO bare_letters (person_id, state, screen) VALUES ($1, 'waiting', $2)", chat, f"and {step}?"
            )

    async def check(self, chats: int, steps: int) -> list[str]:
        found = []
        for table in ("bare_arrivals", "bare_letters"):
            kept = await self.pool.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608  our own names
            if kept != chats * steps:
                found.append(f"{table}: {kept} rows, not {chats * steps}")
        for chat in range(chats):
            state = json.loads(await self.pool.fetchval("SELECT state FROM bare_people WHERE id = $1", chat))
            if state.get(f"speed-{(steps - 1) % QUESTIONS + 1}") != answer(chat, steps - 1):
                found.append(f"chat {chat}: the last answer is not there")
        return found

    async def close(self) -> None:
        await self.pool.close()


CONTESTANT = Bare
