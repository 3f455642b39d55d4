"""Who is who, in a sentence: "я його мама" tells of the relative, "це мій син" of the person who is missing."""

# ruff: noqa: SIM905  a list of words is best read as words
from __future__ import annotations

import re
from typing import Final

from dialogs.answers.writing import one_line, one_mark

_SELF: Final = {
    word: kinship
    for kinship, words in {
        "mother": "мати мама матір матуся мамка ненька мать mother mom mum mama",
        "father": "батько тато татусь отец папа father dad",
        "wife": "дружина жінка жена wife",
        "husband": "чоловік муж husband",
        "daughter": "донька дочка доня дочь daughter",
        "son": "син сын son",
        "sister": "сестра сестричка sister",
        "brother": "брат братик brother",
        "grandparent": "бабуся бабця баба дідусь дід бабушка дедушка grandmother grandfather grandma grandpa",
        "other-relative": "тітка тьотя дядько племінник племінниця онук онука внук внучка свекруха свекор теща тесть "
        "зять невістка невестка тётя тетя дядя племянник племянница свекровь тёща родич родичка родственник "
        "родственница кузен кузина двоюрідний двоюрідна двоюродный двоюродная шваґер шурин дівер мачуха вітчим "
        "мачеха отчим хрещений aunt uncle nephew niece cousin relative grandson granddaughter stepmother stepfather",
        "close": "кум кума хрещеник хрещениця похресник похресниця кумовья друг подруга товариш побратим посестра "
        "сусід сусідка наречена наречений невеста жених дівчина хлопець девушка парень friend fiance "
        "fiancee girlfriend boyfriend partner neighbour neighbor comrade",
    }.items()
    for word in words.split()
}
_MISSING: Final = {
    word: kinships
    for words, kinships in (
        ("син сина сын сына son донька доньку дочка дочку дочь daughter дитина дитину child", ("mother", "father")),
        ("чоловік чоловіка муж мужа husband", ("wife",)),
        ("дружина дружину жінка жінку жена жену wife", ("husband",)),
        ("брат брата братик brother сестра сестру sister", ("sister", "brother")),
        (
            "батько батька тато тата отец отца папа папу father dad мати маму мама матір мать mother",
            ("daughter", "son"),
        ),
        ("онук онука онуку внук внука внучка внучку онучка grandson granddaughter", ("grandparent",)),
        (
            "дідусь дідуся дід бабуся бабусю дедушка бабушка племінник племінника племінниця племянник племянника "
            "дядько дядька дядя дядю тітка тітку тётя зять зятя свекор тесть кузен uncle nephew cousin grandfather",
            ("other-relative",),
        ),
        (
            "кум кума куму друг друга товариш товариша побратим побратима хрещеник хрещеника похресник наречений "
            "нареченого жених жениха сусід сусіда хлопець хлопця парень friend fiance boyfriend partner",
            ("close",),
        ),
    )
    for word in words.split()
    for kinships in (kinships,)
}
_MINE: Final = frozenset("мій моя мого мою моєму моєї наш наша нашого нашу мой моего нашего my our".split())
_AROUND: Final = frozenset(
    "я це его её его її його їх это ему йому їй ей і й та рідний рідного рідна рідну родной родная старший молодший "
    "старша молодша старшего младшего зниклого зниклої зниклий полоненого полонений i am i’m his her their the a of "
    "this is he she зник пропав пропал доводжусь доводжуся йому їй ї є есть".split()
)
_COUSIN: Final = re.compile(
    r"(?:дво|трою)юр[іо]дн\w*|двоюродн\w*|троюродн\w*|названий|названа|названый|сводный|зведений"
)
_CIVIL: Final = re.compile(r"цивільн\w*|гражданск\w*|колишн\w*|бывш\w*")
_WORD: Final = re.compile(r"[^\W\d_]+(?:’[^\W\d_]+)*")


def kin(text: str) -> tuple[str, ...]:
    """What the relative may be to the missing person, as ids of `casework.registering.Kinship`; nothing if the words
    tell something else. "My son" is said by a mother and by a father."""
    words = _WORD.findall(one_mark(one_line(text)).casefold())
    mine = any(word in _MINE for word in words)
    told = [word for word in words if word not in _MINE and word not in _AROUND]
    cousins = [word for word in told if _COUSIN.fullmatch(word)]
    civil = [word for word in told if _CIVIL.fullmatch(word)]
    named = [word for word in told if word not in (*cousins, *civil)]
    if not 0 < len(named) <= 2 or len(words) > 7:
        return ()
    known = _MISSING if mine else _SELF
    if named[0] not in known or (len(named) > 1 and (mine or named[1] in _MISSING)):
        return ()
    if cousins:
        return ("other-relative",)
    if civil:
        return ("close",)
    return _MISSING[named[0]] if mine else (_SELF[named[0]],)
