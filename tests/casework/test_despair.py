"""Words of despair are heard, and plain grief is not taken for them."""

import pytest

from casework.despair import despairs


@pytest.mark.parametrize(
    "text",
    [
        "Мені дуже погано, не хочу більше жити",
        "Третій день не сплю, дзвоню в частину, ніхто не каже нічого. Жить не хочеться, скажіть хоч щось.",
        "не хчоу жити",
        "нехочу жити",
        "я повишусь",
        "н е  х о ч у  ж и т и",
        "Покінчу з собою, якщо його нема.",
        "нет смысла больше жить",
        "I don’t want to live anymore",
    ],
)
def test_despair_is_heard(text: str) -> None:
    assert despairs(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "вмираю від чекання",
        "серце розривається",
        "не хочу жити в невідомості",
        "Як жити далі, не знаю, хочу почути його голос.",
        "Не хочу померти, не дочекавшись.",
        "My heart is breaking, I cannot sleep.",
    ],
)
def test_grief_is_no_despair(text: str) -> None:
    assert not despairs(text)
