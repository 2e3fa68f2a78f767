# The queries of the pages are answered by the reference dataset in the embedded engine, opened once for this
# folder and only read from. All other tests of this folder read files, and code as text or as data.
"""Fixtures: a service over the reference dataset."""

from collections.abc import AsyncIterator

import pytest

from graph.dataset import read
from graph.embedded import EmbeddedEngine
from graph.load import load
from graph.store import Store
from ontology.model import reference
from schema.service import Service
from tests.house.layout import ROOT


@pytest.fixture(scope="session")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    """Answers questions about the reference dataset."""
    store = Store(EmbeddedEngine(tmp_path_factory.mktemp("docs"), heap="512m"))
    await store.start()
    try:
        await load(store, read([ROOT / "data"], reference()), reference())
        yield Service(reference(), store)
    finally:
        await store.stop()
