"""The floor of the benchmark: a bare Starlette route that runs a statement of ours and sends its row as JSON.

Served by uvicorn like Res68 itself. No GraphQL, no limits, no log: what is left is HTTP, the driver and the
encoding of the answer. FLOOR_STATEMENTS is a file with the texts by name, FLOOR_URI the address of Neo4j.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import orjson
from neo4j import READ_ACCESS, AsyncGraphDatabase
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def answer(request: Request) -> Response:
    """The rows of the statements that the body names, with the parameters that it gives."""
    asked = orjson.loads(await request.body())
    state = request.state
    rows = []
    async with state.driver.session(database=state.database, default_access_mode=READ_ACCESS) as session:
        for text, parameters in zip(state.texts[asked["name"]], asked["parameters"], strict=True):
            result = await session.run(text, parameters)
            rows += [record.values() async for record in result]
    return Response(orjson.dumps(rows), media_type="application/json")


@asynccontextmanager
async def lifespan(_: Starlette) -> AsyncIterator[dict[str, object]]:
    """The driver, open while the server runs."""
    user = os.environ.get("FLOOR_USER")
    auth = (user, os.environ.get("FLOOR_PASSWORD", "")) if user else None
    uri = os.environ["FLOOR_URI"]
    async with AsyncGraphDatabase.driver(uri, auth=auth, telemetry_disabled=True) as driver:
        yield {"driver": driver, "texts": texts(), "database": os.environ.get("FLOOR_DATABASE", "neo4j")}


def texts() -> dict[str, list[str]]:
    """The statements by the name of their question."""
    found: dict[str, list[str]] = orjson.loads(Path(os.environ["FLOOR_STATEMENTS"]).read_bytes())
    return found


def create_app() -> Starlette:
    """The application."""
    return Starlette(routes=[Route("/", answer, methods=["POST"])], lifespan=lifespan)
