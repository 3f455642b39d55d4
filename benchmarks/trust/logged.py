"""What stands in logs: the tests are run, and every word that the service seals meanwhile is looked for in all it logs.

So the canaries are what the tests' people are called and what they say, type and send, in every field that there is: a
word of six letters, two words beside each other, a number of seven digits. Left out is what stands in the program's own
code and texts too, which a log may hold, and moments, of which each of its lines has one. Not heard is what only
PostgreSQL's own log tells: that is in the row `canaries`.
"""

import asyncio
import base64
import binascii
import html
import json
import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from benchmarks.row import Measured, Row, Run

ROOT: Final = Path(__file__).parents[2]
FEW: Final = tuple(
    f"tests/journeys/{test}"
    for test in (
        "test_bad_input.py::test_a_bug_of_ours_is_kept_and_answered",
        "test_unheard.py::test_where_nothing_is_left_to_send_to",
    )
)
WORD: Final = re.compile(r"[^\W_][\w’'ʼ@.-]{4,}[^\W_]")
PAIR: Final = re.compile(r"(?<![^\W_])(?=([^\W\d_]{3,}[ \u00a0][^\W\d_]{3,}))")
DIGITS: Final = re.compile(r"\d[\d ().-]{5,}\d")
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+")
"""Every line of a log has its own; a day alone may be somebody's birthday."""

OURS: Final = ("bot", "casework", "dialogs", "handlers", "storage", "locales")


async def logs(run: Run) -> Measured:
    overheard = {"OVERHEARD": str(run.folder), "PYTHONPATH": str(Path(__file__).parent / "overhearing")}
    fault = {"OVERHEARD_FAULT": "yes"} if run.broken else {}
    few = run.fast or run.broken
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header"]
    command += FEW if few else ("-n", "2", "--dist", "worksteal")
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=os.environ | overheard | fault, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None  # noqa: S101  it is piped
    said = ""
    async for line in process.stdout:
        said += line.decode()
        if line.rstrip().endswith(b"%]"):
            run.progress(f"the tests: {line.decode().split('[')[-1].strip()[:-1]} are run")
    said = said.strip()
    if await process.wait() not in (0, 1):
        raise RuntimeError(f"the tests were not run: {said}")
    words, numbers = _canaries(_lines(run.folder, "sealed"))
    if not words:
        raise RuntimeError(f"the tests sealed nothing: {said}")
    found = sorted({where for line in _lines(run.folder, "logged") for where in _met(line, words, numbers)})
    failed = () if process.returncode == 0 else (f"of the tests themselves: {said.splitlines()[-1]}",)
    return Measured(len(words) + len(numbers), len(found), (*found, *failed))


def _lines(folder: Path, kind: str) -> Iterator[str]:
    for path in sorted(folder.glob(f"{kind}-*")):
        with path.open(encoding="utf-8") as file:
            yield from file


def _canaries(sealed: Iterator[str]) -> tuple[set[str], set[str]]:
    words, numbers = set[str](), set[str]()
    for line in sealed:
        for text in _texts(json.loads(MOMENT.sub("", line))):
            words |= {word for word in WORD.findall(text) if not word.isdecimal()} | set(PAIR.findall(text))
            numbers |= set(_numbers(text))
    ours = _ours()
    return words - ours, numbers - ours


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value; keys are the program's own."""
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)


def _numbers(text: str) -> Iterator[str]:
    """Telephones, dates of birth, ids: however they are set apart, with the code of the country or without."""
    for found in DIGITS.findall(text):
        digits = re.sub(r"\D", "", found)
        if len(digits) >= 7:
            yield digits
            if len(digits) == 12 and digits.startswith("380"):
                yield digits[2:]


@cache
def _ours() -> frozenset[str]:
    """The words of the program: of its code, its texts, and what it begins with."""
    found = set[str]()
    for folder in OURS:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".ftl", ".toml", ".txt", ".html", ".js", ".css"):
                text = path.read_text(encoding="utf-8")
                found |= {*WORD.findall(text), *_numbers(text), *re.findall(r"\w{6,}", text), *PAIR.findall(text)}
    return frozenset(found)


def _met(line: str, words: set[str], numbers: set[str]) -> Iterator[str]:
    """The canaries in a line of a log, by the way in which they are written there."""
    for way, text in _readings(MOMENT.sub("", line)):
        for word in {*WORD.findall(text), *re.findall(r"\w{6,}", text), *PAIR.findall(text)} & words:
            yield f"{word!r}, {way}: {line[:100].strip()}"
        for number in set(_numbers(text)) & numbers:
            yield f"{number}, {way}: {line[:100].strip()}"


def _readings(line: str) -> Iterator[tuple[str, str]]:
    yield "plain", line
    if "\\u" in line or "\\x" in line:
        yield "escaped", re.sub(r"\\+u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), line)
        yield "bytes", _decoded(re.sub(r"(?:\\+x[0-9a-f]{2})+", _raw, line))
    if "%" in line:
        yield "per cent", unquote(line)
    if "&" in line:
        yield "entities", html.unescape(line)
    for found in re.findall(r"[A-Za-z0-9+/_-]{8,}={0,2}", line):
        if (text := _base64(found)) is not None:
            yield "Base64", text
    for found in re.findall(r"(?:[0-9a-fA-F]{2}){6,}", line):
        yield "hexadecimal", _decoded(bytes.fromhex(found).decode("latin-1"))


def _raw(match: re.Match[str]) -> str:
    return bytes.fromhex(re.sub(r"\\+x", "", match[0])).decode("utf-8", "replace")


def _decoded(text: str) -> str:
    try:
        return text.encode("latin-1").decode("utf-8")
    except ValueError:
        return text


def _base64(found: str) -> str | None:
    packed = found.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-8")
    except (binascii.Error, ValueError):
        return None


ROWS: Final = (Row("logs", "the tests' people in every field, looked for in all that is logged: in any log", 0, logs),)
