"""How staff see who has heard nothing, how a head sets what is promised, and a relative what they wish of it."""

import re
from typing import Final

from casework.asked import Asked
from casework.contact.promise import LONGEST_SILENCE, SHORTEST_SILENCE, SOONER, TALKS_A_DAY, VOICE, WRITTEN
from casework.contact.promising import EndPromise, HowPromised, Promising, SetPromise, least_limit, too_much
from casework.contact.record import ContactWish
from casework.contact.silences import InContact, counted, line
from casework.contact.wishes import MyWish, WishContact
from casework.letters import Say, named, say
from casework.registering import MyReports
from casework.stages import CaseStage
from casework.values import Unclear
from dialogs.questions import Choice, Option, Typed, YesNo
from dialogs.reports import NUMBER, which_report
from dialogs.routing import Redirect
from dialogs.script import answered, ask, look_up, say_all, tell

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
CHANGES = ("set", "stage", "end", "keep")
CHANGE = Choice(name="promise-change", type=str, example="keep")
STAGE = Choice(
    name="promise-stage",
    type=CaseStage,
    example=CaseStage.CAPTIVE,
    among=tuple(Option(one, Say(f"update-stage.{one}")) for one in CaseStage),
)
SURE = Choice(name="promise-sure", type=YesNo, example=YesNo.NO)


async def contact() -> Redirect:
    """Who is in contact, who is due, who has heard nothing for longer than was promised, and why."""
    found = await look_up(InContact())
    options = []
    if not found.promised:
        await tell("contact-none")
    else:
        await say_all(counted(found))
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
    stands = here.promise
    if stands is None:
        return await _promised(here, None)
    await tell("promise-stands", limit=stands.limit, **stands.usual._asdict())
    for one, terms in stands.stages.items():
        await tell("promise-stands-stage", stage=Say(f"update-stage.{one}"), **terms._asdict())
    match await ask(CHANGE.of(*(Option(one, Say(f"promise-change.{one}")) for one in CHANGES))):
        case "set":
            return await _promised(here, None)
        case "stage":
            stage = await ask(STAGE)
            known = await look_up(HowPromised(by_stage=True))
            return await _promised(here if known is None else known, stage)
        case "end":
            return EndPromise(here.center)
        case _:
            return Redirect("menu")


async def _promised(here: Promising, stage: CaseStage | None) -> SetPromise | Redirect:
    """What is wanted for all, or for a stage, with its cost."""
    questions = (WRITTEN_DAYS, VOICE_DAYS, SOONER_DAYS, LIMIT)
    written, voice, sooner, limit = [await ask(one.about(stage) if stage else one) for one in questions]
    wanted = SetPromise(here.center, written, voice, sooner, limit, stage)
    costs, checked = here.cost_of(wanted), here.checked
    if stage is None:
        await tell("promise-words", words=round(costs.words), each=round(costs.words_each), days=wanted.written)
        await tell("promise-talks", talks=round(costs.talks), managed=costs.managed, days=wanted.voice)
    await tell(
        "promise-checks",
        known="yes" if checked.known else "no",
        written=round(costs.written),
        carried=round(costs.carried),
        told=checked.told,
        relatives=here.relatives,
        sent=checked.sent,
        opened=checked.opened,
    )
    await tell("promise-cost", relatives=least_limit(costs), minutes=costs.minutes)
    total = here.week.others + costs.minutes
    await tell("promise-week", others=here.week.others, total=total, managed=here.week.managed)
    if not here.fits(costs):
        await say_all([too_much(here, wanted, costs)])
    sure = await ask(SURE.about(f"{written}.{voice}.{sooner}.{limit}{f'.{stage}' if stage else ''}"))
    return wanted if sure is YesNo.YES else Redirect("menu")
