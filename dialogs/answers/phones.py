"""A telephone number, Ukrainian or foreign, in the many ways that people write it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumber, ValidationResult

from casework.values import Phone, Unclear
from dialogs.answers.doubts import Doubt, Reading
from dialogs.answers.writing import ascii_digits, one_mark, unadorned

_HOME: Final = "UA"
_HOME_CODE: Final = 380
_HOME_LENGTH: Final = 9  # digits after +380
_SHORTEST: Final = 7
_LONGEST: Final = 15  # digits of a number in E.164
_LONGEST_TYPED: Final = 300
_PLUS_WORD: Final = re.compile(r"\b(?:плюс|plus)\s*(?=\d)", re.IGNORECASE)
_WRITTEN: Final = re.compile(r"\+?[ ]?[(]?\d(?:[ ().\-/·•∙⋅‧・_*|~]*\d)*")
_NO_LETTERS: Final = re.compile(r"\+?\d(?:[^\w+]*\d)*")
_DATE: Final = re.compile(r"(?<![\d./-])[0-3]?\d[./-][01]?\d[./-](?:19|20)\d\d(?![\d.])")
_EXTENSION: Final = re.compile(r"[,;\s]*(?:\b(?:дод|доб|внутр|вн|extn?|extension)\b[.:]?|#)\s*\d{1,6}\b", re.IGNORECASE)
# A letter for a digit that looks like it: "О67" and "О5О" with the letter О, "О5З" with the letter З.
_ALIKE: Final = str.maketrans("oOоОзЗlIіІ", "0000331111")
_HALF_DIGITS: Final = re.compile(r"(?<!\w)[oOоОзЗlIіІ\d]*\d[oOоОзЗlIіІ\d]*(?!\w)")
# What people dial or slip in before +380: the ways out of networks (00, 011, the old union's 8 10), a code twice.
_HOME_IN_FULL: Final = re.compile(r"(?:00|0|810|8|011|38)?3800?(\d{9})")
_WAY_OUT: Final = re.compile(r"(?:810|00|011)(?=[1-9]\d{7})")


def phone(text: str) -> Phone | Unclear | Doubt[Phone]:
    """Read one number; without a country code it is Ukrainian. Words around it do not disturb. Of two it is asked
    which; the same number twice is one. An extension is left out: nothing here could dial it."""
    line = one_mark(ascii_digits(unicodedata.normalize("NFKC", unadorned(text[:_LONGEST_TYPED]))))
    line = _DATE.sub(" ; ", line.replace("\n", ", ").replace(" / ", ", "))
    line = _EXTENSION.sub(" ; ", _PLUS_WORD.sub("+", _HALF_DIGITS.sub(_in_digits, line)))
    found = [match[0] for match in _WRITTEN.finditer(line)]
    whole = [part for number in found if _digits(number) >= _SHORTEST for part in _apart(number)]
    read = _the_one([_parsed(number) for number in whole]) if whole else None
    if read is None or isinstance(read, Unclear):
        rung = {number for number in map(_parsed, _spaced(line)) if not isinstance(number, Unclear)}
        read = rung.pop() if len(rung) == 1 else read
    if read is None:
        return Unclear("unclear-phone-short") if any(_digits(n) > 2 for n in found) else Unclear("unclear-phone")
    return read


def _spaced(line: str) -> list[str]:
    """What could be one number with commas, lines or other signs between its digits."""
    return [match[0] for match in _NO_LETTERS.finditer(line) if _SHORTEST <= _digits(match[0]) <= _LONGEST]


def international(text: str) -> Phone | Unclear:
    """A number as a messenger knows it: with its country code, a plus before it or not."""
    with_plus = phone(text if text.startswith(("+", "0")) else f"+{text}")
    read = phone(text) if isinstance(with_plus, Unclear) else with_plus
    return Unclear("unclear-phone") if isinstance(read, Doubt) else read


def _the_one(read: list[Phone | Unclear]) -> Phone | Unclear | Doubt[Phone]:
    first = read[0]
    if all(other == first for other in read):
        return first
    numbers = dict.fromkeys(one for one in read if not isinstance(one, Unclear))
    return Doubt("doubt-phone-two", tuple(map(Reading, numbers))) if numbers else Unclear("unclear-phone-two")


def _in_digits(word: re.Match[str]) -> str:
    letters = sum(char.isalpha() for char in word[0])
    return word[0].translate(_ALIKE) if 2 * letters <= len(word[0]) else word[0]


def _apart(written: str) -> list[str]:
    """Two numbers with nothing but a space or a stroke between them, cut where both halves can be rung."""
    if _digits(written) <= _LONGEST:
        return [written]
    for gap in re.finditer(r"(?<=\d)\D+(?=\d)", written):
        halves = [written[: gap.start()], written[gap.end() :]]
        if not any(isinstance(_parsed(half), Unclear) for half in halves):
            return halves
    return [written]


def _digits(written: str) -> int:
    return sum(char.isdigit() for char in written)


def _with_country(written: str) -> str | None:
    """The number as phonenumbers reads it: `+` and a country code, or a Ukrainian number without one. None for a long
    number without a plus whose beginning is no country's: "8 912 …" is not in Asia."""
    digits = "".join(char for char in written if char.isdigit())
    home = _HOME_IN_FULL.fullmatch(digits)
    if home is not None:
        return f"+380{home[1]}"
    if len(digits) == 11 and re.match("80[1-9]", digits):
        return digits[1:]  # "8 067 …": the trunk prefix of Soviet times
    plus = written.lstrip(" (").startswith("+") and not digits.startswith("00")
    out = None if plus else _WAY_OUT.match(digits)
    if out is not None and (out[0] != "810" or _known(digits[3:])):
        return "+" + digits[out.end() :]
    if digits.startswith("0"):
        return digits  # also "+067 …"
    if plus or digits.startswith("380") or len(digits) > _LONGEST:
        return "+" + digits
    if len(digits) <= 10:
        return digits
    trunk = len(digits) == 11 and digits.startswith("8")
    return "+" + digits if not trunk and _known(digits) else None


def _known(digits: str) -> bool:
    """Is it, with its country code, in a range that is known?"""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse("+" + digits, None))
    except phonenumbers.NumberParseException:
        return False


def _parsed(typed: str) -> Phone | Unclear:
    written = _with_country(typed)
    if written is None:
        return Unclear("unclear-phone-plus")
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
    length = len(str(number.national_number))
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
