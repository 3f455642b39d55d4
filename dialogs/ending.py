"""How staff set that a search is over, or that a case is under a legal hold. No message tells families of either."""

from casework.ending import EndSearch, Hold, HowItEnded, ReleaseHold, SearchAgain, StillHeld, told
from casework.letters import Say
from casework.values import Unclear
from dialogs.questions import Choice, Option, Typed, YesNo
from dialogs.reports import NUMBER, at_hand
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, say_all, tell

LONGEST = 300
"""Characters of what is written of a paper."""


def _ground(text: str) -> str | Unclear:
    said = " ".join(text.split())
    return said if 8 <= len(said) <= LONGEST else Unclear("unclear-ground")


END = Choice(name="end-search", type=YesNo, example=YesNo.NO)
AGAIN = Choice(name="search-again", type=YesNo, example=YesNo.NO)
GROUND = Typed(name="hold-ground", type=str, example="Ухвала суду № 1 від 24.11.2026", parser=_ground)
HOLD = Choice(name="hold-sure", type=YesNo, example=YesNo.NO)
HELD = Choice(name="hold-now", type=str, example="later")


async def ended() -> EndSearch | SearchAgain | Redirect:
    """The search is over, or goes on."""
    number = await at_hand(NUMBER)
    here = await look_up(HowItEnded(number))
    await say_all(told(here))
    if here.ended_at is not None:
        return SearchAgain(number) if await ask(AGAIN.about(number)) is YesNo.YES else Redirect(f"opened {number}")
    await tell("ended-what")
    return EndSearch(number) if await ask(END.about(number)) is YesNo.YES else Redirect(f"opened {number}")


async def hold() -> Hold | ReleaseHold | StillHeld | Redirect:
    """A paper obliges the center to keep the case, or does so no longer."""
    number = await at_hand(NUMBER)
    here = await look_up(HowItEnded(number))
    await say_all(told(here))
    if here.hold is None:
        await tell("hold-what")
        ground = await ask(GROUND.about(number))
        sure = await ask(HOLD.about(number)) is YesNo.YES
        return Hold(number, ground) if sure else Redirect(f"opened {number}")
    options = (Option(way, Say(f"hold-now.{way}")) for way in ("still", "release", "later"))
    match await ask(HELD.about(number).of(*options)):
        case "still":
            return StillHeld(number)
        case "release":
            return ReleaseHold(number)
        case _:
            return Redirect(f"opened {number}")
