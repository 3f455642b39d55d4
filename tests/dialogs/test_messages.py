"""Messages are parsed when they are said, and say the same as if all had been parsed at once."""

from pathlib import Path

import pytest
from fluent.runtime import FluentResource
from fluent.syntax import FluentParser, ast

from dialogs import messages
from dialogs.messages import LanguageMessages, entries
from dialogs.words import LOCALES

FILES = sorted(LOCALES.glob("*/*.ftl"))


@pytest.fixture(name="parsed")
def _parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is parsed during the test."""
    noted: list[str] = []

    def note(source: str) -> ast.Resource:
        noted.append(source)
        return FluentResource(source)

    monkeypatch.setattr(messages, "FluentResource", note)
    return noted


def _read(source: str) -> dict[str, ast.Message | ast.Term]:
    found = [
        one for one in FluentParser(with_spans=False).parse(source).body if isinstance(one, ast.Message | ast.Term)
    ]
    return {f"-{one.id.name}" if isinstance(one, ast.Term) else one.id.name: one for one in found}


def test_each_message_by_itself_is_what_the_whole_file_says() -> None:
    assert FILES
    for file in FILES:
        source = file.read_text(encoding="utf-8")
        whole, apart = _read(source), entries(source)
        assert whole.keys() == apart.keys(), file
        for name, written in apart.items():
            assert _read(written)[name].equals(whole[name], ignored_fields=["span", "comment"]), name


def test_nothing_is_parsed_before_it_is_said(parsed: list[str]) -> None:
    ours = LanguageMessages(LOCALES / "uk", "uk", {})
    assert not parsed
    for _ in range(2):
        assert ours.get("unclear-too-many-files") is not None
    assert [source.partition(" =")[0] for source in parsed] == ["unclear-too-many-files", "web-error-too-many-files"]
    assert ours.get("nobody-says-this") is None


def test_messages_that_name_one_another(tmp_path: Path) -> None:
    (tmp_path / "a.ftl").write_text(
        "# Of both.\none = { two } { -three(of: 1) }\ntwo = { two.why }\n    .why = Бо\n\n-three = { two }!\n",
        encoding="utf-8",
    )
    (tmp_path / "b.ftl").write_text("two = Пізно\nround = { about }\nabout = { round }\n", encoding="utf-8")
    ours = LanguageMessages(tmp_path, "uk", {})
    one = ours.get("one")
    assert one is not None and one.value is not None  # noqa: PT018
    assert ours.format(one.value, {}) == ("Бо Бо!", [])
    assert ours.get("round") is not None  # and no endless round
