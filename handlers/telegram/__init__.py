"""Telegram: aiogram listens, python-telegram-bot speaks. Importing this takes a second, so import it only to serve, and
before aiogram itself.

The loggers of the libraries are shut here, once for everyone: httpx writes each address with the bot's token in it,
python-telegram-bot writes whole answers that it could not read, aiogram whole updates. What is worth knowing we log
ourselves, by event and kind and never by content.
"""

import logging
import os
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel

# python-telegram-bot's own opt-in to timedeltas; without it every RetryAfter warns that it will change.
os.environ.setdefault("PTB_TIMEDELTA", "true")

TALKATIVE: Final = ("aiogram", "telegram", "httpx", "httpcore")
for _name in TALKATIVE:
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


def _import_aiogram() -> None:
    """Import aiogram without the validators of its 440 models, which it builds one after the other: two seconds and
    100 MB for each process, of which we use a handful. As for any model whose types were not there yet, pydantic builds
    each at its first use, from the names that aiogram gives for it; updates, which hold most others, at once."""
    at_once, names = BaseModel.__dict__["model_rebuild"], dict[str, Any]()

    def at_first_use(model: type[Any], /, **how: Any) -> bool | None:
        if "_types_namespace" not in how:
            return bool(at_once.__func__(model, **how))
        names.update(how["_types_namespace"])
        return None

    setattr(BaseModel, "model_rebuild", classmethod(at_first_use))  # noqa: B010  a method, for mypy
    try:
        from aiogram.types import Update
    finally:
        setattr(BaseModel, "model_rebuild", at_once)  # noqa: B010
    for model in _below(BaseModel):
        if model.__module__.startswith("aiogram."):
            model.__pydantic_parent_namespace__ = names
    Update.model_rebuild()


def _below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in model.__subclasses__():
        yield one
        yield from _below(one)


_import_aiogram()
