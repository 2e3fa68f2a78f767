"""The whole graph to download: each name a format, whole or not at all."""

import gzip
import hashlib

import httpx
import pyoxigraph
import pytest

from res68.running import Running
from tests.http.service import client_with

READERS = {
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
}


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("region.nt", "application/n-triples"),
        ("region.ttl", "text/turtle"),
        ("region.jsonld", "application/ld+json"),
        ("region.rdf", "application/rdf+xml"),
    ],
)
async def test_every_format_of_a_kind_has_the_same_triples(
    client: httpx.AsyncClient, name: str, media_type: str
) -> None:
    response = await client.get(f"/export/{name}")
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    found = set(pyoxigraph.parse(response.content, format=READERS[name.partition(".")[2]]))
    plain = await client.get("/export/region.nt")
    assert found == set(pyoxigraph.parse(plain.content, format=pyoxigraph.RdfFormat.N_TRIPLES))
    assert len(found) > 60


async def test_the_whole_graph_ends_in_a_manifest_that_is_true(client: httpx.AsyncClient) -> None:
    response = await client.get("/export/all.nt.gz")
    assert response.headers["content-type"] == "application/gzip"
    body, _, manifest = gzip.decompress(response.content).rpartition(b"# triples: ")
    triples, sha256, _ = manifest.decode().splitlines()
    assert int(triples) == body.count(b"\n") > 80_000
    assert sha256 == f"# sha256: {hashlib.sha256(body).hexdigest()}"


async def test_a_client_that_has_the_export_is_told_so(client: httpx.AsyncClient) -> None:
    head = await client.head("/export/region.ttl")
    whole = await client.get("/export/region.ttl")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["etag"] == whole.headers["etag"]
    again = await client.get("/export/region.ttl", headers={"If-None-Match": whole.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await client.get("/export/region.ttl.gz", headers={"If-None-Match": whole.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("name", ["all.owl", "regions.nt", "all", "all.nt.zip", "thing.nt", ".nt"])
async def test_an_export_that_is_not_there_is_a_problem_that_says_what_is(
    client: httpx.AsyncClient, name: str
) -> None:
    response = await client.get(f"/export/{name}", headers={"Accept": "application/problem+json"})
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert ".jsonld" in response.json()["detail"]


async def test_names_of_persons_are_not_in_the_export_of_a_service_that_hides_them(here: Running) -> None:
    async with client_with(here, show_persons=False) as client:
        hidden = await client.get("/export/participation.ttl")
    async with client_with(here) as client:
        shown = await client.get("/export/participation.ttl")
    assert "r68:representative" in shown.text
    assert "r68:representative" not in hidden.text
    assert shown.headers["etag"] != hidden.headers["etag"]


async def test_more_exports_than_may_be_at_once_are_asked_to_come_back(
    here: Running, client: httpx.AsyncClient
) -> None:
    places = [await here.exports.acquire() for _ in range(4)]
    try:
        response = await client.get("/export/region.nt")
    finally:
        for _ in places:
            here.exports.release()
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0
    assert (await client.get("/export/region.nt")).status_code == 200
