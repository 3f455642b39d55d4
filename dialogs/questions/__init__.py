"""Kinds of questions: what each shows, what it takes for an answer, how the answer is kept.

A question's name is its Fluent message; choices, `.why`, `.hint` and `.label` (its short name on the review page) are
that message's attributes. `question.about(x)` carries in the name what the question is about, so that an old "yes" is
never applied to something else.
"""

from dialogs.questions.choices import Choice, Listing, YesNo, pick
from dialogs.questions.question import AGAIN, LATER, UNKNOWN, Answer, OnThePage, Option, Question, Spellings, Took
from dialogs.questions.review import CHANGE, REST, SEND, Review
from dialogs.questions.several_messages import DONE, Several, Story, Told
from dialogs.questions.typed import EXAMPLE_PHONE, Doubted, PhoneNumber, Typed, TypedPlace

__all__ = [
    "AGAIN",
    "CHANGE",
    "DONE",
    "EXAMPLE_PHONE",
    "LATER",
    "REST",
    "SEND",
    "UNKNOWN",
    "Answer",
    "Choice",
    "Doubted",
    "Listing",
    "OnThePage",
    "Option",
    "PhoneNumber",
    "Question",
    "Review",
    "Several",
    "Spellings",
    "Story",
    "Told",
    "Took",
    "Typed",
    "TypedPlace",
    "YesNo",
    "pick",
]
