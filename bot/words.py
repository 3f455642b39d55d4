"""`python -m bot words`: what the rule on bad news and the list of despair think of each line of a text."""

import codecs
from collections.abc import Iterable
from json import dumps
from typing import TextIO

from casework.despair import despairs
from casework.updates.forbidden_words import stopped_by


def judge(lines: Iterable[bytes], into: TextIO, *, json: bool) -> None:
    """Write one line for each line, an empty one too. What is no UTF-8 is read as Windows-1251."""
    for number, raw in enumerate(lines):
        text = _text(raw.removeprefix(codecs.BOM_UTF8) if number == 0 else raw)
        by, despair = stopped_by(text), despairs(text)
        if json:
            said = dumps({"stopped": bool(by), "by": by, "despair": despair})
        else:
            heard = [f"stopped by {', '.join(by)}"] if by else []
            said = f"{'; '.join([*heard, *(['despair'] if despair else [])]) or 'passes'}: {text}"
        print(said, file=into)


def _text(raw: bytes) -> str:
    line = raw.rstrip(b"\r\n")
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1251", errors="replace")
