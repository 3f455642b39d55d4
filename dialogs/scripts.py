"""Every script, by its name: who may play it, what may be typed after it."""

from dialogs import details, human, menu, register, reports, settings, steps, welcome
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
    Script("steps", steps.steps, linkable=True),
    Script("human", human.human, linkable=True),
    Script("settings", settings.settings, linkable=True),
    Script("language", settings.language),
    Script("pause", settings.pause),
    Script("leave", settings.leave),
    Script("erase", settings.erase),
    Script("keep", settings.keep),
)

SCRIPTS = {script.name: script for script in _ALL}
