"""How staff see who has heard nothing, how a head sets what is promised, and a relative what they wish of it."""

import re
from typing import Final

from casework.asked import Asked
from casework.contact.promise import LONGEST_SILENCE, SHORTEST_SILENCE, SOONER, TALKS_A_DAY, VOICE, WRITTEN
from casework.contact.promising import EndPromise, HowPromised, SetPromise, cost_of, least_limit
from casework.contact.record import ContactWish
from casework.contact.silences import InContact, counted, line
from casework.contact.wishes import MyWish, WishContact
from casework.letters import Say, named, say
from casework.registering import MyReports
from casework.values import Unclear
from dialogs.questions import Choice, Option, Typed, YesNo
from dialogs.reports import NUMBER, which_report
from dialogs.routing import Redirect
from dialogs.script import answered, ask, look_up, tell

MOST_A_DAY: Final = 2000

_DAYS: Final = re.compile(r"(\d{1,4})\s*(?:д|дн\.?|день|дні|днів|day|days)?", re.IGNORECASE)


def days(text: str) -> int | Unclear:
    """Days of silence: "30", "30 днів". Other units are not guessed."""
    found = _DAYS.fullmatch(text.strip())
    if found is None or not SHORTEST_SILENCE <= int(found[1]) <= LONGEST_SILENCE:
        return Unclear("unclear-promise", {"least": SHORTEST_SILENCE, "most": LONGEST_SILENCE})
    return int(found[1])


def a_day(text: str) -> int | Unclear:
    said = text.strip()
    if not (said.isascii() and said.isdecimal() and len(said) < 5 and 1 <= int(said) <= MOST_A_DAY):
        return Unclear("unclear-promise-limit", {"most": MOST_A_DAY})
    return int(said)


OFTEN = Choice(name="often", type=str, example="menu")
NEXT = Choice(name="contact-next", type=str, example="menu")
WRITTEN_DAYS = Typed(name=Asked.PROMISE_WRITTEN, type=int, example=WRITTEN, parser=days)
VOICE_DAYS = Typed(name=Asked.PROMISE_VOICE, type=int, example=VOICE, parser=days)
SOONER_DAYS = Typed(name=Asked.PROMISE_SOONER, type=int, example=SOONER, parser=days)
LIMIT = Typed(name=Asked.PROMISE_LIMIT, type=int, example=TALKS_A_DAY, parser=a_day)
CHANGE = Choice(name="promise-change", type=str, example="keep")
SURE = Choice(name="promise-sure", type=YesNo, example=YesNo.NO)


async def contact() -> Redirect:
    """Who is in contact, who is due, who has heard nothing for longer than was promised, and why."""
    found = await look_up(InContact())
    options = []
    if not found.promised:
        await tell("contact-none")
    else:
        told = counted(found)
        await tell(told.name, **told.args)
    for one in found.shown:
        told, number = line(one), str(one.number)
        await tell(told.name, **told.args)
        options.append(Option(f"call {number}", say("queue-next.call", who=named(one.name, number))))
    if found.sets:
        options.append(Option("promise", Say("contact-next.promise")))
    return Redirect(await ask(NEXT.of(*options, Option("menu", Say("contact-next.menu")))))


async def often() -> WishContact | Redirect:
    """A relative: how we are in touch about one report of theirs."""
    if not await look_up(MyReports()):
        await tell("reports-none")
        return Redirect("menu")
    number = await ask(NUMBER) if await answered(NUMBER) else await which_report()
    now = await look_up(MyWish(number))
    await tell(f"wish-now.{now}")
    others = (Option(one, Say(f"often.{one}")) for one in (*(wish for wish in ContactWish if wish is not now), "menu"))
    chosen = await ask(OFTEN.about(number).of(*others))
    return Redirect("menu") if chosen == "menu" else WishContact(number, ContactWish(chosen))


async def promise() -> SetPromise | EndPromise | Redirect:
    """The days, and what they cost in relatives and minutes, before anything is promised."""
    here = await look_up(HowPromised())
    if here is None:
        return Redirect("menu")
    await tell("promise-here", relatives=here.relatives, members=here.members, talks=here.members * TALKS_A_DAY)
    if here.promise is not None:
        stands = here.promise
        await tell(
            "promise-stands", written=stands.written, voice=stands.voice, sooner=stands.sooner, limit=stands.limit
        )
        next = await ask(CHANGE.of(*(Option(one, Say(f"promise-change.{one}")) for one in ("set", "end", "keep"))))
        if next != "set":
            return EndPromise(here.center) if next == "end" else Redirect("menu")
    written = await ask(WRITTEN_DAYS)
    voice = await ask(VOICE_DAYS)
    sooner = await ask(SOONER_DAYS)
    limit = await ask(LIMIT)
    wanted = SetPromise(here.center, written, voice, sooner, limit)
    costs = cost_of(here, wanted)
    await tell("promise-words", words=round(costs.words), each=round(costs.words_each), days=written)
    await tell("promise-talks", talks=round(costs.talks), managed=costs.managed, days=voice)
    await tell("promise-cost", relatives=least_limit(costs), minutes=costs.minutes)
    total = here.week.others + costs.minutes
    await tell("promise-week", others=here.week.others, total=total, managed=here.week.managed)
    if not costs.fits:
        await tell("promise-not-managed", days=costs.shortest)
    sure = await ask(SURE.about(f"{written}.{voice}.{sooner}.{limit}"))
    return wanted if sure is YesNo.YES else Redirect("menu")
