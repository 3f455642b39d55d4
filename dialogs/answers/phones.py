"""A telephone number, Ukrainian or foreign, in the many ways that people write it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumber, ValidationResult

from casework.values import Phone, Unclear
from dialogs.answers.writing import ascii_digits, one_mark, visible

_HOME: Final = "UA"
_HOME_CODE: Final = 380
_HOME_LENGTH: Final = 9  # digits after +380
_SHORTEST: Final = 7
_LONGEST_TYPED: Final = 300
_PLUS_WORD: Final = re.compile(r"\b(?:плюс|plus)\s*(?=\d)", re.IGNORECASE)
_WRITTEN: Final = re.compile(r"\+?[ ]?[(]?\d(?:[ ().\-/]*\d)*")


def phone(text: str) -> Phone | Unclear:
    """Read one number; without a country code it is Ukrainian. Words around it do not disturb, a second one does."""
    line = one_mark(ascii_digits(unicodedata.normalize("NFKC", visible(text[:_LONGEST_TYPED]))))
    line = _PLUS_WORD.sub("+", line.replace("\n", ", ").replace(" / ", ", "))
    found = [match[0] for match in _WRITTEN.finditer(line)]
    long_enough = [number for number in found if _digits(number) >= _SHORTEST]
    if len(long_enough) > 1:
        return Unclear("unclear-phone-two")
    if not long_enough:
        return Unclear("unclear-phone-short") if any(_digits(n) > 2 for n in found) else Unclear("unclear-phone")
    return _parsed(_with_country(long_enough[0]))


def _digits(written: str) -> int:
    return sum(char.isdigit() for char in written)


def _with_country(written: str) -> str:
    """The number as phonenumbers reads it: `+` and a country code, or a Ukrainian number without one."""
    digits = "".join(char for char in written if char.isdigit())
    if len(digits) == 11 and re.match("80[1-9]", digits):
        return digits[1:]  # "8 067 …": the trunk prefix of Soviet times
    if digits.startswith("00"):
        return "+" + digits[2:]
    if digits.startswith("0"):
        return digits  # also "+067 …"
    if written.lstrip().startswith("+") or digits.startswith("380") or len(digits) > 10:
        return "+" + digits
    return digits


def _parsed(written: str) -> Phone | Unclear:
    try:
        number = phonenumbers.parse(written, _HOME)
    except phonenumbers.NumberParseException as error:
        return _reason_of(error)
    if number.country_code == _HOME_CODE:
        return _ukrainian(number)
    match phonenumbers.is_possible_number_with_reason(number):
        case ValidationResult.IS_POSSIBLE:
            return Unclear("unclear-phone-short-abroad") if _too_short_to_ring(number) else _e164(number)
        case ValidationResult.TOO_SHORT | ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            return Unclear("unclear-phone-short-abroad")
        case ValidationResult.TOO_LONG:
            return Unclear("unclear-phone-long")
        case ValidationResult.INVALID_COUNTRY_CODE:
            return Unclear("unclear-phone-country")
        case _:
            return Unclear("unclear-phone-impossible")


def _ukrainian(number: PhoneNumber) -> Phone | Unclear:
    if phonenumbers.is_valid_number(number):
        return _e164(number)
    length = len(phonenumbers.national_significant_number(number))
    if length < _HOME_LENGTH:
        return Unclear("unclear-phone-short")
    return Unclear("unclear-phone-long") if length > _HOME_LENGTH else Unclear("unclear-phone-impossible")


def _too_short_to_ring(number: PhoneNumber) -> bool:
    """Shorter than the country's mobile numbers, and in no known range.

    Ranges abroad change faster than any table, so a number of the full length is taken in whatever range.
    """
    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    if example is None or phonenumbers.is_valid_number(number):
        return False
    return len(str(number.national_number)) < len(str(example.national_number))


def _e164(number: PhoneNumber) -> Phone:
    return Phone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _reason_of(error: phonenumbers.NumberParseException) -> Unclear:
    match error.error_type:
        case phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
            return Unclear("unclear-phone-country")
        case phonenumbers.NumberParseException.TOO_LONG:
            return Unclear("unclear-phone-long")
        case _:
            return Unclear("unclear-phone-short")
