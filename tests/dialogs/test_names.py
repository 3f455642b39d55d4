"""What stands around a name is no name: it is taken off, or it is asked what was meant."""

from __future__ import annotations

import pytest

from casework.values import PersonName, Unclear
from dialogs.answers import Doubt, name


def doubted(typed: str) -> tuple[str, list[str]]:
    """Why it is asked, and what is offered."""
    answer = name(typed)
    assert isinstance(answer, Doubt), answer
    return answer.reason, [reading.value.full for reading in answer.readings]


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("Мого чоловіка звуть Петренко Іван", "Петренко Іван"),
        ("солдат Петренко Іван Іванович", "Петренко Іван Іванович"),
        ("Солдат Петренко Іван Іванович", "Петренко Іван Іванович"),
        ("мол. сержант Петренко Іван", "Петренко Іван"),
        ("Добрий день! Мого сина звати Коваль Андрій Петрович.", "Коваль Андрій Петрович"),
        ("Доброго дня, Коваль Андрій", "Коваль Андрій"),
        ("Мій чоловік — Петренко Іван", "Петренко Іван"),
        ("Петренко Іван, мій син", "Петренко Іван"),
        ("це мій брат петренко іван", "Петренко Іван"),
        ("Ім’я Іван, прізвище Петренко", "Іван Петренко"),
        ("прізвище Петренко ім'я Іван по батькові Іванович", "Петренко Іван Іванович"),
        ("допоможіть знайти: Петренко Іван", "Петренко Іван"),
        ("Я Петренко Марія", "Петренко Марія"),
        ("Моего мужа зовут Сидоров Олег Викторович", "Сидоров Олег Викторович"),
        ("My husband’s name is John Smith", "John Smith"),
        ("Hello! My name is Maria Petrenko", "Maria Petrenko"),
        ("Петренко, Іван Миколайович", "Петренко Іван Миколайович"),
        ("Оле\u200dна\ufe0f Йой", "Олена Йой"),
    ],
)
def test_a_lead_in_a_rank_and_a_greeting_are_left_out(typed: str, understood: str) -> None:
    assert name(typed) == PersonName(understood)


@pytest.mark.parametrize(
    "typed",
    [
        "Добрий день",
        "Не розумію",
        "Мій син",
        "Допоможіть будь ласка",
        "здравствуйте",
        "помогите пожалуйста",
        "Hello",
        "I don’t understand",
        "що писати",
        "Слава Україні!",
        "Дякую",
        "мама",
        "тест",
    ],
)
def test_words_that_are_no_name_are_asked_about(typed: str) -> None:
    reason, offered = doubted(typed)
    assert reason == "doubt-name-none"
    assert len(offered) == 1, "a person may be called so after all"


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("Петренко Іван і Петренко Олег", ["Петренко Іван", "Петренко Олег"]),
        ("Петренко Іван та Олег", ["Петренко Іван", "Олег"]),
        ("ПЕТРЕНКО ІВАН І ПЕТРЕНКО ОЛЕГ", ["Петренко Іван", "Петренко Олег"]),
        ("Петренко Іван, Петренко Олег", ["Петренко Іван", "Петренко Олег"]),
        ("мої сини Петренко Іван и Петренко Олег", ["Петренко Іван", "Петренко Олег"]),
        ("John Smith and Peter Smith", ["John Smith", "Peter Smith"]),
        ("Коваль Петро + Коваль Олег", ["Коваль Петро", "Коваль Олег"]),
    ],
)
def test_two_persons_are_asked_about(typed: str, people: list[str]) -> None:
    assert doubted(typed) == ("doubt-name-two", people)


@pytest.mark.parametrize(
    "typed", ["Іван", "Мельник", "Лі", "Мене звати Марія", "Іван Миколайович", "І. В.", "солдат Петренко", "Мар'яна?"]
)
def test_a_name_without_its_surname_is_asked_for(typed: str) -> None:
    assert doubted(typed)[0] == "doubt-name-word"


@pytest.mark.parametrize(
    "typed",
    [
        "Солдат Іван",
        "Солдат Іван Петрович",
        "Син Віктор",
        "Мама Жозеф Бернар",
        "Папа Олег",
        "Кум Петро Іванович",
        "На Чен Хван",
        "Добрий День",
        "Да Сілва Жоао",
    ],
)
def test_a_real_name_that_is_also_a_word_stays_possible(typed: str) -> None:
    assert typed in doubted(typed)[1]


@pytest.mark.parametrize(
    "typed",
    [
        "Добрий Іван Петрович",
        "Слава Коваль",
        "День Олена",
        "Петренко І. В.",
        "Петренко І В",
        "Шарль де Голль",
        "Ван дер Ваальс Ян",
        "Ким Чен Ир",
        "Ткач Ада",
        "Коваль (Петренко) Ганна",
        "Молодший Степан",
    ],
)
def test_a_rare_name_is_taken_without_a_question(typed: str) -> None:
    assert name(typed) == PersonName(typed)


def test_a_name_out_of_a_sentence_is_offered_and_one_in_another_case_is_asked_again() -> None:
    assert doubted("Мого чоловіка звуть Петренко Іван, він зник у Бахмуті")[1] == ["Петренко Іван"]
    assert doubted("Петренко Іван поїхав на схід")[1][0] == "Петренко Іван"
    assert doubted("шукаю Петренка Івана Миколайовича") == ("doubt-name-form", ["Петренка Івана Миколайовича"])


@pytest.mark.parametrize("typed", ["\u3164" * 4, "\u2800\u2800", "\u115f\u1160", "\u034f\ufe0f", "\uffa0 \u3164"])
def test_letters_that_nobody_sees_are_none(typed: str) -> None:
    assert name(typed) == Unclear("unclear-name")
