"""How the head of a center lets news of a release go to a relative whom no call reaches."""

from functools import partial

from casework.letters import AtTime, Private
from casework.releasing import HeldFor, LetGo
from dialogs import answers as parse
from dialogs.questions import Choice, Typed, YesNo
from dialogs.reports import NUMBER, at_hand
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, tell

LET_GO_SURE = Choice(name="release-sure", type=YesNo, example=YesNo.NO)
WHY = Typed(name="release-why", type=str, example="—", on_page=True, parser=partial(parse.free_text, limit=1000))


async def release() -> LetGo | Redirect:
    """One relative, and why a call is not waited for."""
    number = await at_hand(NUMBER)
    held = await look_up(HeldFor(number))
    await tell("release-for", number=str(number), relative=Private(held.relative))
    if not held.approved:
        await tell("release-none", number=str(number))
        return Redirect(f"opened {number}")
    await tell("release-held", at=AtTime(min(held.approved)), tries=held.tries)
    if await ask(LET_GO_SURE.about(number)) is YesNo.NO:
        return Redirect(f"opened {number}")
    return LetGo(number, await ask(WHY.about(number)))
