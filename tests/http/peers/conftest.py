# What others make of what we publish. Their programs are Debian packages (raptor2-utils, serdi) and packages
# of npm (tests/node). Where something is missing its tests skip with one line; RES68_REQUIRE_PEERS=1 turns
# that into a failure: `make test-peers` sets it, and so does CI.
"""Fixtures: the exports as files, and the programs of others."""

import os
import shutil
from pathlib import Path

import httpx
import pytest

from graph.formats import FORMATS
from tests.conftest import do_without


def required() -> bool:
    """Whether a missing program is a failure."""
    return os.environ.get("RES68_REQUIRE_PEERS") == "1"


@pytest.fixture(scope="session")
def rapper() -> str:
    """The parser of Raptor."""
    return program("rapper", "raptor2-utils")


@pytest.fixture(scope="session")
def serdi() -> str:
    """The parser of Serd."""
    return program("serdi", "serdi")


def program(name: str, package: str) -> str:
    """The path of a program."""
    found = shutil.which(name)
    if found is None:
        do_without(f"{name} is not installed (Debian: {package})", required=required())
    return found


@pytest.fixture(scope="session")
async def exports(client: httpx.AsyncClient, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The whole graph in every format, as files."""
    return await files(client, "all", tmp_path_factory.mktemp("exports"))


@pytest.fixture(scope="session")
async def regions(client: httpx.AsyncClient, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A small part of the graph in every format, as files."""
    return await files(client, "region", tmp_path_factory.mktemp("regions"))


async def files(client: httpx.AsyncClient, name: str, directory: Path) -> dict[str, Path]:
    """An export in every format."""
    found = {}
    for form in FORMATS:
        response = await client.get(f"/export/{name}.{form}")
        assert response.status_code == 200
        found[form] = directory / f"{name}.{form}"
        found[form].write_bytes(response.content)
    return found
