"""Own words of a family: passed on to a human; and two answers to what families wish for that are no script else."""

from dataclasses import replace

from casework.booking.families import MyVisits
from casework.calls import TypedPhone
from casework.centers import AllCenters, Lines, MyCenter
from casework.correspondence.own_words import PassOn
from casework.letters import Say
from casework.people import Me
from dialogs.calls import OWN_PHONE as PHONE
from dialogs.routing import Redirect
from dialogs.script import look_up, perhaps, tell

CALL_BACK = replace(PHONE, name="call-back", later=True)


async def inbox() -> PassOn:
    """Whoever reads it calls, so they need a number."""
    me = await look_up(Me())
    if me.profile.phone is not None or await look_up(TypedPhone()) is not None:
        return PassOn()
    phone = await perhaps(CALL_BACK)
    return PassOn(phone)


async def fraud() -> Redirect:
    """Somebody asks for money: that is never us. A message with a code can be checked."""
    await tell("fraud-never")
    for line in await look_up(Lines()):
        if line.name == "police":
            await tell("line-police", phone=line.phone)
    return Redirect("check")


async def venue() -> Redirect:
    """Where the center is: of a visit that stands, with what can be done with it; else of the family's own center."""
    if await look_up(MyVisits()):
        return Redirect("visits")
    mine = await look_up(MyCenter())
    city, opens, closes = Say(f"center-{mine.id}"), f"{mine.opens:%H:%M}", f"{mine.closes:%H:%M}"
    address = next(center.address for center in await look_up(AllCenters()) if center.id == mine.id)
    if address is None:
        await tell("venue-hidden", city=city)
    else:
        await tell("venue-public", city=city, address=address, opens=opens, closes=closes)
    return Redirect("menu")
