# The store's own tests run on both engines. An engine lives as long as the run, so that Java starts once;
# the `store` of a test is emptied before it. On a Neo4j that the environment names they refuse to work
# unless it is empty or holds a dataset of ours.
"""Fixtures: an engine of each sort, and an empty store in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph.embedded import EmbeddedEngine
from graph.engine import Engine
from graph.neo4j_server import Neo4jServer
from graph.statement import Statement
from graph.store import Store
from graph.versions import OTHERS
from tests.engines.neo4j_for_tests import Neo4jAddress

# What a load leaves is gone, but that its constraints are defined is remembered: defining takes seconds.
EMPTY = Statement("MATCH (n) WHERE NOT n:Dataset DETACH DELETE n")
FORGET = Statement(
    "MATCH (d:Dataset) "
    "SET d = {id: 'dataset', modelVersion: d.modelVersion, loaderVersion: d.loaderVersion} RETURN d.id AS id"
)


@pytest.fixture(scope="session")
async def embedded(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Engine]:
    """The embedded engine in a directory of its own."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("embedded"), heap="512m")
    await engine.start()
    yield engine
    await engine.stop()


@pytest.fixture(scope="session")
async def neo4j(neo4j_address: Neo4jAddress) -> AsyncIterator[Engine]:
    """The Neo4j of this run, if tests may write into it."""
    engine = Neo4jServer(*server(neo4j_address))
    await engine.start()
    store = Store(engine)
    if await store.dataset() is None and (await store.rows(OTHERS))[0][0]:
        pytest.fail(f"{neo4j_address.uri} holds data that are not ours: name an empty Neo4j", pytrace=False)
    yield engine
    await engine.stop()


def server(address: Neo4jAddress) -> tuple[str, str | None, str | None, str]:
    """The arguments of a Neo4jServer."""
    return address.uri, address.user, address.password, address.database


@pytest.fixture(params=["embedded", "neo4j"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Neo4jServer | EmbeddedEngine)
    return found


@pytest.fixture
async def store(engine: Engine) -> Store:
    """A store without a dataset, in which constraints and indexes are defined."""
    store = Store(engine)
    await emptied(store)
    return store


async def emptied(store: Store) -> None:
    """Take everything out of a store, however long it takes."""
    store = Store(store.engine, timeout=120)
    await store.rows(EMPTY, write=True)
    await store.rows(FORGET, write=True)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where a test may write its data files."""
    return tmp_path / "data"
