"""Notices by telephone, for whoever has no messenger left or looks at it rarely."""

from casework.actor import Channel
from casework.letters import Private, Say
from casework.notices import ChooseNotices, MyNotices
from dialogs.questions import Choice, Option
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, tell

NONE = "none"
NOTICES = Choice(
    name="notices",
    type=str,
    example=NONE,
    among=tuple(Option(name, Say(f"notices.{name}")) for name in (Channel.SMS, Channel.VOICE, NONE)),
)


async def notices() -> ChooseNotices | Redirect:
    """What is chosen now, and what can be; the number is the one that the family left for calls."""
    telling = await look_up(MyNotices())
    if not telling.offered:
        await tell("notices-not-offered")
        return Redirect("")
    if telling.phone is None:
        await tell("notices-no-phone")
        return Redirect("")
    if telling.chosen is not None:
        state = "confirmed" if telling.chosen.confirmed else "waits"
        await tell("notices-now", how=str(telling.chosen.how), phone=Private(telling.phone), state=state)
    how = await ask(NOTICES.of(*(option for option in NOTICES.among if option.id in (*telling.offered, NONE))))
    return ChooseNotices(None if how == NONE else Channel(how))
