"""What we say to Viber, as people see it."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from casework.ids import FileId
from casework.work import Unavailable
from demo.fakes.viber import FakeUser, FakeViber
from handlers.channel import Away, Enclosure, Gone, Key, Message, Postponed, Rejected, Superseded
from handlers.incoming import ButtonPress
from handlers.viber.api import LATER, PAID, SOON, WHILE, ViberApi
from handlers.viber.files import LASTS, FileLinks
from handlers.viber.pace import ViberPace
from handlers.viber.speaking import ViberFetcher, ViberSpeaker
from storage.vault import Secret, Vault
from tests.handlers.telegram.desk import NotingDesk
from tests.handlers.viber.conftest import PAGE, WORDS

KEYS = ((Key("3.mother", "Мати"), Key("3.father", "Батько")), (Key("3.~back", "Назад"),))
LONG = tuple(f"Абзац {at}. " + "слово " * 600 for at in range(4))


def said(text: str, **more: object) -> Message:
    return Message((text,), **more)  # type: ignore[arg-type]


async def test_text_is_shown_as_it_was_written(speaker: ViberSpeaker, olena: FakeUser) -> None:
    id = await speaker.send(olena.id, Message(('Ім’я <b>&amp; "Ірина" & Co', "Хто ви?"), KEYS))
    (shown,) = olena.sees
    assert str(shown.token) == id
    assert shown.text == 'Ім’я <b>&amp; "Ірина" & Co\n\nХто ви?\n\n1. Мати\n2. Батько'
    assert [key.label for key in olena.keyboard] == ["Мати", "Батько", "Назад"]


async def test_nothing_is_edited(speaker: ViberSpeaker, olena: FakeUser) -> None:
    first = await speaker.send(olena.id, said("Хто ви?", keys=KEYS))
    assert await speaker.send(olena.id, said("Далі?", replaces=first)) != first
    assert len(olena.sees) == 2


async def test_a_push_leaves_the_question_s_keys(speaker: ViberSpeaker, olena: FakeUser) -> None:
    await speaker.send(olena.id, said("Хто ви?", keys=KEYS))
    await speaker.send(olena.id, said("Завтра на вас чекають.", keys=((Key("go.AbCdEf12345.come 5", "Прийду"),),)))
    assert [key.label for key in olena.keyboard] == ["Прийду", "Мати", "Батько", "Назад"]
    await speaker.send(olena.id, said("Новина."))
    assert [key.label for key in olena.keyboard] == ["Мати", "Батько", "Назад"]


KEEP = ((Key("4.~keep", "Залишити як було: Петренко Степан"),),)


def seen(olena: FakeUser) -> list[str]:
    return [key.label for key in olena.keyboard]


async def test_what_is_left_by_the_panic_word_shows_a_stranger_s_key(speaker: ViberSpeaker, olena: FakeUser) -> None:
    await speaker.send(olena.id, said("Як звати?", keys=KEEP, chat=7))
    assert seen(olena) == ["Залишити як було: Петренко Степан"]
    await speaker.retract(olena.id, [])
    assert (olena.sees[-1].text, [key.sends for key in olena.keyboard]) == ("…", ["/start"])
    await speaker.send(olena.id, said("Не вдалося прочитати.", chat=7))
    assert seen(olena) == ["Меню"]


async def test_a_farewell_leaves_no_keys(speaker: ViberSpeaker, olena: FakeUser) -> None:
    await speaker.send(olena.id, said("Як звати?", keys=KEEP, chat=7))
    await speaker.send(olena.id, said("Ви вийшли.", chat=7, farewell=True))
    assert seen(olena) == ["Меню"]
    await speaker.send(olena.id, said("Не вдалося прочитати.", chat=7))
    assert seen(olena) == ["Меню"]


async def test_a_chat_that_is_somebody_else_s_has_no_keys_of_before(speaker: ViberSpeaker, olena: FakeUser) -> None:
    await speaker.send(olena.id, said("Як звати?", keys=KEEP, chat=7))
    await speaker.send(olena.id, said("Не вдалося прочитати.", chat=8))
    assert seen(olena) == ["Меню"]


async def test_plain_words_tell_what_to_type_instead_of_a_key(speaker: ViberSpeaker, olena: FakeUser) -> None:
    cover = said("Для вас є нове повідомлення.", keys=((Key("go.AbCdEf12345.open 5", "Прочитати"),),), plain=True)
    await speaker.send(olena.id, cover)
    assert olena.sees[-1].text == "Для вас є нове повідомлення.\n\nЩоб відповісти, напишіть: Прочитати"


async def test_our_words_are_in_the_reader_s_language(speaker: ViberSpeaker, olena: FakeUser) -> None:
    await speaker.send(olena.id, said("Hello", language="en"))
    assert ([key.label for key in olena.keyboard], olena.sees[0].raw["sender"]["name"]) == (["Menu"], "Zviazok")


async def test_a_long_text_comes_in_parts(speaker: ViberSpeaker, olena: FakeUser) -> None:
    id = await speaker.send(olena.id, Message(LONG, KEYS))
    assert [shown.text[:7] for shown in olena.sees] == ["Абзац 0", "Абзац 1", "Абзац 2", "Абзац 3"]
    assert " ".join(str(shown.token) for shown in olena.sees) == id  # any of them may fail


async def test_an_old_viber_gets_no_keys_that_share(speaker: ViberSpeaker, viber: FakeViber, olena: FakeUser) -> None:
    olena.api_version = 1
    await speaker.send(olena.id, said("Ваш номер?", keys=KEYS[1:], contact="Надіслати мій номер"))
    assert [key.label for key in olena.keyboard] == ["Назад"]
    assert [each.status for each in viber.requests] == [13, 0]


# Files


async def test_files_of_others_wait_on_the_page(speaker: ViberSpeaker, olena: FakeUser) -> None:
    paper = Enclosure("Іванко паспорт.pdf", "application/pdf", b"%PDF", FileId(7))
    await speaker.send(olena.id, said("Ось.", enclosures=(paper,)))
    (shown,) = olena.sees
    assert PAGE in shown.text
    assert "Іванко" not in shown.text


class Shelf:
    """Files of ours behind their addresses, over HTTP."""

    def __init__(self) -> None:
        self.kept = {7: b"png", 8: b"BEGIN:VCALENDAR"}
        self.at = datetime(2026, 11, 24, 8, tzinfo=UTC)
        self.away = False

    async def read(self, file: FileId) -> bytes:
        if self.away:
            raise Unavailable
        return self.kept.get(file, b"")


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


async def opened(shelf: Shelf) -> tuple[FileLinks, web.AppRunner]:
    vault = Vault(bytes(range(32)))
    vault.trust({secret: vault.fresh(secret, inherited=False) for secret in Secret})
    app = web.Application()
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    def signed(what: str, signature: str) -> bool:
        return vault.signed("viber-file", what, signature)

    def sign(what: str) -> str:
        return vault.sign("viber-file", what)

    files = FileLinks("http://127.0.0.1:0", sign, signed, shelf.read, lambda: shelf.at)
    app.router.add_routes(files.routes())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return FileLinks(f"http://127.0.0.1:{runner.addresses[0][1]}", sign, signed, shelf.read, files.clock), runner


async def test_what_we_made_goes_out_behind_an_address_that_ends(api: ViberApi, olena: FakeUser, shelf: Shelf) -> None:
    files, runner = await opened(shelf)
    speaker = ViberSpeaker(api, WORDS, page=PAGE, link=files.link)
    calendar = Enclosure("візит.ics", "text/calendar", shelf.kept[8], FileId(8))
    await speaker.send(
        olena.id, said("Вас чекають.", enclosures=(calendar, Enclosure("код.png", "image/png", b"png", FileId(7))))
    )
    assert [shown.raw["type"] for shown in olena.sees] == ["file", "picture", "text"]
    assert [await olena.opens(shown) for shown in olena.sees[:2]] == [(200, b"BEGIN:VCALENDAR"), (200, b"png")]
    url = olena.sees[1].media or ""
    for other in (url.replace("/7.", "/8."), url.replace("code.png", "calendar.ics"), url.replace(".179", ".189")):
        assert (other == url, (await olena.fake.fetch(other))[0]) == (False, 404)
    shelf.away = True
    assert (await olena.opens(olena.sees[1]))[0] == 503
    shelf.away, shelf.kept = False, {}
    assert (await olena.opens(olena.sees[1]))[0] == 410  # erased
    shelf.kept = {7: b"png"}
    shelf.at += LASTS + timedelta(seconds=1)
    assert (await olena.opens(olena.sees[1]))[0] == 410
    await runner.cleanup()


# When Viber refuses


@pytest.mark.parametrize(
    ("status", "refusal", "after"),
    [
        *((status, Gone, None) for status in (5, 6, 11)),
        *((status, Rejected, None) for status in (1, 3, 4, 13, 14, 16, 21)),
        *((status, Postponed, SOON) for status in (2, 10, 99)),
        *((status, Postponed, LATER) for status in (7, 8, 9, 15)),
        *((status, Postponed, PAID) for status in (23, 24)),
        (12, Postponed, WHILE),
    ],
)
async def test_each_status_has_its_meaning(
    speaker: ViberSpeaker,
    viber: FakeViber,
    olena: FakeUser,
    status: int,
    refusal: type[Exception],
    after: timedelta | None,
) -> None:
    viber.trouble(status)
    with pytest.raises(refusal) as refused:
        await speaker.send(olena.id, said("?"))
    assert getattr(refused.value, "after", None) == after
    assert getattr(refused.value, "closed", False) is (status == 5)
    assert speaker.webhook_lost.is_set() is (status == 10)
    await speaker.send(olena.id, said("?"))


@pytest.mark.parametrize("kind", ["500", "reset", "nonsense"])
async def test_vibers_failures_postpone(speaker: ViberSpeaker, viber: FakeViber, olena: FakeUser, kind: str) -> None:
    viber.trouble(kind)  # type: ignore[arg-type]
    with pytest.raises(Postponed) as postponed:
        await speaker.send(olena.id, said("?"))
    assert timedelta(seconds=1) < postponed.value.after < timedelta(minutes=1)


@pytest.mark.parametrize(("kind", "perhaps"), [("500", False), ("reset", True), ("nonsense", True)])
async def test_whether_viber_may_have_taken_it_all_the_same(
    speaker: ViberSpeaker, viber: FakeViber, olena: FakeUser, kind: str, perhaps: bool
) -> None:
    viber.trouble(kind, after_effect=True)  # type: ignore[arg-type]
    with pytest.raises(Away) as away:
        await speaker.send(olena.id, said("?"))
    assert away.value.perhaps is perhaps


@pytest.mark.parametrize(("before", "whole"), [(0, False), (1, True)])
async def test_whether_all_parts_may_be_there(
    speaker: ViberSpeaker, viber: FakeViber, olena: FakeUser, before: int, whole: bool
) -> None:
    viber.trouble("reset", after_effect=True, skips=before)
    with pytest.raises(Away) as away:
        await speaker.send(olena.id, Message(LONG[:2], KEYS, ref="17"))
    assert len(olena.sees) == before + 1
    assert away.value.whole is whole


async def test_where_nobody_listens_nothing_was_taken(viber: FakeViber, olena: FakeUser) -> None:
    api = ViberApi(viber.token, "http://127.0.0.1:1")
    with pytest.raises(Away) as away:
        await ViberSpeaker(api, WORDS, page=PAGE, link=lambda file: None).send(olena.id, said("?"))
    assert not away.value.perhaps
    await api.close()


async def test_told_to_wait(speaker: ViberSpeaker, viber: FakeViber, olena: FakeUser) -> None:
    viber.trouble("429", seconds=7)
    with pytest.raises(Postponed) as postponed:
        await speaker.send(olena.id, said("?"))
    assert postponed.value.after == timedelta(seconds=7)


async def test_a_time_out(viber: FakeViber, olena: FakeUser) -> None:
    api = ViberApi(viber.token, viber.url, patience=timedelta(seconds=0.05))
    speaker = ViberSpeaker(api, WORDS, page=PAGE, link=lambda file: None)
    viber.trouble("hang", seconds=0.2)
    with pytest.raises(Postponed):
        await speaker.send(olena.id, said("?"))
    await api.close()


async def test_a_letter_half_sent_is_not_begun_again(speaker: ViberSpeaker, viber: FakeViber, olena: FakeUser) -> None:
    letter = Message(LONG[:2], KEYS, ref="17")
    viber.trouble("500", skips=1)
    with pytest.raises(Postponed):
        await speaker.send(olena.id, letter)
    id = await speaker.send(olena.id, letter)
    assert [shown.text[:7] for shown in olena.sees] == ["Абзац 0", "Абзац 1"]
    assert id == " ".join(str(shown.token) for shown in olena.sees)


async def test_people_who_are_gone(speaker: ViberSpeaker, viber: FakeViber, olena: FakeUser) -> None:
    await olena.unsubscribes()
    with pytest.raises(Gone):
        await speaker.send(olena.id, said("?"))
    with pytest.raises(Gone):
        await speaker.send("bm9ib2R5", said("?"))


async def test_a_hundred_unanswered(speaker: ViberSpeaker, viber: FakeViber, olena: FakeUser) -> None:
    quick = ViberSpeaker(speaker._api, WORDS, page=PAGE, link=lambda file: None, pace=ViberPace(timedelta(0)))
    for _ in range(100):
        await quick.send(olena.id, said("?"))
    with pytest.raises(Postponed):
        await quick.send(olena.id, said("?"))
    viber.delivery.url = ""
    await olena.says("я тут")
    viber.delivery.url = "http://127.0.0.1:9/"
    await quick.send(olena.id, said("!"))


async def test_nothing_to_say(speaker: ViberSpeaker, olena: FakeUser) -> None:
    with pytest.raises(Rejected):
        await speaker.send(olena.id, said("  "))


async def test_a_refused_token_is_told_and_nothing_is_shown(
    viber: FakeViber, olena: FakeUser, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    api = ViberApi("not-the-token-at-all", viber.url)
    with pytest.raises(Postponed):
        await ViberSpeaker(api, WORDS, page=PAGE, link=lambda file: None).send(olena.id, said("Таємниця"))
    await api.close()
    written = caplog.text + capsys.readouterr().out
    assert "VIBER_TOKEN" in written
    assert "not-the-token" not in written
    assert "Таємниця" not in written


async def test_the_pace_over_all() -> None:
    pace, began = ViberPace(timedelta(seconds=0.01)), asyncio.get_running_loop().time()
    await asyncio.gather(*(pace.turn() for _ in range(20)))
    assert asyncio.get_running_loop().time() - began >= 0.19


async def test_who_stood_still_while_it_waited_for_its_turn_sends_nothing() -> None:
    pace = ViberPace()
    await pace.turn()
    waiting = asyncio.create_task(pace.turn())
    pace.leads = lambda: False  # another process has taken over
    with pytest.raises(Superseded):
        await waiting


# Files that people sent


async def test_fetching_what_people_sent(viber: FakeViber, api: ViberApi) -> None:
    fetcher = ViberFetcher(api)
    url = viber.keep(b"%PDF-1.7 " * 100, "scan.pdf")
    assert await fetcher.fetch(url, 900) == b"%PDF-1.7 " * 100
    with pytest.raises(Rejected, match="too large"):
        await fetcher.fetch(url, 899)
    with pytest.raises(Rejected):
        await fetcher.fetch(f"{viber.url}/media/1/no.pdf", 900)


def elsewhere(base: str) -> list[str]:
    return [
        "",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://dl-media.viber.com/x",
        "https://viber.com.example.org/x",
        "https://notviber.com/x",
        "https://me@dl-media.viber.com/x",
        "https://dl-media.viber.com:8443/x",
        "https://[::1/x",
        base.replace("127.0.0.1", "127.0.0.2") + "/media/1/x",
        base.replace("http://", "http://me@") + "/media/1/x",
        "http://169.254.169.254/latest/meta-data",
    ]


@pytest.mark.parametrize("at", range(12))
async def test_no_other_host_is_asked(viber: FakeViber, api: ViberApi, at: int) -> None:
    with pytest.raises(Rejected):
        await ViberFetcher(api).fetch(elsewhere(viber.url)[at], 900)


async def redirecting(to: str) -> tuple[web.AppRunner, str]:
    async def handle(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": to})

    app = web.Application()
    app.router.add_get("/{path:.*}", handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


@pytest.mark.parametrize("to", ["http://127.0.0.2:9/x", "/again"])
async def test_nor_when_viber_sends_us_there(to: str) -> None:
    runner, url = await redirecting(to)
    api = ViberApi("445da6az1s345z78", url)
    with pytest.raises(Rejected):
        await ViberFetcher(api).fetch(f"{url}/x", 900)
    await api.close()
    await runner.cleanup()


MANY = tuple((Key(f"7.{number}", f"Область {number}"),) for number in range(27))


async def test_a_long_list_is_pressed_in_its_carousel(
    speaker: ViberSpeaker, webhook: str, desk: NotingDesk, olena: FakeUser
) -> None:
    await speaker.send(olena.id, Message(("Звідки ви?",), MANY))
    text, carousel = olena.sees
    assert text.text.startswith("Звідки ви?")
    await olena.presses_in(carousel, "Область 20")
    assert desk.contents == [ButtonPress("7.20")]


async def test_an_old_viber_gets_the_list_without_the_carousel(
    speaker: ViberSpeaker, viber: FakeViber, olena: FakeUser
) -> None:
    olena.api_version = 1
    receipt = await speaker.send(olena.id, Message(("Звідки ви?",), MANY))
    (shown,) = olena.sees
    assert receipt == str(shown.token)
    assert [each.status for each in viber.requests] == [0, 13]
