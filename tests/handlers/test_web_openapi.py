"""The interface keeps to its own description, whatever it is sent."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from casework.files import Allowance
from handlers.rate_limits import Limits, Rate
from handlers.web.openapi import described
from tests.handlers.web_site import served
from tests.visiting import MORNING, open_house

MANY = Rate(1_000_000, timedelta(minutes=1))
OPERATIONS = {
    result.ok().label: result.ok()
    for result in schemathesis.openapi.from_dict(described()).get_all_operations()
    if isinstance(result, Ok) and result.ok().path != "/api/events"  # a stream has no end to be judged at
}


@pytest.fixture
def site(database_url: str) -> Iterator[tuple[str, str]]:
    """A page served from a thread of its own, for a client that waits: where it is, and a session's token."""
    found: list[tuple[str, str]] = []
    up, over = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        limits = Limits(sessions=MANY, invitations=MANY, messages=MANY, files=Allowance(a_day=10**9))
        async with open_house(database_url, MORNING) as house, served(house, limits=limits) as page:
            found.append((page.url, (await page.begins()).token))
            up.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert up.wait(30)
        yield found[0]
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_each_operation_answers_as_described(site: tuple[str, str], label: str) -> None:
    url, token = site

    @settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=OPERATIONS[label].as_strategy())
    def judged(case: Case[Any]) -> None:
        case.query.pop("wait", None)  # waiting is another test's
        headers = {} if label == "DELETE /api/session" else {"Authorization": f"Bearer {token}"}
        # No schema can say that bytes are a photo that opens.
        less: list[Any] = [positive_data_acceptance] if label == "POST /api/files" else []
        case.call_and_validate(base_url=url, headers=headers, excluded_checks=less)

    judged()
