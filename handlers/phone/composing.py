"""The one sentence that a telephone carries. Pure.

It is the same whatever waits: no name, no number of a case, no kind of news. Nor a link: whoever gets an SMS with a
link in our name knows that it is not ours.
"""

from typing import Final

from casework.actor import Channel
from casework.letters import Say
from dialogs.words import Words
from handlers.splitting import units

SEGMENT: Final = 67
"""UTF-16 units of one part of a longer SMS in UCS-2, as Ukrainian needs it."""

LONGEST_SMS: Final = 2 * SEGMENT


def compose(channel: Channel, language: str, words: Words, number: str) -> str:
    """What is sent or read aloud; `number` is where the center answers, left out of an SMS that it would make too
    long."""
    if channel is Channel.VOICE:
        return words.say(language, Say("notice-voice", {"phone": number}))
    notice = words.say(language, Say("notice-sms", {"phone": number}))
    return notice if units(notice) <= LONGEST_SMS else words.say(language, Say("notice-sms-short"))
