"""Telegram: aiogram listens, python-telegram-bot speaks. Importing this takes seconds, so import it only to serve.

The loggers of the libraries are shut here, once for everyone: httpx writes each address with the bot's token in it,
python-telegram-bot writes whole answers that it could not read, aiogram whole updates. What is worth knowing we log
ourselves, by event and kind and never by content.
"""

import logging
import os
from typing import Final

# python-telegram-bot's own opt-in to timedeltas; without it every RetryAfter warns that it will change.
os.environ.setdefault("PTB_TIMEDELTA", "true")

TALKATIVE: Final = ("aiogram", "telegram", "httpx", "httpcore")
for _name in TALKATIVE:
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)
