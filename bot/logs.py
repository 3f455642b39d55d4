"""Logs: one JSON object a line on standard error. They hold no names, no texts, no error messages."""

import json
import logging
import sys
from typing import TextIO

import structlog

from bot.settings import Settings

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
    handler = logging.StreamHandler(to)
    handler.setFormatter(_NoTexts())
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)


class _NoTexts(logging.Formatter):
    """Where a library's record came from, and an exception's type: its message may quote what somebody wrote."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        where = {"library": record.name, "line": record.lineno, "error": error}
        return json.dumps({"level": record.levelname.lower(), **where})
