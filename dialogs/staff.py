"""How staff manage staff, centers and lines, read the audit and ask for help."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import partial
from re import fullmatch

from casework.actor import Role
from casework.centers import AllCenters, Disclosure, Lines
from casework.ids import CenterId, StaffId, StructureId
from casework.letters import AtTime, OnDay, Private, Say, named, say
from casework.numbers import ReportNumber, parse_number
from casework.places import ABROAD, region_of
from casework.queries import Today
from casework.reference import Sort, Structures
from casework.reference_commands import EndEntry, ShownEntry
from casework.staff import Acting
from casework.staff.access import of_anybody
from casework.staff.introducing import ShowName, ShownName
from casework.staff.keeping import ChangeCenter, MoveRegion, NewAddress, NewNumber, NewPhone, Withheld, Withhold
from casework.staff.members import (
    SIGNERS,
    WITHOUT_CENTER,
    AddMember,
    Deactivate,
    InviteMember,
    LetSignerGo,
    ManagedMembers,
    Member,
    Reset,
    Vouch,
)
from casework.staff.record import A_SCREEN, Narrow, Record
from casework.staff.relations import OF_A_CENTER
from casework.values import PersonName, Unclear
from dialogs import answers as parse
from dialogs.booking.questions import DayChoice, exact_day
from dialogs.places import region_named
from dialogs.questions import Choice, Listing, Option, Several, Spellings, Took, Typed, TypedPlace, YesNo
from dialogs.questions.question import LONG_AGO
from dialogs.routing import Redirect
from dialogs.said import Said, Text
from dialogs.script import ask, hear, look_up, say_all, tell

STAFF = Choice(
    name="staff",
    type=str,
    example="add",
    among=tuple(
        Option(name, Say(f"staff.{name}")) for name in ("add", "invite", "reset", "vouch", "deactivate", "menu")
    ),
)
ROLE = Choice(name="role", type=Role, example=Role.OPERATOR)
CENTER = Listing(name="which-center", example="lviv", sort=Sort.CENTER, beginning="center-")
CHANGED_CENTER = replace(CENTER, beside=("new",))
STRUCTURE = Listing(name="structure", example="lawyer", sort=Sort.STRUCTURE, beginning="structure.")
MEMBER_NAME = Typed(
    name="member-name", type=PersonName, example=PersonName("Коваль Олена"), on_page=True, parser=parse.name
)
MEMBER = Choice(name="member", type=str, example="1")
SURE = Choice(name="deactivate-sure", type=YesNo, example=YesNo.NO)


async def staff() -> AddMember | InviteMember | Reset | Vouch | Deactivate | LetSignerGo | Redirect:
    """Who is there, and what can be done."""
    everybody = await look_up(ManagedMembers())
    for member in everybody:
        where = Say(f"center-{member.staff.center}") if member.staff.center else Say("staff-member.everywhere")
        state = "left" if not member.staff.active else "here" if member.enrolled else "invited"
        await tell(
            "staff-line",
            name=named(member.name, str(member.staff.id)),
            role=Say(f"role.{member.staff.role}"),
            center=where,
            state=Say(f"staff-member.{state}"),
        )
    match await ask(STAFF):
        case "add":
            return await _add()
        case "menu":
            return Redirect("menu")
        case what:
            there = {member.staff.id: member.staff for member in everybody if member.staff.active}
            chosen = await _which([member for member in everybody if member.staff.active])
            match what:
                case "invite":
                    return InviteMember(chosen)
                case "reset":
                    return Reset(chosen)
                case "vouch":
                    return Vouch(chosen)
            whom = next(_colleague(one) for one in everybody if one.staff.id == chosen)
            if await ask(SURE.about(chosen).told(whom=whom)) is not YesNo.YES:
                return Redirect("staff")
            return LetSignerGo(chosen) if there[chosen].role in SIGNERS else Deactivate(chosen)


async def _add() -> AddMember:
    acting = await look_up(Acting())
    head = acting is not None and not of_anybody("AddMember", acting.role)
    role = await ask(ROLE.of(*(Option(str(role), Say(f"role.{role}")) for role in (OF_A_CENTER if head else Role))))
    center = acting.center if acting is not None and head else None
    if not head and role not in WITHOUT_CENTER:
        center = CenterId(await ask(CENTER.over(one.id for one in await look_up(AllCenters()))))
    structure: StructureId | None = None
    if role is Role.SPECIALIST:
        there = await look_up(Structures())
        structure = StructureId(await ask(STRUCTURE.over(there)))
    name = await ask(MEMBER_NAME)
    return AddMember(role, center, structure, name.full)


async def _which(members: list[Member]) -> StaffId:
    chosen = await ask(MEMBER.of(*(Option(str(one.staff.id), _colleague(one)) for one in members)))
    return StaffId(int(chosen))


def _colleague(one: Member) -> Say:
    """By the name on the page, and everywhere by their number: two may have one name and one role."""
    return say("staff-member.one", name=named(one.name, str(one.staff.id)), role=Say(f"role.{one.staff.role}"))


@dataclass(frozen=True, kw_only=True)
class _OrPressed(Typed[str]):
    """Something typed, or the one button that stands for what no parser reads. Digits are typed, and no button's
    place."""

    def picked(self, said: Said, words: Spellings) -> str | None:
        digits = isinstance(said, Text) and said.text.strip().isdecimal()
        return None if digits else super().picked(said, words)


CENTER_WHAT = Choice(
    name="center-what",
    type=str,
    example="phone",
    among=tuple(
        Option(name, Say(f"center-what.{name}"))
        for name in ("phone", "address", "place", "hours", "confirm", "region", "menu")
    ),
)


SHORTEST = 3
"""Digits of the shortest number that anybody answers."""


def dialled(text: str) -> str | Unclear:
    """A number as people dial it, also a short one as 102; perhaps two with a comma."""
    line = parse.short_text(text, 60)
    if isinstance(line, Unclear):
        return line
    digits = sum(map(str.isdecimal, line))
    return line if digits >= SHORTEST and fullmatch(r"[+0-9(][0-9\s()+,.-]*", line) else Unclear("unclear-phone")


def point(text: str) -> tuple[float, float] | Unclear:
    """A place as maps write it, in degrees, the latitude first: "49.8123, 24.0198". A center is in Ukraine."""
    typed = fullmatch(r"\s*(\d{1,2}\.\d{3,})[,;\s]+(\d{1,2}\.\d{3,})\s*", text)
    at = (float(typed[1]), float(typed[2])) if typed else None
    return at if at is not None and region_of(*at) is not None else Unclear("unclear-point")


def hours(text: str) -> tuple[time, time] | Unclear:
    """Opening hours, "10:00-17:00"."""
    typed = fullmatch(r"\s*(\d{1,2})[:.](\d\d)\s*[-–—]\s*(\d{1,2})[:.](\d\d)\s*", text)
    try:
        opens, closes = (
            (time(int(typed[1]), int(typed[2])), time(int(typed[3]), int(typed[4]))) if typed else (time(1), time(0))
        )
    except ValueError:
        return Unclear("unclear-hours")
    return (opens, closes) if opens < closes else Unclear("unclear-hours")


HIDE = "hide"
CENTER_PHONE = _OrPressed(
    name="center-phone",
    type=str,
    example="0 800 000 000",
    parser=dialled,
    among=(Option(HIDE, Say("center-phone.hide")),),
)
CENTER_ADDRESS = _OrPressed(
    name="center-address",
    type=str,
    example="—",
    on_page=True,
    parser=partial(parse.short_text, limit=200),
    among=(Option(HIDE, Say("center-address.hide")),),
)
CENTER_PLACE = TypedPlace(
    name="center-place",
    type=tuple[float, float],
    example=(49.81, 24.02),
    parser=point,
    nearest=lambda latitude, longitude: (latitude, longitude),
)
CENTER_HOURS = Typed(name="center-hours", type=tuple[time, time], example=(time(10), time(17)), parser=hours)
CENTER_SINCE = DayChoice(name="center-since")
CENTER_REGION = _OrPressed(
    name="center-region",
    type=str,
    example="lviv",
    parser=region_named,
    among=(Option(ABROAD, Say("region.abroad")),),
)


@dataclass(frozen=True, kw_only=True)
class _Regions(Several):
    """Regions that a center answers for by distance only, to be confirmed."""

    def _label(self, one: str) -> Say:
        return Say(f"region-{one}")


CONFIRM = _Regions(name="center-confirm", among=())


def _next_month(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


async def center() -> ChangeCenter | MoveRegion | NewPhone | NewAddress | Withhold | Redirect:
    """A center's data, one thing at a time."""
    there = {one.id: one for one in await look_up(AllCenters())}
    chosen = CenterId(await ask(CHANGED_CENTER.over(there)))
    if chosen == "new":
        return Redirect("newcenter")
    known = there[chosen]
    await tell(
        "center-now",
        center=Say(f"center-{chosen}"),
        phone=known.phone or Say("common.unknown"),
        opens=f"{known.opens:%H:%M}",
        closes=f"{known.closes:%H:%M}",
        regions=len([region for region in known.regions if region != ABROAD]),
        proposed=len([region for region in known.proposed if region != ABROAD]),
    )
    if ABROAD in known.regions:
        await tell("center-abroad")
    what = CENTER_WHAT.about(chosen)
    if known.disclosure is not Disclosure.PUBLIC:
        what = what.of(*(option for option in what.among if option.id != "place"))
    match await ask(what):
        case "phone":
            return await _phone_of(chosen)
        case "address":
            return await _address_of(chosen)
        case "place":
            place = await ask(CENTER_PLACE.about(chosen))
            return NewAddress(chosen, place=place)
        case "hours":
            opening = await ask(CENTER_HOURS.about(chosen))
            return ChangeCenter(chosen, hours=opening)
        case "confirm":
            confirmed = await ask(replace(CONFIRM, among=known.proposed).about(chosen))
            return ChangeCenter(chosen, confirmed=confirmed)
        case "region":
            moved = await ask(CENTER_REGION.about(chosen))
            today = await look_up(Today())
            day = await ask(CENTER_SINCE.about(f"{chosen}.{moved}").on(today, today, _next_month(today)))
            return MoveRegion(chosen, moved, exact_day(day, today))
        case _:
            return Redirect("menu")


async def _phone_of(center: CenterId) -> NewPhone | Withhold:
    phone = await ask(CENTER_PHONE.about(center))
    return Withhold(center, Withheld.PHONE) if phone == HIDE else NewPhone(center, phone)


async def _address_of(center: CenterId) -> NewAddress | Withhold:
    address = await ask(CENTER_ADDRESS.about(center))
    return Withhold(center, Withheld.ADDRESS) if address == HIDE else NewAddress(center, address)


PHONE_WHAT = Choice(
    name="phone-what",
    type=str,
    example="phone",
    among=tuple(Option(name, Say(f"center-what.{name}")) for name in ("phone", "address", "menu")),
)


async def phone() -> NewPhone | NewAddress | Withhold | Redirect:
    """The number or address of the head's own center: a new one takes two, one is taken away at once."""
    acting = await look_up(Acting())
    if acting is None or acting.center is None:
        return Redirect("menu")
    match await ask(PHONE_WHAT):
        case "phone":
            return await _phone_of(acting.center)
        case "address":
            return await _address_of(acting.center)
        case _:
            return Redirect("menu")


LINE = Listing(name="which-line", example="police", sort=Sort.LINE, beginning="which-line.", beside=("new",))
END = "end"
LINE_PHONE = _OrPressed(
    name="line-phone",
    type=str,
    example="102",
    parser=dialled,
    among=(Option(END, Say("line-phone.end")),),
)


async def line() -> NewNumber | EndEntry | Redirect:
    name = await ask(LINE.over(one.name for one in await look_up(Lines())))
    if name == "new":
        return Redirect("newline")
    phone = await ask(LINE_PHONE)
    if phone != END:
        return NewNumber(name, phone)
    shown = await look_up(ShownEntry(Sort.LINE, name))
    await say_all(shown)
    return await ending(Sort.LINE, name, Say(f"which-line.{name}"), await look_up(Today()))


ENDS = Choice(name="entry-ends", type=YesNo, example=YesNo.NO)


async def ending(sort: Sort, name: str, what: Say, since: date) -> EndEntry | Redirect:
    """Whatever families lose is asked about once, after it was shown as they read it."""
    sure = ENDS.about(f"{sort}.{name}.{since}").told(what=what, since=OnDay(since))
    return EndEntry(sort, name, since) if await ask(sure) is YesNo.YES else Redirect("menu")


MYNAME = Choice(name="myname", type=str, example="menu")


def first_name(text: str) -> str | Unclear:
    """One word of letters: by it alone nobody is found."""
    line = parse.short_text(text, 40)
    if isinstance(line, Unclear):
        return line
    return line if fullmatch(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*", line) else Unclear("unclear-first-name")


FIRST_NAME = Typed(name="first-name", type=str, example="Олена", on_page=True, parser=first_name)


async def myname() -> ShowName | Redirect:
    """Whether the families whose cases the member leads see a first name, and which; none until it is chosen."""
    shown = await look_up(ShownName())
    if shown:
        await tell("myname-shown", name=Private(shown, keeps=True))
    else:
        await tell("myname-hidden")
    names = ("change", "hide", "menu") if shown else ("show", "menu")
    match await ask(MYNAME.of(*(Option(name, Say(f"myname.{name}")) for name in names))):
        case "menu":
            return Redirect("")
        case "hide":
            return ShowName("")
        case _:
            return ShowName(await ask(FIRST_NAME))


ALL = "all"


def _number(text: str) -> str | Unclear:
    number = parse_number(text)
    return number.digits if isinstance(number, ReportNumber) else number


AUDIT_OF = _OrPressed(name="audit-of", type=str, example=ALL, parser=_number, among=(Option(ALL, Say("audit-of.all")),))


AUDIT_FROM = Typed(
    name="audit-from",
    type=int,
    example=0,
    parser=lambda text: (
        int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else Unclear("unclear-choice")
    ),
)
AUDIT_NEXT = Choice(name="audit-next", type=str, example="menu")


async def audit() -> Redirect:
    """Who looked at what, the newest first; screen by screen. On the page it can be narrowed further, and taken as a
    file."""
    of = await ask(AUDIT_OF)
    first = int((await hear(AUDIT_FROM, AUDIT_FROM.remember(Took(0), "", LONG_AGO))).value)
    found = await look_up(Record(Narrow(None if of == ALL else ReportNumber(of)), first))
    await tell("audit-head", count=found.rows_in_all)
    for line in found.lines:
        await tell(
            "audit-line",
            at=AtTime(line.at, style="short"),
            who=Private(line.who, keeps=True),
            what=Say("audit-what", {"what": line.what}),
            number=str(line.number) if line.number else "",
        )
        if line.count > 1:
            await tell("audit-times", count=line.count)
    options = []
    if first + len(found.lines) < found.lines_in_all:
        options.append(Option(f"audit {of} {first + A_SCREEN}", Say("audit-next.earlier")))
    if first:
        options.append(Option(f"audit {of} {max(first - A_SCREEN, 0)}", Say("audit-next.later")))
    return Redirect(await ask(AUDIT_NEXT.of(*options, Option("menu", Say("audit-next.menu")))))


async def help_() -> Redirect:
    """The commands that the role may give, each with a line."""
    acting = await look_up(Acting())
    if acting is None:
        await tell("help-relative")
        return Redirect("menu")
    await tell("help-head", role=Say(f"role.{acting.role}"))
    for name in acting.commands:
        await tell("help-line", command=f"/{name}", what=Say(f"help.{name}"))
    return Redirect("menu")
