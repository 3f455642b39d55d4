"""Every script, by its name: who may play it, what may be typed after it."""

from casework.staff import ACCESS
from dialogs import details, human, menu, register, reports, settings, steps, updates, welcome
from dialogs.conversation import Script
from dialogs.reports import NUMBER

_ALL = (
    Script("welcome", welcome.welcome, command=False),
    Script("menu", menu.menu),
    Script("register", register.register, own_key=True, keeps_draft=True, counts=True, linkable=True),
    Script("registered", register.registered, typed=(NUMBER,), command=False),
    Script("correct", register.correct, typed=(NUMBER,)),
    Script("details", details.details, typed=(NUMBER,), own_key=True, keeps_draft=True, counts=True),
    Script("reports", reports.reports, linkable=True),
    Script("updates", updates.updates, linkable=True),
    Script("read", updates.read, typed=(updates.UPDATE,), command=False),
    Script("check", updates.check, typed=(updates.CODE,), linkable=True),
    Script("steps", steps.steps, linkable=True),
    Script("human", human.human, linkable=True),
    Script("settings", settings.settings, linkable=True),
    Script("language", settings.language),
    Script("pause", settings.pause),
    Script("leave", settings.leave),
    Script("erase", settings.erase),
    Script("keep", settings.keep),
    Script("update", updates.update, roles=ACCESS["update"], typed=(NUMBER,), keeps_draft=True),
    Script("approve", updates.approve, roles=ACCESS["approve"], typed=(updates.WAITING,)),
    Script("sign", updates.sign, roles=ACCESS["update"], typed=(updates.UPDATE,), command=False),
    Script("invitation", updates.invitation, roles=ACCESS["invitation"], typed=(NUMBER,)),
)

SCRIPTS = {script.name: script for script in _ALL}
