"""Why one more case is opened, on a day on which a member has opened many."""

from casework.staff.budget import GiveReason, LookReason
from dialogs.questions import Choice
from dialogs.script import ask

WHY = Choice(name="look-reason", type=LookReason, example=LookReason.TASK, on_page=True)


async def reason() -> GiveReason:
    return GiveReason(await ask(WHY))
