"""An adversary wants the address of a center that is not published; every way there is, and the one that is meant."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
import structlog
from sqlalchemy import select, text

from casework.actor import Actor, Channel, Role
from casework.ids import CenterId
from casework.kinship import Decide, KinshipState, Presented, SeenPapers, decide
from casework.numbers import ReportNumber
from storage.outbox import letters
from tests.journeys.booking import booked, kyiv, lawyer, ticks
from tests.visiting import Guest, House, with_code

STREET = "вул. Вигадана"
ADDRESS = f"{STREET}, 7, третій поверх"


@dataclass
class Scene:
    """Somebody with an invented report and a visit on Thursday at 11:00 in Kharkiv; on Telegram and on the page."""

    house: House
    guest: Guest
    page: Guest
    report: str
    number: str
    operator: Guest
    verifier: Guest
    log: list[Any]

    async def calls_back(self) -> None:
        await self.operator.says(f"/call {self.report}")
        await self.operator.presses("Поговорили")
        if self.operator.sees("домовилися, підтвердити?"):
            await self.operator.presses("Ні, ще ні")

    async def confirms(self) -> None:
        await self.operator.says(f"/confirm {self.number}")

    async def asks(self) -> None:
        """For the address, on both channels, in every way that the menu offers."""
        for where in (self.guest, self.page):
            await where.says(f"/address {self.number}")
            await where.says("/visits")
            for key in list(where.keys):
                if "адресу" in key.label:
                    await where.presses(key.label)


@pytest.fixture
async def scene(house: House) -> AsyncIterator[Scene]:
    async with house.database.work(house.clock()) as work:
        center = await work.centers.get(CenterId("kharkiv"))
        await work.centers.keep(replace(center, address=ADDRESS))
        await work.commit()
    with structlog.testing.capture_logs() as log:
        await lawyer(house)
        guest = house.guest()
        report = await guest.registers()
        number = await booked(guest, str(int(kyiv(26, 11).timestamp())))
        page = await also_on_the_page(guest)
        operator, verifier = await house.staff(Role.OPERATOR), await house.staff(Role.VERIFIER, name="Кравець Тарас")
        yield Scene(house, guest, page, report, number, operator, verifier, log)


async def also_on_the_page(guest: Guest) -> Guest:
    page = guest.house.guest(Channel.WEB)
    person = await guest.person()
    async with guest.house.database.work(guest.house.clock()) as work:
        hash = work.seals.vault.lookup(f"address/{Channel.WEB}", page.address)
        await work.people.join_address(person, Channel.WEB, str(person), hash)
        await work.commit()
    page.mailbox = str(person)
    return page


async def everything(scene: Scene) -> str:
    """All that was ever sent, on every channel; every file; every letter as it is kept; every line of the log."""
    said = [str(message) for box in scene.house.boxes.values() for sent in box.sent.values() for message in sent]
    files = [
        file.content.decode("utf-8", "replace")
        for box in scene.house.boxes.values()
        for sent in box.sent.values()
        for message in sent
        for file in message.enclosures
    ]
    async with scene.house.database.work(scene.house.clock()) as work:
        rows = (await work.connection.execute(select(letters.c.id, letters.c.screen))).all()
        kept = [str(await work.seals.unseal(letters.c.screen, row.id, row.screen)) for row in rows]
    assert len(kept) > 10
    return "\n".join([*said, *files, *kept, *map(str, scene.log)])


async def told_nothing(scene: Scene) -> None:
    await scene.asks()
    assert STREET not in await everything(scene)


async def test_nobody_has_confirmed(scene: Scene) -> None:
    """Not the day before after 18:00, not at the door."""
    for at in (kyiv(24, 11), kyiv(25, 17, 59), kyiv(25, 18), kyiv(26, 10, 59)):
        scene.house.clock.go_to(at)
        await ticks(scene.house)
        await told_nothing(scene)
    await scene.page.says(f"/address {scene.number}")
    assert scene.page.sees("Цей візит ще не підтвердив працівник центру")


async def test_staff_cannot_confirm_before_anybody_has_spoken_to_them(scene: Scene) -> None:
    await scene.confirms()
    assert scene.operator.sees("спершу зателефонуйте родині")
    scene.house.clock.go_to(kyiv(25, 18))
    await told_nothing(scene)


async def test_only_a_role_that_may_with_a_fresh_second_factor_on_the_page(scene: Scene) -> None:
    await scene.calls_back()
    house = scene.house
    for member in (
        await house.staff(Role.OPERATOR, "lviv"),
        await house.staff(Role.VERIFIER, name="Гончар Олег"),
        await house.staff(Role.ADMINISTRATOR, None),
        await house.staff(Role.AUDITOR, None),
        await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM),
    ):
        await member.says(f"/confirm {scene.number}")
        assert not member.sees("підтверджено.")
    assert member.sees("на сторінці, де видно все, що до нього потрібно: http://127.0.0.1:8080")
    scene.operator.code_at = None
    house.clock.pass_by(hours=13)
    await scene.operator.says(f"/confirm {scene.number}")
    assert scene.operator.hears("staff-factor-needed")
    house.clock.go_to(kyiv(25, 18))
    await told_nothing(scene)


async def test_before_18_00_on_the_day_before(scene: Scene) -> None:
    await scene.calls_back()
    await scene.confirms()
    assert scene.operator.sees("Родина побачить адресу з 18:00 напередодні (середа, 25 листопада 2026 року)")
    await scene.guest.reads_push()
    assert scene.guest.inbox[-1].text == (
        f"Ваш візит {scene.number} підтверджено. Адресу можна побачити"
        " з 18:00 напередодні (середа, 25 листопада 2026 року)."
    )
    scene.house.clock.go_to(kyiv(25, 17, 59))
    await told_nothing(scene)
    await scene.page.says(f"/address {scene.number}")
    assert scene.page.sees(
        "Адресу можна буде побачити з 18:00 напередодні (середа, 25 листопада 2026 року):"
        " «Мої записи», далі «Показати адресу»."
    )


async def test_on_a_messenger_never(scene: Scene) -> None:
    await scene.calls_back()
    await scene.confirms()
    scene.house.clock.go_to(kyiv(25, 18, 1))
    await ticks(scene.house)
    await scene.guest.says(f"/address {scene.number}")
    assert scene.guest.sees("Адресу показує лише вебсторінка. Відкрийте: http://127.0.0.1:8080/join#")
    assert STREET not in await everything(scene)


async def test_somebody_elses_number_is_like_none(scene: Scene) -> None:
    await scene.calls_back()
    await scene.confirms()
    scene.house.clock.go_to(kyiv(25, 18, 1))
    for channel in Channel.TELEGRAM, Channel.WEB:
        stranger = scene.house.guest(channel)
        await stranger.registers(own_name="Мельник Ніна")
        await stranger.says(f"/address {scene.number}")
        assert stranger.sees(f"Запису {scene.number} немає серед ваших")
        nobody = "4242-4242"
        await stranger.says(f"/address {nobody}")
        assert not stranger.sees(STREET)
    assert STREET not in await everything(scene)


async def test_after_the_visit_is_cancelled_moved_or_over(scene: Scene) -> None:
    await scene.calls_back()
    await scene.confirms()
    await scene.page.says(f"/move {scene.number} {int(kyiv(26, 15).timestamp())}")
    await scene.page.presses("Так, перенести")
    assert scene.page.sees("Перенесено")
    scene.house.clock.go_to(kyiv(25, 18, 1))
    await told_nothing(scene)
    house = scene.house
    fresh = await house.staff(Role.OPERATOR)
    await fresh.says(f"/confirm {scene.number}")
    assert fresh.sees("підтверджено")
    await scene.guest.says(f"/cancel {scene.number}")
    await scene.guest.presses("Так, скасувати")
    await told_nothing(scene)
    await fresh.says(f"/confirm {scene.number}")
    assert fresh.sees("цього вже не зробити")
    house.clock.go_to(kyiv(26, 16))
    await told_nothing(scene)


async def test_a_confirmed_visit_that_is_over_tells_nothing_more(scene: Scene) -> None:
    await scene.calls_back()
    await scene.confirms()
    scene.house.clock.go_to(kyiv(26, 11, 45))
    await told_nothing(scene)


@pytest.mark.parametrize("spoken", [True, False])
async def test_after_the_kinship_is_refused_or_revoked(scene: Scene, *, spoken: bool) -> None:
    """Also if a member of staff had spoken to the forger before: staff look at the visit anew."""
    if spoken:
        await scene.calls_back()
    else:
        await decided(scene, KinshipState.VERIFIED)
    await scene.confirms()
    assert scene.operator.sees("підтверджено")
    await decided(scene, KinshipState.REFUSED if spoken else KinshipState.REVOKED)
    scene.house.clock.go_to(kyiv(25, 18, 1))
    await told_nothing(scene)
    await scene.page.says(f"/address {scene.number}")
    assert scene.page.sees("Цей візит ще не підтвердив працівник центру")
    await scene.operator.says("/queue")
    assert scene.operator.sees("підтвердити візит: адресу не публікують")


async def decided(scene: Scene, state: KinshipState) -> None:
    """A verifier decides, by the rule itself."""
    papers = await scene.verifier.opens_papers(scene.report)
    async with scene.house.database.work(scene.house.clock()) as work:
        number = ReportNumber(scene.report.replace("-", ""))
        report = await work.reports.by_number(number)
        assert report is not None
        person = await scene.verifier.person()
        actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
        seen = SeenPapers(papers, Presented.SENT) if state is KinshipState.VERIFIED else None
        await decide(Decide(number, await work.kinships.state(report.id), state, seen=seen), actor, work)
        await work.commit()
    await scene.house.deliver()


async def test_a_letter_on_its_way_is_written_without_it_and_looks_again_when_it_is_sent(scene: Scene) -> None:
    """Confirmed, asked for, and called off between the question and the sending."""
    await scene.calls_back()
    await scene.confirms()
    scene.house.clock.go_to(kyiv(25, 18, 1))
    with undelivered(scene.house):
        await scene.page.says(f"/address {scene.number}")
        async with scene.house.database.work(scene.house.clock()) as work:
            appointment = await work.bookings.by_number(ReportNumber(scene.number.replace("-", "")))
            assert appointment is not None
            assert [one.id for one in await work.bookings.withdraw(appointment.person)] == [appointment.id]
            await work.commit()
    await scene.house.deliver()
    assert scene.page.sees("Харків: адресу скаже працівник центру телефоном")
    assert STREET not in await everything(scene)


@contextmanager
def undelivered(house: House) -> Iterator[None]:
    """No courier comes while the block lasts."""
    couriers = dict(house.couriers)
    house.couriers.clear()
    try:
        yield
    finally:
        house.couriers.update(couriers)


async def test_the_family_that_was_called_back_reads_it_on_the_page_and_it_lies_nowhere_else(scene: Scene) -> None:
    await scene.calls_back()
    await scene.confirms()
    scene.house.clock.go_to(kyiv(25, 18, 1))
    await ticks(scene.house)
    before = await everything(scene)
    await scene.page.says("/visits")
    await scene.page.presses("Показати адресу")
    assert scene.page.sees(f"Харків, {ADDRESS}")
    assert STREET not in before
    assert not any(STREET in message.text for message in scene.guest.inbox)
    async with scene.house.database.work(scene.house.clock()) as work:
        rows = (await work.connection.execute(select(letters.c.id, letters.c.screen))).all()
        for row in rows:
            assert STREET not in str(await work.seals.unseal(letters.c.screen, row.id, row.screen))
        clear = (await work.connection.execute(text("SELECT string_agg(c::text, '') FROM centers c"))).scalar_one()
        assert STREET not in clear
    assert STREET not in str(scene.log)
