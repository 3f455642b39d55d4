"""Whether a relative is 18 yet: asked when they report, and once of whoever reported before that was asked."""

from enum import StrEnum
from functools import partial
from typing import Final

from casework.calls import HasPhone
from casework.centers import Lines
from casework.minors import IsAgeUnknown, SayAdult, SayUnder18
from dialogs import answers as parse
from dialogs.calls import PHONE
from dialogs.questions import Choice, Typed
from dialogs.script import ask, look_up, perhaps, tell

LONGEST_ADULT: Final = 200


class Age(StrEnum):
    ADULT = "adult"
    UNDER_18 = "under-18"


AGE = Choice(name="register-age", type=Age, example=Age.ADULT)
ADULT = Typed(
    name="minor-adult",
    type=str,
    example="—",
    unknown=True,
    later=True,
    parser=partial(parse.short_text, limit=LONGEST_ADULT),
)


async def greet() -> None:
    """In their own words, with who answers at any hour."""
    await tell("minor-welcome")
    for number in await look_up(Lines()):
        if number.step == "crisis":
            await tell(f"line-{number.name}", phone=number.phone)


async def says_under_18() -> bool:
    if await ask(AGE) is Age.ADULT:
        return False
    await greet()
    return True


async def asked_age(then: str) -> SayAdult | SayUnder18 | None:
    """Before the first opening of something about the search: of whoever may be young and was never asked. `then` is
    the script that they are on the way to, which follows for whoever is of age. None: there is nothing to ask."""
    if not await look_up(IsAgeUnknown()):
        return None
    await tell("register-age-before")
    return await under_18() if await says_under_18() else SayAdult(then)


async def under_18() -> SayUnder18:
    """Which adult they trust. Where we do not know a number, it is asked for; whoever has none is told what to do."""
    adult = await perhaps(ADULT) or ""
    if await look_up(HasPhone()):
        return SayUnder18(adult)
    phone = await perhaps(PHONE)
    return SayUnder18(adult, phone)
