"""Webhooks that nobody genuine sent, a few of those that `make prove-webhooks` sends."""

import random

from benchmarks.webhooks import prove


async def test_none_is_accepted_and_no_row_written(database_url: str) -> None:
    chance = random.Random(1)  # noqa: S311  no secret hangs on it
    for proof in await prove(database_url, 700, chance):
        assert (proof.wrong, proof.rows_written) == (0, 0), proof
        assert proof.statuses["unsigned"].keys() == proof.statuses["truncated"].keys() == {403}
