"""Who may do what: the one table. `casework/rulebook.py` asks it before any rule runs; menus, boards and help list what
it allows, and `docs/access.md` is drawn from it (`make access`).

A line names things, who may, and what has to hold. Things are commands and queries (by their class, with its module
where the name stands twice), what is typed ("/queue", in the menu of the roles that it stands by), scripts that others
lead to ("then:opened"), sections of the board, what letters read and open, the file, what is printed and streamed.
Where a thing stands in several lines, one that lets in is enough. What stands in no line, nobody may do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import chain

from casework.actor import FACTOR_LASTS, Role
from casework.staff.relations import (
    ANY_PROPOSAL,
    ANY_UPDATE,
    CALL,
    CALL_HERE,
    CASE,
    CASES,
    COLLEAGUE,
    CONCERNED,
    DOOR_HERE,
    FILE_OF_CASE,
    FOR_OWN_REPORT,
    NEW_IN_TEAM,
    OWN_ACCOUNT,
    OWN_CENTER,
    OWN_FILE,
    OWN_HOUR,
    OWN_OFFER,
    OWN_REPORT,
    OWN_UPDATE,
    OWN_VISIT,
    PAIR,
    PROPOSAL_HERE,
    PROPOSAL_OF_CASE,
    PROPOSAL_OF_SERVICE,
    RELEASED,
    TEAM,
    THEMSELVES,
    UPDATE,
    VISIT_HERE,
    AnotherPerson,
    Facts,
    Relation,
)

Who = frozenset[Role | None]
"""Roles of staff; None is whoever has no role: a relative."""

STAFF: Who = frozenset(Role)
FAMILIES: Who = frozenset({None})
EVERYBODY: Who = STAFF | FAMILIES
CASEWORKERS: Who = frozenset({Role.OPERATOR, Role.SPECIALIST, Role.VERIFIER, Role.HEAD})
RECEPTION: Who = frozenset({Role.OPERATOR, Role.HEAD})
WRITERS: Who = frozenset({Role.SPECIALIST, Role.HEAD})
DECIDERS: Who = frozenset({Role.VERIFIER, Role.HEAD})
SPECIALISTS: Who = frozenset({Role.SPECIALIST})
HEADS: Who = frozenset({Role.HEAD})
VERIFIERS: Who = frozenset({Role.VERIFIER})
ADMINISTRATORS: Who = frozenset({Role.ADMINISTRATOR})
MANAGERS: Who = HEADS | ADMINISTRATORS
AUDITORS: Who = frozenset({Role.AUDITOR})


class AllowedOn(StrEnum):
    ANYWHERE = "anywhere"  # on a messenger too, which shows staff numbers, states and times only
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class May:
    """A line: who may do these things. `of`: how they have to stand to what is named; `each`: how they have to stand to
    each thing of a list, of which only those are shown. `factor`: how old the second factor, given on the page, may be.
    `second`: it takes another person than who began it. `proposes`: it is not done, but kept as a proposal until
    another has signed it, by the line "sign:" with its name. `unfrozen`: it destroys something or gives it away, so
    nobody does it whose account is being reached anew and who has stopped that. `serving`: in the name of a visitor, by
    the member who serves them. `says`: what is answered to everybody else."""

    things: str
    who: Who
    of: Relation | None = None
    each: Relation | None = None
    factor: timedelta | None = None
    at: AllowedOn = AllowedOn.ANYWHERE
    second: AnotherPerson | None = None
    proposes: bool = False
    unfrozen: bool = False
    serving: bool = False
    says: str = "staff-not-allowed"


PAGE, FRESH = AllowedOn.PAGE, FACTOR_LASTS
ONE_LINE = "second-one-line"
APPROVER = AnotherPerson(own="approve-own", line=ONE_LINE, kin="approve-own-family")
OUTSIDER = AnotherPerson(kin="kinship-own-family")
SIGNER = AnotherPerson(own="proposal-own", line=ONE_LINE)
FAMILY_SIGNER = AnotherPerson(own="proposal-own", line=ONE_LINE, kin="proposal-own-family")
OPERATORS: Who = frozenset({Role.OPERATOR})

SIGN_SERVICE = " ".join(
    f"sign:{act}"
    for act in (
        *("AddMember", "Reset", "Vouch", "LetSignerGo"),
        *("NewPhone", "MoveRegion", "NewAddress", "NewNumber", "NewLine", "NewCenter", "KeepEntry"),
    )
)
SIGN_FAMILY = " ".join(f"sign:{act}" for act in ("Rejoin", "Thaw", "VerifyByTwo", "WriteAgain", "Join"))

TABLE: Mapping[str, tuple[May, ...]] = {
    "Everybody, for themselves: the rules look only for what is the acting person's.": (
        May("/welcome /menu /registered /reports /steps /human /settings /language /pause /opens", EVERYBODY),
        May("/notices /where /safety /leave /erase /keep /linked /here /sent /inbox /fraud /venue", EVERYBODY),
        May("/updates /read /check", EVERYBODY),
        May("/book /visits /move /cancel /code /coming /address /way /link /help", EVERYBODY),
        May("/earlier /accept /decline /unwait MyWaiting StopWaiting", EVERYBODY),
        May("/register /correct /details /papers /told", FAMILIES),
        May("Acting Me MyReports MyVisits MyAddresses MyNotices Waits RefusedFiles", EVERYBODY),
        May("AllCenters MyCenter Lines Steps Structures Askable", EVERYBODY),
        May("Specialties FreeSlots ToBring NeededPapers", EVERYBODY),
        May("HasPhone TypedPhone", EVERYBODY),
        May("Agree Decline ChooseLanguage Pause ChooseOpening LeaveDevice ShowClaimCode ShowAgain", EVERYBODY),
        May("ChooseNotices ChooseAddress LeaveAddress ShowCode TypeCode ConfirmLink", EVERYBODY, unfrozen=True),
        May("AskForCall PassOn PassFiles DropFiles CheckCode feed:thread", EVERYBODY),
        May("MyReport MyStanding VerifiedReports TellMore SendPapers", EVERYBODY, OWN_REPORT),
        May("Correct WeWereTold print:card", EVERYBODY, OWN_REPORT, unfrozen=True),
        May("Changeable Coming WaitEarlier", EVERYBODY, OWN_VISIT),
        May("Move Cancel ShowAddress ShowDoorCode ShowWay opens:address", EVERYBODY, OWN_VISIT, unfrozen=True),
        May("reads:kinship reads:invitation IsByVoice", EVERYBODY, OWN_REPORT),
        May("reads:visit reads:reminder opens:reminder", EVERYBODY, OWN_VISIT),
        May("AcceptOffer DeclineOffer reads:offer", EVERYBODY, OWN_OFFER),
        May("MyUpdates", EVERYBODY, each=RELEASED),
        May("ReadUpdate reads:update opens:update", EVERYBODY, RELEASED),
        May("file", EVERYBODY, OWN_FILE, unfrozen=True),
        May("Book Wait", FAMILIES, FOR_OWN_REPORT, says="book-families-only"),
        May("FileReport", FAMILIES),
        May("Erase", FAMILIES, says="erase-not-staff"),
    ),
    "Cases. Another center's staff learn only whose a case is.": (
        May("/queue Queue AtHand board:queue", CASEWORKERS),
        May("/find Find", CASEWORKERS, each=CASE),
        May("/walkin Welcome then:visitor", RECEPTION, at=PAGE),
        May("then:serve Serve", RECEPTION, VISIT_HERE, at=PAGE),
        May("then:serve Serve", RECEPTION, CASE, at=PAGE),
        May("/case then:opened OpenCase AlikeTo /take Take /note AddNote", CASEWORKERS, CASE),
        May("reads:crisis", CASEWORKERS, CALL_HERE),
        May("board:crisis", CASEWORKERS),
        May("/call ToBeCalled RecordCall OpenSent", CASEWORKERS, CALL),
        May("/voice HowSpokenTo OnlyByVoice", CASEWORKERS, CASE),
        May("KeepVoice", CASEWORKERS, CASE, proposes=True),
        May("WriteAgain", DECIDERS, CASE, factor=FRESH, at=PAGE, proposes=True),
        May("/rejoin /thaw", RECEPTION, CASE, at=PAGE),
        May("Rejoin Thaw", RECEPTION, CASE, factor=FRESH, at=PAGE, proposes=True),
        May("then:register then:correct then:details then:papers", STAFF, at=PAGE),
        May("/details", CASEWORKERS, at=PAGE),
        May("MyReport MyStanding VerifiedReports Correct TellMore SendPapers", CASEWORKERS, CASE),
        May("/join SideBySide", CASEWORKERS, PAIR),
        May("Join", CASEWORKERS, PAIR, factor=FRESH, at=PAGE, proposes=True),
        May("KeepApart", CASEWORKERS, PAIR, factor=FRESH, at=PAGE),
        May("/part", CASEWORKERS),
        May("Part", CASEWORKERS, CASE, factor=FRESH, at=PAGE),
        May("FiledReports FiledInAll", RECEPTION),
        May("/doubtful ClearUp", RECEPTION, CASES, at=PAGE),
        May("file", CASEWORKERS, FILE_OF_CASE, at=PAGE),
    ),
    "Kinship and updates: who decides is another person than who wrote, and not of the family.": (
        May("/kinship OpenKinship KinshipOf Provable ProofOf then:decide", DECIDERS, CASE),
        May("Decide", DECIDERS, CASE, factor=FRESH, second=OUTSIDER),
        May("VerifyByTwo", DECIDERS, CASE, factor=FRESH, second=OUTSIDER, proposes=True),
        May("/update BeginUpdate WriteUpdate then:sign", WRITERS, CASE),
        May("ToSign", WRITERS, UPDATE),
        May("ToSign", VERIFIERS, ANY_UPDATE),
        May("Sign", WRITERS, OWN_UPDATE, at=PAGE),
        May("/approve WaitingUpdates board:approvals", HEADS, each=CASE),
        May("/approve WaitingUpdates board:approvals", VERIFIERS, each=ANY_UPDATE),
        May("Approve SendBack AskToSign", HEADS, UPDATE, factor=FRESH, at=PAGE, second=APPROVER),
        May("Approve SendBack AskToSign", VERIFIERS, ANY_UPDATE, factor=FRESH, at=PAGE, second=APPROVER),
        May("/invitation Invitation InviteFamily SendInvitation", CASEWORKERS, CASE),
    ),
    "The center's day.": (
        May("/day Day board:today print:day", CASEWORKERS - SPECIALISTS, each=VISIT_HERE),
        May("/day Day board:today print:day", SPECIALISTS, each=OWN_HOUR),
        May("WaitingHere", CASEWORKERS),
        May("/attend Attend ShowVisitor", CASEWORKERS, VISIT_HERE),
        May("/door Door", CASEWORKERS, DOOR_HERE),
        May("/confirm VisitsToConfirm board:confirm", RECEPTION),
        May("Confirm", RECEPTION, VISIT_HERE, factor=FRESH, at=PAGE),
        May("/absent CenterSpecialists", RECEPTION, each=COLLEAGUE),
        May("/absent CenterSpecialists", SPECIALISTS, each=THEMSELVES),
        May("Touched BeAbsent", RECEPTION, COLLEAGUE),
        May("Touched BeAbsent", SPECIALISTS, THEMSELVES),
        May("/length SetLength", SPECIALISTS),
    ),
    "In the name of a visitor: what they could do here themselves, and nothing that is theirs alone.": (
        May("then:visitor then:register then:registered then:book then:visits", RECEPTION, at=PAGE, serving=True),
        May("then:move then:cancel then:code then:earlier", RECEPTION, at=PAGE, serving=True),
        May("then:accept then:decline then:unwait StopWaiting", RECEPTION, at=PAGE, serving=True),
        May("Acting AllCenters Me MyReports MyVisits MyWaiting", RECEPTION, at=PAGE, serving=True),
        May("Specialties FreeSlots ToBring", RECEPTION, at=PAGE, serving=True),
        May("FileReport HandOver Finish", RECEPTION, at=PAGE, serving=True),
        May("Book Wait", RECEPTION, FOR_OWN_REPORT, at=PAGE, serving=True),
        May("AcceptOffer DeclineOffer", RECEPTION, OWN_OFFER, at=PAGE, serving=True),
        May("MyReport", RECEPTION, OWN_REPORT, at=PAGE, serving=True),
        May("Changeable Move Cancel ShowDoorCode WaitEarlier", RECEPTION, OWN_VISIT, at=PAGE, serving=True),
    ),
    "What takes two. One proposes, another signs; any one person stops it.": (
        May("/proposals WaitingProposals board:proposals", ADMINISTRATORS, each=PROPOSAL_OF_SERVICE),
        May("/proposals WaitingProposals board:proposals", HEADS, each=PROPOSAL_HERE),
        May("/proposals WaitingProposals board:proposals", VERIFIERS, each=ANY_PROPOSAL),
        May("OpenProposal AnswerProposal", ADMINISTRATORS, PROPOSAL_OF_SERVICE, factor=FRESH, at=PAGE),
        May("OpenProposal AnswerProposal", HEADS, PROPOSAL_HERE, factor=FRESH, at=PAGE),
        May("OpenProposal AnswerProposal", VERIFIERS, ANY_PROPOSAL, factor=FRESH, at=PAGE),
        May(SIGN_SERVICE, ADMINISTRATORS, PROPOSAL_OF_SERVICE, factor=FRESH, at=PAGE, second=SIGNER),
        May(SIGN_SERVICE, HEADS, PROPOSAL_HERE, factor=FRESH, at=PAGE, second=SIGNER),
        May(SIGN_SERVICE, VERIFIERS, ANY_PROPOSAL, factor=FRESH, at=PAGE, second=SIGNER),
        May("/proposals WaitingProposals board:proposals", OPERATORS, each=PROPOSAL_OF_CASE),
        May("OpenProposal AnswerProposal", OPERATORS, PROPOSAL_OF_CASE, factor=FRESH, at=PAGE),
        May(SIGN_FAMILY, RECEPTION, PROPOSAL_OF_CASE, factor=FRESH, at=PAGE, second=FAMILY_SIGNER),
        May(SIGN_FAMILY, VERIFIERS, ANY_PROPOSAL, factor=FRESH, at=PAGE, second=FAMILY_SIGNER),
        May("sign:KeepVoice", HEADS, PROPOSAL_OF_CASE, factor=FRESH, at=PAGE, second=FAMILY_SIGNER),
        May("sign:KeepVoice", VERIFIERS, ANY_PROPOSAL, factor=FRESH, at=PAGE, second=FAMILY_SIGNER),
        May("reads:proposal", DECIDERS, ANY_PROPOSAL),
        May("then:stop StopProposal", STAFF, CONCERNED),
        May("then:stop StopProposal", FAMILIES, OWN_ACCOUNT),
    ),
    "The service. An administrator manages staff and centers, an auditor reads who looked; neither reads a case.": (
        May("/staff ManagedMembers", ADMINISTRATORS),
        May("/staff ManagedMembers", HEADS, each=COLLEAGUE),
        May("AddMember Reset Vouch LetSignerGo", ADMINISTRATORS, factor=FRESH, at=PAGE, proposes=True),
        May("AddMember", HEADS, NEW_IN_TEAM, factor=FRESH, at=PAGE, proposes=True),
        May("Reset Vouch LetSignerGo", HEADS, TEAM, factor=FRESH, at=PAGE, proposes=True),
        May("InviteMember Deactivate", ADMINISTRATORS, factor=FRESH, at=PAGE),
        May("InviteMember Deactivate", HEADS, TEAM, factor=FRESH, at=PAGE),
        May("/center", ADMINISTRATORS),
        May("/phone", HEADS),
        May("NewPhone NewAddress", ADMINISTRATORS, factor=FRESH, proposes=True),
        May("NewPhone NewAddress", HEADS, OWN_CENTER, factor=FRESH, proposes=True),
        May("Withhold", ADMINISTRATORS, factor=FRESH),
        May("Withhold", HEADS, OWN_CENTER, factor=FRESH),
        May("/line /step /paper /structure then:newcenter then:newline ShownEntry", ADMINISTRATORS),
        May("NewNumber NewLine NewCenter MoveRegion KeepEntry", ADMINISTRATORS, factor=FRESH, proposes=True),
        May("ChangeCenter EndEntry", ADMINISTRATORS, factor=FRESH),
        May("/costs ViberMeter board:costs /outages LastOutages", MANAGERS),
        May("/audit Record", AUDITORS),
        May("page:audit WholeRecord", AUDITORS, at=PAGE),
        May("/myname ShownName ShowName", CASEWORKERS),
        May("/link /help page:board", STAFF),
    ),
}
"""By what it is about, in the order of the menus."""


def by_thing(table: Mapping[str, tuple[May, ...]]) -> Mapping[str, tuple[May, ...]]:
    """The lines of each thing, in the order of the table."""
    found: dict[str, tuple[May, ...]] = {}
    for line in chain.from_iterable(table.values()):
        for thing in line.things.split():
            found[thing] = (*found.get(thing, ()), line)
    return found


LINES = by_thing(TABLE)


def lines(thing: str, *, serving: bool = False) -> tuple[May, ...]:
    """The lines about a thing; `serving`: in a visitor's name."""
    return tuple(line for line in LINES.get(thing, ()) if line.serving is serving)


def proposes(thing: str) -> bool:
    """Is it kept as a proposal, by whomever it is begun?"""
    return any(line.proposes for line in LINES.get(thing, ()))


def beginning(script: str, *, serving: bool = False) -> tuple[May, ...]:
    """The lines about a script, typed or led to; what it then shows and does, the rulebook asks about."""
    return lines(f"/{script}", serving=serving) + lines(f"then:{script}", serving=serving)


def roles_of(script: str) -> Who:
    """Who may begin a script."""
    return frozenset().union(*(line.who for line in beginning(script)))


def who_may(thing: str) -> Who:
    """Who may have a thing at all, wherever and of whomever."""
    return frozenset().union(*(line.who for line in lines(thing)))


def waits_for_page(script: str, role: Role) -> bool:
    """Do staff in this role play a script on the page only?"""
    return all(line.at is AllowedOn.PAGE for line in beginning(script) if role in line.who)


def of_anybody(thing: str, role: Role) -> bool:
    """May the role do it to anybody's, without standing in any relation to them?"""
    return any(line.of is None for line in lines(thing) if role in line.who)


def commands_of(role: Role) -> tuple[str, ...]:
    """The commands in a role's menu, in the order of the table: what is typed and not open to families as well."""
    own = (line for line in chain.from_iterable(TABLE.values()) if role in line.who and None not in line.who)
    return tuple(dict.fromkeys(thing[1:] for line in own for thing in line.things.split() if thing[0] == "/"))


def listed(thing: str, facts: Facts) -> bool:
    """May who acts see this one thing of a list? `LookupError` for a list that no line names: it would be empty."""
    role, named = facts.staff.role if facts.staff is not None else None, lines(thing)
    if not named:
        raise LookupError(f"no line of the access table names {thing!r}; has the query been renamed?")
    return any(role in line.who and (line.each is None or line.each.holds(facts)) for line in named)
