"""What comes of a command."""

from dataclasses import dataclass, field

from casework.ids import AddressId, CenterId, PersonId
from casework.letters import Attached, Say


@dataclass(frozen=True, slots=True)
class Result:
    """What to say, and where the conversation goes.

    `says` and `attached` answer the person at once. `then` is the script that follows, "" for the menu, with words
    typed after it as in "book 1234-5676". `keeps`: the answer must stay in the chat (a number, an appointment).
    `leaves`: the address no longer belongs to the person once this answer is sent. `also_at`: another address of the
    person's, where the question that follows is asked too. `opens`: what the answer shows after `says`, fetched only
    when it is sent ("update:17"); goes with `keeps`. `place` is the center that it sends people to: a messenger that
    can, shows it on a map if it is published. `holds` is a report's number or a code to be kept by the person; goes
    with `keeps`. `shows` names what a member of staff was shown by it ("case 1234-5676"), to be fetched again while
    it stands: see `SHOWS` in `casework/rulebook.py`. `serves`: the visitor in whose name the member of staff goes on;
    `served`: they are done with the visitor.
    """

    says: tuple[Say, ...] = ()
    attached: tuple[Attached, ...] = field(default=())
    then: str = ""
    keeps: bool = False
    leaves: bool = False
    also_at: AddressId | None = None
    opens: str | None = None
    place: CenterId | None = None
    holds: str | None = None
    shows: str | None = None
    serves: PersonId | None = None
    served: bool = False
