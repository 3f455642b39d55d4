"""Own words of families, at the menu and in the middle of questions: `make prove-words`, and what it could not see."""

import pytest

from benchmarks.words import at_menu, at_question, broken, heard, measured, utterances
from dialogs.reading import Meaning
from dialogs.showing import so_far
from dialogs.wishes import WISHES, wished


def test_every_row_of_the_proof_is_green() -> None:
    rows, _ = measured()
    assert [row for row in rows if not row.holds] == []


@pytest.mark.parametrize("row", ["tuned-menu-served", "tuned-question-right", "despair-first"])
def test_a_planted_fault_turns_its_row_red(row: str) -> None:
    with broken(row):
        rows, _ = measured(fast=True)
    assert not next(one for one in rows if one.id == row).holds


def test_the_sets_are_as_large_as_was_promised_and_share_nothing() -> None:
    tuned, held_out = utterances("tuned"), utterances("held_out")
    assert len(tuned) >= 200
    assert len(held_out) >= 60
    assert not {text.casefold() for _, text in tuned} & {text.casefold() for _, text in held_out}


def test_every_wish_is_tried() -> None:
    assert {wish.name for wish in WISHES} <= {wish for wish, _ in utterances("tuned")}


@pytest.mark.parametrize(
    "text",
    [
        "Новиков Іван",
        "Запорожець Адам Петрович",
        "Шахрайчук Олег",
        "Привітний Іван",
        "Карпенко Людмила",
        "Новостепанівка",
        "Мошенка",
        "Привітне",
    ],
)
def test_a_name_or_a_village_is_no_wish_where_one_is_asked(text: str) -> None:
    assert wished(text, spelt=True) is None


def test_a_long_story_is_kept_and_its_wish_offered_beside() -> None:
    story = (
        "Мій син служив під Бахмутом, останній раз дзвонив у березні, потім тиша, командир не відповідає,"
        " скажіть, чи є якісь новини про нього"
    )
    read = heard(story, *at_menu())
    assert read.way is Meaning.KEPT
    assert read.wish is not None
    assert read.wish.name == "news"


@pytest.mark.parametrize("text", ["?", "99", "🙏", "ж", "..."])
def test_a_sign_is_nothing_to_pass_on(text: str) -> None:
    assert heard(text, *at_menu()).way is Meaning.UNCLEAR


def test_what_stands_on_the_offered_button_goes_there() -> None:
    talk, asking = at_question("kinship")
    assert heard("скасуйте мій запис", talk, asking).way is Meaning.OFFER
    assert heard("Мої записи", talk, asking).way is Meaning.GO


@pytest.mark.parametrize(
    ("text", "doubt"),
    [("Сьогодні йому тридцять", "doubt-name"), ("У нього шрам над бровою", "doubt-name-none")],
)
def test_a_sentence_where_a_name_is_asked_is_kept_and_asked_about(text: str, doubt: str) -> None:
    talk, asking = at_question("missing-name")
    read = heard(text, talk, asking)
    assert read.way is Meaning.KEPT
    begun = so_far(asking, read.talk.active)
    said = asking.question.gathered(begun)
    assert said is not None
    assert said.name == doubt


@pytest.mark.parametrize("text", ["Петренко Іван Миколайович", "Петренко Іван і Петренко Олег", "Не розумію", "Іван"])
def test_a_name_is_not_kept_as_words(text: str) -> None:
    assert heard(text, *at_question("missing-name")).way is Meaning.ANSWER


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("мне нужно отменить запись на прием", "cancel"),
        ("перенесіть запис до психолога", "move"),
        ("за гроші обіцяють новини про сина", "fraud"),
        ("коли обмін", "news"),
        ("новини про обмін", "news"),
        ("запишіть на прийом до психолога", "book"),
    ],
)
def test_what_is_done_says_more_than_what_it_is_done_to(text: str, wish: str) -> None:
    meant = wished(text)
    assert meant is not None
    assert meant.name == wish
