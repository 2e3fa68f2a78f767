"""GraphQL over HTTP as its own audit suite sees it: every audit green."""

import asyncio
from pathlib import Path

import httpx
import orjson

from tests.node.packages import Run

SCRIPT = Path(__file__).parent / "audits.mjs"


async def test_all_61_audits_are_green(client: httpx.AsyncClient, node: Run) -> None:
    results = orjson.loads(await asyncio.to_thread(node, SCRIPT, f"{client.base_url}/graphql"))
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == 61
