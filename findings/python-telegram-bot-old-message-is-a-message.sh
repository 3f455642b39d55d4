#!/usr/bin/env bash
# python-telegram-bot 22.8 beside aiogram 3.31.0, a press on a button of a message that is too old for the bot: Telegram
# sends an InaccessibleMessage (date 0, no text) as `callback_query.message`.
# Seen: python-telegram-bot, which has a class InaccessibleMessage, makes an ordinary `Message` of 1 January 1970 of it,
# so `isinstance(query.message, InaccessibleMessage)` is never true (`is_accessible` is right). aiogram makes an
# InaccessibleMessage.
# A good guess: the class that the documentation names for this very field.
# Source: Bot API, "MaybeInaccessibleMessage"; python-telegram-bot, telegram/_callbackquery.py, `de_json`.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-telegram-bot==22.8 aiogram==3.31.0
"$folder/venv/bin/python" - <<'PY'
from aiogram.types import Update as AiogramUpdate
from telegram import Bot, InaccessibleMessage, Update

press = {
    "update_id": 1,
    "callback_query": {
        "id": "1",
        "from": {"id": 5, "is_bot": False, "first_name": "О"},
        "message": {"chat": {"id": 5, "type": "private", "first_name": "О"}, "message_id": 7, "date": 0},
        "chat_instance": "1",
        "data": "yes",
    },
}
theirs = AiogramUpdate.model_validate(press).callback_query.message
ours = Update.de_json(press, Bot("1:a")).callback_query.message
print(type(theirs).__name__, theirs.date, "|", type(ours).__name__, ours.date, ours.is_accessible)
assert type(theirs).__name__ == "InaccessibleMessage", "changed"
assert not isinstance(ours, InaccessibleMessage), "changed"
assert (type(ours).__name__, ours.date.year, ours.is_accessible) == ("Message", 1970, False), "changed"
PY
