"""What a family answers to a place that is held for it, and how it leaves the line."""

from __future__ import annotations

from collections.abc import Sequence

from casework.ids import OfferId
from casework.letters import Say
from casework.offers import AcceptOffer, DeclineOffer, InLine, StopWaiting
from casework.values import Unclear
from dialogs.questions import Option, Typed
from dialogs.script import ask, tell

OFFER = Typed(
    name="offer-number",
    type=OfferId,
    example=OfferId(1),
    parser=lambda text: (
        OfferId(int(text)) if text.isascii() and text.isdecimal() and len(text) < 19 else Unclear("unclear-choice")
    ),
)
"""Named by the button under an offer; nobody types it."""

LINE = Typed(
    name="waiting-line-of",
    type=str,
    example="slot:lviv.lawyer",
    parser=lambda text: text if text.isascii() and len(text) <= 40 else Unclear("unclear-choice"),
)


async def accept() -> AcceptOffer:
    return AcceptOffer(await ask(OFFER))


async def decline() -> DeclineOffer:
    return DeclineOffer(await ask(OFFER))


async def unwait() -> StopWaiting:
    return StopWaiting(await ask(LINE))


async def in_line(waiting: Sequence[InLine]) -> list[Option]:
    """For "My visits": what is waited for and offered, said; and what can be done with it."""
    options = []
    for number, one in enumerate(waiting, 1):
        place = number if len(waiting) > 1 else 0
        await tell(one.named.name, **{**one.named.args, "place": place})
        for line in one.told:
            await tell(line.name, **line.args)
        if one.offer is not None:
            ways = ("accept", "decline")
            options += [Option(f"{way} {one.offer}", Say(f"offer-answer.{way}", {"place": place})) for way in ways]
        options.append(Option(f"unwait {one.what}", Say("offer-answer.unwait", {"place": place})))
    return options
