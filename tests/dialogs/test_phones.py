"""Numbers as the old network, a phone's keyboard and a hurry write them."""

from __future__ import annotations

import pytest

from casework.values import Phone
from dialogs.answers import Doubt, international, phone


@pytest.mark.parametrize(
    "typed",
    [
        "8 10 380 67 123 45 67",
        "8-10-380-67-123-45-67",
        "810380671234567",
        "8 10 38 067 123 45 67",
        "8~10 380 67 1234567",
        "+8 10 380 67 123 45 67",
        "8(10)380671234567",
        "8 10 (380) 67 123 45 67",
        "810 380 067 123 45 67",
        "00380 67 123 45 67",
        "0038 0 67 123 45 67",
        "011 380 67 123 45 67",
        "+38(0)671234567",
        "380-67-123-45-67",
        "38 380 67 123 45 67",
        "+0380 67 123 45 67",
        "0️⃣6️⃣7️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣",
        "067\ufe0f 123\u200d 45\u034f67",
        "067\u2800123\u280045\u280067",
        "067·123·45·67",
        "067•123•45•67",
        "067_123_45_67",
        "067,123,45,67",
        "067'123'45'67",
        "067\n123 45 67",
        "О67 123 45 67",
        "+38О671234567",
        "O67-l23-45-67",
        "067 123 45 67, 067 123 45 67",
        "0671234567 +380671234567",
        "067 123 45 67\n8 10 380 67 123 45 67",
        "067 123 45 67 дод. 12",
        "067 123 45 67 доб. 12",
        "067 123 45 67, внутр. 1234",
        "067 123 45 67, нар. 12.03.1990",
        "дзвоніть о 10 на 067 123 45 67",
    ],
)
def test_one_number_however_it_is_written(typed: str) -> None:
    assert phone(typed) == Phone("+380671234567")


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("8 10 48 600 100 200", "+48600100200"),
        ("011 48 600 100 200", "+48600100200"),
        ("0049 151 23456789", "+4915123456789"),
        ("+81 3 1234 5678", "+81312345678"),
        ("81 90 1234 5678", "+819012345678"),
        ("+7 701 234 56 78", "+77012345678"),
        ("+372 5512 3456", "+37255123456"),
    ],
)
def test_the_way_out_of_the_old_network_is_no_country(typed: str, understood: str) -> None:
    assert phone(typed) == understood


@pytest.mark.parametrize(
    "typed",
    [
        "067 123 45 67, 050 765 43 21",
        "067 123 45 67 / 050 765 43 21",
        "067 123 45 67/050 765 43 21",
        "067 123 45 67\n050 765 43 21",
        "0671234567 0507654321",
        "мій 067 123 45 67, брата 050 765 43 21",
    ],
)
def test_of_two_numbers_it_is_asked_which(typed: str) -> None:
    answer = phone(typed)
    assert isinstance(answer, Doubt)
    assert [reading.value for reading in answer.readings] == ["+380671234567", "+380507654321"]


@pytest.mark.parametrize(
    ("shared", "understood"),
    [
        ("380671234567", "+380671234567"),
        ("+380671234567", "+380671234567"),
        ("3725012345", "+3725012345"),
        ("0671234567", "+380671234567"),
    ],
)
def test_a_shared_contact_has_its_country_code(shared: str, understood: str) -> None:
    assert international(shared) == understood
