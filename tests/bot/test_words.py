"""`python -m bot words`: for the psychologist who keeps the lists."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def _judged(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bot", "words", *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False)


def test_each_line_is_judged(tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("\ufeffВін загинув.\r\n\nне хочу жити\n", encoding="utf-8")
    done = _judged("--json", str(file))
    assert done.returncode == 0
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"stopped": True, "by": ["загинув"], "despair": False},
        {"stopped": False, "by": [], "despair": False},
        {"stopped": False, "by": [], "despair": True},
    ]


@pytest.mark.parametrize(
    ("given", "stopped"),
    [
        (b"", []),
        ("Він загинув".encode(), [True]),
        ("Він загинув\n".encode("cp1251"), [True]),
        (b"\xff\xfe\x00\x98\n", [False]),
        (("Частина відповіла. " * 20_000).encode(), [False]),
    ],
)
def test_any_input_is_read(given: bytes, stopped: list[bool]) -> None:
    done = _judged("--json", given=given)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(line)["stopped"] for line in done.stdout.splitlines()] == stopped


def test_a_file_that_is_not_there_is_told() -> None:
    done = _judged("--json", "nowhere.txt")
    assert done.returncode == 2
    assert b"nowhere.txt" in done.stderr


def test_it_starts_without_the_messengers() -> None:
    code = (
        "import sys; from bot.__main__ import main; main(['words', '/dev/null']); assert 'aiogram' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
