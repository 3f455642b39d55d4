"""How staff set that a case is spoken of only by a human, and how a relative says that they were told."""

from casework.human_voice import HowSpokenTo, IsByVoice, OnlyByVoice, WeWereTold, WriteAgain
from casework.letters import AtTime, Private, private_day
from casework.registering import MyReports
from dialogs.questions import Choice, YesNo
from dialogs.reports import NUMBER, at_hand, which_report
from dialogs.routing import Redirect
from dialogs.script import answered, ask, look_up, tell

SET = Choice(name="voice-set", type=YesNo, example=YesNo.NO)
END = Choice(name="voice-end", type=YesNo, example=YesNo.NO)
TOLD = Choice(name="voice-told-by", type=YesNo, example=YesNo.NO)


async def voice() -> OnlyByVoice | WriteAgain | Redirect:
    """Staff: nothing about the search is written to the case's relatives, or it is written again."""
    number = await at_hand(NUMBER)
    spoken = await look_up(HowSpokenTo(number))
    name, born = Private(spoken.name), private_day(spoken.born)
    await tell("voice-case", number=str(number), name=name, born=born, relatives=spoken.relatives)
    if spoken.voice is None:
        await tell("voice-what")
        return OnlyByVoice(number) if await ask(SET.about(number)) is YesNo.YES else Redirect(f"opened {number}")
    whose = "case" if spoken.voice.by else "relative"
    await tell("voice-since", on=AtTime(spoken.voice.since, style="day"), whose=whose)
    return WriteAgain(number) if await ask(END.about(number)) is YesNo.YES else Redirect(f"opened {number}")


async def told() -> WeWereTold | Redirect:
    """A relative was told by people. Nothing is asked: neither what, nor by whom."""
    if not await look_up(MyReports()):
        await tell("reports-none")
        return Redirect("menu")
    number = await ask(NUMBER) if await answered(NUMBER) else await which_report()
    if await look_up(IsByVoice(number)):
        await tell("voice-told-already")
        return Redirect("human")
    return WeWereTold(number) if await ask(TOLD.about(number)) is YesNo.YES else Redirect("")
