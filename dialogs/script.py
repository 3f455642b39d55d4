"""The engine: plays a conversation written as a plain `async def` function.

A script awaits only `ask`, `tell` and `look_up`. `play` walks it from its first line with the answers given so far,
kept under the questions' names, and comes back with whose turn it is. It holds no state, does no I/O and knows no
messenger.
    async def report() -> FileReport:
        await tell("report-begin")
        kinship = await ask(KINSHIP)
        ...
"""

from collections.abc import Callable, Coroutine, Generator, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from casework.letters import Arg, Say
from casework.queries import Query
from casework.values import Unclear
from dialogs.questions import Answer, Question

T = TypeVar("T")
Play = Callable[[], Coroutine[Any, Any, Any]]
"""A script: called without arguments, it returns the command that the person decided on."""


class _Request:
    """What a script hands to the engine when it awaits."""

    def __await__(self) -> Generator["_Request", Any, Any]:
        return (yield self)


@dataclass(eq=False)
class _Ask(_Request):
    question: Question[Any]
    known: Answer | None = None
    whole: bool = False


@dataclass(eq=False)
class _Answered(_Request):
    question: Question[Any]


@dataclass(eq=False)
class _Given(_Request):
    question: Question[Any]


@dataclass(eq=False)
class _Tell(_Request):
    say: Say


@dataclass(eq=False)
class _LookUp(_Request):
    query: Query[Any]


async def ask(question: Question[T]) -> T:
    """The person's answer, to a question that must have one."""
    answer: T = await _Ask(question)
    return answer


async def perhaps(question: Question[T]) -> T | None:
    """The person's answer, or None for "I don't know" and "later", to a question that allows them."""
    answer: T | None = await _Ask(question)
    return answer


async def hear(question: Question[T], known: Answer | None = None) -> "Passed":
    """The answer with its kind, where "I don't know" means something else than "later". `known` is an answer from
    before, which stands until the person wants to answer again."""
    passed: Passed = await _Ask(question, known, whole=True)
    return passed


async def answered(question: Question[Any]) -> bool:
    """Is there an answer, as typed after a command? What would only help to give one need not be looked up then."""
    given: bool = await _Answered(question)
    return given


async def given(question: Question[T]) -> T | None:
    """The answer that is kept, whether its question still accepts it or not; None where there is none. By it a script
    only looks up less: its way, and what it asks, hang on `ask`."""
    value: T | None = await _Given(question)
    return value


async def tell(name: str, /, **args: Arg) -> None:
    """Say something that needs no answer; shown together with the next question, or with the script's end."""
    await _Tell(Say(name, args))


async def say_all(says: Iterable[Say]) -> None:
    """As `tell`, for what a rule has put into words."""
    for what in says:
        await _Tell(what)


async def look_up(query: Query[T]) -> T:
    """A fact, fetched afresh on each message, for the acting person and only if that person may know it."""
    fact: T = await _LookUp(query)
    return fact


class Passed(NamedTuple):
    """A question that the play has gone through, with its answer; `known`: the answer was there before."""

    question: Question[Any]
    answer: Answer
    value: Any
    known: bool = False


@dataclass(frozen=True)
class Asking:
    """The person's turn. `tells` is what is said before the question; `passed` the way here.

    `stale` tells why a stored answer is asked again (its slot is gone, its words have changed), else None. `known`:
    there is an answer from before, to be changed.
    """

    question: Question[Any]
    tells: tuple[Say, ...]
    passed: tuple[Passed, ...]
    stale: Unclear | None = None
    known: bool = False


@dataclass(frozen=True)
class Wondering:
    """A fact is needed: fetch it and play again."""

    query: Query[Any]


@dataclass(frozen=True)
class Finished:
    """The command that the person decided on, and what was said since the answer just given."""

    command: Any
    tells: tuple[Say, ...]
    passed: tuple[Passed, ...]


@dataclass
class _Way:
    """The way a play has gone: the questions passed, and what was told after which of the answers given."""

    passed: list[Passed] = field(default_factory=list)
    given: int = 0
    """How many answers were given; `places`, with each: how many there were then, by its question's name."""
    places: dict[str, int] = field(default_factory=dict)
    tells: list[tuple[int, Say]] = field(default_factory=list)

    def go(self, step: Passed) -> None:
        self.passed.append(step)
        if not step.known:
            self.given += 1
            self.places.setdefault(step.question.name, self.given)

    def tell(self, what: Say) -> None:
        self.tells.append((self.given, what))

    def since(self, answered: str | None) -> tuple[Say, ...]:
        """The tells since the answer just given; where none was, since the last one given."""
        start = self.places.get(answered or "", self.given)
        return tuple(what for position, what in self.tells if position >= start)


def play(
    script: Play, answers: Mapping[str, Answer], facts: Mapping[Query[Any], Any], answered: str | None = None
) -> Asking | Wondering | Finished:
    """Walk the script from its first line.

    `answers` by question name, `facts` by query; `answered` names the answer just given, so that only what was told
    since is shown. An answer that its question no longer accepts counts as not given.
    """
    way = _Way()
    walk = script()
    reply: Any = None
    try:
        while True:
            request = walk.send(reply)
            reply = None
            match request:
                case _Ask(question, known, whole):
                    given = answers.get(question.name)
                    answer = given or known
                    before = known is not None
                    if answer is None or not answer.done:
                        return Asking(question, way.since(answered), tuple(way.passed), known=before)
                    value = question.recall(answer)
                    if isinstance(value, Unclear):
                        return Asking(question, way.since(answered), tuple(way.passed), stale=value, known=before)
                    step = Passed(question, answer, value, known=given is None)
                    way.go(step)
                    reply = step if whole else value
                case _Tell(what):
                    way.tell(what)
                case _LookUp(query):
                    if query not in facts:
                        return Wondering(query)
                    reply = facts[query]
                case _Answered(question):
                    given = answers.get(question.name)
                    reply = given is not None and given.done
                case _Given(question):
                    reply = _kept(question, answers)
                case _:
                    raise TypeError(f"a script awaits only ask, tell and look_up, not {request!r}")
    except StopIteration as end:
        return Finished(end.value, way.since(answered), tuple(way.passed))
    finally:
        walk.close()


def rehearse(
    script: Play, answers: Mapping[str, Answer], facts: Mapping[Query[Any], Any], limit: int = 200
) -> tuple[Passed, ...]:
    """The rest of the way, played with example answers: what progress is counted from and maps are drawn with. It is
    walked once; only where a script has asked whether there is an answer which the example then gives, it may go
    another way, and is walked again."""
    given, known = dict(answers), dict(facts)
    passed: tuple[Passed, ...] | None = None
    left = limit
    while passed is None:
        passed, left = _rehearsed(script, given, known, left)
    return passed


def _rehearsed(
    script: Play, given: dict[str, Answer], known: dict[Query[Any], Any], left: int
) -> tuple[tuple[Passed, ...] | None, int]:
    """The whole way, or None if it is to be walked again; and how many examples more may be given."""
    passed = list[Passed]()
    missed = set[str]()
    walk, reply = script(), None
    try:
        while True:
            request = walk.send(reply)
            reply = None
            match request:
                case _Ask(question, before, whole):
                    step = _step(question, given, before)
                    if step is None:
                        given[question.name], left = question.rehearsed(), _one_less(script, left)
                        if question.name in missed:
                            return None, left
                        step = _step(question, given, before)
                        if step is None:
                            raise RecursionError(f"{script.__name__}: {question.name} does not take its own example")
                    passed.append(step)
                    reply = step if whole else step.value
                case _LookUp(query):
                    if query not in known:
                        known[query], left = type(query).example, _one_less(script, left)
                    reply = known[query]
                case _Answered(question):
                    reply = question.name in given and given[question.name].done
                    if not reply:
                        missed.add(question.name)
                case _Given(question):
                    reply = _kept(question, given)
    except StopIteration:
        return tuple(passed), left
    finally:
        walk.close()


def _kept(question: Question[Any], answers: Mapping[str, Answer]) -> Any:
    answer = answers.get(question.name)
    if answer is None or not answer.done:
        return None
    with suppress(ValidationError):
        return question.parsed(answer)
    return None


def _one_less(script: Play, left: int) -> int:
    if left == 0:
        raise RecursionError(f"{script.__name__} does not end after many example answers; does a loop ask by one name?")
    return left - 1


def _step(question: Question[Any], given: Mapping[str, Answer], known: Answer | None) -> Passed | None:
    """How a question is passed; None if its answer is missing or not accepted any more."""
    own = given.get(question.name)
    answer = own or known
    if answer is None or not answer.done:
        return None
    value = question.recall(answer)
    return None if isinstance(value, Unclear) else Passed(question, answer, value, known=own is None)
