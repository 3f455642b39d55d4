"""One thing has one word: what is never said, and what is said instead. And what must stand beside a word."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from tests.locale_lint.texts import Fault, Texts, said

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

KEPT: Final[Mapping[str, str]] = {
    "where-gone": "names a chat",
}
"""Texts that may say such a word, each with the reason."""

_DNA: Final = {"uk": re.compile(r"ДНК"), "en": re.compile(r"\bDNA\b")}
_EVERY: Final = {"uk": re.compile(r"кожн\w+ родин\w+"), "en": re.compile(r"every family")}
_FOUND: Final = {
    "uk": re.compile(r"не означає, що когось знайшли"),
    "en": re.compile(r"does not mean that anybody was found"),
}


def consistent(texts: Texts) -> Iterator[Fault]:
    """Words that are not the word for the thing; `-also` is what people may type, and passes."""
    table = {re.compile(rf"\b(?:{wrong})", re.IGNORECASE): right for wrong, right in INSTEAD[texts.language].items()}
    for text in texts:
        if text.attribute.endswith("-also") or text.name in KEPT:
            continue
        words = " ".join(said(text.pattern).split())
        for wrong, right in table.items():
            if found := wrong.search(words):
                yield text.fault(f"says {found[0]!r}", f"say: {right}")


def explained(texts: Texts) -> Iterator[Fault]:
    """A DNA sample is asked of every family, and whoever names it says so; on a button at least the first half."""
    for text in texts:
        words = said(text.pattern)
        if text.attribute.endswith("-also") or not _DNA[texts.language].search(words):
            continue
        needed = [_EVERY] if text.attribute and text.attribute not in ("why", "hint") else [_EVERY, _FOUND]
        if not all(pattern[texts.language].search(words) for pattern in needed):
            yield text.fault(
                "names a DNA sample", "say that it is asked of every family and does not mean that anybody was found"
            )
