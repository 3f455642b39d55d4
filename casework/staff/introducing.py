"""Whether families may know who leads their case: each member of staff decides for themselves, and by which name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from casework.letters import Private, Say
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class ShownName(Query[str]):
    """The first name that families see of the acting member; "" until they agree, and after they have taken it back."""

    example: ClassVar[str] = "Олена"


async def shown_name(query: ShownName, actor: Actor, work: Work) -> str:
    return await work.staff.shown_as(actor.acting.id)


@dataclass(frozen=True, slots=True)
class ShowName:
    """From now on the families whose cases the member leads see this first name; "": no name, and none is kept."""

    name: str


async def show_name(command: ShowName, actor: Actor, work: Work) -> Result:
    staff = actor.acting
    if command.name and not actor.on_page:
        raise Refusal("staff-on-page", link=work.page)
    await work.audit.acted(actor, "name-shown" if command.name else "name-hidden")
    await work.staff.show_as(staff.id, command.name)
    if not command.name:
        return Result((Say("myname-hidden-done"),))
    return Result((Say("myname-shown-done", {"name": Private(command.name, keeps=True)}),))


COMMANDS: dict[type, Any] = {ShowName: show_name}
QUERIES: dict[type, Any] = {ShownName: shown_name}
