"""An operation that takes long is in the log with its statements and plan, and without what it asked for."""

import asyncio
import io
from pathlib import Path
from typing import Any

import orjson
import pytest

from res68.logs import set_up
from res68.telemetry.metrics import Metrics
from res68.telemetry.slow import SlowLog
from res68.telemetry.visit import VISIT, Visit
from res68.telemetry.watching import Watching
from schema.service import Request, Service
from tests.engines.neo4j_for_tests import Neo4jAddress
from tests.graph.served import engine, served

ASKED = "query Secret($id: ID!) { node(id: $id) { id } }"


async def logged(service: Service, *, values: bool, until: str) -> list[dict[str, Any]]:
    """What is logged of an operation where everything counts as slow."""
    log = io.StringIO()
    set_up("json", log)
    slow = SlowLog(service.store, 0.000001, values=values)
    Watching(service, Metrics(service), slow)
    token = VISIT.set(Visit("asked"))
    try:
        await service.execute(Request(ASKED, {"id": "topic/hidden"}))
        async with asyncio.timeout(30):
            while until not in log.getvalue():  # noqa: ASYNC110 # the log has no event for it
                await asyncio.sleep(0.05)
    finally:
        VISIT.reset(token)
        await slow.close()
        set_up("json")
    return [orjson.loads(line) for line in log.getvalue().splitlines()]


@pytest.mark.neo4j
async def test_a_slow_operation_is_told_whole_but_for_its_values(
    neo4j_address: Neo4jAddress, tmp_path: Path
) -> None:
    async with served(engine("neo4j", tmp_path, neo4j_address)) as service:
        slow, plan = await logged(service, values=False, until="plan of")
        assert "hidden" not in f"{slow}{plan}"
        assert (slow["event"], slow["operation"], slow["outcome"]) == ("slow operation", "Secret", "ANSWERED")
        assert slow["cypher"] == [plan["cypher"]]
        assert plan["cypher"].startswith("MATCH (d:Dataset")
        assert plan["plan"].startswith("ProduceResults")
        assert "\n  " in plan["plan"]
        assert slow["store_ms"] > 0
        events = await logged(service, values=True, until="slow operation")
        assert "topic/hidden" in str(events[0]["values"])
