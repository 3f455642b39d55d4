"""A human: the center's phone and hours, the crisis line, and a call that somebody will make."""

from collections.abc import Iterable
from functools import partial

from casework.calls import AskForCall, HasPhone, Window
from casework.centers import Lines, MyCenter
from casework.letters import Say
from casework.values import Phone
from dialogs import answers as parse
from dialogs.draft import Draft
from dialogs.questions import Choice, PhoneNumber, Typed
from dialogs.script import ask, look_up, perhaps, tell

WHEN = Choice(name="call-when", type=Window, example=Window.ANY)
ABOUT = Typed(
    name="call-about", type=str, example="—", unknown=True, later=True, parser=partial(parse.free_text, limit=1000)
)
OWN_PHONE = PhoneNumber(name="phone")
"""Asked when somebody reports."""

PHONE = PhoneNumber(name="call-phone", unknown=True, blank="call-phone.none")


def typed_phone(begun: Iterable[Draft]) -> Phone | None:
    """Their own number in what a person has begun and not sent yet, whether it stands or was taken back to be asked
    again; not one that staff have typed for a visitor."""
    own = [draft for draft in begun if draft.of is None]
    for answers in (*(draft.answers for draft in own), *(draft.former for draft in own)):
        given = answers.get(OWN_PHONE.name)
        if given is not None and given.done and given.kind == "value":
            phone: Phone = OWN_PHONE.recall(given)
            return phone
    return None


async def human() -> AskForCall:
    """Whom to call at once, and when to be called; where to, if we do not know."""
    center = await look_up(MyCenter())
    city, opens, closes = Say(f"center-{center.id}"), f"{center.opens:%H:%M}", f"{center.closes:%H:%M}"
    if center.phone:
        await tell("human-center", city=city, phone=center.phone, opens=opens, closes=closes)
    else:
        await tell("human-center-no-phone", city=city, opens=opens, closes=closes)
    for line in await look_up(Lines()):
        if line.step in ("headquarters", "crisis"):
            await tell(f"line-{line.name}", phone=line.phone)
    when = await ask(WHEN)
    about = await perhaps(ABOUT)
    if await look_up(HasPhone()):
        return AskForCall(when, about or "")
    phone = await perhaps(PHONE)
    return AskForCall(when, about or "", phone)
