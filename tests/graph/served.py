"""A small dataset in either engine, and a service that answers questions about it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from graph.dataset import read
from graph.embedded import EmbeddedEngine
from graph.engine import Engine
from graph.load import load
from graph.neo4j_server import Neo4jServer
from graph.store import Store
from ontology.model import reference
from schema.service import Request, Service
from tests.engines.neo4j_for_tests import Neo4jAddress

FOLLOWED = Path(__file__).parent / "followed"
REFERENCE = Path(__file__).parents[2] / "data"
ENGINES = ("embedded", "neo4j")


def engine(name: str, directory: Path, address: Neo4jAddress | None) -> Engine:
    """The embedded engine in a directory, or the Neo4j at an address."""
    if address is None:
        return EmbeddedEngine(directory / name, heap="512m")
    return Neo4jServer(address.uri, address.user, address.password, address.database)


@asynccontextmanager
async def served(engine: Engine, directory: Path = FOLLOWED) -> AsyncIterator[Service]:
    """A service over a dataset in an engine that is opened for it."""
    await engine.start()
    try:
        yield await service_in(engine, directory)
    finally:
        await engine.stop()


async def service_in(engine: Engine, directory: Path = FOLLOWED) -> Service:
    """A service over a dataset, which takes the place of what the open engine had before."""
    store = Store(engine)
    await store.start()
    await load(store, read([directory], reference()), reference())
    service = Service(reference(), store)
    await service.refresh()
    return service


async def data(service: Service, query: str, **variables: Any) -> Any:
    """The data of an answer without errors."""
    result = (await service.execute(Request(query, variables))).result
    assert "errors" not in result, result["errors"]
    return result["data"]


async def refusal(service: Service, query: str, **variables: Any) -> str:
    """The message of an answer that says what is wrong with the request."""
    result = (await service.execute(Request(query, variables))).result
    (error,) = result["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT", error
    return str(error["message"])
