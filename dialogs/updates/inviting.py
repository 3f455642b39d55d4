"""How a family is invited: first somebody calls, then the one neutral letter may follow."""

from casework.letters import Private
from casework.updates.inviting import Invitation, InviteFamily, SendInvitation, Stage
from dialogs.questions import Choice, YesNo
from dialogs.reports import NUMBER, at_hand
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, tell

INVITING = Choice(name="inviting", type=YesNo, example=YesNo.YES)
LETTER = Choice(name="inviting-send", type=YesNo, example=YesNo.YES)


async def invitation() -> InviteFamily | SendInvitation | Redirect:
    """Invite a family: first somebody calls, then the one neutral letter may follow. Nobody is asked why."""
    number = await at_hand(NUMBER)
    invited = await look_up(Invitation(number))
    await tell("inviting-begin", number=str(number), relative=Private(invited.relative))
    if invited.stage is Stage.CALL:
        await tell("inviting-call-first", number=str(number))
        return Redirect("menu")
    if invited.stage is Stage.REACHED:
        await tell("inviting-letter-is")
        await tell("invitation-letter")
        send = await ask(LETTER.about(number))
        return SendInvitation(number) if send is YesNo.YES else Redirect("menu")
    if invited.stage is Stage.SENT:
        await tell("inviting-before")
    return InviteFamily(number) if await ask(INVITING.about(number)) is YesNo.YES else Redirect("menu")
