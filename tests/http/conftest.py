# One service for all tests of this folder: the embedded engine with the reference dataset, opened once and
# only read from. A test that needs other settings puts another application before the same store
# (service.client_with). Tests of the commands start processes with directories of their own.
"""Fixtures: the service over the reference dataset, and a client of it."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from graph.dataset import read
from graph.load import load
from ontology.model import Model
from res68.logs import set_up
from res68.opening import open_store
from res68.running import Running, known_documents, service_of, serving
from res68.settings import read_settings
from tests.http.service import SECONDS, client_of


@pytest.fixture(scope="session")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """The service over the reference dataset, warm."""
    set_up("json")
    settings = read_settings({"RES68_DATA_DIR": str(tmp_path_factory.mktemp("res68"))})
    model = Model.load()
    async with open_store(settings) as store:
        await load(store, read(settings.datasets, model), model)
        service = service_of(settings, store, model)
        async with serving(settings, service, known_documents(settings)) as here:
            await asyncio.wait_for(here.warmed.wait(), SECONDS)
            yield here


@pytest.fixture(scope="session")
async def client(here: Running) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the service."""
    async with client_of(here) as client:
        yield client
