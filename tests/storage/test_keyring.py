"""The keyring: secrets of their own, another root while the service runs, keys that outlive no erasure."""

import asyncio
import secrets as chance
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from casework.ids import PersonId
from dialogs.said import Text
from handlers.incoming import Incoming
from storage.database import Database, metadata
from storage.keyring import OUTLIVES, KeyOf, keys, ledger, prepare, roots
from storage.rekeying import keys_of, renew
from storage.rotating import move, rotate
from storage.schema import Holder
from storage.sealing import owned_keys
from storage.sweeping import sealed_columns, sweep
from storage.vault import SealBroken, Secret, Vault, derived, root_id
from tests.visiting import MORNING, House, open_house

LATER = MORNING + timedelta(days=1)
OLD, NEW = bytes(range(32)), bytes(range(1, 33))


class Operator:
    """Puts roots where a service looks for them."""

    def __init__(self, *roots: bytes) -> None:
        self.roots: Sequence[bytes] = roots
        self.asked = 0

    def __call__(self) -> Sequence[bytes]:
        self.asked += 1
        return self.roots


def quiet(done: int, of: int) -> None:
    assert 0 < done <= of


async def test_the_secrets_of_an_installation_keep_their_values(house: House) -> None:
    """Printed codes, signed buttons and hashes were made with what the root gave; a new service draws its secrets."""
    assert house.database.vault.secret(Secret.SIGN) != derived(OLD, "sign")
    async with house.database.keyring.engine.connect() as connection:
        await connection.execute(text("DELETE FROM keyring.secrets"))
    older = Database(house.database.url, OLD)
    async with older.work(MORNING):
        for secret in (Secret.LOOKUP, Secret.SIGN):
            assert older.vault.secret(secret) == derived(OLD, secret)
        assert older.vault.secret(Secret.BIND) != derived(OLD, "bind")
    await older.close()


async def test_two_processes_that_begin_at_once_have_the_same_secrets(database_url: str) -> None:
    several = [Database(database_url, OLD) for _ in range(4)]
    await asyncio.gather(*(each.keyring.load() for each in several))
    assert len({each.vault.lookup("what", "text") for each in several}) == 1
    for each in several:
        await each.close()


async def test_a_service_runs_on_while_the_root_changes(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    person = await mother.person()
    operator = Operator(OLD)
    serving = Database(house.database.url, operator)
    async with serving.work(MORNING) as work:
        signature = work.sign(person, "settings")
    operator.roots = (NEW, OLD)
    rotating = Database(house.database.url, Operator(NEW, OLD))
    await rotating.keyring.load()
    assert await rotate(rotating.keyring, root_id(NEW), quiet) > 2
    async with serving.work(MORNING) as work:
        assert (await work.people.get(person)).profile.name, "wrapped by a root that it had not seen"
        await work.people.add("uk")  # its current root is gone: refused by the keyring, and made with the new one
        await work.commit()
        assert work.signed(person, "settings", signature)
    async with serving.keyring.engine.connect() as connection:
        assert set(await connection.scalars(select(keys.c.root))) == {root_id(NEW)}
        assert list(await connection.scalars(select(roots.c.id))) == [root_id(NEW)]
    operator.roots = (NEW,)
    fresh = Database(house.database.url, operator)
    async with fresh.work(MORNING) as work:
        assert (await work.people.get(person)).profile.name
        assert work.signed(person, "settings", signature)
    stale = Database(house.database.url, OLD)
    with pytest.raises(SealBroken, match="ROOT_KEY_FILE"):
        await stale.keyring.load()
    for each in (serving, rotating, fresh, stale):
        await each.close()


async def test_an_interrupted_rotation_goes_on(house: House) -> None:
    for _ in range(3):
        await house.guest().opens()
    rotating = Database(house.database.url, Operator(NEW, OLD))
    await rotating.keyring.load()

    def ended(done: int, of: int) -> None:
        raise ConnectionError("the process ended here")

    with pytest.raises(ConnectionError):
        await rotate(rotating.keyring, root_id(NEW), ended)
    again = Database(house.database.url, Operator(NEW, OLD))
    await again.keyring.load()
    assert again.vault.current == root_id(NEW)
    await rotate(again.keyring, root_id(NEW), quiet)
    async with again.keyring.engine.connect() as connection:
        assert list(await connection.scalars(select(roots.c.id))) == [root_id(NEW)]
    await rotating.close()
    await again.close()


async def test_without_the_root_before_nothing_is_rotated(house: House) -> None:
    await house.guest().opens()
    rotating = Database(house.database.url, Operator(NEW, chance.token_bytes(32)))
    with pytest.raises(SealBroken, match=root_id(OLD)):
        await rotate(rotating.keyring, root_id(NEW), quiet)
    await rotating.close()


async def test_a_root_that_is_nowhere_is_asked_for_once_and_named(house: House) -> None:
    operator = Operator(OLD)
    serving = Database(house.database.url, operator)
    await serving.keyring.load()
    asked = operator.asked
    async with serving.work(MORNING) as work:
        for _ in range(20):
            with pytest.raises(SealBroken, match="0123456789abcdef"):
                await work.seals.keyring._unwrap("keys:1", "0123456789abcdef", b"")
    assert operator.asked <= asked + 2
    await serving.close()


async def test_a_key_is_there_before_what_it_seals_and_whatever_becomes_of_that(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        key = await work.seals.new_key(KeyOf.PERSON)
    async with house.database.keyring.engine.connect() as connection:
        assert await connection.scalar(select(keys.c.id).where(keys.c.id == key)) == key


async def test_an_erased_person_is_in_the_ledger_by_key_alone(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    async with house.database.work(house.clock()) as work:
        person = await mother.person()
        key = await work.seals.person_key(person)
        await work.erasing.erase(person)
        await work.commit()
        rows = (await work.connection.execute(select(ledger).where(ledger.c.key_id == key))).all()
        assert [(row.holder, row.at) for row in rows] == [("person", work.now)]
        assert await work.erasing.tell() == []
    assert house.database.vault.recall(key) is None


async def test_a_keyring_that_is_away_is_told_later(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    mother = house.guest()
    await mother.registers()
    person = await mother.person()
    keyring = house.database.keyring

    async def away(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    async with house.database.work(house.clock()) as work:
        key = await work.seals.person_key(person)
        await work.erasing.erase(person)
        with monkeypatch.context() as patch:
            patch.setattr(keyring, "erase", away)
            await work.commit()
    async with house.database.work(house.clock()) as work:
        assert await work.connection.scalar(select(keys.c.id).where(keys.c.id == key)) == key
        await work.tell_erased()
        assert await work.connection.scalar(select(keys.c.id).where(keys.c.id == key)) is None


async def test_the_keyring_can_be_a_database_of_its_own(database_url: str, empty_database_url: str) -> None:
    await prepare(empty_database_url)
    async with open_house(database_url, MORNING, keyring_url=empty_database_url) as house:
        mother = house.guest()
        await mother.registers()
        person = PersonId(await mother.person())
        async with house.database.work(house.clock()) as work:
            assert await work.connection.scalar(text("SELECT count(*) FROM keyring.keys")) == 0
        async with house.database.keyring.engine.connect() as connection:
            assert await connection.scalar(text("SELECT count(*) FROM keyring.keys")) >= 3
        house.database.vault.forget(await _key(house, person))

        async with house.database.work(house.clock()) as work:
            assert (await work.people.get(person)).profile.name


async def test_nobody_waits_for_a_lease_of_what_could_not_be_opened(database_url: str, empty_database_url: str) -> None:
    """The keyring is away for a moment, after the courier's claim: the next look serves the address."""
    await prepare(empty_database_url)
    async with open_house(database_url, MORNING, keyring_url=empty_database_url) as house:
        mother = house.guest()
        await mother.registers()
        await house.desk.receive(Incoming(mother.channel, mother.address, "1", house.clock(), Text("/menu"), "uk"))
        house.database.vault.forget(await _key(house, PersonId(await mother.person())))
        async with house.database.keyring.engine.connect() as connection:
            await connection.execute(text("ALTER SCHEMA keyring RENAME TO away"))
            await connection.commit()
            with pytest.raises(DBAPIError):
                await house.couriers[mother.channel].deliver_due()
            async with house.database.work(house.clock()) as work:
                assert await work.connection.scalar(text("SELECT count(*) FROM addresses WHERE lease IS NOT NULL")) == 0
            await connection.execute(text("ALTER SCHEMA away RENAME TO keyring"))
            await connection.commit()
        heard = len(mother.inbox)
        await house.deliver()
        assert len(mother.inbox) > heard


async def test_keys_move_to_a_database_of_their_own(house: House, empty_database_url: str) -> None:
    mother, gone = house.guest(), house.guest()
    await mother.registers()
    await gone.consents()
    person = await mother.person()
    async with house.database.work(house.clock()) as work:
        await work.erasing.erase(await gone.person())
        await work.commit()
    called = await house.database.keyring.name()
    done = await move(house.database.url, empty_database_url, quiet)
    assert await move(house.database.url, empty_database_url, quiet) == 0
    apart = Database(house.database.url, OLD, keyring_url=empty_database_url)
    async with apart.work(MORNING) as work:
        assert (await work.people.get(person)).profile.name
        assert await work.connection.scalar(text("SELECT count(*) FROM keyring.keys")) == 0
    async with apart.keyring.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM keyring.keys")) == done
        assert await connection.scalar(text("SELECT count(*) FROM keyring.ledger")) >= 1
    assert await apart.keyring.name() == called, "the data know their keyring by it"
    await house.database.keyring.name()  # another one begins where it was
    with pytest.raises(SealBroken, match="another keyring"):
        await move(house.database.url, empty_database_url, quiet)
    await apart.close()


async def _key(house: House, person: PersonId) -> int:
    async with house.database.work(house.clock()) as work:
        return await work.seals.person_key(person)


def test_a_vault_that_has_not_asked_the_keyring_says_so() -> None:
    with pytest.raises(LookupError, match="ask the keyring"):
        Vault(OLD).lookup("address/telegram", "1")


async def test_a_key_that_seals_nothing_is_swept_a_day_later(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says("/register")
    await mother.says("Мати")
    async with house.database.work(house.clock()) as work:
        undone = await work.seals.new_key(KeyOf.REPORT)
        before = set((await work.connection.scalars(select(keys.c.id))).all())
    async with house.database.work(house.clock()) as work:
        assert await sweep(work.connection, work.seals.keyring, work.now) == 0
        assert await sweep(work.connection, work.seals.keyring, work.now + timedelta(days=2)) >= 1
        left = set((await work.connection.scalars(select(keys.c.id))).all())
    assert undone not in left
    house.database.vault.forget(undone)
    for key in before:
        house.database.vault.forget(key)
    async with house.database.work(house.clock()) as work:
        entered = await work.people.enter(mother.channel, mother.address, "uk")
    assert entered.person.profile.name
    assert entered.talk.active.answers, "what is under way opens still"


async def _old_values(database: Database, old: Collection[int]) -> int:
    names = [key.to_bytes(8, "big") for key in old]
    found = 0
    async with database.engine.connect() as connection:
        for table in metadata.tables.values():
            for column in sealed_columns(table):
                query = select(func.count()).where(func.substring(column, 2, 8).in_(names))
                found += int(await connection.scalar(query) or 0)
    return found


async def _all_keys(database: Database) -> set[int]:
    async with database.keyring.engine.connect() as connection:
        return set(await connection.scalars(select(keys.c.id)))


async def test_every_holder_gets_another_data_key_while_the_service_runs(house: House) -> None:
    """What is written meanwhile too; a look-up or a signature is none of it; the old keys outlive the copies."""
    mother, father = house.guest(), house.guest()
    await mother.registers()
    await father.registers()
    await mother.says("/register")  # a draft with a key of its own
    person, database = await mother.person(), house.database
    async with database.work(MORNING) as work:
        signature, found = work.sign(person, "settings"), work.seals.vault.lookup("what", "text")
    old = await _all_keys(database)
    async with database.work(MORNING) as late:  # under way since before, and sealing under the old key
        await late.seals.person_key(person)
        renewing = asyncio.create_task(renew(database, None, LATER, quiet))
        while not await database.keyring.successors():  # noqa: ASYNC110  another task writes it
            await asyncio.sleep(0)
        profile = (await late.people.get(person)).profile
        await late.people.keep(replace(await late.people.get(person), profile=replace(profile, region="abroad")))
        await late.commit()
    done = await renewing
    assert done.keys == len(old)
    assert done.values > len(old)
    assert not done.broken
    assert await _old_values(database, old) == 0
    async with database.work(LATER) as work:
        assert (await work.people.get(person)).profile == replace(profile, region="abroad")
        assert work.signed(person, "settings", signature)
        assert work.seals.vault.lookup("what", "text") == found
        await sweep(work.connection, database.keyring, LATER + timedelta(days=2))
        assert old <= await _all_keys(database), "a copy of yesterday still opens"
        await sweep(work.connection, database.keyring, LATER + OUTLIVES + timedelta(days=2))
        assert not old & await _all_keys(database)


async def test_a_renewal_that_ended_goes_on_and_an_erasure_takes_every_key_of_the_holder(house: House) -> None:
    mother, father = house.guest(), house.guest()
    await mother.registers()
    await father.registers()
    person, database = await mother.person(), house.database
    old = await _all_keys(database)

    def ended(done: int, of: int) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await renew(database, None, LATER, ended)
    assert await _old_values(database, old) > 0
    await renew(database, None, LATER + timedelta(hours=1), quiet)
    assert await _old_values(database, old) == 0
    assert len(await _all_keys(database)) == 2 * len(old), "no key got two successors"
    async with database.work(LATER) as work:
        await work.erasing.erase(PersonId(person))
        await work.commit()
        await work.tell_erased()
    gone = old - await _all_keys(database)
    assert len(gone) >= 3, "of the person, the report and the case"
    assert gone <= set(await database.keyring.erased()), "a copy from before the renewal is replayed as well"


async def test_only_one_holder_gets_another_key(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    person, database = await mother.person(), house.database
    async with database.engine.connect() as connection:
        only = await keys_of(connection, f"person:{person}")
        for wrong in ("person:1", "nobody:1", "case:abc"):
            with pytest.raises(LookupError):
                await keys_of(connection, wrong)
    done = await renew(database, only, LATER, quiet)
    assert done.keys == len(only)
    assert await _old_values(database, only) == 0
    async with database.work(LATER) as work:
        assert (await work.people.get(PersonId(person))).profile.name


async def test_whoever_returned_can_come_to_own_the_key_of_their_case(house: House) -> None:
    """It is erased with them, in every renewal of it, and the case of the relatives goes on under a key of its own."""
    mother, returned = house.guest(), house.guest()
    await mother.registers()
    await returned.consents()
    database, owner = house.database, await returned.person()
    async with database.work(MORNING) as work:
        report = (await work.reports.of(await mother.person()))[0]
        key = await work.seals.key(Holder.CASE, report.case)
        await work.connection.execute(owned_keys.insert().values(key_id=key, person_id=owner))
        await work.commit()
    await renew(database, {key}, LATER, quiet)
    async with database.work(LATER) as work:
        again = await work.seals.key(Holder.CASE, report.case)
        assert again != key
        assert list(await work.connection.scalars(select(owned_keys.c.key_id))) == [again]
        await work.erasing.erase(owner)
        await work.commit()
        await work.tell_erased()
        assert not {key, again} & await _all_keys(database)
        assert await work.seals.key(Holder.CASE, report.case) in await _all_keys(database)
        assert (await work.reports.of(await mother.person()))[0].id == report.id


async def test_a_key_that_somebody_has_is_not_erased_with_another(house: House) -> None:
    """Whoever can write to the database names another's key as their own, and is erased: on no copy would the other
    open again."""
    mother, stranger = house.guest(), house.guest()
    for guest in (mother, stranger):
        await guest.registers()
    hers, theirs = await mother.person(), await stranger.person()
    async with house.database.work(MORNING) as work:
        [report] = await work.reports.of(hers)
        person_key, report_key = await work.seals.person_key(hers), await work.seals.key(Holder.REPORT, report.id)
    async with house.database.engine.begin() as connection:
        own = await connection.scalar(text("SELECT key_id FROM people WHERE id = :id"), {"id": theirs})
        change = text("UPDATE people SET key_id = :key WHERE id = :id")
        await connection.execute(change, {"key": own, "id": hers})  # hers shows only in what is sealed under it
        await connection.execute(change, {"key": person_key, "id": theirs})
        [other] = (
            await connection.execute(text("SELECT key_id FROM reports WHERE person_id = :id"), {"id": theirs})
        ).scalars()
        swap = text("UPDATE reports SET key_id = :key WHERE person_id = :id")
        await connection.execute(swap, {"key": report_key, "id": theirs})
        await connection.execute(swap, {"key": other, "id": hers})
        await connection.execute(owned_keys.insert().values(key_id=report_key, person_id=theirs))
        await connection.execute(text("INSERT INTO erased_keys (key_id, at) VALUES (:key, now())"), {"key": report_key})
    async with house.database.work(LATER) as work:
        await work.erasing.erase(theirs)
        await work.commit()
    async with house.database.keyring.engine.connect() as connection:
        gone = set(await connection.scalars(select(ledger.c.key_id)))
        kept = set(await connection.scalars(select(keys.c.id)))
    assert gone, "what was theirs alone is erased"
    assert {person_key, report_key} <= kept - gone
    told = {id for place, id in house.database.broken.untold if place == "erased_keys"}
    assert told == {person_key, report_key, own}, "and an administrator hears of each"
