"""What to do next: the family's steps in their order."""

from casework.centers import Lines
from casework.letters import Say
from casework.reference import Steps
from dialogs.questions import Choice, Option
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, tell

STEP = Choice(name="steps", type=str, example="police")


async def steps() -> Redirect:
    """The list; a step opens with whom to call and what to bring, and the list comes again."""
    there = await look_up(Steps())
    step = await ask(STEP.of(*(Option(name, Say(f"steps.{name}")) for name in (*there, "menu"))))
    if step == "menu":
        return Redirect("menu")
    await tell(f"step-{step}")
    for line in await look_up(Lines()):
        if line.step == step:
            await tell(f"line-{line.name}", phone=line.phone)
    return Redirect("steps")
