"""From an invitation to a role, and what a stolen one is worth."""

from datetime import timedelta

import pyotp
import pytest

from bot.app import invitation
from casework import rulebook
from casework.actor import Channel, Role
from casework.ids import CenterId
from casework.numbers import ReportNumber
from casework.sessions import Session
from tests.handlers.web_site import Browser, Site, Visitor, served
from tests.visiting import House


async def invited(house: House, *, reset: bool = False) -> str:
    code = await invitation(house.database, clock=house.clock, reset=reset)
    assert code is not None
    return code


async def opened(site: Site, code: str) -> Visitor:
    answer = await site.post("/api/session", {"invite": code})
    assert answer.status == 200, await answer.text()
    body = await answer.json()
    assert body["stage"] == "invited"
    return Visitor(site, body["token"])


def code_of(secret: str, house: House) -> str:
    return pyotp.TOTP(secret).at(house.clock.at)


async def enrolled(site: Site, code: str | None = None) -> tuple[Visitor, str]:
    """An administrator with a role, or whose invitation it is; and the secret."""
    newcomer = await opened(site, code or await invited(site.house))
    secret = (await (await newcomer.post("/api/session/factor", {})).json())["secret"]
    answer = await newcomer.post("/api/session/factor", {"totp": code_of(secret, site.house)})
    assert answer.status == 200, await answer.text()
    return Visitor(site, (await answer.json())["token"]), secret


async def an_operator(site: Site) -> tuple[Visitor, str]:
    async with site.house.database.work(site.house.clock()) as work:
        person = await work.people.add("uk")
        member = await work.staff.add(person, Role.OPERATOR, center=CenterId("kharkiv"), name="Коваль Олена")
        code = await work.staff.invite(member)
        await work.commit()
    return await enrolled(site, code)


async def refused(visitor: Visitor, totp: str) -> str:
    answer = await visitor.post("/api/session/factor", {"totp": totp})
    code: str = (await answer.json())["error"]["code"]
    assert answer.status in (403, 409, 429)
    return code


async def test_an_invitation_a_factor_a_role(house: House) -> None:
    async with served(house) as site:
        member, _ = await enrolled(site)
        [menu] = await member.news()
        assert menu["buttons"]
        async with house.database.work(house.clock()) as work:
            session = await work.sessions.find(member.token)
        assert isinstance(session, Session)
        assert session.staff is not None
        assert session.staff.role is Role.ADMINISTRATOR
        assert session.staff.factor_at is not None


async def test_an_invitation_works_once_and_for_fifteen_minutes(house: House) -> None:
    async with served(house) as site:
        code = await invited(house)
        await opened(site, code)
        assert (await site.post("/api/session", {"invite": code})).status == 403
        late = await invited(house)
        house.clock.pass_by(minutes=15, seconds=1)
        assert (await site.post("/api/session", {"invite": late})).status == 403
        first = await invited(house)
        await invited(house)
        assert (await site.post("/api/session", {"invite": first})).status == 403


async def test_an_invited_browser_may_only_enrol(house: House) -> None:
    async with served(house) as site:
        newcomer = await opened(site, await invited(house))
        for path in ("/api/messages", "/api/events", "/api/files/1"):
            assert (await newcomer.get(path)).status == 403
        assert (await newcomer.post("/api/messages", {"text": "/queue"})).status == 403
        assert await refused(newcomer, "123456") == "factor-none"
        assert (await newcomer.post("/api/session/factor", {})).status == 200
        again = await newcomer.post("/api/session/factor", {})
        assert (again.status, (await again.json())["error"]["code"]) == (409, "secret-shown")
        house.clock.pass_by(minutes=16)
        assert (await newcomer.post("/api/session/factor", {})).status == 401


async def test_the_token_changes_with_the_role(house: House) -> None:
    async with served(house) as site:
        newcomer = await opened(site, await invited(house))
        secret = (await (await newcomer.post("/api/session/factor", {})).json())["secret"]
        answer = await newcomer.post("/api/session/factor", {"totp": code_of(secret, house)})
        token = (await answer.json())["token"]
        assert token != newcomer.token
        assert (await newcomer.get("/api/messages")).status == 401


async def test_a_stolen_invitation_gives_no_role_to_who_has_no_second_factor(house: House) -> None:
    async with served(house) as site:
        member, secret = await enrolled(site)
        thief = await opened(site, await invited(house))
        answer = await thief.post("/api/session/factor", {})
        assert (answer.status, (await answer.json())["error"]["code"]) == (409, "factor-known")
        assert await refused(thief, "000000") == "factor-wrong"
        house.clock.pass_by(minutes=1)
        owner = await thief.post("/api/session/factor", {"totp": code_of(secret, house)})
        assert owner.status == 200
        assert (await member.get("/api/messages")).status == 200


async def test_a_reset_enrols_anew_and_ends_the_sessions_of_before(house: House) -> None:
    async with served(house) as site:
        member, old = await enrolled(site)
        newcomer = await opened(site, await invited(house, reset=True))
        secret = (await (await newcomer.post("/api/session/factor", {})).json())["secret"]
        house.clock.pass_by(minutes=1)
        assert await refused(newcomer, code_of(old, house)) == "factor-wrong"
        assert (await member.get("/api/messages")).status == 200
        assert (await newcomer.post("/api/session/factor", {"totp": code_of(secret, house)})).status == 200
        assert (await member.get("/api/messages")).status == 401


async def test_a_code_works_once_and_within_a_step_of_its_time(house: House) -> None:
    async with served(house) as site:
        member, secret = await enrolled(site)
        code = code_of(secret, house)
        assert await refused(member, code) == "factor-wrong"
        house.clock.pass_by(seconds=30)
        earlier = code_of(secret, house)
        house.clock.pass_by(seconds=30)
        assert (await member.post("/api/session/factor", {"totp": f" {earlier[:3]} {earlier[3:]} "})).status == 200
        assert await refused(member, earlier) == "factor-wrong"
        house.clock.pass_by(minutes=5)
        stale = pyotp.TOTP(secret).at(house.clock.at - timedelta(minutes=2))
        assert await refused(member, stale) == "factor-wrong"


async def test_five_wrong_codes_close_the_door_for_a_quarter_of_an_hour(house: House) -> None:
    async with served(house) as site:
        member, secret = await enrolled(site)
        house.clock.pass_by(minutes=1)
        for _ in range(5):
            assert await refused(member, "000000") == "factor-wrong"
        answer = await member.post("/api/session/factor", {"totp": code_of(secret, house)})
        error = (await answer.json())["error"]
        assert (answer.status, error["code"]) == (429, "factor-too-often")
        assert "15 хвилин" in error["message"]
        assert int(answer.headers["Retry-After"]) <= 900
        house.clock.pass_by(minutes=15)
        assert (await member.post("/api/session/factor", {"totp": code_of(secret, house)})).status == 200


async def test_the_factor_lasts_twelve_hours_and_is_renewed(house: House) -> None:
    async with served(house) as site:
        member, secret = await enrolled(site)
        browser = Browser(site)
        browser.cookies["session"] = member.token
        assert "Шість цифр" not in await browser.opens("/")
        house.clock.pass_by(hours=13)
        assert "Шість цифр" in await browser.opens("/")
        await browser.sends("/factor", totp="000000")
        assert browser.status == 403
        assert browser.sees("Цей код не підходить")
        assert "Шість цифр" not in await browser.sends("/factor", totp=code_of(secret, house))


async def test_enrolling_on_the_page_without_scripts(house: House) -> None:
    async with served(house) as site:
        code = await invited(house)
        browser = Browser(site)
        for _ in range(2):
            await browser.opens("/invite")  # a link preview opens it too, and uses nothing up
        await browser.sends("/invite", code=f"https://example.test/invite#{code}")
        assert browser.sees("Показати ключ")
        await browser.sends("/enrol")
        assert browser.sees("<svg")
        secret = browser.page.partition('translate="no">')[2].partition("<")[0].replace(" ", "")
        await browser.sends("/factor", totp="000000", name="Ткач Наталія")
        assert browser.sees("Цей код не підходить")
        assert browser.sees("Ткач Наталія"), "what was typed stays"
        await browser.sends("/factor", totp=code_of(secret, house), name="7")
        assert browser.sees("Напишіть прізвище та ім’я")
        await browser.sends("/factor", totp=code_of(secret, house), name="ткач наталія")
        assert browser.status == 200
        assert browser.sees('id="thread"')
        async with house.database.work(house.clock()) as work:
            assert [one.name for one in await work.staff.all()] == ["Ткач Наталія"]
        assert browser.sees('id="board"')
        await browser.opens("/board")
        assert browser.status == 200
        stranger = Browser(site)
        await stranger.sends("/invite", code=code)
        assert (stranger.status, "використано" in stranger.page) == (403, True)


async def test_a_member_who_left_the_staff_has_no_session(house: House) -> None:
    async with served(house) as site:
        member, _ = await enrolled(site)
        async with house.database.work(house.clock()) as work:
            from sqlalchemy import update

            from storage.staff import staff

            await work.connection.execute(update(staff).values(active=False))
            await work.commit()
        assert (await member.get("/api/messages")).status == 401


@pytest.mark.parametrize("path", ["/board", "/board/fragment", "/day"])
async def test_the_board_is_for_staff_only(house: House, path: str) -> None:
    async with served(house) as site:
        mother = await site.begins()
        assert (await mother.get(path)).status == 403
        assert (await site.get(path)).status == 303


async def test_the_day_s_sheet_is_for_those_who_see_families(house: House) -> None:
    async with served(house) as site:
        administrator, _ = await enrolled(site)
        assert (await administrator.get("/board")).status == 200
        assert (await administrator.get("/day")).status == 403


async def test_a_code_given_in_one_browser_opens_nothing_in_another(house: House) -> None:
    """A browser of last week, left open somewhere: the member's code of today, given elsewhere, is none of its."""
    mother = house.guest()
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    old = await house.another(operator, Channel.WEB)
    async with served(house, board=rulebook.board) as site:
        here, there = Browser(site), Browser(site)
        here.cookies["session"], there.cookies["session"] = operator.address, old.address
        assert "Петренко Марія" in await Visitor(site, operator.address).says(f"/case {number}")
        for path in ("/", "/board"):
            assert "Петренко Марія" in await here.opens(path)
        for path in ("/", "/board", "/board/fragment", "/day", "/audit"):
            await there.opens(path)
            assert not there.sees("Петренко"), path
            assert there.sees("Шість цифр") or there.status == 403, path
        for path, body in (("/api/messages", {"text": f"/case {number}"}), ("/api/messages", {"choice": "3.call"})):
            answer = await Visitor(site, old.address).post(path, body)
            assert (answer.status, (await answer.json())["error"]["code"]) == (403, "factor-first")


async def test_what_was_said_goes_on_after_the_code(house: House) -> None:
    """In the middle of a talk, with words typed: the code is asked for, and the words are taken once it is given."""
    mother = house.guest()
    number = await mother.registers()
    async with served(house) as site:
        member, secret = await an_operator(site)
        browser = Browser(site)
        browser.cookies["session"] = member.token
        await browser.opens("/")
        await browser.sends("/say", text=f"/note {number}")
        house.clock.pass_by(hours=12)
        await browser.sends("/say", text="Просять писати на пошту")
        assert browser.status == 403
        assert browser.sees("Шість цифр")
        await browser.sends("/factor", totp="000000")
        assert browser.sees("Цей код не підходить")
        await browser.sends("/factor", totp=code_of(secret, house))
        assert browser.status == 200
        async with house.database.work(house.clock()) as work:
            report = await work.reports.by_number(ReportNumber(number.replace("-", "")))
            assert report is not None
            notes = await work.cases.notes(report.case)
            assert [one.text for one in notes] == ["Просять писати на пошту"]


async def test_a_page_that_was_asked_for_comes_after_the_code(house: House) -> None:
    async with served(house) as site:
        member, secret = await an_operator(site)
        browser = Browser(site)
        browser.cookies["session"] = member.token
        house.clock.pass_by(hours=12)
        await browser.opens("/day?on=2026-11-25")
        assert browser.sees("Шість цифр")
        await browser.sends("/factor", totp=code_of(secret, house))
        assert browser.sees("25 листопада")
        house.clock.pass_by(hours=12)
        for elsewhere in ("//evil.example/day", "https://evil.example/day", "/%09/evil.example/day", "/leave"):
            house.clock.pass_by(minutes=1)
            await browser.opens(f"/staff?to={elsewhere}")
            form = {**browser._hidden("/factor"), "totp": code_of(secret, house)}
            path = f"{site.url}/factor"
            answer = await site.http.post(path, data=form, cookies=browser.cookies, allow_redirects=False)
            assert (answer.status, answer.headers["Location"]) == (303, "/"), elsewhere


async def test_a_member_without_a_name_proposes_under_their_number(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        member = await work.staff.add(await work.people.add("uk"), Role.ADMINISTRATOR)
        assert await work.staff.name(member) == str(member)
        await work.staff.name_as(member, "Ткач Наталія")
        assert await work.staff.name(member) == "Ткач Наталія"
