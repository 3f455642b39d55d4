"""The book of reference data: which version speaks on a day, and that no entry hides a message of ours."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import seed
from casework.house_style import wrong_in
from casework.reference import LANGUAGES, PARTS, SAID, ReferenceBook, ReferenceEntry, Sort
from tests.locale_lint.texts import read

DAY = date(2026, 11, 24)


def step(name: str, text: str, since: int | None, until: int | None, position: int = 10) -> ReferenceEntry:
    """In effect from and until so many days from `DAY`."""
    first = None if since is None else DAY + timedelta(days=since)
    last = None if until is None else DAY + timedelta(days=until)
    words = {language: {"title": text, "text": text} for language in LANGUAGES}
    return ReferenceEntry(Sort.STEP, name, position, words, first, last)


BOOK = [
    step("a", "before", None, 0),
    step("a", "today", 0, 5),
    step("a", "later", 5, None),
    step("b", "over", None, -3, 5),
    step("c", "to come", 4, None, 20),
]


@pytest.mark.parametrize(
    ("day", "name", "text"),
    [
        (-1, "a", "before"),
        (0, "a", "today"),
        (4, "a", "today"),
        (5, "a", "later"),
        (0, "b", "over"),
        (0, "c", "to come"),
    ],
)
def test_the_version_of_the_day_speaks_and_else_the_nearest(day: int, name: str, text: str) -> None:
    spoken = ReferenceBook(BOOK, DAY + timedelta(days=day)).spoken("uk", f"step-{name}")
    assert spoken is not None
    assert spoken.text == text


def test_only_what_is_in_effect_is_listed_and_counted() -> None:
    assert [one.name for one in ReferenceBook(BOOK, DAY).today(Sort.STEP)] == ["a"]
    later = ReferenceBook(BOOK, DAY + timedelta(days=9))
    assert [one.name for one in later.today(Sort.STEP)] == ["a", "c"]
    spoken = later.spoken("en", "steps.c")
    assert spoken is not None
    assert spoken.number == 2


def test_what_was_read_before_a_change_does_not_come_over_what_was_read_after() -> None:
    book = ReferenceBook()
    early = book.wanted
    book.heard()
    book.put(BOOK, book.wanted)
    book.put([], early)
    assert book.version(Sort.STEP, "a") is not None
    assert not book.stale


@given(st.integers(-5, 15))
def test_no_entry_is_listed_twice(day: int) -> None:
    names = [one.name for one in ReferenceBook(BOOK, DAY + timedelta(days=day)).today(Sort.STEP)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_entry_hides_no_message_of_ours(language: str) -> None:
    """A new one ends in a number, and no message that begins as an entry does."""
    ours = [text for text in read(language) if text.file.startswith("locales/")]
    for beginning, (sort, _) in SAID.items():
        assert [text.name for text in ours if text.name.startswith(beginning) and text.name[-1].isdigit()] == []
        assert {f"{beginning}{one.name}" for one in seed.entries() if one.sort is sort} & {
            text.name for text in ours
        } == set()


@pytest.mark.parametrize("entry", seed.entries(), ids=lambda entry: f"{entry.sort}-{entry.name}")
def test_what_a_new_service_begins_with_is_whole(entry: ReferenceEntry) -> None:
    assert entry.source
    assert entry.read is not None
    for language in LANGUAGES:
        assert {*entry.words[language]} - {"also"} == set(PARTS[entry.sort])
        for part, most in PARTS[entry.sort].items():
            text = entry.words[language][part]
            assert 0 < len(text) <= most, (part, text)
            assert wrong_in(text, language) is None, (part, text)
