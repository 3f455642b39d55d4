"""Every command and every query, and the function that carries it out: the one table to look a rule up in."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from casework import (
    addresses,
    booking,
    call_words,
    calls,
    cases,
    centers,
    checks,
    contact,
    correspondence,
    costs,
    crisis,
    details,
    ending,
    erasing,
    files,
    human_voice,
    inbox,
    inquiries,
    kinship,
    leads,
    linking,
    minors,
    minutes,
    notices,
    offers,
    outages,
    people,
    pushes,
    reaching,
    reference,
    reference_commands,
    registering,
    releasing,
    reports,
    sightings,
    staff,
    subjects,
    updates,
    visitors,
    who_looked,
)
from casework.actor import Actor, Channel, Role
from casework.board import Section, View
from casework.calls import Reason
from casework.files import File, FileState
from casework.ids import PersonId, StaffId
from casework.letters import DueLetter, Letter, LetterKind, Purpose, Say, Screen, say
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result
from casework.staff import access, budget, looks, proposals
from casework.staff.access import AllowedOn, May
from casework.staff.lineage import are_two, outside
from casework.staff.proposals import (
    Act,
    AnswerProposal,
    OpenProposal,
    Proposal,
    ProposalId,
    ProposalLine,
    ProposalState,
    ShownProposal,
    StopProposal,
)
from casework.staff.relations import AnotherPerson, Facts, Of, Relation, began
from casework.subjects import Reference
from casework.unreadable import UNREADABLE, can_be_read, certain
from casework.work import Work

COLUMNS = (
    people,
    erasing,
    registering,
    details,
    files,
    centers,
    reference,
    reference_commands,
    calls,
    correspondence,
    inbox,
    staff,
    cases,
    kinship,
    reports,
    human_voice,
    minors,
    releasing,
    ending,
    contact,
    minutes,
    reaching,
    checks,
    inquiries,
    leads,
    call_words,
    sightings,
    linking,
    addresses,
    updates,
    booking,
    offers,
    costs,
    notices,
    outages,
    visitors,
    who_looked,
)

COMMANDS = {command: rule for column in COLUMNS for command, rule in column.COMMANDS.items()}
QUERIES = {query: rule for column in COLUMNS for query, rule in column.QUERIES.items()}

ACTS: dict[str, Act] = {act.name: act for column in COLUMNS for act in getattr(column, "ACTS", ())}
"""What takes two, by the name under which it is kept."""

_ACTS: dict[type, Act] = {act.command: act for act in ACTS.values()}


async def carry_out(command: Any, actor: Actor, work: Work) -> Result:
    """Do what the person decided on; raises `Refusal` where the access table or a rule says no."""
    try:
        rule = COMMANDS[type(command)]
    except KeyError:
        raise LookupError(f"no rule carries out {command!r}; add it to COMMANDS of its column") from None
    facts = await permit(type(command).__name__, actor, work, command)
    await budget.ask_reason(command, facts, actor, work)
    if actor.by is not None:
        await work.audit.acted(actor, visitors.recorded(type(command)))
    if access.proposes(type(command).__name__):
        return await propose(_ACTS[type(command)], command, actor, work)
    done: Result = await rule(command, actor, work)
    return done


async def answer(query: Query[Any], actor: Actor, work: Work) -> Any:
    """A fact, for the acting person and only if the access table lets them know it. What a member of staff learns of a
    family is recorded, and otherwise not told."""
    try:
        rule = QUERIES[type(query)]
    except KeyError:
        raise LookupError(f"no rule answers {query!r}; add it to QUERIES of its column") from None
    name, before = type(query).__name__, work.audit.count()
    facts = await permit(name, actor, work, query)
    await budget.ask_reason(query, facts, actor, work)
    if actor.by is not None:
        await work.audit.looked(actor, visitors.recorded(type(query)))
    found = await rule(query, actor, work)
    if actor.staff is not None and name not in looks.TELLS_NOTHING and work.audit.count() == before:
        await work.audit.looked(actor, visitors.hyphened(type(query)))
    return found


async def permit(thing: str, actor: Actor, work: Work, asked: Any = None) -> Facts | None:
    """`Refusal` unless a line of the access table lets the actor have this thing; `asked` names what it is about.

    What is said is of the last line that speaks of somebody like the actor. Comes back with the facts that let them in,
    where a line asks for any.
    """
    lines = access.lines(thing, serving=actor.by is not None)
    role = actor.member.role if actor.member is not None and actor.member.active else None
    refusal, gathered = _not_theirs(actor, lines), dict[Of, Sequence[Facts]]()
    for line in lines:
        if role in line.who:
            try:
                return await _let_in(line, actor, work, asked, gathered)
            except Refusal as no:
                refusal = no
    raise refusal


def _not_theirs(actor: Actor, lines: Sequence[May]) -> Refusal:
    if actor.by is not None:
        return Refusal("visitor-not-for-them")
    return Refusal(lines[-1].says if lines else "staff-not-allowed")


async def _let_in(line: May, actor: Actor, work: Work, asked: Any, gathered: dict[Of, Sequence[Facts]]) -> Facts | None:
    """By one line: where, how fresh a factor, how they stand to what is named, and whether it takes another person. The
    facts of each kind of thing are gathered once, and only where a line comes so far."""
    if line.at is AllowedOn.PAGE and not actor.on_page:
        raise _not_theirs(actor, (line,)) if actor.by else Refusal("staff-decides-on-page", link=work.page)
    if line.factor is not None and actor.on_page and not _gave_factor(actor, line.factor, work):
        raise Refusal("staff-factor-needed")
    if line.unfrozen:
        await proposals.open_account(actor.person, work)
    if line.of is None:
        return None
    if line.of.of not in gathered:
        gathered[line.of.of] = await subjects.GATHER[line.of.of](asked, Facts.of(actor, work.now), work)
    found = gathered[line.of.of]
    related = [facts for facts in found if line.of.holds(facts)]
    if not related or (line.of.every and len(related) < len(found)):
        raise _unrelated(line.of, asked, next((facts for facts in found if facts not in related), None))
    if line.second is not None:
        await _another(line.second, related[0], work)
    return related[0]


def _gave_factor(actor: Actor, within: timedelta, work: Work) -> bool:
    return actor.member is not None and actor.member.gave_factor(work.now, within)


async def _another(second: AnotherPerson, facts: Facts, work: Work) -> None:
    """`Refusal` for whoever began it, for whoever may be that person in another account, and for the family's own."""
    if second.own and began(facts):
        raise Refusal(second.own)
    if second.line and not await _two(facts, work):
        raise Refusal(second.line)
    if second.kin and await subjects.is_kin(facts, work):
        raise Refusal(second.kin)


async def _two(facts: Facts, work: Work) -> bool:
    """Are who began it and who acts surely two? Whether they are one and the same is asked apart."""
    if facts.author is None or facts.staff is None or began(facts):
        return True
    return are_two(facts.author, facts.staff.id, await work.lineage.all())


def _unrelated(relation: Relation, asked: Any, facts: Facts | None) -> Refusal:
    """Another's thing is as unknown as one that is not there, unless the table says that so much may be learned."""
    number = facts.number if facts is not None else str(getattr(asked, "number", ""))
    if facts is not None and facts.answers is not None and relation.other:
        return Refusal(relation.other, number=number, center=Say(f"center-{facts.answers}"))
    return Refusal(relation.none if facts is None else relation.other or relation.none, number=number)


async def propose(act: Act, command: Any, actor: Actor, work: Work) -> Result:
    """Keep what takes two until another has signed it, and tell those whom it concerns."""
    member = actor.acting
    prepared = await act.prepare(command, actor, work)
    if any(one.act == act.name and one.command == prepared.command for one in await work.proposals.waiting()):
        raise Refusal("proposal-waits")
    alone = member.role is Role.ADMINISTRATOR and await proposals.only_administrator(member.id, work)
    delayed = prepared.waits or alone
    await work.audit.acted(actor, f"proposed-{act.name}", case=prepared.about.case, report=prepared.about.report)
    id = await work.proposals.add(act.name, prepared.command, member.id, prepared.about, delayed=delayed)
    proposal = await work.proposals.get(id)
    assert proposal is not None  # noqa: S101  added one line above
    if act.told is not None:
        await act.told(proposal, work)
    if delayed and not prepared.waits:
        await proposals.tell_of_delay(proposal, work)
    words = "proposed-delayed" if delayed else "proposed"
    return Result((Say(words, {"what": Say(f"proposal-act.{act.name}")}), *await act.shows(prepared.command, work)))


async def open_proposal(query: OpenProposal, actor: Actor, work: Work) -> ShownProposal:
    proposal = await _waiting(query.proposal, work)
    await work.audit.looked(actor, "proposal", case=proposal.about.case, report=proposal.about.report)
    own = proposal.by == actor.acting.id
    by = await work.staff.name(proposal.by)
    line = ProposalLine(proposal.id, proposal.act, by, proposal.at, own, proposal.delayed)
    readable = can_be_read(proposal.command)
    changes = await ACTS[proposal.act].shows(proposal.command, work) if readable else (Say(UNREADABLE),)
    why_not = None
    try:
        await _may_sign(proposal, AnswerProposal(proposal.id, agreed=True), actor, work)
    except Refusal as refusal:
        why_not = refusal.say
    return ShownProposal(line, changes, await proposals.how_trusted(proposal.by, work), why_not, proposal.stays)


async def answer_proposal(command: AnswerProposal, actor: Actor, work: Work) -> Result:
    """The second signature: what was proposed is done now, in the name of whoever proposed it, if they still may."""
    proposal = await _waiting(command.proposal, work)
    act, about = ACTS[proposal.act], proposal.about
    what = Say(f"proposal-act.{act.name}")
    if not command.agreed:
        _stoppable(proposal, actor)
        await work.audit.acted(actor, f"refused-{act.name}", case=about.case, report=about.report)
        await work.proposals.end(proposal.id, ProposalState.REFUSED, actor.acting.id)
        await _tell_proposer(proposal, "proposal-was-refused", work)
        return Result((say("proposal-refused", what=what),))
    await _may_sign(proposal, command, actor, work)
    await work.audit.acted(actor, f"signed-{act.name}", case=about.case, report=about.report)
    done = await _done(proposal, work, second=actor.acting.id)
    return replace(done, says=(say("proposal-signed", what=what), *done.says))


async def stop_proposal(command: StopProposal, actor: Actor, work: Work) -> Result:
    proposal = await _waiting(command.proposal, work)
    _stoppable(proposal, actor)
    await work.audit.acted(actor, f"stopped-{proposal.act}", case=proposal.about.case, report=proposal.about.report)
    if actor.staff is None:  # a family: nothing moves on either side until a human has spoken with them
        await work.proposals.end(proposal.id, ProposalState.FROZEN)
        await _tell_proposer(proposal, "proposal-was-stopped", work)
        return await linking.freeze(actor, work)
    by = actor.staff.id
    await work.proposals.end(proposal.id, ProposalState.STOPPED, by)
    if by != proposal.by:
        await _tell_proposer(proposal, "proposal-was-stopped", work)
    return Result((say("proposal-stopped", what=Say(f"proposal-act.{proposal.act}")),))


def _stoppable(proposal: Proposal, actor: Actor) -> None:
    """`Refusal` of a no: to what is done already, and from the member against whom it is."""
    if proposal.stays:
        raise Refusal("proposal-stays")
    if ACTS[proposal.act].against and actor.staff is not None and proposal.about.member == actor.staff.id:
        raise Refusal("proposal-against")


async def ripen(passed: timedelta, work: Work) -> None:
    """So much time has passed, as nobody can move it: what waited its day is done, what nobody signed is over."""
    for proposal in await work.proposals.count(min(passed, proposals.MOST_AT_ONCE)):
        member = await work.staff.get(proposal.by)
        alone = proposal.about.report is not None or await proposals.only_administrator(member.id, work)
        try:
            if not alone:
                raise Refusal("proposal-over")
            async with work.savepoint():
                await _done(proposal, work, second=None)
        except Refusal:
            await work.proposals.end(proposal.id, ProposalState.OVER)
            await _tell_proposer(proposal, "proposal-was-over", work)
    for proposal in await work.proposals.waiting():
        if work.now - proposal.at > proposals.LASTS and not proposal.delayed and not proposal.stays:
            await work.proposals.end(proposal.id, ProposalState.OVER)
            await _tell_proposer(proposal, "proposal-was-over", work)


async def _waiting(id: ProposalId, work: Work) -> Proposal:
    proposal = await work.proposals.get(id, lock=True)
    if proposal is None or proposal.state is not ProposalState.WAITING:
        raise Refusal("proposal-over")
    return proposal


async def _may_sign(proposal: Proposal, asked: AnswerProposal, actor: Actor, work: Work) -> None:
    """`Refusal` unless the actor is a second person for it. Whose account it concerns is none, nor whoever has a part
    in how that came about."""
    await permit(f"sign:{ACTS[proposal.act].command.__name__}", actor, work, asked)
    certain(proposal.command)
    member = proposal.about.member
    if member is not None and not outside(actor.acting.id, member, await work.lineage.all()):
        raise Refusal("second-one-line")


async def _done(proposal: Proposal, work: Work, second: StaffId | None) -> Result:
    """Carry it out in the name of whoever proposed it: they must still be there, and may still do it."""
    certain(proposal.command)
    member = await work.staff.get(proposal.by)
    actor = Actor(member.person, "", Channel.WEB, replace(member, factor_at=work.now), second=second)
    await permit(type(proposal.command).__name__, actor, work, proposal.command)
    done: Result = await COMMANDS[type(proposal.command)](proposal.command, actor, work)
    await work.proposals.end(proposal.id, ProposalState.DONE, second)
    await _tell_proposer(proposal, "proposal-was-signed" if second else "proposal-was-due", work)
    return done


async def _tell_proposer(proposal: Proposal, words: str, work: Work) -> None:
    member = await work.staff.get(proposal.by)
    if member.active:
        told = say(words, what=Say(f"proposal-act.{proposal.act}"))
        await work.send(Letter(member.person, Screen((told,), keeps=True), purpose=Purpose.WORK))


COMMANDS |= {AnswerProposal: answer_proposal, StopProposal: stop_proposal}
QUERIES |= {OpenProposal: open_proposal}

WHOLE = View()
READS: dict[str, Any] = {
    **crisis.READS,
    **checks.READS,
    **inquiries.READS,
    **booking.READS,
    **offers.READS,
    **proposals.READS,
    **correspondence.READS,
    **leads.READS,
    **sightings.READS,
    **call_words.READS,
}
"""Whether what a letter tells of still stands: a function (person, id, work) for each kind that can be over, as
"visit" in "visit:17"."""


async def may_read(person: PersonId, reads: str, work: Work) -> bool:
    """May the person, at this moment, still read what `reads` names? Asked when a letter is about to be sent. What no
    rule knows any more nobody may read."""
    kind, _, id = reads.partition(":")
    try:
        await permit(f"reads:{kind}", await _reader(person, work), work, Reference(kind, int(id)))
    except Refusal:
        return False
    if await human_voice.instead_of(person, reads, work) is not None:
        return False
    return kind not in READS or bool(await READS[kind](person, int(id), work))


async def may_go(letter: DueLetter, person: PersonId, work: Work) -> bool:
    """May a letter go to the person now? What we begin about the search does not go to whoever asked us not to write;
    what they open themselves does."""
    if letter.kind is LetterKind.PUSH:
        return await _may_begin(person, letter.reads, work)
    return letter.reads is None or await may_read(person, letter.reads, work)


async def _may_begin(person: PersonId, reads: str | None, work: Work) -> bool:
    if reads is None:
        return True
    return not await contact.asks_silence(person, reads, work) and await may_read(person, reads, work)


async def follow(work: Work) -> None:
    """A tick: what nobody has opened for seven days goes on the relative's next channel, if they may still be told, or
    a human is asked. Each letter once."""
    for letter in await work.reaching.unopened(work.now - reaching.UNOPENED, reaching.AT_ONCE):
        await work.reaching.followed(letter.id)
        if await reaching.was_opened(letter, work) or not await _may_begin(letter.person, letter.reads, work):
            continue
        await work.reaching.add(letter.person, reaching.ReachKind.UNOPENED, letter.channel)
        if await work.reaching.on_next_channel(letter.id) is None:
            await call_instead(letter.person, letter.purpose, letter.reads, work)


OPENS: dict[str, Any] = {
    "update": updates.told,
    "correspondence": correspondence.told,
    **checks.OPENS,
    **inquiries.OPENS,
    **booking.OPENS,
}
"""What stands behind a reference in a letter: a function (person, id, language, work) for each kind, as "update"."""


async def opened(person: PersonId, opens: str, language: str, work: Work) -> tuple[Say, ...]:
    """What `opens` names, as the person may read it at this moment, in the language that they have now."""
    kind, _, id = opens.partition(":")
    try:
        await permit(f"opens:{kind}", await _reader(person, work), work, Reference(kind, int(id)))
    except Refusal as refusal:
        return (refusal.say,)
    says: tuple[Say, ...] = await OPENS[kind](person, int(id), language, work)
    return says


async def _reader(person: PersonId, work: Work) -> Actor:
    """Somebody to whom a letter goes, on whatever channel."""
    return Actor(person, "", Channel.WEB, await work.staff.member_of(person))


async def may_open(actor: Actor, file: File, work: Work) -> bool:
    """May the actor see what is in a file? A look at another's is recorded: commit."""
    if file.state is not FileState.HERE:
        return False
    try:
        facts = await permit("file", actor, work, file)
    except Refusal:
        return False
    if facts is not None and file.person != actor.person:
        report = next(iter(facts.reports), None)
        await work.audit.looked(actor, "file", case=facts.case, report=report, person=file.person)
        if actor.staff is not None:
            await work.kinships.open(file.id, actor.staff.id)
    return True


SHOWS: dict[str, Any] = {**cases.SHOWS, **kinship.SHOWS, **booking.SHOWS, **correspondence.SHOWS}
"""What staff were shown by a command that changes nothing, as its result names it ("case 1234-5676"): the command."""


async def shown_again(reference: str, actor: Actor, work: Work) -> tuple[Say, ...]:
    """What stands before a member's question, fetched anew, if they may see it still; the look is recorded."""
    kind, _, said = reference.partition(" ")
    return (await carry_out(SHOWS[kind](said), actor, work)).says


CALLS: dict[str, Any] = {**booking.CALLS, **offers.CALLS, **correspondence.CALLS}
"""What has a call of its own instead: a function (id, work) for each kind, as "reminder"."""

SAID_BY: dict[Purpose, Collection[Reason]] = {Purpose.CALL: tuple(Reason), Purpose.APPOINTMENT: (Reason.REBOOK,)}
"""Which calls, where one is due already, tell what a letter of a purpose was to tell."""


async def call_instead(person: PersonId, purpose: Purpose, reads: str | None, work: Work) -> None:
    """A letter wakes nobody: it stands on the page only, or has no way at all. A human calls, once for all such, unless
    it can wait; staff work on the page."""
    if purpose is Purpose.ROUTINE or await work.staff.is_or_was_member(person):
        return
    kind, _, id = (reads or "").partition(":")
    if kind and await contact.asks_silence(person, str(reads), work):
        return
    report = await human_voice.instead_of(person, str(reads), work) if kind else None
    if report is not None:
        await human_voice.call(report, person, work, kind)
        return
    if kind in CALLS:
        await CALLS[kind](int(id), work)
        return
    if kind in READS and not await may_read(person, str(reads), work):
        return
    if kind == "update" and not await updates.is_theirs(person, int(id), work):
        return
    said_by = SAID_BY.get(purpose, ())
    if any(task.reason in said_by for task in await work.calls.open_of(person, None)):
        return
    await reaching.by_human(person, purpose, work)


async def uncover(letter: int, actor: Actor, work: Work) -> Screen:
    """What a push holds, on the person's tap: theirs, still allowed to be read, in the place that they chose."""
    push = await work.outbox.push(letter)
    if push is None or push.to != actor.person:
        return pushes.gone()
    if push.reads is not None and not await may_read(actor.person, push.reads, work):
        return pushes.gone()
    return await pushes.in_place(push.screen, actor, work)


SECTIONS: dict[str, Any] = {
    **crisis.SECTIONS,
    **correspondence.SECTIONS,
    **booking.SECTIONS,
    **updates.SECTIONS,
    **staff.SECTIONS,
    **ending.SECTIONS,
    **minors.SECTIONS,
    **contact.SECTIONS,
    **checks.SECTIONS,
    **inquiries.SECTIONS,
    **leads.SECTIONS,
    **sightings.SECTIONS,
    "costs": costs.costs_section,
}
"""What the board beside the staff's chat shows, from top to bottom, above the queue, which may be long: functions of
(actor, work) to a section or None, by the names that the access table knows them by."""


async def board(actor: Actor, work: Work, view: View = WHOLE) -> list[Section]:
    """The board of a member of staff, as the access table opens it to their role."""
    shown = [await section(actor, work) for name, section in SECTIONS.items() if await _opens(name, actor, work)]
    if await _opens("queue", actor, work):
        shown.append(await cases.queue_section(actor, work, view))
    return [_with_own_buttons(section, actor) for section in shown if section is not None]


async def _opens(section: str, actor: Actor, work: Work) -> bool:
    try:
        await permit(f"board:{section}", actor, work)
    except Refusal:
        return False
    return True


def _with_own_buttons(section: Section, actor: Actor) -> Section:
    """Without the buttons of commands that are not the role's."""

    def own(commands: Sequence[tuple[Say, str]]) -> tuple[tuple[Say, str], ...]:
        role = actor.acting.role
        return tuple((label, said) for label, said in commands if role in access.roles_of(said[1:].split()[0]))

    rows = tuple(replace(row, commands=own(row.commands)) for row in section.rows)
    return replace(section, rows=rows, commands=own(section.commands))
