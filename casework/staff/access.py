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
from functools import partial
from itertools import chain

from casework.actor import FACTOR_LASTS, Role
from casework.staff.relations import (
    ANY_PROPOSAL,
    ANY_UPDATE,
    ASKED_FOR,
    CALL,
    CALL_HERE,
    CASE,
    CASES,
    COLLEAGUE,
    CONCERNED,
    CORRESPONDENCE_HELD,
    CORRESPONDENCE_HERE,
    DOOR_HERE,
    FILE_OF_CASE,
    FOR_OWN_REPORT,
    INQUIRY,
    LEAVING,
    NEW_IN_TEAM,
    OWN_ACCOUNT,
    OWN_CENTER,
    OWN_CORRESPONDENCE,
    OWN_FILE,
    OWN_HOUR,
    OWN_OFFER,
    OWN_REPORT,
    OWN_UPDATE,
    OWN_VISIT,
    OWN_WORD,
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
HOLDERS: Who = frozenset({Role.SPECIALIST, Role.VERIFIER})
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
    each thing of a list, of which only those are shown. `factor`: how old the second factor may be that was given in
    the session on the page in which they act; a messenger has none, and shows numbers, states and times without it.
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


PAGE = AllowedOn.PAGE
Sees = partial(May, factor=FACTOR_LASTS)
"""A line of the staff's work: whoever reads of a family, decides or changes anything has given the second factor in
that session on the page."""
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
        *("NewPhone", "MoveRegion", "NewAddress", "NewNumber", "NewLine", "NewCenter", "KeepEntry", "SetTerm"),
    )
)
SIGN_FAMILY = " ".join(f"sign:{act}" for act in ("Rejoin", "Thaw", "VerifyByTwo", "WriteAgain", "LiftMinor", "Join"))

SIGN_BY_DECIDERS = "sign:EndSearch sign:Hold sign:ReleaseHold sign:NoteCheckInWords"

TABLE: Mapping[str, tuple[May, ...]] = {
    "Everybody, for themselves: the rules look only for what is the acting person's.": (
        May("/welcome /menu /registered /reports /steps /human /settings /language /pause /opens", EVERYBODY),
        May("/notices /where /safety /leave /erase /keep /linked /here /sent /inbox /fraud /venue", EVERYBODY),
        May("/updates /read /check /word /asked", EVERYBODY),
        May("/book /visits /move /cancel /code /coming /address /way /link /help", EVERYBODY),
        May("/earlier /accept /decline /unwait MyWaiting StopWaiting", EVERYBODY),
        May("/register /correct /details /papers /told /looked /often /otherlead /sighted /gobetween", FAMILIES),
        May("MyGoBetween", FAMILIES),
        May("NameGoBetween", FAMILIES, unfrozen=True),
        May("/write /another MyCorrespondence WriteToCenter AskAnotherPerson", FAMILIES),
        May(
            "/answer ReadAnswer reads:correspondence opens:correspondence", FAMILIES, OWN_CORRESPONDENCE, unfrozen=True
        ),
        May("reads:callword", FAMILIES),
        May("/under18 SayUnder18 SayAdult IsUnder18", FAMILIES),
        May("AskForAnother MySightings FileSighting", FAMILIES, OWN_REPORT),
        May("Acting Me MyReports MyVisits MyAddresses MyNotices Waits RefusedFiles", EVERYBODY),
        May("AllCenters MyCenter Lines Steps Structures Askable", EVERYBODY),
        May("Specialties FreeSlots ToBring NeededPapers", EVERYBODY),
        May("HasPhone TypedPhone IsAgeUnknown", EVERYBODY),
        May("Agree Decline ChooseLanguage Pause ChooseOpening LeaveDevice ShowClaimCode ShowAgain", EVERYBODY),
        May("ChooseNotices ChooseAddress LeaveAddress ShowCode TypeCode ConfirmLink", EVERYBODY, unfrozen=True),
        May("AskForCall PassOn PassFiles DropFiles CheckCode feed:thread", EVERYBODY),
        May("MyReport MyStanding VerifiedReports TellMore SendPapers", EVERYBODY, OWN_REPORT),
        May("Correct WeWereTold print:card", EVERYBODY, OWN_REPORT, unfrozen=True),
        May("Changeable Coming WaitEarlier", EVERYBODY, OWN_VISIT),
        May("Move Cancel ShowAddress ShowDoorCode ShowWay opens:address", EVERYBODY, OWN_VISIT, unfrozen=True),
        May(
            "reads:kinship reads:lead reads:sighting reads:invitation IsByVoice WhoLooked MyWish WishContact",
            EVERYBODY,
            OWN_REPORT,
        ),
        May("reads:visit reads:reminder opens:reminder", EVERYBODY, OWN_VISIT),
        May("AcceptOffer DeclineOffer reads:offer", EVERYBODY, OWN_OFFER),
        May("MyUpdates", EVERYBODY, each=RELEASED),
        May("ReadUpdate reads:update opens:update", EVERYBODY, RELEASED),
        May("ReadNoNews reads:no-news opens:no-news", EVERYBODY, OWN_WORD),
        May("ReadInquiry reads:inquiry opens:inquiry", EVERYBODY, ASKED_FOR),
        May("file", EVERYBODY, OWN_FILE, unfrozen=True),
        May("Book Wait", FAMILIES, FOR_OWN_REPORT, says="book-families-only"),
        May("FileReport", FAMILIES),
        May("/receipt CheckReceipt", EVERYBODY),
        May("print:receipt", FAMILIES),
        May("Erase", FAMILIES, says="erase-not-staff"),
    ),
    "Cases. Another center's staff learn only whose a case is.": (
        Sees("/queue Queue AtHand board:queue", CASEWORKERS),
        Sees("/find Find", CASEWORKERS, each=CASE),
        Sees("then:reason GiveReason", CASEWORKERS, at=PAGE),
        Sees("/walkin Welcome then:visitor", RECEPTION, at=PAGE),
        Sees("then:serve Serve", RECEPTION, VISIT_HERE, at=PAGE),
        Sees("then:serve Serve", RECEPTION, CASE, at=PAGE),
        Sees("/case then:opened OpenCase AlikeTo InquiriesOfCase /take Take /note AddNote", CASEWORKERS, CASE),
        May("reads:crisis", CASEWORKERS, CALL_HERE),
        Sees("board:crisis", CASEWORKERS),
        Sees("/call ToBeCalled RecordCall RecordGoBetween OpenSent", CASEWORKERS, CALL),
        Sees("AnnounceCall", CASEWORKERS, CALL, at=PAGE),
        Sees("/voice HowSpokenTo OnlyByVoice", CASEWORKERS, CASE),
        Sees("KeepVoice", CASEWORKERS, CASE, proposes=True),
        Sees("WriteAgain", DECIDERS, CASE, at=PAGE, proposes=True),
        Sees("/minor HowOld MarkMinor", CASEWORKERS, CASE, at=PAGE),
        Sees("KeepMinor", CASEWORKERS, CASE, at=PAGE, proposes=True),
        Sees("LiftMinor", DECIDERS, CASE, at=PAGE, proposes=True),
        Sees("board:minors", CASEWORKERS),
        Sees("/ended /hold HowItEnded", DECIDERS, CASE),
        Sees("EndSearch Hold ReleaseHold", DECIDERS, CASE, at=PAGE, proposes=True),
        Sees("SearchAgain StillHeld", DECIDERS, CASE, at=PAGE),
        Sees("board:holds", DECIDERS),
        Sees("/lead WhoMayLead GiveLead", HEADS, CASE, at=PAGE),
        Sees("board:leads", CASEWORKERS),
        Sees("/sighting SightingsOf", CASEWORKERS, CASE, at=PAGE),
        Sees("TakeSighting AnswerSighting", WRITERS, CASE, at=PAGE),
        Sees("board:sightings", CASEWORKERS),
        Sees("/contact InContact board:contact", CASEWORKERS),
        Sees("/checked", CASEWORKERS, at=PAGE),
        Sees("WhoIsTold NoteCheck", CASEWORKERS, CASES, at=PAGE),
        Sees("NoteCheckInWords", CASEWORKERS, CASE, at=PAGE, proposes=True),
        Sees("/inquiry /inquiries WaitingInquiries then:inquired", CASEWORKERS, at=PAGE),
        Sees("board:inquiries", CASEWORKERS),
        Sees("BeginInquiry AskBody", CASEWORKERS, CASE, at=PAGE),
        Sees(
            "OpenInquiry MarkSent AnswerInquiry OpenInquiryFiles StopInquiry print:inquiry",
            CASEWORKERS,
            INQUIRY,
            at=PAGE,
        ),
        Sees("FormerCheck board:checks", CASEWORKERS, each=CASE),
        Sees("/rejoin /thaw", RECEPTION, CASE, at=PAGE),
        Sees("Rejoin Thaw", RECEPTION, CASE, at=PAGE, proposes=True),
        Sees("then:register then:correct then:details then:papers", STAFF, at=PAGE),
        Sees("/details", CASEWORKERS, at=PAGE),
        Sees("MyReport MyStanding VerifiedReports Correct TellMore SendPapers", CASEWORKERS, CASE),
        Sees("/join SideBySide", CASEWORKERS, PAIR),
        Sees("Join", CASEWORKERS, PAIR, at=PAGE, proposes=True),
        Sees("KeepApart", CASEWORKERS, PAIR, at=PAGE),
        Sees("/part", CASEWORKERS),
        Sees("Part", CASEWORKERS, CASE, at=PAGE),
        Sees("FiledReports FiledInAll", RECEPTION),
        Sees("/doubtful ClearUp", RECEPTION, CASES, at=PAGE),
        Sees("file", CASEWORKERS, FILE_OF_CASE, at=PAGE),
    ),
    "Correspondence. Specialists and verifiers see what is handed on to them, or of the case that they lead.": (
        Sees("/correspondence WaitingCorrespondence", RECEPTION, each=CORRESPONDENCE_HERE, at=PAGE),
        Sees("/correspondence WaitingCorrespondence", HOLDERS, each=CORRESPONDENCE_HELD, at=PAGE),
        Sees("board:correspondence", RECEPTION | HOLDERS),
        Sees("OpenCorrespondence ShowEnclosed", RECEPTION, CORRESPONDENCE_HERE, at=PAGE),
        Sees("OpenCorrespondence ShowEnclosed", HOLDERS, CORRESPONDENCE_HELD, at=PAGE),
        Sees("AnswerFamily HandOn CloseCorrespondence", RECEPTION, CORRESPONDENCE_HERE, at=PAGE),
        Sees("AnswerFamily HandOn CloseCorrespondence", HOLDERS, CORRESPONDENCE_HELD, at=PAGE),
        May("reads:words", RECEPTION, CORRESPONDENCE_HERE),
        May("reads:words", HOLDERS, CORRESPONDENCE_HELD),
    ),
    "Kinship and updates: who decides is another person than who wrote, and not of the family.": (
        Sees("/kinship OpenKinship KinshipOf Provable ProofOf then:decide", DECIDERS, CASE),
        Sees("Decide", DECIDERS, CASE, at=PAGE, second=OUTSIDER),
        Sees("VerifyByTwo", DECIDERS, CASE, at=PAGE, second=OUTSIDER, proposes=True),
        Sees("/update BeginUpdate HowReached WriteUpdate then:sign", WRITERS, CASE),
        Sees("ToSign", WRITERS, UPDATE),
        Sees("ToSign", VERIFIERS, ANY_UPDATE),
        Sees("Sign", WRITERS, OWN_UPDATE, at=PAGE),
        Sees("/approve WaitingUpdates board:approvals", HEADS, each=CASE),
        Sees("/approve WaitingUpdates board:approvals", VERIFIERS, each=ANY_UPDATE),
        Sees("Approve SendBack AskToSign", HEADS, UPDATE, at=PAGE, second=APPROVER),
        Sees("Approve SendBack AskToSign", VERIFIERS, ANY_UPDATE, at=PAGE, second=APPROVER),
        Sees("/amend ReleasedUpdates", WRITERS, CASE),
        Sees("/recall LeavingUpdates", WRITERS | DECIDERS),
        Sees("Recall", WRITERS | DECIDERS, LEAVING),
        Sees("board:leaving", WRITERS | DECIDERS),
        Sees("/release HeldFor", HEADS, CASE),
        Sees("LetGo", HEADS, CASE, at=PAGE),
        Sees("/invitation Invitation InviteFamily SendInvitation", CASEWORKERS, CASE),
    ),
    "The center's day.": (
        Sees("/day Day board:today print:day", CASEWORKERS - SPECIALISTS, each=VISIT_HERE),
        Sees("/day Day board:today print:day", SPECIALISTS, each=OWN_HOUR),
        Sees("WaitingHere", CASEWORKERS),
        Sees("/attend Attend ShowVisitor", CASEWORKERS, VISIT_HERE),
        Sees("/door Door", CASEWORKERS, DOOR_HERE),
        Sees("/confirm VisitsToConfirm board:confirm", RECEPTION),
        Sees("Confirm", RECEPTION, VISIT_HERE, at=PAGE),
        Sees("/absent CenterSpecialists", RECEPTION, each=COLLEAGUE),
        Sees("/absent CenterSpecialists", SPECIALISTS, each=THEMSELVES),
        Sees("Touched BeAbsent", RECEPTION, COLLEAGUE),
        Sees("Touched BeAbsent", SPECIALISTS, THEMSELVES),
        May("/length SetLength", SPECIALISTS),
    ),
    "In the name of a visitor: what they could do here themselves, and nothing that is theirs alone.": (
        Sees("then:visitor then:register then:registered then:book then:visits", RECEPTION, at=PAGE, serving=True),
        Sees("then:move then:cancel then:code then:earlier", RECEPTION, at=PAGE, serving=True),
        Sees("then:accept then:decline then:unwait StopWaiting", RECEPTION, at=PAGE, serving=True),
        Sees("Acting AllCenters Me MyReports MyVisits MyWaiting", RECEPTION, at=PAGE, serving=True),
        Sees("Specialties FreeSlots ToBring IsUnder18 Lines", RECEPTION, at=PAGE, serving=True),
        Sees("FileReport HandOver Finish", RECEPTION, at=PAGE, serving=True),
        Sees("Book Wait", RECEPTION, FOR_OWN_REPORT, at=PAGE, serving=True),
        Sees("AcceptOffer DeclineOffer", RECEPTION, OWN_OFFER, at=PAGE, serving=True),
        Sees("MyReport", RECEPTION, OWN_REPORT, at=PAGE, serving=True),
        Sees("Changeable Move Cancel ShowDoorCode WaitEarlier", RECEPTION, OWN_VISIT, at=PAGE, serving=True),
    ),
    "What takes two. One proposes, another signs; any one person stops it.": (
        Sees("/proposals WaitingProposals board:proposals", ADMINISTRATORS, each=PROPOSAL_OF_SERVICE),
        Sees("/proposals WaitingProposals board:proposals", HEADS, each=PROPOSAL_HERE),
        Sees("/proposals WaitingProposals board:proposals", VERIFIERS, each=ANY_PROPOSAL),
        Sees("OpenProposal AnswerProposal", ADMINISTRATORS, PROPOSAL_OF_SERVICE, at=PAGE),
        Sees("OpenProposal AnswerProposal", HEADS, PROPOSAL_HERE, at=PAGE),
        Sees("OpenProposal AnswerProposal", VERIFIERS, ANY_PROPOSAL, at=PAGE),
        Sees(SIGN_SERVICE, ADMINISTRATORS, PROPOSAL_OF_SERVICE, at=PAGE, second=SIGNER),
        Sees(SIGN_SERVICE, HEADS, PROPOSAL_HERE, at=PAGE, second=SIGNER),
        Sees(SIGN_SERVICE, VERIFIERS, ANY_PROPOSAL, at=PAGE, second=SIGNER),
        Sees("/proposals WaitingProposals board:proposals", OPERATORS, each=PROPOSAL_OF_CASE),
        Sees("OpenProposal AnswerProposal", OPERATORS, PROPOSAL_OF_CASE, at=PAGE),
        Sees(SIGN_FAMILY, RECEPTION, PROPOSAL_OF_CASE, at=PAGE, second=FAMILY_SIGNER),
        Sees(SIGN_FAMILY, VERIFIERS, ANY_PROPOSAL, at=PAGE, second=FAMILY_SIGNER),
        Sees("sign:KeepVoice sign:KeepMinor", HEADS, PROPOSAL_OF_CASE, at=PAGE, second=FAMILY_SIGNER),
        Sees("sign:KeepVoice sign:KeepMinor", VERIFIERS, ANY_PROPOSAL, at=PAGE, second=FAMILY_SIGNER),
        May("reads:proposal", DECIDERS, ANY_PROPOSAL),
        Sees(SIGN_BY_DECIDERS, HEADS, PROPOSAL_OF_CASE, at=PAGE, second=FAMILY_SIGNER),
        Sees(SIGN_BY_DECIDERS, VERIFIERS, ANY_PROPOSAL, at=PAGE, second=FAMILY_SIGNER),
        May("then:stop StopProposal", STAFF, CONCERNED),
        May("then:stop StopProposal", FAMILIES, OWN_ACCOUNT),
    ),
    "The service. An administrator manages staff and centers, an auditor reads who looked; neither reads a case.": (
        Sees("/staff ManagedMembers", ADMINISTRATORS),
        Sees("/staff ManagedMembers", HEADS, each=COLLEAGUE),
        Sees("AddMember Reset Vouch LetSignerGo", ADMINISTRATORS, at=PAGE, proposes=True),
        Sees("AddMember", HEADS, NEW_IN_TEAM, at=PAGE, proposes=True),
        Sees("Reset Vouch LetSignerGo", HEADS, TEAM, at=PAGE, proposes=True),
        Sees("InviteMember Deactivate", ADMINISTRATORS, at=PAGE),
        Sees("InviteMember Deactivate", HEADS, TEAM, at=PAGE),
        Sees("/center", ADMINISTRATORS, at=PAGE),
        Sees("/phone", HEADS, at=PAGE),
        Sees("NewPhone NewAddress", ADMINISTRATORS, at=PAGE, proposes=True),
        Sees("NewPhone NewAddress", HEADS, OWN_CENTER, at=PAGE, proposes=True),
        Sees("Withhold", ADMINISTRATORS, at=PAGE),
        Sees("Withhold", HEADS, OWN_CENTER, at=PAGE),
        Sees("/line /step /paper /structure /term then:newcenter then:newline ShownEntry", ADMINISTRATORS, at=PAGE),
        Sees("/canned CannedTexts", ADMINISTRATORS, at=PAGE),
        Sees("NewNumber NewLine NewCenter MoveRegion KeepEntry", ADMINISTRATORS, at=PAGE, proposes=True),
        Sees("SetTerm", ADMINISTRATORS, at=PAGE, proposes=True),
        Sees("ChangeCenter EndEntry", ADMINISTRATORS, at=PAGE),
        Sees("/promise HowPromised /minutes MyCenterWeek", HEADS),
        Sees("SetPromise EndPromise SetMinutes", HEADS, OWN_CENTER, at=PAGE),
        May("board:silences", ADMINISTRATORS),
        May("/costs ViberMeter board:costs /outages LastOutages", MANAGERS),
        Sees("/audit Record", AUDITORS),
        Sees("page:audit WholeRecord HowAllAreTrusted", AUDITORS, at=PAGE),
        May("/myname ShownName ShowName", CASEWORKERS),
        Sees("page:board", STAFF),
        May("/link /help", STAFF),
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
