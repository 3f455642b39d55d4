"""Telephones: Ukrainian ones in the forms that people write, foreign ones of families abroad, two at once, none."""

import random
import re
from collections.abc import Sequence
from typing import Final

from benchmarks.answers.frame import ASKED, Answer, Case, Kind
from benchmarks.answers.people import split
from dialogs.answers import phone

FEW: Final = 60
OPERATORS: Final = "39 50 63 66 67 68 73 77 91 92 93 94 95 96 97 98 99".split()  # noqa: SIM905
"""Codes of mobile operators in the national numbering plan."""

HOME: Final = (
    "0{a} {b} {c} {d}",
    "0{a}{b}{c}{d}",
    "0{a}-{b}-{c}-{d}",
    "(0{a}) {b}-{c}-{d}",
    "+380 {a} {b} {c} {d}",
    "+380{a}{b}{c}{d}",
    "+38 (0{a}) {b}-{c}-{d}",
    "+38 0{a} {b} {c} {d}",
    "380{a}{b}{c}{d}",
    "38 0{a} {b} {c} {d}",
    "00380 {a} {b} {c} {d}",
    "0038 0{a} {b}{c}{d}",
    "+38(0){a}{b}{c}{d}",
    "380-{a}-{b}-{c}-{d}",
    "8 0{a} {b} {c} {d}",
    "8(0{a}){b}{c}{d}",
    "8 10 380 {a} {b} {c} {d}",
    "8-10-380-{a}-{b}{c}{d}",
    "810380{a}{b}{c}{d}",
    "8 10 (380 {a}) {b} {c} {d}",
    "8~10 380{a}{b}{c}{d}",
    "011 380 {a} {b} {c} {d}",
    "{a} {b} {c} {d}",
    "0{a}.{b}.{c}.{d}",
    "0{a}·{b}·{c}·{d}",
    "0{a}•{b}•{c}•{d}",
    "0{a}_{b}_{c}_{d}",
    "0{a}/{b}{c}{d}",
    "0{a}\u2800{b}\u2800{c}{d}",
    "0{a}\ufe0f{b}\u200d{c}\u034f{d}",
    "О{a} {b} {c} {d}",
    "плюс 380 {a} {b} {c} {d}",
    "мій номер 0{a} {b} {c} {d}",
    "тел. 0{a}{b}{c}{d}, після 18:00",
    "0{a} {b} {c} {d} (Viber)",
    "0{a}{b}{c}{d}, 0{a}{b}{c}{d}",
    "0{a} {b} {c} {d}\n+380{a}{b}{c}{d}",
    "0{a} {b} {c} {d} дод. 12",
    "0{a} {b} {c} {d} доб. 204",
    "дзвоніть о 10 на 0{a} {b} {c} {d}",
)
ABROAD: Final = """
+48 512 345 678; +48 600 100 200; +49 151 23456789; +49 30 901820; +420 601 123 456; +421 905 123 456; +372 5123
4567; +370 612 34567; +371 21 234 567; +40 712 034 567; +359 88 123 4567; +36 20 123 4567; +43 664 1234567; +41 78
123 45 67; +39 312 345 6789; +34 612 34 56 78; +351 912 345 678; +33 6 12 34 56 78; +32 470 12 34 56; +31 6
12345678; +44 7400 123456; +353 85 012 3456; +45 32 12 34 56; +46 70 123 45 67; +47 406 12 345; +358 41 2345678;
+972 50 234 5678; +90 501 234 56 78; +995 555 12 34 56; +373 621 12 345; +374 77 123456; +994 40 123 45 67; +1 202
555 0143; +1 506 234 5678; +1 416 555 0123; +61 412 345 678; +64 21 123 4567; +971 50 123 4567; +20 100 123 4567;
+81 90 1234 5678; +82 10 2000 0000; +30 691 234 5678; +385 92 123 4567; +386 31 234 567; +381 60 1234567; +389 72
345 678; +357 96 123456; +356 9696 1234; +352 628 123 456; +354 611 1234; +7 701 234 56 78; +998 91 234 56 78; +996
700 123 456
"""
"""Examples of numbering plans, as their authorities publish them."""

BEFORE: Final = ("+{}", "00{}", "+ {}", "8 10 {}", "тел. +{}", "+{} (WhatsApp)", "мой номер +{}", "011 {}")
NONE: Final = """
не дам; не хочу; немає телефону; нема; потім; не знаю; що це; навіщо вам; той самий; той що й був; у viber; в
телеграмі; напишу пізніше; 067; 067 123; 12345; 102; 103; 7333; 16-48; 067 123 45; 0671234; 067 123 45 6; 38067;
+380; +38067123; +380 67 123 45 678; 0671234567890; 12.03.1990; 5.03.2025; 10:00; 10:30-12:45; 24.02.2022 о 5 ранку;
1234-5678; 0000000000; 1111111111; 1234567890; 9999999999; 012 345 67 89; 8 912 345 67 89; 8 495 123 45 67; 8 800
555 35 35; 999 123 456 789; +999 123 456 789; +0 123 456 789; 600 100 200; 0151 23456789 12; пенсіонерка; у мене
кнопковий; телефон розбився; у сина; номер чоловіка; зв'язку немає; перезвоніть; after six; no phone; ask my son;
нуль шістдесят сім; А1234; в/ч 3057; 20.11; 2026; 1990; 37; 37 років; 5; буд. 7 кв. 12; вул. Шевченка 15; 79000;
04050; 5168 7420 1234 5678; UA213996220000026007233566001
"""


def answer(typed: str) -> Answer:
    taken = phone(typed)
    return taken if isinstance(taken, str) else ASKED


def digits_alone(typed: str) -> Answer:
    """The fault: a plus and whatever digits there are."""
    return "+" + "".join(filter(str.isdigit, typed))


def _number(chance: random.Random) -> tuple[str, dict[str, str]]:
    code, rest = chance.choice(OPERATORS), f"{chance.randrange(2_000_000, 9_999_999)}"
    return f"+380{code}{rest}", {"a": code, "b": rest[:3], "c": rest[3:5], "d": rest[5:]}


def _home(chance: random.Random, few: bool) -> Sequence[Case]:
    drawn = [(form, _number(chance)) for form in HOME for _ in range(2 if few else 10)]
    return [Case(form.format(**parts), {number}) for form, (number, parts) in drawn]


def _abroad(chance: random.Random, few: bool) -> Sequence[Case]:
    written = split(ABROAD)
    cases = []
    for one in written:
        for form in chance.sample(BEFORE, 1 if few else 4):
            typed = form.format(one.removeprefix("+"))
            if chance.random() < 0.3:
                typed = re.sub(r"(?<=\d) (?=\d)", chance.choice(("-", ".", "")), typed)
            cases.append(Case(typed, {"+" + "".join(filter(str.isdigit, one))}))
    return cases


def _two(chance: random.Random, few: bool) -> Sequence[Case]:
    cases = []
    for _ in range(FEW if few else 160):
        one, other = (chance.choice(HOME[:23]).format(**_number(chance)[1]) for _ in range(2))
        cases.append(Case(chance.choice((", ", " або ", "\n", "; ", " / ", " і ", ", мамин ")).join((one, other))))
    return cases


def _none(chance: random.Random, few: bool) -> Sequence[Case]:
    said = split(NONE)
    short = []
    for _ in range(100):
        number, _parts = _number(chance)
        short.append(number[: chance.randrange(5, 12)])
    return [Case(one) for one in (*said, *short[: 20 if few else 100])]


KINDS: Final = (
    Kind("phones", "a Ukrainian number, in forty forms", _home, answer, digits_alone),
    Kind("phones-abroad", "a number of a family abroad", _abroad, answer, digits_alone),
    Kind("phones-two", "two numbers at once", _two, answer, digits_alone),
    Kind("phones-none", "no number, or not all of it", _none, answer, digits_alone),
)
