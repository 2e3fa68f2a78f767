"""The service over a Neo4j that tests choose."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from ontology.model import reference
from res68.logs import set_up
from res68.opening import open_store
from res68.running import Running, known_documents, service_of, serving
from res68.settings import read_settings
from tests.engines.neo4j_for_tests import Neo4jAddress


@asynccontextmanager
async def over(address: Neo4jAddress, directory: Path, **more: str) -> AsyncIterator[Running]:
    """The service over a Neo4j, with these settings."""
    given = {
        "RES68_NEO4J_URI": address.uri,
        "RES68_NEO4J_USER": address.user,
        "RES68_NEO4J_PASSWORD": address.password,
        "RES68_NEO4J_DATABASE": address.database,
        "RES68_DATA_DIR": str(directory),
        **more,
    }
    set_up("json")
    settings = read_settings({name: value for name, value in given.items() if value is not None})
    async with open_store(settings) as store:
        service = service_of(settings, store, reference())
        async with serving(settings, service, known_documents(settings)) as here:
            yield here
