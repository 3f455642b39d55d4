"""The outages of the channels, for those who run the service."""

from casework.letters import AtTime
from casework.outages import LastOutages
from dialogs.routing import Redirect
from dialogs.script import look_up, tell


async def outages() -> Redirect:
    """What is not heard now; the last outages, and how many were asked to write again."""
    hearing = await look_up(LastOutages())
    for watch in hearing.unheard:
        await tell("outages-now", channel=watch.channel, since=AtTime(watch.heard_at, style="slot"))
    await tell("outages", count=len(hearing.outages))
    for outage in hearing.outages:
        await tell(
            "outages-line",
            channel=outage.channel,
            began=AtTime(outage.began_at, style="slot"),
            ended=AtTime(outage.ended_at, style="slot"),
            people=outage.people,
            asked=outage.asked,
        )
    return Redirect("menu")
