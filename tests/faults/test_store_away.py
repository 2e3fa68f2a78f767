"""A Neo4j that is killed under load and started again: clients are told, and it is found again by itself."""

import asyncio
from collections import Counter
from pathlib import Path
from statistics import median

import httpx
import pytest

from graph.load import load
from ontology.model import reference
from tests.conftest import do_without
from tests.engines.neo4j_for_tests import NEO4J_5, Neo4jAddress, Neo4jNotToBeHad, running_neo4j
from tests.faults.over import over
from tests.graph.small import SMALL, dataset
from tests.http.service import client_of

QUESTION = {"query": "{ topics(first: 3) { nodes { id } } }"}
CLIENTS = 8
SECONDS = 30.0


class Asking:
    """Clients that ask again and again, and what they are told, by phase."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.phase = "before"
        self.told: dict[str, Counter[str]] = {}
        self.took: dict[str, list[float]] = {}
        self.ended = False

    async def once(self) -> str:
        """Ask once: OK or the code of the error."""
        answer = await self.client.post("/graphql", json=QUESTION)
        body = answer.json()
        return str(body["errors"][0]["extensions"]["code"]) if "errors" in body else "OK"

    async def again_and_again(self) -> None:
        """Ask until the end."""
        clock = asyncio.get_running_loop().time
        while not self.ended:
            phase, began = self.phase, clock()
            code = await self.once()
            if phase == self.phase:  # what fell between two is of neither
                self.told.setdefault(phase, Counter())[code] += 1
                self.took.setdefault(phase, []).append(clock() - began)
            await asyncio.sleep(0.01)

    async def until(self, code: str) -> None:
        """Wait until a client is told so; a TimeoutError where none is."""
        async with asyncio.timeout(SECONDS):
            while await self.once() != code:  # noqa: ASYNC110 # what a client does
                await asyncio.sleep(0.1)


@pytest.mark.neo4j
async def test_a_store_that_goes_away_under_load_is_found_again(tmp_path: Path) -> None:
    try:
        with running_neo4j(NEO4J_5, heap="512m") as neo4j:
            async with over(Neo4jAddress(neo4j.uri), tmp_path) as here:
                patience = here.store.patience
                await load(here.store, dataset(tmp_path / "data", SMALL), reference())
                async with client_of(here) as client, asyncio.TaskGroup() as clients:
                    asking = Asking(client)
                    for _ in range(CLIENTS):
                        clients.create_task(asking.again_and_again())
                    await asking.until("OK")
                    await asyncio.sleep(1)
                    asking.phase = "going"
                    neo4j.kill()
                    await asking.until("STORE_UNAVAILABLE")
                    asking.phase = "away"
                    await asyncio.to_thread(neo4j.start)
                    asking.phase = "coming"
                    await asking.until("OK")
                    await asyncio.sleep(1)
                    asking.phase = "after"
                    await asyncio.sleep(2)
                    asking.ended = True
    except Neo4jNotToBeHad as missing:
        do_without(str(missing), required=False)
    told = {phase: dict(codes) for phase, codes in asking.told.items()}
    assert told["before"].keys() == told["after"].keys() == {"OK"}, told
    assert set(told.get("going", {})) | set(told.get("coming", {})) <= {"OK", "STORE_UNAVAILABLE"}, told
    assert told["away"].keys() == {"STORE_UNAVAILABLE"}, told
    # Who waited in vain for a store that is known to be away would wait for all of the patience, each time.
    assert median(asking.took["away"]) < patience
    assert told["away"]["STORE_UNAVAILABLE"] > CLIENTS
