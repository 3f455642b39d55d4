"""Logs: one JSON object a line on standard error. They hold no names, no texts, no error messages."""

import json
import logging
import sys
import time
from typing import Final, TextIO

import structlog

from bot.settings import Settings

WITHIN: Final = 60.0
"""Seconds within which the same line of a library is written once."""

QUIET = ("httpx", "httpcore", "aiogram", "telegram", "apscheduler", "aiohttp.access", "asyncio")
"""Libraries that write addresses with tokens, or whole messages, at their lower levels."""


def set_up(settings: Settings, to: TextIO = sys.stderr) -> None:
    """Structured logs from here on, to `to`; other libraries only at warnings, and without their exceptions' texts."""
    level = getattr(logging, settings.log_level.upper())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(to),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[of_libraries(to)], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)


def of_libraries(to: TextIO) -> logging.Handler:
    """Writes what other libraries log, without their texts and without repeats."""
    handler = logging.StreamHandler(to)
    handler.setFormatter(_NoTexts())
    handler.addFilter(Repeats())
    return handler


class Repeats(logging.Filter):
    """Lines of libraries that say the same again within a minute are counted, not written: a thousand lost lines, or a
    process that can open no more files, would fill the disk. The next one that is written tells how many there were."""

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[tuple[str, int, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        what = record.name, record.lineno, _error(record)
        since, left_out = self._last.get(what, (-WITHIN, 0))
        if time.monotonic() - since < WITHIN:
            self._last[what] = since, left_out + 1
            return False
        record.__dict__["left_out"] = left_out
        self._last[what] = time.monotonic(), 0
        return True


def _error(record: logging.LogRecord) -> str:
    return record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""


class _NoTexts(logging.Formatter):
    """Where a library's record came from, and an exception's type: its message may quote what somebody wrote."""

    def format(self, record: logging.LogRecord) -> str:
        where = {"library": record.name, "line": record.lineno, "error": _error(record)}
        left_out = getattr(record, "left_out", 0)
        again = {"left_out": left_out} if left_out else {}
        return json.dumps({"level": record.levelname.lower(), **where, **again})
