"""What people type becomes a value here, and only here; the rest of the program takes the value as true.

Every parser is pure, takes any text at all without raising, and answers with the value, with a `Doubt` of what it may
mean, or with `Unclear`, which names the words that say what is wrong and what to write instead. Ukrainian, Russian and
English are understood whatever language the person chose. `parse(str(value))` is `value` again.
"""

from dialogs.answers.birth_and_loss import birth_day, loss_day
from dialogs.answers.choices import match_choice, match_plain, unknown, yes_no
from dialogs.answers.coordinates import without_coordinates
from dialogs.answers.days import day
from dialogs.answers.doubts import Doubt, Reading
from dialogs.answers.kin import kin
from dialogs.answers.moments import moment
from dialogs.answers.names import name
from dialogs.answers.phones import international, phone
from dialogs.answers.texts import (
    SPLIT_WITHIN,
    free_text,
    is_split,
    may_go_on,
    one_after_another,
    rejoined,
    short_text,
    shortened,
)
from dialogs.answers.times import times_wished
from dialogs.answers.zones import zone

__all__ = [
    "SPLIT_WITHIN",
    "Doubt",
    "Reading",
    "birth_day",
    "day",
    "free_text",
    "international",
    "is_split",
    "kin",
    "loss_day",
    "match_choice",
    "match_plain",
    "may_go_on",
    "moment",
    "name",
    "one_after_another",
    "phone",
    "rejoined",
    "short_text",
    "shortened",
    "times_wished",
    "unknown",
    "without_coordinates",
    "yes_no",
    "zone",
]
