"""Who answers a relative: another person, whom the relative asks for; or whoever the head gives them to."""

from casework.ids import StaffId
from casework.leads import AskForAnother, GiveLead, WhoMayLead
from casework.letters import Private, named, say
from dialogs.questions import Choice, Option, YesNo
from dialogs.reports import NUMBER, at_hand, numbered
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, tell

OTHER_LEAD = Choice(name="otherlead", type=YesNo, example=YesNo.NO)
WHO_LEADS = Choice(name="lead", type=str, example="1")


async def otherlead() -> AskForAnother | Redirect:
    """Asked once, and no reason is asked for."""
    number = await numbered()
    sure = await ask(OTHER_LEAD.about(number))
    return AskForAnother(number) if sure is YesNo.YES else Redirect("reports")


async def lead() -> GiveLead | Redirect:
    """For a head: who answers the relative of a report, and who else could."""
    number = await at_hand(NUMBER)
    known = await look_up(WhoMayLead(number))
    if known.lead:
        substitute = Private(known.substitute or "—", keeps=True)
        await tell("lead-now", number=str(number), lead=Private(known.lead, keeps=True), substitute=substitute)
    if not known.options:
        await tell("lead-nobody")
        return Redirect(f"opened {number}")
    options = (
        Option(str(one.staff), say("lead.one", name=named(one.name, str(one.staff)), relatives=one.relatives))
        for one in known.options
    )
    who = await ask(WHO_LEADS.about(number).of(*options))
    return GiveLead(number, StaffId(int(who)))
