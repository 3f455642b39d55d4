"""What libraries log: where it came from, never a text, and the same again only as a number."""

import io
import json
import logging

import pytest

from bot import logs


def lose_a_line(library: logging.Logger, times: int) -> None:
    for _ in range(times):
        try:
            raise ConnectionResetError("Петренко Іван")
        except ConnectionResetError:
            library.exception("Unhandled exception of %s", "Петренко")


def test_the_same_again_is_counted_and_told_with_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    written, library = io.StringIO(), logging.Logger("aiohttp.server")
    library.addHandler(logs.of_libraries(written))
    lose_a_line(library, 1000)
    [line] = written.getvalue().splitlines()
    assert "Петренко" not in line
    assert json.loads(line)["error"] == "ConnectionResetError"
    monkeypatch.setattr(logs, "WITHIN", 0.0)
    lose_a_line(library, 1)
    assert json.loads(written.getvalue().splitlines()[-1])["left_out"] == 999
