"""What is sent to do harm is answered: never with a failure of ours, soon, and without a trace in memory."""

import gc
import time
from collections.abc import Callable
from random import Random

import httpx
import orjson
import psutil
import pytest

from res68.media import GRAPHQL, JSON
from tests.http.hostile import SORTS, Body, request

SECONDS = 8.0  # for one answer, on a machine that does other things; nearly all take less than a tenth of one
MEGABYTE = 2**20


async def answered(client: httpx.AsyncClient, body: Body, seed: object) -> None:
    """Send a request and look at what comes back."""
    content = orjson.dumps(body)
    begun = time.perf_counter()
    response = await client.post(
        "/graphql", content=content, headers={"content-type": JSON, "accept": GRAPHQL}
    )
    seconds = time.perf_counter() - begun
    said = (
        f"{seed}: {response.status_code} after {seconds:.1f} s: {body['query'][:300]!r} {response.text[:300]}"
    )
    assert response.status_code in (200, 400, 413), said
    assert seconds < SECONDS, said
    answer = response.json()
    assert "data" in answer or answer["errors"], said


@pytest.mark.parametrize("sort", SORTS, ids=[one.__name__ for one in SORTS])
async def test_no_sort_of_hostile_request_is_a_failure_of_ours(
    client: httpx.AsyncClient, sort: Callable[[Random], Body]
) -> None:
    for number in range(4):
        seed = f"{sort.__name__} {number}"
        await answered(client, sort(Random(seed)), seed)


@pytest.mark.slow
async def test_a_thousand_hostile_requests_leave_nothing_in_memory(client: httpx.AsyncClient) -> None:
    """The first thousand fill what is kept of documents and plans; the second must not need more."""
    process, sizes = psutil.Process(), []
    for half in ("first", "second"):
        for number in range(1_000):
            seed = f"{half} {number}"
            await answered(client, request(Random(seed)), seed)
        gc.collect()
        sizes.append(process.memory_info().rss)
    assert sizes[1] - sizes[0] < 40 * MEGABYTE, sizes


async def test_json_that_is_nested_without_end_is_refused(client: httpx.AsyncClient) -> None:
    for depth in (500, 1_500, 100_000):
        value = "[" * depth + "]" * depth
        content = f'{{"query": "query ($f: TopicFilter) {{ __typename }}", "variables": {{"f": {value}}}}}'
        response = await client.post("/graphql", content=content, headers={"content-type": JSON})
        assert response.status_code in (200, 400)
        assert "data" not in response.json()


async def test_a_get_is_no_way_around_the_limits(client: httpx.AsyncClient) -> None:
    for query in ("{a" * 3_000, "mutation {a " + "a " * 5_000 + "}", "mutation" + "{a" * 3_000):
        response = await client.get("/graphql", params={"query": query}, headers={"accept": GRAPHQL})
        assert response.status_code == 400
        assert response.json()["errors"]
