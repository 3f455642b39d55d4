"""A sealed value opens in its place, under its key, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import MetaData, Table, select, text, update

from casework.ids import CallId, FileId, PersonId, ReportId, StaffId
from casework.people import Profile
from storage.cases import notes
from storage.database import Database, metadata
from storage.files import CHUNK
from storage.keyring import KeyOf, keys
from storage.people import UNREADABLE_PROFILE, people
from storage.schema import Holder, key, seal_of, sealed
from storage.sealing import key_of, padded, unpadded
from storage.staff import staff
from storage.vault import SealBroken, Secret, Vault
from tests.visiting import MORNING, House

ROOT = bytes(range(32))


async def _sealed_profile(house: House) -> tuple[int, bytes]:
    guest = house.guest()
    await guest.registers()
    person = await guest.person()
    async with house.database.work(house.clock()) as work:
        blob = await work.connection.scalar(text("SELECT profile FROM people WHERE id = :id"), {"id": person})
    return person, blob


async def test_a_changed_byte_does_not_open(house: House) -> None:
    person, blob = await _sealed_profile(house)
    async with house.database.work(house.clock()) as work:
        for place in range(9, len(blob)):
            flipped = blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]
            with pytest.raises(SealBroken):
                await work.seals.unseal(people.c.profile, person, flipped, sure=True)


async def test_a_value_moved_to_another_row_or_column_does_not_open(house: House) -> None:
    person, blob = await _sealed_profile(house)
    async with house.database.work(house.clock()) as work:
        assert (await work.seals.unseal(people.c.profile, person, blob)).name.full == "Петренко Марія"
        for column, row in ((people.c.active, person), (people.c.profile, person + 1)):
            with pytest.raises(SealBroken):
                await work.seals.unseal(column, row, blob, sure=True)


async def test_any_number_of_keys_and_rows_is_asked_for_at_once(house: House) -> None:
    """asyncpg takes 32,767 parameters in a query."""
    many = range(10**15, 10**15 + 40_000)
    blobs = (b"\x01" + id.to_bytes(8, "big") for id in many)
    async with house.database.work(house.clock()) as work:
        await work.seals.learn(blobs)
        assert await work.people.many([PersonId(id) for id in many]) == {}
        assert await work.inbox.of_tasks([CallId(id) for id in many]) == []
        assert await work.reports.numbers([ReportId(id) for id in many]) == {}
        assert await work.bookings.names([StaffId(id) for id in many]) == {}
        await work.files.drop([FileId(id) for id in many], PersonId(1))
        await work.files.give([FileId(id) for id in many], PersonId(1), PersonId(2))


async def test_another_root_key_opens_nothing(house: House) -> None:
    await _sealed_profile(house)
    stranger = Database(house.database.url, bytes(32))
    with pytest.raises(SealBroken, match="ROOT_KEY_FILE"):
        async with stranger.work(house.clock()):
            raise AssertionError("nothing may begin")
    await stranger.close()


NAMES = """
addresses.address calls.note centers.address chunks deferred.raw drafts.answers enrolments.totp files.drawing files.name
files.source inbox.words kinship_documents.words kinships.reason kinships.seen letters.screen notes.text people.active
people.profile quarantine.raw readings.code reports.account reports.claim staff.name staff.totp tellings.account
thread.body updates.reason updates.signed updates.statement
"""


def test_the_names_of_seals_are_for_ever() -> None:
    """What was sealed under a name opens under it only: none of these goes, and no two columns have one."""
    names = [seal_of(column).name for table in metadata.tables.values() for column in table.c if "seal" in column.info]
    assert len(set(names)) == len(names)
    assert set(NAMES.split()) <= set(names)


async def test_a_table_may_get_another_name(house: House) -> None:
    person, blob = await _sealed_profile(house)
    renamed = Table("relatives", MetaData(), key(), sealed("about", "people.profile", Holder.PERSON, Profile))
    async with house.database.work(house.clock()) as work:
        assert (await work.seals.unseal(renamed.c.about, person, blob)).name.full == "Петренко Марія"
        again = await work.seals.seal(renamed.c.about, person, Profile(), holder=person)
        assert key_of(again) == key_of(blob)


async def test_whose_key_seals_is_said(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        with pytest.raises(LookupError, match="say whose"):
            await work.seals.seal(notes.c.text, 1, "Петренко")
        with pytest.raises(LookupError, match="case 1 is gone"):
            await work.seals.seal(notes.c.text, 1, "Петренко", holder=1)


async def test_two_values_alike_are_not_sealed_alike(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        key = await work.seals.new_key(KeyOf.PERSON)
        first = await work.seals.seal(notes.c.text, 1, "Петренко", key=key)
        second = await work.seals.seal(notes.c.text, 1, "Петренко", key=key)
        assert first != second


async def test_nothing_personal_stands_in_clear_in_any_table(house: House) -> None:
    """Every column of every table, as text and as bytes, holds none of what a family has said."""
    mother = house.guest()
    number = await mother.registers("Гоголь-Яновський Микола Васильович", "Косяровська Марія", "Полтава")
    await mother.says(f"/details {number}")
    await mother.says("чоловік")
    await mother.says("так")
    await mother.says("Національна гвардія")
    await mother.says("Чайка-12 бригада")
    secrets = ("Гоголь", "Косяровськ", "671234567", "12.03.1990", "1990-03-12", mother.address, "Чайка-12")
    async with house.database.work(house.clock()) as work:
        tables = (
            await work.connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        ).all()
        for table in tables:
            rows = (await work.connection.execute(text(f'SELECT * FROM "{table}"'))).all()  # noqa: S608  our own names
            for row in rows:
                kept = " ".join(v.decode("latin-1") if isinstance(v, bytes) else str(v) for v in row)
                for secret in secrets:
                    assert secret not in kept, f"{secret} stands in {table}"
                    assert secret.encode().decode("latin-1") not in kept, f"{secret} stands in {table}"


@given(st.text(), st.text(), st.text())
def test_signatures_are_bound_to_their_purpose_and_text(what: str, text: str, other: str) -> None:
    vault = Vault(ROOT)
    vault.trust(dict.fromkeys(Secret, ROOT))
    assert vault.signed(what, text, vault.sign(what, text))
    assert vault.signed(what, other, vault.sign(what, text)) == (text == other)


def test_a_root_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="ROOT_KEY_FILE"):
        Vault(b"short")


async def test_an_erased_key_opens_nothing(house: House) -> None:
    person, blob = await _sealed_profile(house)
    async with house.database.work(house.clock()) as work:
        key = await work.seals.person_key(person)
        await work.connection.execute(update(people).values(key_id=await work.seals.new_key(KeyOf.PERSON)))
        await work.seals.keyring.erase([key], work.now)
        with pytest.raises(SealBroken, match="erased"):
            await work.seals.unseal(people.c.profile, person, blob, sure=True)
        assert (await work.people.get(PersonId(person))).profile == UNREADABLE_PROFILE


async def test_every_key_says_whose_it_is_and_since_when(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    async with house.database.work(house.clock()) as work:
        made = (await work.connection.execute(select(keys.c.holder, keys.c.made_at))).all()
        assert {KeyOf(row.holder) for row in made} >= {KeyOf.PERSON, KeyOf.REPORT, KeyOf.CASE}
        assert all(MORNING <= row.made_at <= work.now for row in made)


def test_a_length_tells_a_class_and_no_more() -> None:
    for length in (*range(600), 5_000, 70_000, CHUNK - 1, CHUNK):
        value = b"\x00\x80" * (length // 2) + b"\x00" * (length % 2)
        assert unpadded(padded(value)) == value
        assert len(padded(value)) <= max(length + 64, length * 1.25 + 2)
    assert len({len(padded(bytes(length))) for length in range(100_000)}) < 50
    assert {len(padded(b"x" * length)) for length in range(63)} == {64}
    assert len(padded(bytes(CHUNK))) == CHUNK + 1


async def test_what_was_sealed_before_there_were_classes_still_opens(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        person = await work.people.add("uk")
        key = await work.seals.person_key(person)
        cipher = await work.seals._cipher(key)
        former = b"\x01" + key.to_bytes(8, "big") + bytes(12)
        former += cipher.encrypt(bytes(12), b'"Olena"', f"staff.name:{person}".encode())
        assert await work.seals.unseal(staff.c.name, person, former) == "Olena"
        blob = await work.seals.seal(staff.c.name, person, "Olena", key=key)
        assert await work.seals.unseal(staff.c.name, person, blob) == "Olena"
        assert len(blob) == len(await work.seals.seal(staff.c.name, person, "Oleksandra Mykolaivna", key=key))


async def test_whatever_bit_of_a_value_is_another_it_is_broken_and_nothing_worse(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        person = await work.people.add("uk")
        blob = await work.seals.seal(staff.c.name, person, "Olena", holder=person)
        altered = [
            bytes([*blob[:at], blob[at] ^ flip, *blob[at + 1 :]]) for at in range(len(blob)) for flip in (1, 128)
        ]
        for other in (*altered, *(blob[:length] for length in range(len(blob)))):
            await work.seals.learn([other])
            with pytest.raises(SealBroken):
                await work.seals.unseal(staff.c.name, person, other, sure=True)
