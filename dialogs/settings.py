"""Settings: language, pause, where messages open, leaving a device, withdrawing and erasing."""

from casework.letters import Say
from casework.notices import MyNotices
from casework.people import ChooseLanguage, ChooseOpening, Erase, LeaveDevice, Me, Opens, Pause
from casework.registering import MyReports
from casework.staff import Acting
from dialogs.questions import Choice, Option, YesNo
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, tell

PARTS = (
    *("language", "pause", "where", "opens", "notices", "gobetween", "under18"),
    *("link", "safety", "myname", "leave", "erase"),
)
SETTINGS = Choice(
    name="settings",
    type=str,
    example="language",
    among=tuple(Option(name, Say(f"settings.{name}")) for name in PARTS),
)
LANGUAGE = Choice(
    name="language",
    type=str,
    example="uk",
    among=tuple(Option(name, Say(f"language.{name}")) for name in ("uk", "en")),
)
PAUSE = Choice(name="pause", type=YesNo, example=YesNo.NO)
OPENS = Choice(name="opens", type=Opens, example=Opens.CHAT)
LEAVE = Choice(name="leave", type=YesNo, example=YesNo.NO)
ERASE = Choice(name="erase", type=YesNo, example=YesNo.NO)
ERASE_SURE = Choice(name="erase-sure", type=YesNo, example=YesNo.NO)


async def settings() -> Redirect:
    """Notices by telephone are among them where a gateway carries them; the own name, for staff who lead cases."""
    acting, offered = await look_up(Acting()), (await look_up(MyNotices())).offered
    without = {
        "notices": not offered,
        "gobetween": acting is not None,
        "under18": acting is not None,
        "myname": acting is None or "myname" not in acting.commands,
    }
    parts = (one for one in SETTINGS.among if not without.get(one.id))
    return Redirect(await ask(SETTINGS.of(*parts, Option("menu", Say("nav.menu")))))


async def language() -> ChooseLanguage:
    return ChooseLanguage(await ask(LANGUAGE))


async def pause() -> Pause | Redirect:
    """A month without pushes, or the end of it."""
    me = await look_up(Me())
    if me.paused_until is not None:
        return Pause(on=False)
    return Pause(on=True) if await ask(PAUSE) is YesNo.YES else Redirect("")


async def opens() -> ChooseOpening:
    """In the chat on a tap, or only on the page: the lock screen shows neither."""
    return ChooseOpening(await ask(OPENS))


async def leave() -> LeaveDevice | Redirect:
    return LeaveDevice() if await ask(LEAVE) is YesNo.YES else Redirect("")


async def erase() -> Erase | Redirect:
    """Names what ends, asks twice; can be taken back for 7 days. A deep link never answers this."""
    reports = await look_up(MyReports())
    await tell("erase-what-ends", reports=len(reports))
    if await ask(ERASE) is YesNo.NO:
        return Redirect("")
    if await ask(ERASE_SURE) is YesNo.NO:
        return Redirect("")
    return Erase(on=True)


async def keep() -> Erase:
    """Take an erasure back."""
    return Erase(on=False)
