"""Where messages come, another chat or browser that is mine no longer, and the word for when a phone is taken."""

from casework.addresses import ChooseAddress, LeaveAddress, MyAddresses
from casework.ids import AddressId
from casework.letters import Say
from dialogs.panic import COMMAND
from dialogs.questions import Choice, Option
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, tell

MOST_ADDRESSES = 8
"""Browsers and chats, the ones last used: more would not fit a messenger."""

WHERE = Choice(name="where", type=str, example="last")
WHICH_ADDRESS = Choice(name="where-leave", type=str, example="1")


async def where() -> ChooseAddress | LeaveAddress | Redirect:
    """Every chat and browser by its kind and last use; each may be chosen, each but this one left."""
    mine = (await look_up(MyAddresses()))[:MOST_ADDRESSES]
    chosen = next((one for one in mine if one.chosen), None)
    await tell("where-now", where=chosen.label if chosen else Say("where.last"))
    others = [one for one in mine if not one.here]
    options = [
        *(Option(str(one.id), one.label) for one in mine),
        Option("last", Say("where.last")),
        *([Option("leave", Say("where.leave"))] if others else []),
    ]
    match await ask(WHERE.of(*options)):
        case "last":
            return ChooseAddress(None)
        case "leave":
            which = await ask(WHICH_ADDRESS.of(*(Option(str(one.id), one.label) for one in others)))
            return LeaveAddress(AddressId(int(which)))
        case one:
            return ChooseAddress(AddressId(int(one)))


async def safety() -> Redirect:
    """What to do when a phone is taken away: the word, and how to come back."""
    await tell("panic", word=Say("panic.word"), command=COMMAND)
    return Redirect("")
