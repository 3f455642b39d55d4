"""The public HTTP interface, spoken to over HTTP."""

import asyncio
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from casework.actor import Channel
from casework.ids import PersonId
from casework.letters import Say
from casework.work import Unavailable
from demo.patience import PATIENCE
from handlers.rate_limits import Limits, Rate
from handlers.web.rooms import Rooms
from tests.handlers.web_site import Site, Visitor, served
from tests.journeys.test_linking import shows_code
from tests.visiting import WORDS, House


async def test_a_session_is_greeted_and_answers_stand_in_the_thread_at_once(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        [greeting] = await mother.news()
        assert greeting["from"] == "service"
        seen = {"number", "from", "at", "text", "buttons", "attachments", "wants"}
        assert set(greeting) == seen | {"pressed", "question", "holds", "compares", "replaces"}
        assert "Погоджуюся" in [button["label"] for button in greeting["buttons"]]
        answer = await mother.post("/api/messages", {"choice": greeting["buttons"][0]["id"]})
        assert answer.status == 202
        mine, reply = await mother.news()
        assert (mine["number"], mine["from"], mine["text"]) == ((await answer.json())["number"], "you", "Погоджуюся")
        assert reply["from"] == "service"


async def test_the_language_is_the_one_asked_for_or_the_browsers(house: House) -> None:
    async with served(house) as site:
        english = await site.begins("en-GB")
        assert "I agree" in [button["label"] for message in await english.news() for button in message["buttons"]]
        answer = await site.post("/api/session", {}, **{"Accept-Language": "ru-RU,ru;q=0.9"})
        assert (await answer.json())["language"] == "uk"


async def test_a_push_s_button_is_pressed_too(house: House) -> None:
    """Its id holds a command, with spaces."""
    async with served(house) as site:
        mother, another = await site.begins(), await site.begins()
        await mother.consents()
        await mother.says("/link")
        code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", await mother.presses("Показати код"))
        assert code is not None
        await another.says(f"/link {code[0]}")
        await mother.hears()
        assert "З’єднано" in await mother.presses("Так, це я")


async def test_a_repeat_is_taken_once_and_answered_with_the_same_number(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        await mother.consents()
        said = {"text": "Добрий день", "id": "a-1"}
        answers = await asyncio.gather(*(mother.post("/api/messages", said) for _ in range(5)))
        numbers = {(await answer.json())["number"] for answer in answers}
        assert len(numbers) == 1
        assert [message["text"] for message in await mother.news()].count("Добрий день") == 1
        other = await site.begins()
        again = await other.post("/api/messages", said)  # the same id in another browser is another message
        assert again.status == 202
        assert "Добрий день" in await other.hears()


async def test_a_long_poll_ends_when_something_comes(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        await mother.news()
        waiting = asyncio.create_task(mother.get(f"/api/messages?after={mother.after}&wait=20"))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        await mother.post("/api/messages", {"text": "Є хтось?"})
        found = (await (await asyncio.wait_for(waiting, PATIENCE)).json())["messages"]
        assert found[0]["text"] == "Є хтось?"
        assert (await mother.get("/api/messages?after=999999&wait=0")).status == 200


async def test_events_come_as_they_happen_and_go_on_where_the_line_broke(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        stream = await mother.get("/api/events?after=0")
        assert stream.content_type == "text/event-stream"
        assert stream.headers["Content-Security-Policy"].startswith("default-src 'none'")
        first = await event(stream)
        await mother.post("/api/messages", {"text": "Добрий день"})
        second = await event(stream)
        assert (first["data"]["from"], second["data"]["text"]) == ("service", "Добрий день")
        assert second["id"] == str(second["data"]["number"])
        stream.close()
        again = await site.get("/api/events?after=0", **mother.headers, **{"Last-Event-ID": str(int(second["id"]) - 1)})
        assert (await event(again))["id"] == second["id"]
        again.close()


async def test_a_page_that_waits_looks_anew_once_commits_are_heard_of_again() -> None:
    rooms = Rooms(streams=1)
    with rooms.waiting(PersonId(1)) as one, rooms.waiting(PersonId(2)) as other:
        rooms.wake("thread:1")
        assert (one.is_set(), other.is_set()) == (True, False)
        rooms.wake("listening")
        assert other.is_set()


async def event(stream: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while True:
        line = (await asyncio.wait_for(stream.content.readline(), PATIENCE)).decode().rstrip("\n")
        if not line and "data" in found:
            return {**found, "data": json.loads(found["data"])}
        name, colon, value = line.partition(": ")
        if colon and name:
            found[name] = value


async def test_a_stream_ends_with_its_session(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        stream = await mother.get("/api/events?after=0")
        await event(stream)
        other = Visitor(site, mother.token)
        await other.post("/api/messages", {"text": "Є хтось?"})
        assert (await site.http.delete(site.url + "/api/session", headers=mother.headers)).status == 204
        assert (await mother.get("/api/messages")).status == 401
        stream.close()


BAD: list[tuple[str, Any, int, str]] = [
    ("/api/messages", {"text": ""}, 422, "not-valid"),
    ("/api/messages", {"text": "  \n "}, 422, "empty"),
    ("/api/messages", {"text": "я" * 10_001}, 422, "too-long"),
    ("/api/messages", {"text": "я" * 50_000}, 413, "too-long"),
    ("/api/messages", {"text": "a", "extra": 1}, 422, "not-valid"),
    ("/api/messages", {"text": "a", "choice": "b"}, 422, "not-valid"),
    ("/api/messages", {"text": 7}, 422, "not-valid"),
    ("/api/messages", {"choice": "ї" * 10}, 422, "not-valid"),
    ("/api/messages", {"location": {"latitude": 91, "longitude": 0}}, 422, "not-valid"),
    ("/api/messages", {"text": "a", "id": "a" * 65}, 422, "not-valid"),
    ("/api/messages", [], 422, "not-valid"),
    ("/api/session", {"language": "uk", "invite": "x"}, 422, "not-valid"),
    ("/api/session", {"language": "<script>"}, 422, "not-valid"),
    ("/api/session", {"invite": "never made"}, 403, "invite-over"),
    ("/api/session/factor", {"totp": "12345"}, 422, "not-valid"),
    ("/api/session/factor", {"totp": "123456"}, 403, "not-staff"),
    ("/api/session/factor", {}, 409, "factor-known"),
]


@pytest.mark.parametrize(("path", "body", "status", "code"), BAD)
async def test_what_is_not_as_described_is_refused(house: House, path: str, body: Any, status: int, code: str) -> None:
    async with served(house) as site:
        mother = await site.begins()
        answer = await mother.post(path, body)
        error = (await answer.json())["error"]
        assert (answer.status, error["code"]) == (status, code)
        assert error["message"]


async def test_ten_thousand_characters_are_taken(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        await mother.consents()
        assert "ї" * 10_000 in await mother.says("ї" * 10_000)


async def test_broken_bodies_are_named(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        url, json_type = site.url + "/api/messages", {"Content-Type": "application/json"}
        for body, headers, status in (
            (b"{", json_type, 400),
            (b"\xff\xfe", json_type, 400),
            (b'{"text": "\\ud800"}', json_type, 400),
            (b"text=a", {"Content-Type": "text/plain"}, 415),
        ):
            answer = await site.http.post(url, data=body, headers={**mother.headers, **headers})
            assert answer.status == status, body
        answer = await site.http.post(
            site.url + "/api/files", data=b"none", headers={**mother.headers, "Content-Type": "multipart/form-data"}
        )
        assert answer.status == 400
        for query in ("after=-1", "after=x", "wait=31", "after=9999999999"):
            assert (await mother.get(f"/api/messages?{query}")).status == 422
        assert (await mother.get("/api/nothing")).status == 404


async def test_without_a_session_nothing_is_said_or_read(house: House) -> None:
    async with served(house) as site:
        for token in ("", "x", "ї", "a" * 200):
            headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
            answer = await site.get("/api/messages", **headers)
            assert answer.status == 401
            assert "conversation" in (await answer.json())["error"]["message"]
            assert (await site.post("/api/messages", {"text": "a"}, **headers)).status == 401


async def test_while_the_database_is_away_nothing_is_accepted(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        begin, away = site.deps.begin, True

        def failing(now: Any) -> Any:
            if away:
                raise Unavailable
            return begin(now)

        object.__setattr__(site.deps, "begin", failing)
        answer = await mother.post("/api/messages", {"text": "a", "id": "1"})
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert (await site.get("/health/ready")).status == 503
        assert (await site.get("/health/live")).status == 200
        away = False
        assert (await mother.post("/api/messages", {"text": "a", "id": "1"})).status == 202
        assert (await site.get("/health/ready")).status == 200


async def test_haste_is_slowed_kindly(house: House) -> None:
    limits = Limits(messages=Rate(3, timedelta(minutes=1)), sessions=Rate(2, timedelta(hours=1)))
    async with served(house, limits=limits) as site:
        mother = await site.begins()
        answers = [await mother.post("/api/messages", {"text": str(number)}) for number in range(4)]
        assert [answer.status for answer in answers] == [202, 202, 202, 429]
        assert 1 <= int(answers[-1].headers["Retry-After"]) <= 20
        assert "Зачекайте" in (await answers[-1].json())["error"]["message"]
        house.clock.pass_by(seconds=25)
        assert (await mother.post("/api/messages", {"text": "a"})).status == 202
        await site.begins()
        refused = await site.post("/api/session", {"language": "uk"})
        assert (refused.status, (await refused.json())["error"]["code"]) == (429, "too-many-sessions")


async def test_a_session_ends_after_thirty_days_unused(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        for _ in range(3):
            house.clock.pass_by(days=29)
            assert (await mother.get("/api/messages")).status == 200
        house.clock.pass_by(days=30, hours=1)
        assert (await mother.get("/api/messages")).status == 401
        async with house.database.work(house.clock()) as work:
            await work.sessions.forget_ended()
            await work.commit()
            assert await work.people.count() == 0


async def test_a_browser_that_is_joined_goes_on_as_the_other_person(house: House) -> None:
    del house.couriers[Channel.WEB]  # the site has one
    async with served(house) as site:
        mother, page = house.guest(), await site.begins()
        await mother.registers()
        await page.says(await shows_code(mother))
        await house.deliver()
        stream = await page.get(f"/api/events?after={page.after}")
        await mother.presses("Так, це я")
        assert b"event: message" not in await asyncio.wait_for(stream.content.read(), PATIENCE), (
            "it was another person's"
        )
        heard = ""
        for _ in range(5):
            heard += "\n".join(message["text"] for message in await page.news(wait=2))
            if WORDS.say("uk", Say("registered")) in heard:
                break
        assert WORDS.say("uk", Say("link-welcome")) in heard
        assert WORDS.say("uk", Say("registered")) in heard, "the question under way"


async def test_leaving_by_a_word_in_the_chat_ends_the_session(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        await mother.consents()
        await mother.says("/leave")
        key = next(button for button in mother.buttons if button["label"].startswith("Так"))
        assert (await mother.post("/api/messages", {"choice": key["id"]})).status == 202
        assert (await mother.get("/api/messages")).status == 401


async def test_the_panic_word_ends_the_session_and_stands_nowhere(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        await mother.consents()
        answer = await mother.post("/api/messages", {"text": "Забудь мене"})
        assert (answer.status, await answer.json()) == (202, {"number": 0})
        assert (await mother.get("/api/messages")).status == 401
        async with house.database.work(house.clock()) as work:
            threads = await work.connection.scalars(text("SELECT DISTINCT person_id FROM thread"))
            (person,) = threads.all()
            said = [each.shown.text for each in await work.threads.latest(PersonId(person))]
        assert "Забудь мене" not in said


async def test_requests_by_cookie_must_come_from_our_page(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        cookie = {"Cookie": f"session={mother.token}"}
        assert (await site.get("/api/messages", **cookie)).status == 200
        for headers in ({}, {"X-CSRF-Token": "wrong"}, {"Origin": "https://evil.example"}):
            answer = await site.post("/api/messages", {"text": "a"}, **cookie, **headers)
            assert (answer.status, (await answer.json())["error"]["code"]) == (403, "not-from-here")
        page = await (await site.get("/", **cookie)).text()
        token = page.partition('data-csrf="')[2].partition('"')[0]
        good = {**cookie, "X-CSRF-Token": token}
        assert (await site.post("/api/messages", {"text": "a"}, **good, Origin=site.url)).status == 202
        for header in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
            assert (await site.post("/api/messages", {"text": "a"}, **good, **header)).status == 403
        begun = await site.post("/api/session", {"language": "uk"}, **{"Sec-Fetch-Site": "cross-site"})
        assert begun.status == 403


@pytest.mark.parametrize("token", [None, "0123456789abcdef"])
async def test_metrics_are_not_for_everybody(house: House, token: str | None) -> None:
    async with served(house, metrics_token=token) as site:
        await metrics_seen(site, token)


async def metrics_seen(site: Site, token: str | None) -> None:
    given = {"Authorization": f"Bearer {token}"} if token else {}
    await site.begins()
    seen = await site.get("/metrics", **given)
    assert seen.status == 200
    assert 'route="/api/session"' in await seen.text()
    refused = {"Authorization": "Bearer no"} if token else {"X-Forwarded-For": "203.0.113.5"}
    assert (await site.get("/metrics", **refused)).status == 403


async def test_start_is_understood_on_the_page_too(house: House) -> None:
    async with served(house) as site:
        family = await site.begins()
        await family.consents()
        said = await family.says("/start")
        assert WORDS.say("uk", Say("menu")) in said
        assert WORDS.say("uk", Say("desk-command-unknown", {"command": "/start"})) not in said


async def test_forty_speak_at_once_and_each_is_answered(house: House) -> None:
    async with served(house, limits=Limits(sessions=Rate(1000, timedelta(hours=1)))) as site:
        families = await asyncio.gather(*(site.begins() for _ in range(40)))
        await asyncio.gather(*(family.consents() for family in families))
        texts = await asyncio.gather(*(family.says("/register") for family in families))
        assert all(texts)
