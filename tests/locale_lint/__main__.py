"""`python -m tests.locale_lint`: the faults of all words; the list of what nobody has signed is no fault."""

import sys
from pathlib import Path

from tests.locale_lint import names, pairs, spelling, taste, terms
from tests.locale_lint.texts import LANGUAGES, LOCALES, Fault, Text, read


def faults(folder: Path = LOCALES) -> list[Fault]:
    """All that is wrong with the words in the folder."""
    languages = [read(language, folder) for language in LANGUAGES]
    code = names.read_code()
    asked = list(names.question_uses(names.read_questions()))
    found = list(pairs.compared(folder))
    for texts in languages:
        found += texts.faults
        for other in languages:
            found += pairs.paired(texts, other) if other is not texts else ()
        for check in (
            pairs.counted,
            taste.worded,
            taste.sized,
            taste.signed,
            spelling.misspelt,
            terms.consistent,
            terms.explained,
        ):
            found += check(texts)
    found += names.spoken(languages, code, asked)
    found += names.idle(languages[0], code, asked)
    return list(dict.fromkeys(found))


def not_signed(folder: Path = LOCALES) -> list[Text]:
    """What a psychologist and families have still to read, in every language."""
    return [text for language in LANGUAGES for text in taste.unsigned(read(language, folder))]


def main() -> int:
    waiting = not_signed()
    if waiting:
        print(f"Not yet read by a psychologist and by families ({len(waiting)}, no failure):")
        for text in waiting:
            print(f"  {text.file}:{text.line} {text.message}")
    found = faults()
    for fault in found:
        print(fault, file=sys.stderr)
    if found:
        print(f"{len(found)} faults in the words.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
