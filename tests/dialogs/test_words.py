"""The words are whole in both languages, and the proof-reader finds what it is there to find."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from casework.letters import AtTime, OnDay, Private, Say, say
from dialogs.answers.writing import plain
from dialogs.details import SHARE
from dialogs.questions import Choice
from dialogs.words import LANGUAGES, Words, language_for
from tests.locale_lint import names, pairs, spelling, taste, terms
from tests.locale_lint.__main__ import faults
from tests.locale_lint.texts import UNSIGNED, Fault, Texts, read

WORDS = Words()
Read = Callable[[str, str], Texts]


def test_nothing_is_wrong_with_the_words() -> None:
    assert [str(fault) for fault in faults()] == []


@pytest.fixture(name="written")
def _written(tmp_path: Path) -> Read:
    """Writes a file of words in a language, and reads it back."""

    def written(language: str, source: str) -> Texts:
        folder = tmp_path / "locales" / language
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "some.ftl").write_text(source, encoding="utf-8")
        return read(language, tmp_path / "locales")

    return written


def _wrong(found: Iterable[Fault]) -> list[str]:
    return [f"{fault.name}: {fault.wrong}" for fault in found]


def test_a_message_in_one_language_alone_is_found(written: Read) -> None:
    ours = written("uk", "one = Одне\n    .why = Бо { $name }\ntwo = Два\n")
    theirs = written("en", "one = One\n    .why = Because\n")
    assert _wrong(pairs.paired(ours, theirs)) == ["one.why: leaves out $name", "two: not said in 'en'"]
    assert _wrong(pairs.paired(theirs, ours)) == []


def test_each_language_counts_in_its_own_way(written: Read) -> None:
    ours = written("uk", "days = { $n ->\n    [one] день\n   *[other] днів\n }\n")
    assert _wrong(pairs.counted(ours)) == ["days: lacks [few]"]
    theirs = written("en", "days = { $n ->\n    [one] day\n    [few] days\n   *[other] days\n }\n")
    assert _wrong(pairs.counted(theirs)) == ["days: [few] never happens in 'en'"]
    whole = written("uk", "days = { $n ->\n    [one] день\n    [few] дні\n   *[other] днів\n }\n")
    assert _wrong(pairs.counted(whole)) == []


def test_junk_and_what_is_written_twice_is_found(written: Read) -> None:
    ours = written("uk", "one = Одне\none = Два\nthree { Три\n")
    assert [fault.name for fault in ours.faults] == ["one", "three { Три"]


def test_compare_locales_is_asked(written: Read, tmp_path: Path) -> None:
    written("uk", "one = Одне\n    .why = Бо\n")
    written("en", "one = One\n    .why = Because\n    .why = Since\n")
    assert _wrong(pairs.compared(tmp_path / "locales")) == ['one: Attribute "why" is duplicated'] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Його тіло",
        "про загибель",
        "Він помер",
        "свідоцтво про смерть",
        "останки",
        "прав'о",
        "пра\u02bcво",
        'як "тут"',
        "❤",
    ],
)
def test_what_is_never_said_in_ukrainian(written: Read, text: str) -> None:
    assert len(_wrong(taste.worded(written("uk", f"one = {text}\n"), {}))) == 1


@pytest.mark.parametrize("text", ["the body", "a death", "We regret to say", "what remains", "🙂"])
def test_what_is_never_said_in_english(written: Read, text: str) -> None:
    assert len(_wrong(taste.worded(written("en", f"one = {text}\n"), {}))) == 1


def test_words_that_only_look_alike_may_be_said(written: Read) -> None:
    texts = written("uk", "one = останній дзвінок, батькові, об’єднаний, потілька ✓\n")
    assert _wrong(taste.worded(texts, {})) == []
    assert _wrong(taste.worded(written("en", "one = nobody, anybody, deadline\n"), {})) == []


def test_a_reason_lets_a_word_stand(written: Read) -> None:
    texts = written("en", "paper = Certificate of death\n")
    assert _wrong(taste.worded(texts, {"paper": "the name of a paper that the family asks for by name"})) == []


def test_what_does_not_fit_is_found(written: Read) -> None:
    long = "ж" * 65
    texts = written("uk", f"one = {long * 60}\n    .yes = {long}\n    .why = {long}\n    .yes-also = {long}\n")
    assert _wrong(taste.sized(texts)) == ["one: has 3900 characters of 3500", "one.yes: has 65 characters of 64"]


def test_a_slip_of_the_pen_is_found(written: Read) -> None:
    uk = written("uk", "one = Поддайте заяву до ТЦК, об’єднаний прийом: /case, web.page\n    .yes-also = поддайте\n")
    assert _wrong(spelling.misspelt(uk)) == ["one: has 'Поддайте', in no dictionary"]
    en = written("en", "one = Your report is regsitered at the center in Kharkiv\n")
    assert _wrong(spelling.misspelt(en)) == ["one: has 'regsitered', in no dictionary"]


def test_one_thing_has_one_word(written: Read) -> None:
    texts = written("uk", "one = Підтвердити спорідненість\n    .yes-also = спорідненість\n")
    assert _wrong(terms.consistent(texts)) == ["one: says 'спорідненість'"]
    assert _wrong(terms.consistent(written("en", "one = Your centre\n"))) == ["one: says 'centre'"]


def test_a_dna_sample_is_asked_of_every_family(written: Read) -> None:
    bare = written("uk", "one = Здайте зразок ДНК\n    .go = Зразок ДНК\n    .also = ДНК: просять у кожної родини\n")
    assert _wrong(terms.explained(bare)) == ["one: names a DNA sample", "one.go: names a DNA sample"]
    said = "one = Зразок ДНК просять у кожної родини, це не означає, що когось знайшли\n"
    assert _wrong(terms.explained(written("uk", said))) == []


def test_texts_on_loss_wait_for_a_signature(written: Read) -> None:
    bare = written("uk", "invitation-come = Приходьте\n")
    assert _wrong(taste.signed(bare)) == [
        "invitation-come: is about loss, invitation or release, and nobody has signed it"
    ]
    waiting = written("uk", f"# {UNSIGNED}\ninvitation-come = Приходьте\n")
    assert _wrong(taste.signed(waiting)) == []
    assert [text.message for text in taste.unsigned(waiting)] == ["invitation-come"]
    signed = written("uk", "# signed: О. Коваль, psychologist, 2026-11-24\ninvitation-come = Приходьте\n")
    assert _wrong(taste.signed(signed)) == []
    assert taste.unsigned(signed) == []


def test_names_without_words_and_words_without_names(written: Read, tmp_path: Path) -> None:
    (tmp_path / "casework").mkdir()
    (tmp_path / "casework" / "some.py").write_text(
        'await tell("hello", name="x")\n'
        'Unclear("unclear-a" if short else "unclear-b", {"n": 1})\n'
        'Choice(name="asked", type=str)\n'
        'Say(f"made-{up}")\n'
        '_refuse("through")\n'
    )
    code = names.read_code(tmp_path, ["casework"])
    words = written(
        "uk", "hello = { $name }, { $when }\nunclear-a = Не { $n }\nasked = Що?\nthrough = Так\nidle = Ні\n"
    )
    assert _wrong(names.spoken([words], code, ())) == [
        "hello: 'uk' wants $when",
        "unclear-b: has no words",
        "made-: a name that is put together",
    ]
    assert _wrong(names.idle(words, code, ())) == ["idle: nothing in the code says it"]


def test_what_is_typed_for_more_or_back_is_no_answer_to_a_question() -> None:
    """ "Other" for the service where a person serves was once taken for "More"."""
    ways = {
        plain(word): name
        for name in ("back", "more", "why", "later", "skip", "unknown", "human", "menu")
        for word in WORDS.spellings(Say(f"nav.{name}"))
    }
    taken = {
        f"{question.name}.{option.id} is typed as nav.{ways[word]}"
        for _, question, _ in names.read_questions()
        if isinstance(question, Choice)
        for option in names.fixed_options(question)
        for word in map(plain, WORDS.spellings(option.label))
        if ways.get(word, option.id) != option.id
    }
    assert taken == set()


def test_a_language_is_guessed_from_the_hint() -> None:
    assert [language_for(hint) for hint in ("uk", "ru-RU", "be", None, "en-GB", "pl")] == [*["uk"] * 4, "en", "en"]


def test_dates_fit_into_the_sentence() -> None:
    day = OnDay(date(2026, 11, 27))
    moment = AtTime(datetime(2026, 11, 27, 8, 0, tzinfo=UTC))
    assert "до 27 листопада 2026" in WORDS.say("uk", say("settings-pause-done", until=day))
    assert "в п’ятницю, 27 листопада 2026 року, 10:00" in WORDS.say("uk", say("settings-erase-done", on=moment))
    assert "не пізніше п’ятниці, 27 листопада 2026 року" in WORDS.say(
        "uk", say("call-missed", by=AtTime(datetime(2026, 11, 27, 8, 0, tzinfo=UTC), style="day"))
    )
    assert "Friday, 27 November 2026, 10:00" in WORDS.say("en", say("settings-erase-done", on=moment))


@pytest.mark.parametrize(
    ("day", "genitive", "on"),
    [
        (23, "понеділка", "в понеділок"),
        (24, "вівторка", "у вівторок"),
        (25, "середи", "в середу"),
        (26, "четверга", "в четвер"),
        (27, "п’ятниці", "в п’ятницю"),
        (28, "суботи", "в суботу"),
        (29, "неділі", "в неділю"),
    ],
)
def test_the_day_of_the_week_is_declined_after_its_preposition(day: int, genitive: str, on: str) -> None:
    moment = AtTime(datetime(2026, 11, day, 8, 0, tzinfo=UTC), style="day")
    pause, erase = say("settings-pause-done", until=moment), say("settings-erase-done", on=moment)
    assert f"до {genitive}, {day} листопада 2026 року." in WORDS.say("uk", pause)
    assert f"стерто {on}, {day} листопада 2026 року." in WORDS.say("uk", erase)


@pytest.mark.parametrize(
    ("label", "former"),
    [
        ("settings.erase", "забрати й стерти мої дані"),
        ("settings.erase", "take and erase my data"),
        ("settings.where", "де отримувати повідомлення"),
        ("settings.where", "where messages come"),
        ("settings.opens", "де показувати повідомлення"),
        ("settings.opens", "where messages are shown"),
        ("registered.papers", "надіслати документи про спорідненість"),
        ("steps.dna", "зразок ДНК"),
        ("steps.dna", "DNA sample"),
    ],
)
def test_a_label_of_before_is_still_understood(label: str, former: str) -> None:
    assert former in WORDS.spellings(Say(label))


def test_what_is_private_is_a_dash_for_staff_on_a_messenger() -> None:
    what = say("common.line", what=Say("missing-name.label"), value=Private("Петренко Іван"))
    assert WORDS.say("uk", what) == "Кого шукаємо: Петренко Іван"
    assert WORDS.say("uk", what, discreet=True) == "Кого шукаємо: —"


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_words_and_variables_name_the_remedy(language: str) -> None:
    with pytest.raises(LookupError, match=f"add them to locales/{language}"):
        WORDS.say(language, Say("nobody-wrote-this"))
    with pytest.raises(LookupError, match="number"):
        WORDS.say(language, Say("correct-done"))


def test_a_label_may_be_typed_in_any_language() -> None:
    assert {"Мати", "Mother", "mum", "мама"} <= set(WORDS.spellings(Say("kinship.mother")))


def test_a_family_sees_whom_it_lets_see() -> None:
    assert Words().say("uk", Say("common.line", {"what": "Кому", "value": SHARE.show(("unit", "icrc"))})) == (
        "Кому: Червоний Хрест; Військова частина"
    )
    assert Words().say("en", Say("common.line", {"what": "To whom", "value": SHARE.show(())})) == (
        "To whom: nothing chosen"
    )
