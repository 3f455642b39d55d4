"""A newcomer's door: any script in the terminal, and drawn as a map."""

import io

import pytest

from bot.mapping import draw
from bot.talk import talk
from casework.letters import Say
from dialogs.scripts import SCRIPTS
from dialogs.words import Words


def played(script: str, *lines: str, language: str = "uk") -> str:
    sink = io.StringIO()
    assert talk(script, language, io.StringIO("".join(f"{line}\n" for line in lines)), sink) == 0
    return sink.getvalue()


def test_a_report_by_words_numbers_and_back() -> None:
    shown = played(
        "register", "мама", "назад", "1", "Іван Петренко", "не знаю", "Петренко Марія", "0671234567", "Харків", "так"
    )
    assert "  1. Мати" in shown
    assert "[Залишити як було: Мати]" in shown
    assert "= FileReport(" in shown
    assert "+380671234567" in shown


def test_what_is_unclear_is_said_kindly_and_asked_again() -> None:
    shown = played("register", "щось", language="en")
    assert shown.count("1. Mother") == 2
    assert Words().say("en", Say("unclear-choice")) in shown


def test_more_why_and_commands() -> None:
    shown = played("register", "ще", "чому про це питають?", "/steps", "/nothing")
    assert "зразок ДНК" in shown
    assert "Команди /nothing немає" in shown


def test_whoever_talks_is_a_relative_where_relatives_may() -> None:
    shown = played("menu", "1", "мама")
    assert Words().say("uk", Say("missing-name")) in shown


def test_a_script_of_the_staff_holds_nothing_back() -> None:
    shown = played("decide", language="en")
    assert Words().say("en", Say("staff-on-page", {"link": ""})) not in shown


def test_a_script_that_is_not_there_is_told_with_those_that_are() -> None:
    sink = io.StringIO()
    assert talk("nothing", "uk", io.StringIO(), sink) == 2
    assert "register" in sink.getvalue()
    with pytest.raises(LookupError, match="register"):
        draw("nothing")


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_can_be_drawn(script: str) -> None:
    lines = draw(script).splitlines()
    assert lines[0] == "flowchart TD"
    assert len(lines) == len(set(lines))
    assert all(line.count('"') % 2 == 0 for line in lines)


def test_the_map_of_a_report() -> None:
    drawn = draw("register")
    assert 'q_born -->|"Не знаю"| q_own_name' in drawn
    assert 'q_region -->|"За кордоном"| q_zone' in drawn
    assert "q_zone -->" in drawn
    assert 'q_end_FileReport(["FileReport"])' in drawn
