"""A refusal is data that a person can read; a bug is an exception that nobody catches."""

from casework.letters import Arg, Say


class Refusal(Exception):  # noqa: N818  a refusal is no error: it is an answer
    """A command cannot be done as decided: says why, and names the answers to forget so that they are asked again.

    Raised by commands only, inside the desk's savepoint: whatever the command had written is undone, the person's other
    answers stay. `leads` is a script whose question comes first: from it the person comes back to what was refused.
    """

    def __init__(self, name: str, /, *, forget: tuple[str, ...] = (), leads: str | None = None, **args: Arg) -> None:
        super().__init__(name)
        self.say = Say(name, args)
        self.forget = forget
        self.leads = leads

    @classmethod
    def saying(cls, what: Say, *, forget: tuple[str, ...] = ()) -> "Refusal":
        """In words that a person has read before, when it was still asked."""
        refusal = cls(what.name, forget=forget)
        refusal.say = what
        return refusal
