"""The page as plain forms, in a browser without scripts; and what every answer carries."""

import re
from datetime import timedelta
from ipaddress import ip_network

import pytest
from sqlalchemy import text

from casework.actor import Actor
from casework.board import Row, Section, View
from casework.letters import say
from casework.work import Work
from handlers.rate_limits import Limits, Rate
from handlers.web.marking import marked_up, short_lines
from tests.handlers.web_site import Browser, served
from tests.visiting import House


async def begun(browser: Browser, language: str = "uk") -> None:
    await browser.opens("/")
    await browser.sends("/begin", language=language)


async def test_opening_the_page_begins_nothing(house: House) -> None:
    async with served(house) as site:
        browser = Browser(site)
        page = await browser.opens("/")
        assert not browser.cookies
        assert "Почати розмову" in page
        assert "Begin the conversation" in page
        assert '<html lang="uk">' in page
        english = Browser(site, **{"Accept-Language": "en-GB"})
        assert '<html lang="en">' in await english.opens("/")
        async with house.database.work(house.clock()) as work:
            assert await work.people.count() == 0


async def test_a_conversation_without_scripts(house: House) -> None:
    async with served(house) as site:
        browser = Browser(site)
        await begun(browser)
        await browser.presses("Погоджуюся")
        assert browser.sees("Повідомити про зниклу людину")
        assert not browser.sees("Погоджуюся</button>")  # buttons of earlier screens are gone
        await browser.sends("/say", text="Добрий день\r\nце я")
        assert browser.sees("Добрий день\nце я")
        before = browser.page
        await browser.sends("/say", text="   ")
        assert browser.page.count('class="message') == before.count('class="message')


@pytest.mark.parametrize("forged", ["так", "yes", "погоджуюся", "English", "/leave"])
async def test_a_link_that_joins_says_nothing_in_the_person_s_name(house: House, forged: str) -> None:
    """Anybody can write what stands behind the "#"; on a press it is read as a code, and never as a consent."""
    async with served(house) as site:
        browser = Browser(site)
        await browser.opens("/join")
        await browser.sends("/join", code=forged)
        assert not browser.sees("Повідомити про зниклу людину")
        async with house.database.work(house.clock()) as work:
            consents = await work.connection.execute(text("SELECT consent FROM people"))
            assert [row.consent for row in consents] == [None]


async def test_a_form_sent_twice_is_taken_once(house: House) -> None:
    async with served(house) as site:
        browser = Browser(site)
        await begun(browser)
        form = browser._hidden("/say")
        for _ in range(2):
            await browser.sends("/say", text="Є хтось?", **form)
        assert browser.page.count("Є хтось?</p>") == 1


async def test_what_was_too_long_is_given_back_to_be_shortened(house: House) -> None:
    async with served(house) as site:
        browser = Browser(site)
        await begun(browser)
        await browser.sends("/say", text="довго " * 1700)
        assert browser.status == 413
        assert browser.sees("до 10 000 знаків")
        assert browser.sees("довго " * 1699)


async def test_the_other_language_asks_the_same_again(house: House) -> None:
    async with served(house) as site:
        browser = Browser(site)
        await begun(browser)
        await browser.presses("Погоджуюся")
        await browser.sends("/language", language="en")
        assert browser.sees('<html lang="en">')
        assert browser.sees("Report a missing person")


async def test_leaving_this_device(house: House) -> None:
    async with served(house) as site:
        browser = Browser(site)
        await begun(browser)
        token = browser.cookies["session"]
        await browser.opens("/leave")
        assert browser.cookies["session"] == token  # asking is not leaving
        await browser.sends("/leave")
        assert "session" not in browser.cookies
        assert browser.sees("Ви вийшли")
        browser.cookies["session"] = token
        assert "Почати розмову" in await browser.opens("/")


async def test_the_panic_word_leaves_no_farewell(house: House) -> None:
    async with served(house) as site:
        browser = Browser(site)
        await begun(browser)
        await browser.presses("Погоджуюся")
        token = browser.cookies["session"]
        await browser.sends("/say", text="забудь мене")
        assert "session" not in browser.cookies
        assert browser.sees("Почати розмову")
        assert not browser.sees("Ви вийшли")
        browser.cookies["session"] = token
        assert "Повідомити про зниклу людину" not in await browser.opens("/")


async def test_who_declines_is_told_whom_to_call(house: House) -> None:
    async with served(house) as site:
        browser = Browser(site)
        await begun(browser)
        await browser.presses("Не зараз")
        assert browser.sees("0 800 300 529")
        assert not browser.cookies


async def test_forms_from_elsewhere_change_nothing(house: House) -> None:
    async with served(house) as site:
        browser = Browser(site)
        await begun(browser)
        for path in ("/say", "/language", "/leave", "/factor"):
            answer = await site.http.post(site.url + path, data={"text": "a"}, cookies=browser.cookies)
            assert answer.status in (403, 415), path
        foreign = Browser(site, **{"Sec-Fetch-Site": "cross-site"})
        await foreign.sends("/begin", language="uk")
        assert (foreign.status, foreign.cookies) == (403, {})
        assert await browser.opens("/")
        assert browser.sees('id="thread"')


async def test_every_answer_is_dressed(house: House) -> None:
    async with served(house) as site:
        for path in ("/", "/privacy", "/staff", "/invite", "/api/openapi.json", "/nowhere", "/health/live"):
            answer = await site.get(path)
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["X-Request-Id"]
            page = await answer.text()
            assert " style=" not in page
            assert " onclick=" not in page
        assert (await site.get("/nowhere")).status == 404
        assert (await site.get("/begin")).status == 405


async def test_static_files_are_kept_for_ever_under_their_hash(house: House) -> None:
    async with served(house) as site:
        page = await (await site.get("/")).text()
        path = page.partition('stylesheet" href="')[2].partition('"')[0]
        answer = await site.get(path)
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.content_type == "text/css"
        assert (await site.get(path.replace("/static/", "/static/0"))).status == 404


async def test_over_https_the_cookie_is_bound_to_the_host(house: House) -> None:
    async with served(house, public_url="https://zviazok.example") as site:
        answer = await site.http.post(site.url + "/begin", data={"language": "uk"}, allow_redirects=False)
        [(name, cookie)] = answer.cookies.items()
        assert name == "__Host-session"
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, True, "Lax", "/")
        assert not cookie["domain"]
        assert "max-age" in answer.headers["Strict-Transport-Security"]


async def test_only_a_trusted_proxy_is_believed(house: House) -> None:
    rate = Limits(sessions=Rate(1, timedelta(hours=1)))
    proxies = (ip_network("127.0.0.0/8"), ip_network("10.0.0.0/8"))
    for trusted, asked, expected in (
        ((), ["203.0.113.1", "203.0.113.2"], [200, 429]),
        (proxies, ["203.0.113.1", "203.0.113.2"], [200, 200]),
        (proxies, ["203.0.113.1", "198.51.100.1, 203.0.113.1, 10.0.0.7"], [200, 429]),
        (proxies, ["2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"], [200, 429, 200]),
        (proxies, ["nonsense", "nonsense"], [200, 429]),
    ):
        async with served(house, limits=rate, trusted_proxies=trusted) as site:
            got = [
                (await site.post("/api/session", {"language": "uk"}, **{"X-Forwarded-For": each})).status
                for each in asked
            ]
            assert got == expected, (trusted, asked)


async def board(actor: Actor, work: Work, view: View) -> list[Section]:
    waiting = Row(("1234-5676", "<b>Київ</b>"), ((say("web-chat-send"), "/menu"),))
    return [Section(say("web-board"), (waiting,)), Section(say("web-chat"))]


@pytest.mark.parametrize("path", ["/", "/board", "/board/fragment"])
async def test_the_board_shows_what_waits(house: House, path: str) -> None:
    from tests.handlers.test_web_staff import enrolled

    async with served(house, board=board) as site:
        member, _ = await enrolled(site)
        browser = Browser(site)
        browser.cookies["session"] = member.token
        page = await browser.opens(path)
        assert "1234-5676" in page
        assert "&lt;b&gt;Київ" in page
        assert 'name="text" value="/menu"' in page
        if path == "/board":
            await browser.sends("/say", text="/menu")
            assert browser.sees("/menu</p>")


async def test_telephone_numbers_can_be_pressed_and_nothing_else() -> None:
    def numbers(text: str) -> list[str]:
        return re.findall('href="tel:([^"]+)"', marked_up(text, "uk"))

    assert numbers("0 800 300 529, 0 800 21 21 51") == ["0800300529", "0800212151"]
    assert numbers("+38 044 287 81 65 або (067) 650 83 32") == ["+380442878165", "0676508332"]
    assert numbers("0671234567, 067 123-45-67, 380671234567, 0800300529, 0-800-300-529") == [
        "0671234567",
        "0671234567",
        "380671234567",
        "0800300529",
        "0800300529",
    ]
    assert numbers("Поліція, цілодобово: 102. Бюро: 16-48, а якщо нестерпно, 7333.") == ["102", "1648", "7333"]
    assert numbers("1042-7718, 24.11.2026, 10:00, 12345678901234567890, 1102, 102-3, 10.102, 102.5, 16-48-1") == []
    assert numbers("Наприклад: 067 123 45 67 або +48 600 100 200.") == [], "an example is no number to call"
    assert marked_up("<b>", "uk") == "&lt;b&gt;"


async def test_a_line_that_staff_have_changed_can_be_pressed() -> None:
    assert "tel:1555" in marked_up("Бюро: 15-55.", "uk", short_lines(["15-55", "0 800 300 529"]))
    assert short_lines(["15-55, 102", "0 800 300 529"]) == ("102", "15-55")


async def test_numbers_stay_whole_and_ukrainian_in_english_is_named() -> None:
    assert marked_up("№ 8898-6204.", "uk") == '№ <span class="whole">8898-6204</span>.'
    named = marked_up("Report 8898-6204 of Петренко Мар’яна-Софія, born 1990. Call 102.", "en")
    assert '<span lang="uk">Петренко Мар’яна-Софія</span>, born' in named
    assert "lang" not in marked_up("Петренко Іван", "uk")
    assert marked_up("102", "uk", pressed=False) == '<span class="whole">102</span>'


async def test_older_messages_tell_their_day(house: House) -> None:
    async with served(house) as site:
        browser = Browser(site)
        await begun(browser)
        assert not browser.sees("24 листопада 2026")
        house.clock.pass_by(days=1)
        await browser.opens("/")
        assert browser.sees("вівторок, 24 листопада 2026 року, 10:00")


async def test_marks_are_checkboxes_and_go_with_one_press(house: House) -> None:
    async with served(house) as site:
        browser = Browser(site)
        await begun(browser)
        await browser.presses("Погоджуюся")
        for answer in ("/register", "1", "Петренко Іван", "12.03.1990", "Петренко Марія", "067 123 45 67", "Харків"):
            await browser.sends("/say", text=answer)
        await browser.presses("Так, усе правильно")
        number = re.findall(r'class="number"[^>]*>(\d{4}-\d{4})<', browser.page)[-1]
        assert browser.sees(f'href="/cards/{number.replace("-", "")}"')
        await browser.sends("/say", text=f"/details {number}")
        for key in ("Ще", "Пропустити решту", "Змінити або доповнити", "Кому можна передати"):
            await browser.presses(key)
        boxes = re.findall(r'type="checkbox" name="ticked" value="([^"]+)"><span>([^<]+)<', browser.page)
        assert [label for _, label in boxes][:2] == ["Координаційний штаб", "Національне інформаційне бюро"]
        [icrc] = [id for id, label in boxes if label == "Червоний Хрест"]
        await browser.sends("/say", ticked=icrc, choice=re.findall(r'value="([^"]+\.~more)"', browser.page)[-1])
        assert browser.page.count("checked>") == 1  # other keys take no mark away
        [done] = re.findall(r'value="(\d+\.done)"', browser.page)
        boxes = re.findall(r'type="checkbox" name="ticked" value="([^"]+)"', browser.page)
        await browser.sends("/say", ticked=boxes[0], choice=done)
        assert browser.sees("Кому можна передати: Координаційний штаб</p>")
        assert browser.sees('<p class="words">Координаційний штаб</p>')  # what was said stands there by its name


async def test_the_page_is_compressed_and_its_token_is_masked(house: House) -> None:
    async with served(house) as site:
        browser = Browser(site)
        await begun(browser)
        assert browser.answer is not None
        first = browser._hidden("/say")["csrf"]
        await browser.opens("/")
        assert browser.answer.headers["Content-Encoding"] == "gzip"
        second = browser._hidden("/say")["csrf"]
        assert first != second
        for token, taken in (
            (first, True),
            (second, True),
            (first[:-8] + second[-8:], False),
            ("ґ", False),
            ("", False),
        ):
            answer = await site.http.post(
                site.url + "/say",
                data={"text": "Є хтось?", "csrf": token},
                cookies=browser.cookies,
                allow_redirects=False,
            )
            assert answer.status == (303 if taken else 403), token
        assert "Content-Encoding" not in (await site.get("/api/openapi.json")).headers
