"""Which reports that are filed already would be asked about today: the same parsers read them once more."""

from casework.cases.doubtful import PORTION, ClearUp, Field, Filed, FiledInAll, FiledReports
from casework.letters import Private, Say
from casework.places import ABROAD
from casework.queries import Today
from casework.values import PersonName, Unclear
from dialogs import answers as parse
from dialogs.questions import Choice, Option, Took, Typed
from dialogs.questions.question import LONG_AGO
from dialogs.routing import Redirect
from dialogs.script import ask, hear, look_up, tell

MOST_NAMED = 30
"""So many are named at once; the next ones when these are in the queue."""

CLEAR_UP = Choice(name="doubtful", type=str, example="yes")
NEXT = Choice(name="doubtful-next", type=str, example="menu")
MENU = Option("menu", Say("doubtful-next.menu"))
FROM = Typed(
    name="doubtful-from",
    type=int,
    example=0,
    parser=lambda text: (
        int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else Unclear("unclear-choice")
    ),
)
_WAR = 2014
"""Before this year nobody was lost who is looked for here: "26" was read as 1926."""
_OLDEST = 100
_OLD_WAY_OUT = ("+81380", "+8138")
"""How "8 10 380 …" was read: as a number in Japan."""


def doubts(filed: Filed, today: int) -> tuple[Field, ...]:
    """What of a report looks misread. `today` is this year."""
    named = parse.name(filed.claim.name.full)
    own = parse.name(filed.own_name.full) if filed.own_name else filed.own_name
    phone, born, lost_on = filed.phone or "", filed.claim.born, filed.lost_on
    found = {
        Field.MISSING_NAME: not isinstance(named, PersonName),
        Field.BORN: born is not None and today - born.year >= _OLDEST,
        Field.OWN_NAME: own is not None and not isinstance(own, PersonName),
        Field.PHONE: phone.startswith(_OLD_WAY_OUT) or (phone != "" and not isinstance(parse.phone(phone), str)),
        # Typed towns abroad were taken for villages of ours that sound alike; the number tells where the family is.
        Field.REGION: filed.region not in (None, ABROAD) and phone != "" and not phone.startswith("+380"),
        Field.LOST_ON: lost_on is not None and lost_on.year < _WAR,
    }
    return tuple(field for field, doubted in found.items() if doubted)


async def doubtful() -> ClearUp | Redirect:
    """Reports of the own center that would be asked about today, a portion at a time, and whether they shall be put
    into the queue."""
    first = int((await hear(FROM, FROM.remember(Took(0), "", LONG_AGO))).value)
    year = (await look_up(Today())).year
    filed_reports = await look_up(FiledReports(first))
    in_all = await look_up(FiledInAll())
    found = [(filed, fields) for filed in filed_reports if (fields := doubts(filed, year))]
    await tell("doubtful-head", count=len(found), read=len(filed_reports))
    last = min(first + PORTION, in_all)
    later = (Option(f"doubtful {last}", Say("doubtful-next.later")),) if last < in_all else ()
    if later or first:
        await tell("doubtful-part", first=min(first + 1, last), last=last, reports=in_all)
    if not found:
        return Redirect(await ask(NEXT.about(str(first)).of(*later, MENU))) if later else Redirect("menu")
    for filed, fields in found[:MOST_NAMED]:
        what = Private(filed.claim.name.full)
        for field in fields:
            await tell("doubtful-line", number=str(filed.number), name=what, field=Say(f"{field}.label"))
    shown = tuple(filed.number for filed, _ in found[:MOST_NAMED])
    ways = (*(Option(name, Say(f"doubtful.{name}")) for name in ("yes", "no")), *later)
    chosen = await ask(CLEAR_UP.about("-".join(number.digits for number in shown[:1])).of(*ways).told(count=len(shown)))
    if chosen == "yes":
        return ClearUp(shown, first if len(found) > MOST_NAMED else last if later else None)
    return Redirect("menu" if chosen == "no" else chosen)
