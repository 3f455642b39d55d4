"""A sign of life: how a relative tells it, and how staff take and answer it."""

from dataclasses import replace
from functools import partial

from casework.asked import Asked
from casework.files import RefusedFiles
from casework.ids import SightingId
from casework.letters import AtTime, Say, say
from casework.registering import MyReports
from casework.sightings import (
    AnswerSighting,
    FileSighting,
    Looked,
    MySightings,
    Seen,
    SightingKind,
    SightingsOf,
    TakeSighting,
    ToldSighting,
)
from dialogs import answers as parse
from dialogs.questions import Choice, Option, Told, Typed
from dialogs.reports import NUMBER, at_hand, which_report
from dialogs.routing import Redirect
from dialogs.script import answered, ask, look_up, perhaps, say_all, tell

KIND = Choice(name="sighting-kind", type=SightingKind, example=SightingKind.VIDEO)
SEEN = Told(name=Asked.SIGHTING_SEEN, most=10_000)
WHEN_SEEN = Typed(
    name="sighting-when", type=str, example="—", unknown=True, parser=partial(parse.short_text, limit=200)
)
WHO_SAW = Typed(name="sighting-who", type=str, example="—", unknown=True, parser=partial(parse.short_text, limit=300))
SIGHTING_NEXT = Choice(name="sighting-next", type=str, example="menu")


async def sighted() -> FileSighting | Redirect:
    """What not to do, in plain words; then where, when and who."""
    if not await look_up(MyReports()):
        await tell("reports-none")
        return Redirect("menu")
    number = await ask(NUMBER) if await answered(NUMBER) else await which_report()
    for one in await look_up(MySightings(number)):
        await say_all((standing(one),))
    await tell("sighting-warns")
    kind = await ask(KIND.about(number))
    refused = await look_up(RefusedFiles())
    told = await ask(replace(SEEN.about(number), refused_files=dict(refused)))
    when = await perhaps(WHEN_SEEN.about(number))
    who = await perhaps(WHO_SAW.about(number))
    return FileSighting(number, kind, Seen(told.texts, when or "", who or ""), told.files)


def standing(one: ToldSighting) -> Say:
    """How it stands with what the relative told before."""
    if one.answer is not None:
        return say("sighting-stands-answered", number=str(one.number))
    by = AtTime(one.due, style="day")
    if one.who is None:
        return say("sighting-stands", number=str(one.number), by=by)
    return say("sighting-stands-taken", number=str(one.number), who=one.who, by=by)


async def sighting() -> TakeSighting | AnswerSighting | Redirect:
    """For staff: what the relative of a report told; take it, answer it."""
    number = await at_hand(NUMBER)
    found = await look_up(SightingsOf(number))
    if not found:
        await tell("sighting-none", number=str(number))
        return Redirect(f"opened {number}")
    options = []
    for one in found:
        await say_all(one.told)
        if one.answered:
            continue
        if not one.taken:
            options.append(Option(f"take {one.id}", say("sighting-next.take", number=str(one.number))))
            continue
        for answer in Looked:
            label = say(f"sighting-next.{answer}", number=str(one.number))
            options.append(Option(f"{answer} {one.id}", label))
    chosen = await ask(SIGHTING_NEXT.about(number).of(*options, Option("menu", Say("sighting-next.menu"))))
    if chosen == "menu":
        return Redirect(f"opened {number}")
    way, id = chosen.split()
    if way == "take":
        return TakeSighting(number, SightingId(int(id)))
    return AnswerSighting(number, SightingId(int(id)), Looked(way))
