"""How one of the two who signed an update stops it before it leaves."""

from casework.ids import UpdateId
from casework.letters import AtTime, Say
from casework.updates.recalling import LeavingUpdates, Recall
from dialogs.questions import Choice, Option, YesNo
from dialogs.routing import Redirect
from dialogs.script import answered, ask, look_up, tell
from dialogs.updates.questions import UPDATE

WHICH = Choice(name="recall-which", type=str, example="1")
RECALL_SURE = Choice(name="recall-sure", type=YesNo, example=YesNo.NO)


async def recall() -> Recall | Redirect:
    """Five minutes: then it is on its way."""
    mine = {str(one.id): one for one in await look_up(LeavingUpdates())}
    if await answered(UPDATE):
        named: UpdateId = await ask(UPDATE)
        chosen = str(named)
    elif mine:
        lines = (Option(id, Say("recall-which.one", {"number": str(one.number)})) for id, one in mine.items())
        chosen = await ask(WHICH.of(*lines))
    else:
        chosen = ""
    if chosen not in mine:
        await tell("recall-late")
        return Redirect("menu")
    await tell("recall-goes", number=str(mine[chosen].number), at=AtTime(mine[chosen].goes_at))
    update = UpdateId(int(chosen))
    return Recall(update) if await ask(RECALL_SURE.about(update)) is YesNo.YES else Redirect("menu")
