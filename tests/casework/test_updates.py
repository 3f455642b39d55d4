"""What two people sign, which words stop a text, how codes are read: without a database."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.actor import Role
from casework.ids import CaseId, PersonId
from casework.staff.access import roles_of
from casework.updates.codes import ALPHABET, UPDATE_CODE_LENGTH, grouped, read_code
from casework.updates.forbidden_words import stopped_by
from casework.updates.inviting import letter
from casework.updates.values import Level, Manner, Office, Source, Statement, signature

STATEMENT = Statement(
    Level.NIB, Source(Office.NIB, Manner.DOCUMENT, date(2026, 11, 20)), "Ім’я внесено до реєстру.", "In the register."
)
CASE = CaseId(7)
TWO = (PersonId(1), PersonId(2))


def test_no_level_tells_of_death_wounds_or_remains() -> None:
    """Whoever adds a level changes this test, and with it what families may be told by a message."""
    assert {level.value for level in Level} == {"said", "unit", "nib", "icrc", "released"}


def test_who_writes_and_who_approves() -> None:
    assert roles_of("update") == {Role.SPECIALIST, Role.HEAD}
    assert roles_of("approve") == {Role.VERIFIER, Role.HEAD}


@pytest.mark.parametrize(
    "changed",
    [
        replace(STATEMENT, level=Level.ICRC),
        replace(STATEMENT, source=replace(STATEMENT.source, body="sbu")),
        replace(STATEMENT, source=replace(STATEMENT.source, manner=Manner.CONVERSATION)),
        replace(STATEMENT, source=replace(STATEMENT.source, on=date(2026, 11, 21))),
        replace(STATEMENT, uk=STATEMENT.uk + " "),
        replace(STATEMENT, en=""),
        replace(STATEMENT, uk=STATEMENT.en, en=STATEMENT.uk),
    ],
)
def test_a_signature_holds_for_just_what_was_seen(changed: Statement) -> None:
    assert signature(CASE, changed, TWO) != signature(CASE, STATEMENT, TWO)


def test_a_signature_covers_whom_it_reaches() -> None:
    signed = signature(CASE, STATEMENT, TWO)
    assert signature(CASE, STATEMENT, (PersonId(1),)) != signed
    assert signature(CASE, STATEMENT, (*TWO, PersonId(3))) != signed
    assert signature(CaseId(8), STATEMENT, TWO) != signed
    assert signature(CASE, STATEMENT, tuple(reversed(TWO))) == signed


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("На жаль, ваш син загинув 12 березня.", "загинув"),
        ("Повідомляємо про загибель військовослужбовця.", "загибель"),
        ("Він помер від ран.", "помер"),
        ("Є відомості про його смерть.", "смерть"),
        ("Тіло передано до моргу.", "Тіло"),
        ("Пройшла репатріація тіл.", "тіл"),
        ("Останки знайдено під Бахмутом.", "Останки"),
        ("Поховання відбудеться в п’ятницю.", "Поховання"),
        ("Отримав важке поранення в ногу.", "поранення"),
        ("Має травму голови.", "травму"),
        ("Є збіг за зразком ДНК.", "збіг … ДНК"),
        ("Результат експертизи ДНК позитивний.", "Результат … ДНК"),
        ("Молекулярно-генетична експертиза завершена.", "Молекулярно"),
        ("Особу ідентифіковано.", "ідентифіковано"),
        ("Запрошуємо на впізнання.", "впізнання"),
        ("Повертається додому на щиті.", "на щиті"),
        ("Вантаж 200.", "Вантаж … 200"),
        ("Вічна пам'ять герою.", "Вічна память"),
        ("ЗАГИ́НУВ", "ЗАГИНУВ"),
        ("Він пoмep учора.", "пoмep"),
        ("Ваш сын погиб.", "погиб"),
        ("Умерла в плену.", "Умерла"),
        ("Тело опознано по ДНК.", "Тело"),
        ("Он тяжело ранен.", "ранен"),
        ("Похороны в субботу.", "Похороны"),
        ("Совпадение по ДНК подтверждено.", "Совпадение … ДНК"),
        ("Идентифицирован среди погибших.", "Идентифицирован"),
        ("Your son was killed in March.", "killed"),
        ("We regret to inform you of his death.", "death"),
        ("He died of his wounds.", "died"),
        ("The body was returned.", "body"),
        ("His remains were found.", "His remains"),
        ("The DNA matched.", "DNA … matched"),
        ("He was seriously injured.", "injured"),
        ("She passed away.", "passed away"),
        ("The funeral is on Friday.", "funeral"),
        ("He has been identified.", "identified"),
    ],
)
def test_hard_news_is_stopped_and_its_word_named(text: str, word: str) -> None:
    assert word in stopped_by(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ім’я внесено до реєстру Національного інформаційного бюро.",
        "Міжнародний Комітет Червоного Хреста підтвердив полон.",
        "Вашого сина впізнали на відео серед полонених.",
        "Звільнено в обміні сьогодні вранці. Рано-вранці зателефонуємо.",
        "Тільки що отримали відповідь. Раніше її не було.",
        "Зараз перебуває в Могилеві-Подільському.",
        "Просимо здати зразок ДНК у найближчому відділенні.",
        "Підготуйте ідентифікаційний код і паспорт.",
        "Утримують у помірних умовах, стан без змін.",
        "Останній дзвінок був у березні; остання адреса відома.",
        "Убезпечте свої дані: шахраї дзвонять рідним.",
        "Опікун може звернутися замість родича.",
        "Моргати не треба, це лише приклад.",
        "Траншея, ранкова зміна, рандеву, ранг.",
        "Стан справи без змін, чекаємо на відповідь частини.",
        "Имя внесено в реестр. Ранее его там не было.",
        "Телефон для связи: тел. 067 123 45 67.",
        "Умеренный режим, передачи разрешены.",
        "The name is in the register. The status remains unchanged.",
        "Captivity is confirmed by the ICRC; the deadline is Friday.",
        "He was released in an exchange and is on his way home.",
        "The executive board answered; a skilled diet was asked about.",
        "Please give a DNA sample at the nearest station.",
    ],
)
def test_innocent_words_pass(text: str) -> None:
    assert stopped_by(text) == ()


@given(st.text())
def test_any_text_can_be_looked_through(text: str) -> None:
    assert all(stopped_by(text))


def test_a_code_is_read_however_it_is_copied() -> None:
    assert len(set(ALPHABET)) == 20
    assert not set(ALPHABET) & set("0O1IL5S8B2Z")
    assert grouped("A3C4K7MX") == "A3C4-K7MX"
    for typed in ("A3C4-K7MX", "a3c4k7mx", " A3C4 K7MX ", "А3С4–К7МХ", "A3C4.K7MX"):
        assert read_code(typed) == "A3C4K7MX"
    for typed in ("A3C4-K7M", "A3C4-K7MX9", "Добрий день", "1234-5671", ""):
        assert read_code(typed) is None


@given(st.text(ALPHABET, min_size=UPDATE_CODE_LENGTH, max_size=UPDATE_CODE_LENGTH))
def test_what_is_shown_is_read_back(code: str) -> None:
    assert read_code(grouped(code)) == code


def test_every_invitation_is_the_same_letter() -> None:
    screen = letter()
    assert screen == letter()
    assert all(not say.args for say in screen.says)
