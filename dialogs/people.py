"""The door: who we are, what we will never do, what is kept, and consent. Everybody passes it once.

Whoever was here before, on another device, goes round it with a code.
"""

from dataclasses import dataclass

from casework.letters import Say
from casework.people import CONSENT, Agree, ChooseLanguage, Decline, Me
from casework.values import Unclear
from dialogs.linking import bare_code
from dialogs.questions import Choice, Option, Spellings, Took
from dialogs.routing import Redirect
from dialogs.said import Said, Text
from dialogs.script import ask, look_up, tell


@dataclass(frozen=True, kw_only=True)
class _Consent(Choice[str]):
    """What is offered at the door; a code from another device may be sent just so."""

    def read(self, said: Said, so_far: str | None, words: Spellings) -> Took[str] | Unclear:
        code = bare_code(said.text) if isinstance(said, Text) else None
        return super().read(said, so_far, words) if code is None else Took(f"link {code}")

    def refused(self, value: str) -> Unclear | None:
        return None if value.startswith("link ") else super().refused(value)


AGREE = _Consent(name=f"consent:{CONSENT}", type=str, example="agree", secret=True)
OTHER = {"uk": "en", "en": "uk"}


async def welcome() -> Agree | ChooseLanguage | Decline | Redirect:
    """The consent's name carries the version of its text: a new text asks everybody again."""
    person = await look_up(Me())
    other = OTHER[person.language]
    await tell("welcome")
    await tell("welcome-never")
    await tell("welcome-kept")
    options = (
        Option("agree", Say("consent.agree")),
        Option(other, Say(f"language.{other}")),
        Option("link", Say("consent.link")),
        Option("decline", Say("consent.decline")),
    )
    match await ask(AGREE.of(*options)):
        case "agree":
            return Agree(person.language)
        case "decline":
            return Decline()
        case "uk" | "en" as language:
            return ChooseLanguage(language, then="welcome")
        case code:
            return Redirect(code)
