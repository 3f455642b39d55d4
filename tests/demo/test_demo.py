"""`make demo`, in both languages: the story comes out, and nothing that was said in it lies anywhere in clear."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from demo.__main__ import main
from demo.cast import MOST_KEYS
from demo.scene import CRY, GO_BETWEENS_PHONE, HOME, LINK, MISSING, QUESTION, RIGHT, STORY, UPDATE
from demo.search import found_in

END = {"uk": "знайдено 0", "en": "found 0"}


@pytest.mark.parametrize("language", END)
def test_the_story_comes_out_and_nothing_of_it_lies_in_clear(language: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    environment = os.environ | {"LANG_DEMO": language, "KEEP": str(kept)}
    demo = subprocess.run([sys.executable, "-m", "demo"], env=environment, capture_output=True, text=True)
    assert demo.returncode == 0, demo.stderr
    assert END[language] in demo.stdout.splitlines()[-2]
    told = (STORY, QUESTION, CRY, LINK, RIGHT, GO_BETWEENS_PHONE, HOME)
    assert sorted(told, key=demo.stdout.index) == list(told), "in the story's own order"
    assert max(line.count("] [") for line in demo.stdout.splitlines()) < MOST_KEYS, "a long menu is shortened"
    assert len(demo.stdout[: demo.stdout.index("Telegram\n\n")].splitlines()) < 200, "the family's story comes early"
    dump = (kept / "dump.sql").read_text(encoding="utf-8")
    assert "COPY public.letters" in dump, "there was something to search"
    assert (kept / "service.log").stat().st_size
    assert found_in(kept, [MISSING, UPDATE, CRY, QUESTION, LINK, HOME]) == []


@pytest.mark.parametrize(
    "lies",
    [
        lambda secret: secret.encode(),
        lambda secret: secret.encode("utf-16-le"),
        lambda secret: f"\\x{secret.encode().hex()}".encode(),
        lambda secret: b'"' + secret.encode("unicode_escape") + b'"',
        lambda secret: base64.b64encode(f"[{secret}]".encode()),
    ],
    ids=["plain", "utf-16", "hex", "json", "base64"],
)
def test_the_search_would_find_it(lies: object, tmp_path: Path) -> None:
    assert callable(lies)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_bytes(b"before " + lies(MISSING) + b" after")
    assert found_in(tmp_path, [MISSING]) == [(MISSING, "folder/file")]


def test_a_language_that_is_not_there(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LANG_DEMO", "fr")
    assert main([]) == 2
    assert "LANG_DEMO=fr" in capsys.readouterr().err
