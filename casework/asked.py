"""Questions that rules name, because a refusal wants them asked again. Their scripts take the names from here."""

from enum import StrEnum


class Asked(StrEnum):
    """The names of questions, each a Fluent message."""

    BOOK_SLOT = "book-slot"  # about a place and a structure
    CALL_HOW = "call-how"  # about whom is called
    CALL_AGAIN = "call-again"  # about whom is called
    UPDATE_TEXT = "write-text"  # about a report's number
    UPDATE_ENGLISH = "write-english"  # about a report's number
    UPDATE_REVIEW = "write-review"  # about a report's number
    SIGN = "write-sign"  # about a report's number; to approve, about an update
    PROMISE_WRITTEN = "promise-written"
    PROMISE_VOICE = "promise-voice"
    PROMISE_SOONER = "promise-sooner"
    PROMISE_LIMIT = "promise-limit"
    MINUTES = "minutes-of-one"  # about an activity; so the next
    MINUTES_SINCE = "minutes-since"
    GO_BETWEEN_PHONE = "gobetween-phone"
    CHECKED_BODY = "checked-body"  # about the cases, as `casework.checks.noting.subject` names them; so the next three
    CHECKED_ON = "checked-on"
    CHECKED_AGAIN = "checked-again"
    CHECKED_WORDS = "checked-words"
    ANSWER = "correspondence-answer"  # about a correspondence
    ANSWER_STORY = "correspondence-story"  # about a correspondence
    CANNED = "correspondence-canned"  # about a correspondence
    SEND_ANSWER = "correspondence-send"  # about a correspondence
    INQUIRY_BODY = "inquiry-body"  # about a report's number
    INQUIRY_DUE = "inquiry-due"  # about a report's number
    INQUIRY_ANSWERED = "inquiry-answered"  # about an inquiry
    MINOR_BORN = "minor-born"  # about a report's number
    SIGHTING_SEEN = "sighting-seen"  # about a report's number
    DECIDE = "approve-decision"  # about an update

    def about(self, subject: object) -> str:
        """The question about one thing, as `dialogs` keeps its answer."""
        return f"{self}:{subject}"
