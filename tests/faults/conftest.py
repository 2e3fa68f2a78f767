# Faults are tried on a real Neo4j: what it does can be seen there (SHOW TRANSACTIONS), and it can be killed.
# The one of the run serves those that only look; who kills one starts one of their own.
"""Fixtures: the service over the Neo4j of this run, whatever is in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from res68.running import Running
from tests.engines.neo4j_for_tests import Neo4jAddress
from tests.faults.over import over


@pytest.fixture
async def here(neo4j_address: Neo4jAddress, tmp_path: Path) -> AsyncIterator[Running]:
    """The service; it may take two seconds in the store, no more."""
    async with over(neo4j_address, tmp_path, RES68_LIMIT_SECONDS="2") as here:
        yield here
