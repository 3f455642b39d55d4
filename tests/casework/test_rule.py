"""The rule on bad news and the list of despair, by sentences that were written before either was changed."""

import pytest

from benchmarks.rule import KINDS, SETS, Kind, measured, sentences
from casework.despair import despairs
from casework.updates.forbidden_words import excused_in, stopped_by


def test_the_sets_are_large_enough() -> None:
    for which in SETS:
        assert [len(sentences(kind, which)) >= most for kind, most in zip(KINDS, (200, 200, 60, 200), strict=True)]


def test_every_figure_holds() -> None:
    assert [row for row in measured() if not row.holds] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_spoilt_list_is_seen(kind: Kind) -> None:
    broken = f"{kind.name}-held-out"
    assert [row.id for row in measured(broken) if not row.holds] == [broken]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Він з а г и н у в учора.", "загинув"),
        ("Він за-ги-нув.", "за-ги-нув"),
        ("3агинув", "3агинув"),
        ("зaгuнyв", "зaгuнyв"),
        ("Заг\u200bинув", "Загинув"),
        ("заг*нув", "заг*нув"),
        ("ЗАГИИИНУВ", "ЗАГИИИНУВ"),
        ("Він 200-й.", "200 й"),
        ("Vash syn zahynuv.", "zahynuv"),
        ("Не чекайте його.", "Не чекайте його"),
    ],
)
def test_a_disguise_is_seen_through(text: str, word: str) -> None:
    assert word in stopped_by(text)


def test_a_phrase_about_something_else_is_excused_and_shown() -> None:
    text = "Табір приймає дітей загиблих. Тіло листа порожнє."
    assert stopped_by(text) == ()
    assert excused_in(text) == ("загиблих", "Тіло")
    assert stopped_by("Ваш син серед загиблих.") == ("загиблих",)


def test_an_excuse_covers_only_its_own_words() -> None:
    assert stopped_by("Поранений у 2014 році, тепер загинув.") == ("загинув",)
    assert stopped_by("За 200 грн привезли груз 200.") == ("200", "груз … 200")


@pytest.mark.parametrize("text", ["а" * 10_000, "аб" * 5_000, "а1" * 5_000, " а" * 5_000, "аб-" * 3_000, "а*" * 5_000])
def test_a_text_of_any_shape_is_judged_by_what_it_holds(text: str) -> None:
    """Letters without end are no reason to keep everybody else waiting: it once took a minute."""
    assert stopped_by(f"{text} привіт") == stopped_by(f"{text[:200]} привіт")
    assert despairs(f"{text} не хочу жити")
    assert not despairs(f"{text} привіт")
