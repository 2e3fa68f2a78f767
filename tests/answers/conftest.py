# Answers are asked of the whole reference dataset, on both engines. Each module opens the two stores again
# and loads: where the module before left the reference dataset, the load finds nothing to do.
"""The reference dataset in both engines, each behind a service."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from schema.service import Service
from tests.engines.neo4j_for_tests import Neo4jAddress
from tests.graph.served import ENGINES, REFERENCE, engine, served


@pytest.fixture(scope="session")
def embedded_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of the embedded engine, the same for all modules."""
    return tmp_path_factory.mktemp("answers")


@pytest.fixture(scope="module")
async def embedded(embedded_directory: Path) -> AsyncIterator[Service]:
    """The reference dataset in the embedded engine."""
    async with served(engine("embedded", embedded_directory, None), REFERENCE) as service:
        yield service


@pytest.fixture(scope="module")
async def neo4j(embedded_directory: Path, neo4j_address: Neo4jAddress) -> AsyncIterator[Service]:
    """The reference dataset in a real Neo4j."""
    async with served(engine("neo4j", embedded_directory, neo4j_address), REFERENCE) as service:
        yield service


@pytest.fixture(scope="module", params=ENGINES)
def service(request: pytest.FixtureRequest) -> Service:
    """One engine after the other."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Service)
    return found
