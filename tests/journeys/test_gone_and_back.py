"""A platform out of reach for as long as it keeps what people write, and the service down: nothing lost, nothing twice.

Hours pass on the clock that the whole world shares, and not in the test.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from casework.actor import Channel, Role
from casework.ids import StructureId
from casework.letters import Arg
from demo.cast import Player, longest_piece
from demo.fakes.hurried import PATIENCE
from demo.patience import until
from tests.journeys import steps
from tests.journeys.lines import Line, user_of

pytestmark = [
    pytest.mark.asyncio(loop_scope="module", loop_factories=["hurried"]),
    pytest.mark.parametrize("where", ["telegram_polling", "telegram_webhook", "viber"], indirect=True, scope="module"),
]

TOLD = ("Дзвонив увечері.", "Казав, що йдуть на позицію.", "Вранці телефон уже мовчав.", "Більше не писав.")
GONE_FOR = {Channel.TELEGRAM: timedelta(hours=23), Channel.VIBER: timedelta(minutes=55)}
"""Telegram keeps updates for a day, Viber repeats for about an hour."""


async def _at_her_story(line: Line, mother: Player) -> tuple[str, str]:
    """Registered, with an appointment next week, and about to tell what happened."""
    number = await steps.registers(mother)
    visit = await steps.books(mother, StructureId("psychologist"))
    await mother.says(f"/move {visit}", then="move-slot")
    await mother.presses("book-slot.week", then="move-slot")
    await mother.says("2", then="move-sure")
    await mother.presses("move-sure.yes", then="moved")
    await mother.says(f"/details {number}", then="sex")
    await mother.presses("sex.man", then="military", sex="man")
    await mother.presses("military.no", then="lost-on")
    await mother.says("березень 2025", then="lost-where")
    await mother.says("Біля Покровська", then="circumstances")
    return number, visit


async def _tells_all_along(line: Line, mother: Player, lasts: timedelta) -> None:
    """What happened, text by text, from the beginning of the outage to its end."""
    for words in TOLD:
        await mother.says(words)
        line.clock.pass_by(seconds=lasts.total_seconds() / len(TOLD))


async def _has_been_heard(line: Line, mother: Player, number: str) -> None:
    """Each of her texts was taken once, and they stand in the order in which she wrote them."""
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    while (heard := _heard(line, mother)) < len(TOLD):
        assert loop.time() < until, f"{heard} of {len(TOLD)} texts were heard: {mother.heard}"
        await mother.listens()
        await asyncio.sleep(0.5)
        line.clock.pass_by(seconds=5)  # Viber repeats as time goes by
    # the answer to the last of a burst is on its way yet: it brings the keyboard that is valid
    await steps.comes_true(line, "letters WHERE state = 'waiting' AND kind = 'reply' AND NOT for_session", 0)
    await mother.listens()
    await mother.presses("common.done", then="captivity")
    await mother.presses("nav.more", then="captivity")
    await mother.presses("nav.skip", then="details-review")
    await mother.presses("details-review.send", then="details-done")
    report = await steps.is_filed_once(line, number)
    assert report.account is not None
    assert report.account.circumstances == TOLD


def _heard(line: Line, mother: Player) -> int:
    """How many of her texts were answered. On Viber several that come together have one answer."""
    answers = _times(mother, "circumstances.more", files=0)
    if line.channel is not Channel.VIBER:
        return answers
    hers = [post for post in line.fake.posts if post.status == 200 and _says(post.event, mother)]
    return len({post.event["message"].get("text") for post in hers}.intersection(TOLD)) if answers else 0


def _says(event: Mapping[str, Any], who: Player) -> bool:
    return bool(event["event"] == "message" and event["sender"]["id"] == user_of(who).id)


def _times(mother: Player, name: str, **args: Arg) -> int:
    """How many messages in her chat hold these words."""
    words = mother.word(name, **args) if args else longest_piece("uk", name)
    return sum(words in shown.text for shown in user_of(mother).sees)


async def _order_was_kept(line: Line, number: str) -> None:
    """Her letters went out in the order in which they had been written; what is not worth its price waits on
    Viber until she writes, and comes after."""
    report = await steps.report_of(line, number)
    sent = await steps.rows(
        line, "SELECT person_id, position, sent_at FROM letters WHERE state = 'sent' AND purpose <> 'routine'"
    )
    in_order = [at for person, _, at in sorted(sent) if person == report.person]
    assert in_order == sorted(in_order)


async def test_a_platform_is_gone_for_as_long_as_it_keeps_what_people_write(service: Line) -> None:
    """Meanwhile a mother writes, staff release an update, and the reminder of her appointment falls due."""
    line, mother = service, service.relative()
    lasts = GONE_FOR[line.channel]
    number, visit = await _at_her_story(line, mother)
    line.clock.go_to((await steps.visit_of(line, visit)).starts_at - timedelta(days=1, minutes=5))
    author = await line.on_page(Role.SPECIALIST, "Юрченко Ганна", StructureId("lawyer"))
    head = await line.on_page(Role.HEAD, "Шевченко Ніна")
    await steps.verified(line, number, head)
    line.fake.goes()
    mother.heard = ""
    await steps.writes(author, number)
    await steps.approves(service, head, number)
    await _tells_all_along(line, mother, lasts)
    assert len(mother.heard) == 0
    line.fake.comes_back()
    assert steps.UPDATE not in await mother.hears("update-news")
    late = line.channel is Channel.TELEGRAM
    await mother.hears("reminder-today" if late else "reminder-tomorrow")
    await _has_been_heard(line, mother, number)
    await steps.all_is_delivered(line)
    assert _times(mother, "update-news") == 1
    assert _times(mother, "reminder-today") == 1, "one of the two, and the right one"
    assert (mother.word("reminder-today", day="", time="").split()[0] in "".join(mother.everything)) is late
    await _order_was_kept(line, number)


async def test_the_service_is_down_while_people_write(service: Line) -> None:
    line, mother = service, service.relative()
    lasts = GONE_FOR[line.channel]
    number, visit = await _at_her_story(line, mother)
    line.clock.go_to((await steps.visit_of(line, visit)).starts_at - timedelta(days=1, minutes=5))
    await line.stops()
    await _tells_all_along(line, mother, lasts)
    await line.starts()
    await _has_been_heard(line, mother, number)
    await until(lambda: _times(mother, "reminder-today"), 1)
    await steps.all_is_delivered(line)
    assert _times(mother, "reminder-today") == 1
    await _order_was_kept(line, number)
