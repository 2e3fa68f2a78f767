"""The command export, and a download during which the dataset is replaced."""

import gzip
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pyoxigraph
import pytest

from graph.dataset import read
from graph.embedded import EmbeddedEngine
from graph.load import load
from graph.store import Store
from res68.running import Running
from tests.graph.small import SMALL, dataset
from tests.house.layout import ROOT
from tests.http.commands import Place, place
from tests.http.service import client_of


@pytest.fixture
async def own(here: Running, tmp_path: Path) -> AsyncIterator[Running]:
    """A service with a store of its own, which holds the reference dataset."""
    store = Store(EmbeddedEngine(tmp_path / "own", heap="512m"), timeout=60)
    await store.start()
    await load(store, read([ROOT / "data"], here.model), here.model)
    yield replace(here, store=store)
    await store.stop()


async def test_a_dataset_that_is_replaced_breaks_the_download_off(own: Running, tmp_path: Path) -> None:
    received = bytearray()
    async with client_of(own) as client, client.stream("GET", "/export/all.nt") as response:
        assert response.status_code == 200
        chunks = response.aiter_raw()
        received += await anext(chunks)
        await load(own.store, dataset(tmp_path / "small", SMALL), own.model)
        with pytest.raises(httpx.RemoteProtocolError):
            received += b"".join([chunk async for chunk in chunks])
    assert b"# triples: " not in received


@pytest.fixture
def loaded(tmp_path: Path) -> Place:
    """A place with a small dataset in its store."""
    found = place(tmp_path, {"small.yaml": SMALL})
    assert found.run("load").returncode == 0
    return found


def test_the_command_writes_the_file_that_it_is_asked_for(loaded: Place, tmp_path: Path) -> None:
    file = tmp_path / "countries.ttl.gz"
    done = loaded.run("export", "--format", "ttl", "--gzip", "--kind", "country", "-o", str(file))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    text = gzip.decompress(file.read_bytes())
    found = list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE))
    assert text.splitlines()[-3] == f"# triples: {len(found)}".encode()
    assert "<http://127.0.0.1:0/id/country/KEN>" in {str(triple.subject) for triple in found}
    plain = loaded.run("export", "--kind", "Country", RES68_BASE_IRI="https://res68.example")
    lines = [line for line in plain.stdout.splitlines() if not line.startswith("#")]
    assert len(lines) == len(found)
    assert "<https://res68.example/id/country/KEN>" in plain.stdout


def test_an_export_that_fails_leaves_no_file(loaded: Place, tmp_path: Path) -> None:
    file = tmp_path / "out.nt"
    unknown = loaded.run("export", "--kind", "kettle", "-o", str(file))
    assert unknown.returncode == 1
    assert "no kind 'kettle'" in unknown.stderr
    elsewhere = loaded.run("export", "-o", str(tmp_path / "nowhere" / "out.nt"))
    assert elsewhere.returncode == 1
    assert "cannot be written" in elsewhere.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("out")] == []
