"""What to do next: the family's steps in their order."""

from casework.centers import Lines
from casework.letters import Say
from dialogs.going import Go
from dialogs.questions import Choice, Option
from dialogs.script import ask, look_up, tell

STEPS = ("notice", "police", "extract", "dna", "nib", "headquarters", "sbu", "icrc", "register", "benefits")
STEP = Choice(
    name="steps",
    type=str,
    example="police",
    among=tuple(Option(name, Say(f"steps.{name}")) for name in (*STEPS, "menu")),
)


async def steps() -> Go:
    """The list; a step opens with whom to call and what to bring, and the list comes again."""
    step = await ask(STEP)
    if step == "menu":
        return Go("menu")
    await tell(f"step-{step}")
    for line in await look_up(Lines()):
        if line.step == step:
            await tell(f"line-{line.name}", phone=line.phone)
    return Go("steps")
