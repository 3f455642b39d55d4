"""What nobody thought of: webhooks, answers, commands, files and the described interface, as hypothesis makes them up.

A crash is an answer with 500, a message that a bug sent to quarantine, or an error in the log; besides counts what the
interface answers and does not describe. What was sent stands beside each, and SEED repeats it.
"""

import asyncio
import json
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import Any, Final, TypeVar
from unittest import mock

import aiohttp
import schemathesis
import structlog
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from benchmarks.row import Measured, Row, Run
from benchmarks.trust.edges import Edges, Writer, edges, telegram_delivery, viber_delivery
from casework.actor import Channel, Role
from dialogs.said import Said, Text
from dialogs.scripts import SCRIPTS
from handlers import desk
from handlers.incoming import ButtonPress, Incoming
from handlers.web.openapi import described
from tests.visiting import Guest

EACH, FEW = 2_000, 12
"""Of webhooks for each messenger, of answers and of commands; of files a tenth, of each operation a tenth."""

T = TypeVar("T")

JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
DATES: Final = st.one_of(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda day: f"{day:%d.%m.%Y}"),
    st.tuples(st.integers(-1, 40), st.integers(-1, 14), st.integers(0, 10**5)).map(
        lambda told: "/".join(map(str, told))
    ),
    st.from_regex(r"[0-9]{1,4}[ .,-][0-9а-яіїє]{1,9}([ .,-][0-9]{1,6})?", fullmatch=True),
    st.sampled_from(("вчора", "минулого тижня", "у березні", "29.02.2023", "31 червня", "0.0.0", "весна 22")),
)
NAMES: Final = st.text(st.characters(categories=("L", "M", "Zs", "Pd", "Po")), max_size=60)
NUMBERS: Final = st.from_regex(r"\+?[0-9 ()-]{0,25}", fullmatch=True) | st.text("٠١٢٣४५６７0123456789+ -", max_size=20)
ANSWERS: Final = st.one_of(DATES, NAMES, NUMBERS, st.text(max_size=80), st.text(max_size=3).map(lambda one: one * 900))
COMMANDS: Final = st.tuples(
    st.sampled_from(sorted(SCRIPTS)) | st.text("abcdefgh_-@/", max_size=12), ANSWERS | NUMBERS
).map(lambda told: f"/{told[0]} {told[1]}")
FILES: Final = st.tuples(
    st.sampled_from((b"", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"OggS")),
    st.binary(max_size=400),
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=20),
    st.sampled_from(("image/jpeg", "application/pdf", "image/png", "audio/ogg", "", "text/html")),
)


def drawn(strategy: st.SearchStrategy[T], many: int, by: int) -> list[T]:
    """Examples; what is done with them is no part of hypothesis, for it knows no event loop."""
    found: list[T] = []

    @seed(by)
    @settings(
        max_examples=many,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def gather(value: T) -> None:
        found.append(value)

    gather()
    return found


@st.composite
def altered(draw: st.DrawFn, genuine: Any) -> Any:
    """A JSON value with something in it replaced, left out or added, here or further in."""
    if isinstance(genuine, dict) and genuine and draw(st.integers(0, 3)):
        name = draw(st.sampled_from(sorted(genuine)))
        match draw(st.integers(0, 5)):
            case 0:
                return {key: value for key, value in genuine.items() if key != name}
            case 1:
                return genuine | {draw(st.text(max_size=12)): draw(JSON)}
            case _:
                return genuine | {name: draw(altered(genuine[name]))}
    return draw(JSON)


class Errors:
    """What is logged as an error, since the last look."""

    def __init__(self) -> None:
        self._said: list[str] = []

    def __call__(self, logger: Any, method: str, event: MutableMapping[str, Any]) -> str:
        self._said.append(" ".join(f"{name}={value}" for name, value in event.items()))
        raise structlog.DropEvent

    def since(self) -> str:
        said, self._said = "; ".join(self._said), []
        return said


@contextmanager
def heard() -> Iterator[Errors]:
    errors = Errors()
    structlog.configure(processors=[errors], wrapper_class=structlog.make_filtering_bound_logger(40))
    try:
        yield errors
    finally:
        structlog.reset_defaults()
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))


def _told(what: str, given: object, why: str) -> str:
    return f"{what} {given!r:.160}: {why}"


async def _webhooks(at: Edges, errors: Errors, many: int, by: int, run: Run) -> list[str]:
    """Each is genuine in its secret or signature, and anything inside."""
    found = []
    for channel, deliver in ((Channel.TELEGRAM, telegram_delivery), (Channel.VIBER, None)):
        writer = Writer(at, channel, 1)
        pressed = await writer.presses("Погоджуюся")
        for genuine in [json.loads(one.body) for one in (writer.says("Добрий день"), pressed) if one is not None]:
            run.progress(f"{many} webhooks of {channel}")
            for made in drawn(altered(genuine), many, by):
                at.house.clock.pass_by(seconds=2)
                posted = deliver(made) if deliver else viber_delivery(json.dumps(made).encode())
                status, why = await at.deliver(posted), errors.since()
                if status not in (200, 400, 413, 503) or why:
                    found.append(_told(f"{channel} webhook", made, f"{status} {why}"))
        await at.deliver(writer.says("/start"))
        await at.send_letters()
    return found


async def _answers(at: Edges, errors: Errors, many: int, by: int) -> list[str]:
    """Typed to whatever is asked just then, by a family and by each role of the staff."""
    found, house = [], at.house
    mother = house.guest()
    await mother.consents()
    members = [await house.staff(role, channel=Channel.TELEGRAM) for role in Role]
    for said in drawn(ANSWERS, many, by):
        found += await _says(mother, said, errors)
        if not mother.keys or len(mother.inbox) % 7 == 0:
            await mother.sends(ButtonPress(mother.keys[0].id if mother.keys else "1.x"))
        if len(mother.inbox) % 5 == 0:
            await mother.says("/register")
            await mother.says("1")
    for place, said in enumerate(drawn(COMMANDS, many, by)):
        found += await _says((mother, *members)[place % (1 + len(members))], said, errors)
    return found


async def _says(by: Guest, said: str, errors: Errors) -> list[str]:
    by.house.clock.pass_by(seconds=2)
    receipt, why = await by.sends(Text(said)), errors.since()
    return [_told("said", said, why)] if receipt.quarantined or why else []


async def _files(at: Edges, errors: Errors, many: int, by: int) -> list[str]:
    found, writer = [], Writer(at, Channel.WEB, 1)
    await writer.opens_page()
    await at.deliver((await writer.presses("Погоджуюся")) or writer.says("1"))
    headers = {"Authorization": f"Bearer {writer.token}"}
    for head, content, name, type in drawn(FILES, many, by):
        at.house.clock.pass_by(seconds=2)
        form = aiohttp.FormData()
        form.add_field("file", head + content, filename=name or "x", content_type=type or None)
        async with at.http.post(at.url + "/api/files", data=form, headers=headers) as answer:
            status, why = answer.status, errors.since()
        if status not in (202, 400, 413, 415, 422, 429) or why:
            found.append(_told("file", (head + content, name, type), f"{status} {why}"))
    return found


def _described(url: str, token: str, many: int, run: Run) -> tuple[int, list[str]]:
    """Each operation of the interface as it is described, and as it is not."""
    n, found = 0, list[str]()
    for result in schemathesis.openapi.from_dict(described()).get_all_operations():
        if not isinstance(result, Ok) or result.ok().path == "/api/events":  # a stream has no end to be judged at
            continue
        operation = result.ok()
        run.progress(f"{many} times {operation.label}")
        for case in drawn(operation.as_strategy(), many, run.seed):
            n += 1
            found += _judged(case, operation.label, url, token)
    return n, found


def _judged(case: Case[Any], label: str, url: str, token: str) -> list[str]:
    case.query.pop("wait", None)  # waiting is slow, and no other thing
    headers = {} if label == "DELETE /api/session" else {"Authorization": f"Bearer {token}"}
    less: list[Any] = [positive_data_acceptance] if label == "POST /api/files" else []  # bytes that are no photo
    try:
        case.call_and_validate(base_url=url, headers=headers, excluded_checks=less)
    except FailureGroup as failures:
        return [_told(label, case.body, "; ".join(type(one).__name__ for one in failures.exceptions))]
    return []


SAID_IN: Final[Callable[[Incoming], Said | None]] = desk.said_in


def _stumbles(incoming: Incoming) -> Said | None:
    """The fault: a handler that meets no letter but ours."""
    if any(not (one.isascii() or "Ѐ" <= one <= "ӿ") for one in getattr(incoming.content, "text", "")):
        raise ValueError("a letter")
    return SAID_IN(incoming)


async def fuzz(run: Run) -> Measured:
    many = FEW if run.fast and not run.broken else 30 if run.broken else EACH
    some = max(2, many // 10)
    with ExitStack() as stack:
        if run.broken:
            stack.enter_context(mock.patch.object(desk, "said_in", _stumbles))
        async with edges() as at:
            with heard() as errors:
                found = await _webhooks(at, errors, many, run.seed, run)
                run.progress(f"{many} answers and {many} commands")
                found += await _answers(at, errors, many, run.seed)
                run.progress(f"{some} files")
                found += await _files(at, errors, some, run.seed)
                visitor = Writer(at, Channel.WEB, 2)
                await visitor.opens_page()
                n, undescribed = await asyncio.to_thread(_described, at.url, visitor.token, some, run)
                if why := errors.since():
                    undescribed.append(f"the interface: {why}")
    found += undescribed
    return Measured(5 * many + some + n, len(found), tuple(found))


ROWS: Final = (
    Row("fuzz", "made-up webhooks, answers, commands, files, requests: crashes, undocumented answers", 0, fuzz),
)
