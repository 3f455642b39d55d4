"""What the HTTP interface takes and gives, as pydantic models: they parse, and they are the documentation."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

LONGEST_TYPED = 10_000
"""Characters of one message."""

ClientId = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,64}$")]


class Taken(BaseModel):
    """What a client sends: keys that are not known are refused, not overlooked."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class BeginSession(Taken):
    """Begin a session for somebody new. Without a language, that of Accept-Language."""

    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$")] | None = None


class UseInvitation(Taken):
    """Use an invitation up: opens a session that may only give or enrol the second factor."""

    invite: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class AskSecret(Taken):
    """Ask for the secret of a new second factor; it is told once."""


class GiveCode(Taken):
    """Six digits from the application; at an invitation also who it is, where no name is known."""

    totp: Annotated[str, StringConstraints(pattern=r"^ *([0-9] *){6}$", max_length=20)]
    name: Annotated[str, StringConstraints(max_length=120)] = ""


class SayText(Taken):
    """Typed words, or a command such as "/menu"."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TYPED)]
    id: ClientId | None = None


ButtonId = Annotated[str, StringConstraints(pattern=r"^[\x20-\x7e]{1,64}$")]


class PressButton(Taken):
    """A press on a button that was shown, by its id; where there are checkboxes, with the ids of those marked."""

    choice: ButtonId
    ticked: Annotated[list[ButtonId], Field(max_length=64)] | None = None
    id: ClientId | None = None


class Coordinates(Taken):
    """Degrees, WGS 84."""

    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class SharePlace(Taken):
    """Where the person is, for the nearest center."""

    location: Coordinates
    id: ClientId | None = None


class Given(BaseModel):
    """What the service answers."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)


class Token(Given):
    """`stage` "open" speaks; "invited" may only enrol the second factor."""

    token: str
    language: str
    stage: Literal["open", "invited"]


class FactorSecret(Given):
    """The secret of the new second factor, for an application that shows codes (RFC 6238)."""

    secret: str
    uri: str


class RoleBegun(Given):
    """The role has begun, or its second factor was renewed. Use this token from now on; decisions until `until`."""

    token: str
    until: datetime


class Accepted(Given):
    """The message's place in the thread; 0 for the word after which the session is over."""

    number: int


class PageButton(Given):
    """`ticked` is there for a checkbox: is it marked?"""

    id: str
    label: str
    ticked: bool | None = None


class Attachment(Given):
    name: str
    type: str
    url: str


class PageMessage(Given):
    """A message of the thread. `wants` is what the question now asks for and a device may help with; `pressed`: only
    its buttons answer it. `question` tells one question from another. `holds` is a number or a code to be kept.
    `compares`: it is answered by looking at papers, its own or those of a message above. `replaces`: the message of
    that number, which says the same, has these buttons now.
    """

    number: int
    from_: Annotated[Literal["service", "staff", "you"], Field(alias="from")]
    at: datetime
    text: str
    buttons: list[PageButton]
    attachments: list[Attachment]
    wants: Literal["contact", "location"] | None = None
    pressed: bool = False
    question: str | None = None
    holds: str | None = None
    compares: bool = False
    replaces: int | None = None


class Messages(Given):
    messages: list[PageMessage]


class ErrorWords(Given):
    """`code` is stable; `message` is for the person, in their language, and says what to do now."""

    code: str
    message: str


class Error(Given):
    error: ErrorWords
