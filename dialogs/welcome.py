"""The door: who we are, what we will never do, what is kept, and consent. Everybody passes it once."""

from casework.letters import Say
from casework.people import CONSENT, Agree, ChooseLanguage, Decline, Me
from dialogs.questions import Choice, Option
from dialogs.script import ask, look_up, tell

AGREE = Choice(name=f"consent:{CONSENT}", type=str, example="agree")
OTHER = {"uk": "en", "en": "uk"}


async def welcome() -> Agree | ChooseLanguage | Decline:
    """The consent's name carries the version of its text: a new text asks everybody again."""
    person = await look_up(Me())
    other = OTHER[person.language]
    await tell("welcome")
    await tell("welcome-never")
    await tell("welcome-kept")
    options = (
        Option("agree", Say("consent.agree")),
        Option(other, Say(f"language.{other}")),
        Option("decline", Say("consent.decline")),
    )
    match await ask(AGREE.of(*options)):
        case "agree":
            return Agree(person.language)
        case "decline":
            return Decline()
        case language:
            return ChooseLanguage(language, then="welcome")
