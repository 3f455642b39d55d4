"""How names sound, what a wrong layout made of them, how they are shortened, what a line names."""

import pytest

from casework.names import called, heard, letter_rests, meant, readings, rests, rough, sought, typed_rests


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ґудзь", "Гудзь"),
        ("Мар'яна", "Марʼяна"),
        ("Иван", "Іван"),
        ("Petrenko", "Петренко"),
        ("Kharchenko", "Харченко"),
        ("Yurii", "Юрій"),
        ("Shcherbak", "Щербак"),
        ("Ŝerbak", "Щербак"),
        ("Szczerbak", "Щербак"),
        ("Zghurskyi", "Згурський"),
        ("Лёвочкин", "Левочкін"),
    ],
)
def test_one_name_is_heard_alike_in_every_writing(one: str, other: str) -> None:
    assert heard(one) == heard(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Білоус", "Белоус"),
        ("Їжакевич", "Ежакевич"),
        ("Sevcenko", "Шевченко"),
        ("Олексійович", "Алексеевич"),
        ("Левківський", "Левковский"),
        ("Chevtchenko", "Шевченко"),
        ("Xmelʹnycʹkyj", "Хмельницький"),
        ("Schewtschenko", "Шевченко"),
    ],
)
def test_what_habits_change_is_alike_roughly(one: str, other: str) -> None:
    assert {rough(sound) for sound in readings(one)} & {rough(sound) for sound in readings(other)}


@pytest.mark.parametrize("slip", ["Шевченк", "Шевчеенко", "Шевчанко", "Шеченко", "Шевечнко", "Шефченко"])
def test_a_slip_leaves_something_in_common(slip: str) -> None:
    assert rests(heard(slip)) & rests(heard("Шевченко"))


@pytest.mark.parametrize("slip", ["Sehvchenko", "Shevcehnko", "Shevhcenko", "Hsevchenko"])
def test_a_slip_within_two_letters_for_one_sound_does_too(slip: str) -> None:
    assert typed_rests(slip) & letter_rests(heard("Шевченко"))
    assert not typed_rests("Шевченко")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Gtnhtyrj", "петренко"),
        ("Ie,f", "шуба"),
        (";ehfdktdf", "журавлева"),
        ("Зуекутлщ", "petrenko"),
        ("Эвген", "євген"),
        ("<jqrj", "бойко"),
    ],
)
def test_what_was_typed_in_another_layout_is_read(typed: str, name: str) -> None:
    assert name in meant(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Сашко", "Олександр"), ("Николай", "Микола"), ("Галя", "Ганна"), ("Женя", "Євгенія"), ("Сашка", "Александра")],
)
def test_a_short_form_is_of_its_name_and_the_other_way_round(one: str, other: str) -> None:
    assert heard(other) in called(heard(one))
    assert heard(one) in called(heard(other))


@pytest.mark.parametrize(
    ("line", "words", "born"),
    [
        ("Петренко Іван 12.03.1990", ("Петренко", "Іван"), (1990, 3, 12)),
        ("12/03/90 Gtnhtyrj", ("Gtnhtyrj",), (1990, 3, 12)),
        ("1990-03-12", (), (1990, 3, 12)),
        ("Петренко 12031990", ("Петренко",), (1990, 3, 12)),
        ("Петренко, 12 березня 1990 року", ("Петренко,",), (1990, 3, 12)),
        ("Петренко 31.13.1990 р.н.", ("Петренко",), (1990, 13, 31)),
        ("Петренко 1990", ("Петренко",), (1990, 0, 0)),
        ("Зуекутлщ 12ю03ю1990", ("Зуекутлщ",), (1990, 3, 12)),
        ("Петренко Марія, 067 123 45 67", ("Петренко", "Марія,"), None),
    ],
)
def test_a_line_names_words_and_a_birth_date(line: str, words: tuple[str, ...], born: tuple[int, int, int]) -> None:
    found = sought(line)
    assert (found.words, found.born) == (words, born)
