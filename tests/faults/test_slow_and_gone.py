"""What takes too long ends, in the store too; and so does what nobody waits for any more."""

import asyncio
import io

import httpx
import orjson
import pytest

from graph.errors import StoreTimeout
from res68.logs import set_up
from res68.running import Running
from tests.faults.slow import SLOW, at_work, endless, until
from tests.http.service import client_of

MINUTE = 60  # long enough for a busy machine


@pytest.mark.neo4j
async def test_a_statement_that_takes_too_long_is_ended_in_the_store_too(here: Running) -> None:
    await at_work(here.store.engine, "too-long")  # the first look takes its time
    asking = asyncio.create_task(here.store.rows(endless("too-long")))
    await until(here.store.engine, "too-long", 1)
    with pytest.raises(StoreTimeout):
        await asyncio.wait_for(asking, MINUTE)
    await until(here.store.engine, "too-long", 0, seconds=MINUTE)


@pytest.mark.neo4j
async def test_a_slow_store_is_a_timeout_to_the_client(here: Running) -> None:
    async with client_of(here, more=[SLOW]) as client:
        answer = await client.get("/slow/told")
    assert (answer.status_code, answer.json()["code"]) == (504, "TIMEOUT")


@pytest.mark.neo4j
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_client_that_goes_away_is_worked_for_no_longer(here: Running, method: str) -> None:
    """Long before the limit of time, which is set far off here."""
    here.store.timeout = 60 * MINUTE
    log = io.StringIO()
    set_up("json", log)
    async with client_of(here, more=[SLOW]) as client:
        body = b"x" if method == "POST" else None
        with pytest.raises(httpx.ReadTimeout):
            await client.request(method, f"/slow/gone-{method}", content=body, timeout=1)
        await until(here.store.engine, f"gone-{method}", 0, seconds=MINUTE)
        again = await client.get("/health/live")
        metrics = (await client.get("/metrics")).text
    set_up("json")
    (line,) = (orjson.loads(line) for line in log.getvalue().splitlines() if "/slow/" in line)
    assert (line["status"], line["gone"], line["statements"]) == (499, True, 1)
    assert 'res68_requests_total{route="/slow/{mark}",status="499"} 1.0' in metrics
    assert again.status_code == 200
