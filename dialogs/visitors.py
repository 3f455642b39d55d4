"""How staff serve whoever comes or calls: who it is, what they agree to, and then the same scripts in their name."""

from __future__ import annotations

import re
from typing import Final

from casework.booking import wording
from casework.booking.families import MyVisits
from casework.cases.search import Find
from casework.centers import AllCenters
from casework.letters import AtTime, Private, Say, private_day, say
from casework.offers import MyWaiting
from casework.people import Me
from casework.registering import MyReports
from casework.values import PersonName, Phone, Unclear
from casework.visitors import Finish, HandOver, Serve, Welcome
from dialogs import answers as parse
from dialogs.answers.doubts import Doubt
from dialogs.questions import Choice, Option, PhoneNumber, Typed, YesNo
from dialogs.reports import NUMBER, at_hand
from dialogs.routing import Drafts, Redirect
from dialogs.script import ask, look_up, tell

_PHONE: Final = re.compile(r"\+?\d[\d\s()./-]{7,}\d")


def who(text: str) -> tuple[PersonName | None, Phone | None]:
    """A name and a telephone from one line, in either order; None for what is not there, or doubtful: it is asked."""
    found = _PHONE.search(text)
    read = parse.phone(found[0]) if found else None
    phone = None if isinstance(read, Unclear | Doubt) else read
    rest = text.replace(found[0], " ") if found and phone else text
    name = parse.name(rest.strip(" ,;")) if any(map(str.isalpha, rest)) else None
    return (None if isinstance(name, Unclear | Doubt) else name, phone)


def _line(text: str) -> str | Unclear:
    line = parse.short_text(text, 120)
    if isinstance(line, Unclear):
        return line
    return line if any(map(str.isalnum, line)) else Unclear("unclear-text-wanted")


WHO = Typed(name="visitor-who", type=str, example="Петренко Марія, 067 123 45 67", on_page=True, parser=_line)
KNOWN = Choice(name="visitor-known", type=str, example="new", on_page=True)
NAME = Typed(
    name="visitor-name", type=PersonName, example=PersonName("Петренко Марія"), on_page=True, parser=parse.name
)
PHONE = PhoneNumber(name="visitor-phone", on_page=True, wants=None)
AGREES = Choice(name="visitor-agrees", type=YesNo, example=YesNo.YES, on_page=True)
NEXT = Choice(name="visitor-next", type=str, example="done", on_page=True)


async def walkin() -> Welcome | Redirect:
    """Looked for first, so that nobody is entered twice; whoever is new agrees aloud before anything is kept."""
    line = await ask(WHO)
    found = await look_up(Find(line))
    options = []
    for hit in found.hits:
        number, relative = str(hit.number), Private(hit.relative)
        await tell("find-hit", number=number, name=Private(hit.name), born=private_day(hit.born), relative=relative)
        options.append(Option(f"serve {number}", say("visitor-known.one", number=number)))
    for center in found.elsewhere:
        await tell("find-elsewhere", center=Say(f"center-{center}"))
    if not found.whole:
        await tell("find-unread")
    if options:
        await tell("visitor-check")
    offered = (*options, *(Option(one, Say(f"visitor-known.{one}")) for one in ("new", "walkin", "menu")))
    chosen = await ask(KNOWN.about(len(found.hits)).of(*offered))
    if chosen != "new":
        return Redirect(chosen)
    typed_name, typed_phone = who(line)
    name = await ask(NAME) if typed_name is None else typed_name
    phone = await ask(PHONE) if typed_phone is None else typed_phone
    await tell("visitor-new", name=Private(name.full), phone=Private(phone))
    await tell("visitor-read")
    if await ask(AGREES) is YesNo.YES:
        return Welcome(name, phone)
    await tell("visitor-declined")
    return Redirect("menu")


async def serve() -> Serve:
    return Serve(await at_hand(NUMBER))


async def visitor() -> HandOver | Finish | Redirect:
    """What can be done in the visitor's name, and what of theirs there is."""
    me = await look_up(Me())
    drafts = await look_up(Drafts())
    reports = await look_up(MyReports())
    visits = await look_up(MyVisits())
    waiting = await look_up(MyWaiting())
    if me.heard_by is not None and me.agreed_at is not None:
        await tell("visitor-heard", on=AtTime(me.agreed_at, style="day"))
    for report in reports:
        name, born = Private(report.claim.name.full), private_day(report.claim.born)
        await tell("visitor-report", number=str(report.number), name=name, born=born)
    centers = {center.id: center for center in await look_up(AllCenters())}
    for visit in visits:
        line = wording.line(visit, centers[visit.center], me.profile.zone)
        await tell(line.name, **line.args)
    begun = [Option(name, say("menu.go-on", what=Say(f"script.{name}"))) for name in dict.fromkeys(drafts)]
    offered = [_option(name) for name in ("register", "book") if name not in drafts]
    offered += [_option("visits")] if visits or waiting else []
    for report in reports:
        for what in ("papers", "details", "case"):
            offered.append(Option(f"{what} {report.number}", say(f"visitor-next.{what}", number=str(report.number))))
    offered += [_option("code"), _option("done")]
    match await ask(NEXT.of(*begun, *offered)):
        case "code":
            return HandOver()
        case "done":
            return Finish()
        case to:
            return Redirect(to)


def _option(name: str) -> Option:
    return Option(name, Say(f"visitor-next.{name}"))
