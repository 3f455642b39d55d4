"""How families book, and how a center's staff keep the day."""

from dialogs.booking import desk, families
from dialogs.booking.desk import TOKEN, VISIT_LENGTH
from dialogs.booking.questions import CENTER, DAY, MOVE_TO, NUMBER
from dialogs.conversation import Script

SCRIPTS = (
    Script("book", families.book, typed=(CENTER,), keeps_draft=True, linkable=True),
    Script("visits", families.visits, linkable=True),
    Script("move", families.move, typed=(NUMBER, MOVE_TO)),
    Script("earlier", families.earlier, typed=(NUMBER,)),
    Script("cancel", families.cancel, typed=(NUMBER,)),
    Script("code", families.code, typed=(NUMBER,)),
    Script("coming", families.coming, typed=(NUMBER,)),
    Script("address", families.address, typed=(NUMBER,)),
    Script("day", desk.day, typed=(DAY,)),
    Script("attend", desk.attend, typed=(NUMBER,)),
    Script("door", desk.door, typed=(TOKEN,)),
    Script("confirm", desk.confirm, typed=(NUMBER,)),
    Script("absent", desk.absent),
    Script("length", desk.length, typed=(VISIT_LENGTH,)),
)
