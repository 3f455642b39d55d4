"""What no text of the service says: words that hurt, signs that mock, expressions that have a better word. Staff who
type such a word are told what to say instead; the lint of `locales/` asks the same tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from casework.updates.forbidden_words import stopped_by

FORBIDDEN: Final = {
    "uk": re.compile(
        r"\b(?:загиб\w*|загин\w*|труп\w*|тіл(?:о|а|у|ом|і|ами|ах)?|останк\w*|похов\w*|помер\w*|смерт\w*"
        r"|на жаль, повідомля\w*)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(r"\b(?:dead(?:ly)?|dies?|died|dying|deaths?|bod(?:y|ies)|remains|we regret)\b", re.IGNORECASE),
}

EMOJI: Final = re.compile("[\U0001f000-\U0001faff\u2600-\u2712\u2714-\u27bf\u2b00-\u2bff\ufe0f\u20e3]")  # ✓ is no emoji

INSTEAD: Final[Mapping[str, Mapping[str, str]]] = {
    "uk": {
        r"спорідн\w*": "родинний зв’язок",
        r"доводитес\w*": "хто ви людині",
        r"спадков\w*|спадщин\w*": "нічого: спадщина означає смерть",
        r"особлив\w+ прикмет\w*": "за чим легко впізнати на фото",
        r"на нашому боці": "це через нас; наша помилка",
        r"нічого не говорить": "сторонні нічого не дізнаються",
        r"запис\w* попереду": "майбутній запис",
        r"підстави вважати": "чи щось указує",
        r"ця людина|цю людину|цієї людини|цій людині|цією людиною": "ім’я, вона, він; людина, про яку повідомляєте",
        r"від кого номер": "хто дав номер",
        r"забрати й стерти": "стерти",
        r"переписк\w*": "листування",
        r"вірний|вірна|вірно|невірн\w*": "правильний",
        r"приймати участь|на протязі|в якості|згідно з|являється": "брати участь, протягом, як, за, є",
        r"слідуюч\w*|співпада\w*|любий|дякуючи": "наступний, збігатися, будь-який, завдяки",
        r"сайт\w*|вебсайт\w*": "вебсторінка",
        r"співробітник\w*": "працівник",
        r"спеціаліст\w*": "фахівець",
        r"заявник\w*|заявниц\w*": "родина, людина",
        r"апелят\w*|кейс\w*": "справа",
        r"месседжер\w*|мессенджер\w*": "месенджер",
        r"лінк\w*|юзер\w*|логін\w*": "посилання, людина, вхід",
        r"\w+\(-?[а-яіїєґ]{1,3}\)": "слово, що годиться для обох статей",
    },
    "en": {
        r"centre\w*": "center",
        r"who are you to": "how are you related to",
        r"those of kyiv": "Kyiv time",
        r"take and erase": "erase",
        r"inheritance": "nothing: inheritance means death",
        r"distinguishing marks?": "what makes somebody easy to recognise",
        r"on our side": "because of us; our fault",
        r"e-mails?": "letter, message",
        r"web ?sites?": "web page",
        r"employee\w*": "staff",
        r"this person": "he, she; the person you are reporting",
    },
}
"""Expressions, and the word of ours."""


_FOREIGN: Final = {"uk": re.compile(r"\w*[ыэъё]\w*", re.IGNORECASE), "en": re.compile(r"\b[а-яіїєґ]{4,}\b")}
"""Words of another language; an abbreviation such as ЄРДР may stand in English."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A word that is not said, as it was written, and what is said instead, if there is such a word."""

    word: str
    instead: str = ""


def wrong_in(text: str, language: str) -> Wrong | None:
    """The first thing in a text that families should not read; None if there is none."""
    if stopped := stopped_by(text):
        return Wrong(stopped[0])
    for pattern in (FORBIDDEN[language], EMOJI, _FOREIGN[language]):
        if found := pattern.search(text):
            return Wrong(found[0])
    for pattern, right in _instead(language).items():
        if found := pattern.search(text):
            return Wrong(found[0], right)
    return None


@cache
def _instead(language: str) -> Mapping[re.Pattern[str], str]:
    return {re.compile(rf"\b(?:{wrong})", re.IGNORECASE): right for wrong, right in INSTEAD[language].items()}
