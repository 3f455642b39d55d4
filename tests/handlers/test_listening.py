"""What every channel's listening half must keep, whatever the channel: the same checks over all of them."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from demo.patience import until
from dialogs.said import Other, Text
from handlers.incoming import Blocked, Sent, Unblocked
from tests.handlers.ears import LISTENING, MANY_FORMS, PARSING, STORED, Heartbeat


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    """A database's address where one is needed: to copy one takes longer than most of these checks."""
    needed = request.node.callspec.params["ear"] in STORED
    return str(request.getfixturevalue("database_url")) if needed else ""


@pytest.fixture
async def ear(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> AsyncIterator[Heartbeat]:
    async with request.param(url, tmp_path) as ear:
        yield ear


def over(ears: Mapping[str, Any]) -> pytest.MarkDecorator:
    """Check each of these."""
    return pytest.mark.parametrize("ear", ears.values(), ids=ears.keys(), indirect=True)


@over(LISTENING)
async def test_words_are_taken_in_their_order(ear: Heartbeat) -> None:
    for text in ("раз", "два", "три"):
        await ear.says(text)
    await until(lambda: ear.desk.contents == [Text("раз"), Text("два"), Text("три")])
    assert len({each.message for each in ear.desk.taken}) == 3
    assert len({each.address for each in ear.desk.taken}) == 1


@over(LISTENING)
async def test_nothing_is_lost_while_the_database_is_away(ear: Heartbeat) -> None:
    ear.desk.away = 1
    await ear.says("раз")
    await until(lambda: ear.desk.contents == [Text("раз")])
    await ear.says("два")
    await until(lambda: ear.desk.contents == [Text("раз"), Text("два")])
    assert ear.desk.away == 0


@over(LISTENING)
async def test_a_repeat_is_recognised_by_its_id(ear: Heartbeat) -> None:
    await ear.says("раз")
    await until(lambda: ear.desk.taken)
    await ear.again()
    await until(lambda: ear.desk.repeats == 1)
    assert ear.desk.contents == [Text("раз")]


@over(LISTENING)
async def test_a_photo_is_handed_over_with_what_it_is(ear: Heartbeat) -> None:
    await ear.sends_photo()
    await until(lambda: ear.desk.taken)
    (sent,) = ear.desk.contents
    assert isinstance(sent, Sent)
    (file,) = sent.files
    assert file.type == "image/jpeg"
    assert file.source or file.content  # to be fetched by an errand, or here and clean already


@over(PARSING)
async def test_what_nobody_can_parse_is_set_aside_and_holds_up_nobody(ear: Heartbeat) -> None:
    await ear.garbles()
    await ear.says("далі")
    await until(lambda: ear.desk.contents == [Text("далі")])
    (aside,) = ear.desk.set_aside
    assert aside.address is not None  # so that they are answered


@over(PARSING)
async def test_a_message_at_which_the_desk_stumbles_is_set_aside(
    ear: Heartbeat, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    ear.desk.stumbles_at = Text("камінь")
    await ear.says("камінь")
    await ear.says("далі")
    await until(lambda: ear.desk.contents == [Text("далі")])
    assert len(ear.desk.set_aside) == 1
    told = caplog.text + capsys.readouterr().out
    assert "secret" not in told
    assert "камінь" not in told


@over(MANY_FORMS)
async def test_a_form_that_is_not_taken_is_named(ear: Heartbeat) -> None:
    await ear.sends_other()
    await until(lambda: ear.desk.contents == [Other("sticker")])


@over(MANY_FORMS)
async def test_blocking_and_coming_back_are_noticed(ear: Heartbeat) -> None:
    await ear.blocks()
    await ear.unblocks()
    await until(lambda: ear.desk.contents == [Blocked(), Unblocked()])
