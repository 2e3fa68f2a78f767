# Faults are tried on a real Neo4j: what it does can be seen there (SHOW TRANSACTIONS), and it can be killed.
# The one of the run serves those that only look; who kills one starts one of their own.
"""Fixtures: the service over the Neo4j of this run, whatever is in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ontology.model import reference
from res68.opening import open_store
from res68.running import Running, known_documents, service_of, serving
from res68.settings import read_settings
from tests.engines.neo4j_for_tests import Neo4jAddress


@pytest.fixture
async def here(neo4j_address: Neo4jAddress, tmp_path: Path) -> AsyncIterator[Running]:
    """The service; it may take two seconds in the store, no more."""
    address = neo4j_address
    given = {
        "RES68_NEO4J_URI": address.uri,
        "RES68_NEO4J_USER": address.user,
        "RES68_NEO4J_PASSWORD": address.password,
        "RES68_NEO4J_DATABASE": address.database,
        "RES68_DATA_DIR": str(tmp_path),
        "RES68_LIMIT_SECONDS": "2",
    }
    settings = read_settings({name: value for name, value in given.items() if value is not None})
    async with open_store(settings) as store:
        service = service_of(settings, store, reference())
        async with serving(settings, service, known_documents(settings)) as here:
            yield here
